// The options page's access to X, and the first steps while they are not done.
import { type Signal, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { browser } from 'wxt/browser';
import type { OptionsProps } from '../../components/options/Options.tsx';
import type { Category, Settings, SettingsChange } from '../../lib/model.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';

/** Returns what gives the components their props; to be called while the page renders. `change` changes the settings and all that follows from them. */
export function wireWelcome(settings: Signal<Settings>, categories: () => Category[], change: (change: SettingsChange) => Promise<unknown>) {
  const xWithheld = signal(false);
  const steps = signal<(() => ComponentChildren) | null>(null);
  const check = async () => void (xWithheld.value = !(await browser.permissions.contains({ origins: X_PATTERNS })));
  void check();
  if (!settings.value.welcomed) void import('../popup/welcome.tsx').then(({ wireWelcome: wireSteps }) => (steps.value = wireSteps(settings, categories, change, check)));
  return (): Pick<OptionsProps, 'xWithheld' | 'onGrantX' | 'welcome'> => ({
    xWithheld: xWithheld.value,
    onGrantX: () => void browser.permissions.request({ origins: X_PATTERNS }).then(check),
    welcome: steps.value?.(),
  });
}
