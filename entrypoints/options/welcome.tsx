// The options page's access to X, and the first steps while they are not done.
import { type Signal, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { OptionsProps } from '../../components/options/Options.tsx';
import type { Category, Settings, SettingsChange } from '../../lib/model.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';
import { nameCategory } from '../../lib/words/category.ts';
import type { FirstSteps } from '../popup/welcome.tsx';

/** Returns what gives the components their props; to be called while the page renders. `change` changes the settings and all that follows from them. */
export function wireWelcome(settings: Signal<Settings>, categories: () => Category[], change: (change: SettingsChange) => Promise<unknown>) {
  const xWithheld = signal(false);
  const loaded = signal<typeof FirstSteps | null>(null);
  const check = async () => void (xWithheld.value = !(await browser.permissions.contains({ origins: X_PATTERNS })));
  void check();
  if (!settings.value.welcomed) void import('../popup/welcome.tsx').then((module) => (loaded.value = module.FirstSteps));
  return (): Pick<OptionsProps, 'xWithheld' | 'onGrantX' | 'welcome'> => {
    const Steps = settings.value.welcomed ? null : loaded.value;
    return {
      xWithheld: xWithheld.value,
      onGrantX: () => void browser.permissions.request({ origins: X_PATTERNS }).then(check),
      welcome: Steps && <Steps settings={settings.value} categories={categories()} nameOf={(category) => nameCategory(category, settings.value)} change={change} onAsked={() => void check()} />,
    };
  };
}
