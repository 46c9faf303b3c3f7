// How our pages look and which language they speak.
import { say } from '../../lib/i18n.ts';
import { DENSITIES, LANGUAGES, type Settings, TEXT_SIZES, THEMES } from '../../lib/model/settings.ts';
import { appearanceWords, LANGUAGE_NAMES } from '../../lib/words/options/appearance.ts';
import { Choice, type ChoiceProps } from './Choice.tsx';

/** What of the settings is a look, and how it is changed. */
export interface AppearanceProps {
  settings: Pick<Settings, 'theme' | 'textSize' | 'density' | 'language'>;
  onSettings: (changes: Partial<Settings>) => void;
}

/** The section on theme, text size, spacing and language. */
export function Appearance({ settings, onSettings }: AppearanceProps) {
  const words = say(appearanceWords);
  return (
    <section aria-labelledby="appearance">
      <h2 id="appearance">{words.appearance}</h2>
      <div class="looks">
        <Labelled id="theme" label={words.theme} options={THEMES} value={settings.theme} name={(theme) => words.themes[theme]} onChange={(theme) => onSettings({ theme })} />
        <Labelled id="text-size" label={words.textSize} options={TEXT_SIZES} value={settings.textSize} name={(size) => words.textSizes[size]} onChange={(textSize) => onSettings({ textSize })} />
        <Labelled id="density" label={words.density} options={DENSITIES} value={settings.density} name={(density) => words.densities[density]} onChange={(density) => onSettings({ density })} />
        <Labelled id="language" label={words.language} options={LANGUAGES} value={settings.language} name={(tag) => (tag === 'system' ? words.systemLanguage : LANGUAGE_NAMES[tag])} onChange={(language) => onSettings({ language })} />
      </div>
    </section>
  );
}

function Labelled<T extends string>({ id, label, ...choice }: ChoiceProps<T> & { id: string; label: string }) {
  return (
    <>
      <label for={id}>{label}</label>
      <Choice id={id} {...choice} />
    </>
  );
}
