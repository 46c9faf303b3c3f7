// The first steps on the options page, while they are not done.
import { type Signal, signal } from '@preact/signals';
import type { OptionsProps } from '../../components/options/Options.tsx';
import type { Category } from '../../lib/model/category.ts';
import type { Settings, SettingsChange } from '../../lib/model/settings.ts';
import { nameCategory } from '../../lib/words/category.ts';
import type { FirstSteps } from '../popup/welcome.tsx';

/** Returns what gives the components their props; to be called while the page renders. `change` changes the settings and all that follows from them. */
export function wireWelcome(settings: Signal<Settings>, categories: () => Category[], change: (change: SettingsChange) => Promise<unknown>, onAsked: () => void) {
  const loaded = signal<typeof FirstSteps | null>(null);
  if (!settings.value.welcomed) void import('../popup/welcome.tsx').then((module) => (loaded.value = module.FirstSteps));
  return (): Pick<OptionsProps, 'welcome'> => {
    const Steps = settings.value.welcomed ? null : loaded.value;
    return {
      welcome: Steps && <Steps settings={settings.value} categories={categories()} nameOf={(category) => nameCategory(category, settings.value)} change={change} onAsked={onAsked} />,
    };
  };
}
