// How our pages look and which language they speak.
import { say } from '../../lib/i18n.ts';
import { DENSITIES, LANGUAGES, type Settings, TEXT_SIZES, THEMES } from '../../lib/model.ts';
import { appearanceWords, LANGUAGE_NAMES } from '../../lib/words/appearance.ts';

export interface AppearanceProps {
  settings: Pick<Settings, 'theme' | 'textSize' | 'density' | 'language'>;
  onSettings: (changes: Partial<Settings>) => void;
}

export function Appearance({ settings, onSettings }: AppearanceProps) {
  const words = say(appearanceWords);
  return (
    <section aria-labelledby="appearance">
      <h2 id="appearance">{words.appearance}</h2>
      <div class="looks">
        <Choice id="theme" label={words.theme} options={THEMES} value={settings.theme} name={(theme) => words.themes[theme]} onChange={(theme) => onSettings({ theme })} />
        <Choice id="text-size" label={words.textSize} options={TEXT_SIZES} value={settings.textSize} name={(size) => words.textSizes[size]} onChange={(textSize) => onSettings({ textSize })} />
        <Choice id="density" label={words.density} options={DENSITIES} value={settings.density} name={(density) => words.densities[density]} onChange={(density) => onSettings({ density })} />
        <Choice id="language" label={words.language} options={LANGUAGES} value={settings.language} name={(tag) => (tag === 'system' ? words.systemLanguage : LANGUAGE_NAMES[tag])} onChange={(language) => onSettings({ language })} />
      </div>
    </section>
  );
}

function Choice<T extends string>({ id, label, options, value, name, onChange }: { id: string; label: string; options: readonly T[]; value: T; name: (option: T) => string; onChange: (option: T) => void }) {
  return (
    <>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => options.filter((option) => option === event.currentTarget.value).forEach(onChange)}>
        {options.map((option) => (
          <option key={option} value={option}>{name(option)}</option>
        ))}
      </select>
    </>
  );
}
