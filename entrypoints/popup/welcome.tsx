// The first steps on a page: what the browser says of icon and access to X, and what each step changes. Imports little, for all
// it shared with the popup would be split off into files of their own, each a request that the popup waits for.
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { Welcome, type WelcomeProps } from '../../components/reader/Welcome.tsx';
import type { SettingsChange } from '../../lib/model/settings.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';

/** What a page hands to the first steps. */
export interface FirstStepsProps extends Pick<WelcomeProps, 'settings' | 'categories' | 'nameOf'> {
  /** Changes the settings and all that follows from them. */
  change: (change: SettingsChange) => Promise<unknown>;
  /** Told when access to X was asked for. */
  onAsked?: () => void;
}

/** The first steps, wired to the browser. */
export function FirstSteps({ change, onAsked, ...props }: FirstStepsProps) {
  const [pinned, setPinned] = useState<boolean | null>(null);
  const [xWithheld, setXWithheld] = useState(false);
  const close = () => change({ welcomed: true });
  const look = async () => {
    setXWithheld(!(await browser.permissions.contains({ origins: X_PATTERNS })));
    // Not every browser tells.
    setPinned((await browser.action.getUserSettings?.().catch(() => null))?.isOnToolbar ?? null);
  };
  useEffect(() => void look(), []);
  return (
    <Welcome
      {...props}
      pinned={pinned}
      firefox={import.meta.env.FIREFOX}
      xWithheld={xWithheld}
      onHidden={(category, hidden) => void change(({ hiddenCategories }) => ({ hiddenCategories: hidden ? [...hiddenCategories, category] : hiddenCategories.filter((other) => other !== category) }))}
      onGrantX={() => {
        // First, in the click itself. The prompt may close the popup: then the last step is done.
        void browser.permissions.request({ origins: X_PATTERNS }).then(look).then(onAsked);
        addEventListener('pagehide', () => void close(), { once: true });
      }}
      onClose={() => void close()}
    />
  );
}
