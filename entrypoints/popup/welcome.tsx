// The first steps on a page: what the browser says of icon and access to X, and what each step changes.
import { type Signal, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import { Welcome } from '../../components/reader/Welcome.tsx';
import type { Category, Settings, SettingsChange } from '../../lib/model.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';

/** Returns what gives the first steps, or nothing once they are done; to be called while the page renders. `change` changes the settings and all that follows from them; `onAsked` is told when access to X was asked for. */
export function wireWelcome(settings: Signal<Settings>, categories: () => Category[], change: (change: SettingsChange) => Promise<unknown>, onAsked = () => {}) {
  const pinned = signal<boolean | null>(null);
  const xWithheld = signal(false);
  const close = () => change({ welcomed: true });
  const look = async () => {
    xWithheld.value = !(await browser.permissions.contains({ origins: X_PATTERNS }));
    // Not every browser tells.
    pinned.value = (await browser.action.getUserSettings?.().catch(() => null))?.isOnToolbar ?? null;
  };
  void look();
  return () =>
    settings.value.welcomed ? null : (
      <Welcome
        settings={settings.value}
        categories={categories()}
        pinned={pinned.value}
        firefox={import.meta.env.FIREFOX}
        xWithheld={xWithheld.value}
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
