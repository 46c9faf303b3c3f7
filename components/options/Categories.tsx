// The categories: which are shown, in which order, under which name and colour.
import { useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { CATEGORY_COLORS, type Category, type CategoryColor } from '../../lib/model/category.ts';
import type { Settings, SettingsChange } from '../../lib/model/settings.ts';
import { nameCategory, originalName } from '../../lib/words/category.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Icon } from '../Icon.tsx';
import { Field } from './Field.tsx';
import { Ordered } from './Ordered.tsx';

/** The categories there are, what the reader made of them, and what the classifier has learnt by it. */
export interface CategoriesProps {
  /** In the reader's order. */
  categories: Category[];
  settings: Settings;
  onSettings: (change: SettingsChange) => void;
  /** Items the reader moved that the classifier has learnt from; of those it has just forgotten, how many can be taught again. */
  lessons: number;
  forgotten: number;
  onForget: () => void;
  onTeachAgain: () => void;
}

/** The section on categories. */
export function Categories({ categories, settings, onSettings, lessons, forgotten, onForget, onTeachAgain }: CategoriesProps) {
  const words = say(optionsWords);
  const [open, setOpen] = useState<Category | null>(null);
  const show = (name: Category, shown: boolean) => onSettings(({ hiddenCategories }) => ({ hiddenCategories: shown ? hiddenCategories.filter((other) => other !== name) : [...new Set([...hiddenCategories, name])] }));
  return (
    <section aria-labelledby="categories">
      <h2 id="categories">{words.categories}</h2>
      <p class="hint">{categories.length ? words.categoriesHint : words.noCategories}</p>
      <Ordered
        class="categories"
        rowClass="category"
        rows={categories.map((category) => ({ id: category, name: nameCategory(category, settings) }))}
        onOrder={(ids) => onSettings(({ categoryOrder }) => ({ categoryOrder: [...new Set([...ids, ...categoryOrder])] }))}
      >
        {(category, { grip, steps }) => {
          const name = nameCategory(category, settings);
          const panel = `look-${categories.indexOf(category)}`; // a name is no id
          return (
            <>
              <div class="line">
                {grip}
                <label class="words check" data-color={settings.categoryColors[category]}>
                  <input type="checkbox" checked={!settings.hiddenCategories.includes(category)} onChange={(event) => show(category, event.currentTarget.checked)} />
                  <span class="dot" aria-hidden="true" />
                  <span dir="auto">{name}</span>
                </label>
                {name !== originalName(category) && <span class="hint" dir="auto">{originalName(category)}</span>}
                <span class="tools">
                  {steps}
                  <button type="button" class="icon" aria-label={words.lookOf(name)} title={words.lookOf(name)} aria-expanded={open === category} aria-controls={panel} onClick={() => setOpen(open === category ? null : category)}>
                    <Icon name="gear" />
                  </button>
                </span>
              </div>
              <div class="look" id={panel} hidden={open !== category}>
                {open === category && <Look id={panel} category={category} categories={categories} settings={settings} onSettings={onSettings} />}
              </div>
            </>
          );
        }}
      </Ordered>
      <p class="hint lessons" role="status">
        {lessons > 0 && (
          <>
            {words.lessons(lessons)} <button type="button" class="plain link" onClick={onForget}>{words.forget}</button>
          </>
        )}
        {lessons === 0 && forgotten > 0 && (
          <>
            {words.forgotten(forgotten)} <button type="button" class="plain link" onClick={onTeachAgain}>{words.undo}</button>
          </>
        )}
      </p>
    </section>
  );
}

/** A category's name and colour. */
function Look({ id, category, categories, settings, onSettings }: Pick<CategoriesProps, 'categories' | 'settings' | 'onSettings'> & { id: string; category: Category }) {
  const words = say(optionsWords);
  const original = originalName(category);
  const rename = (text: string) =>
    onSettings(({ categoryNames: { [category]: _, ...names } }) => {
      const name = clean(text);
      return { categoryNames: name && name !== original ? { ...names, [category]: name } : names };
    });
  const paint = (color: CategoryColor | null) => onSettings(({ categoryColors: { [category]: _, ...colors } }) => ({ categoryColors: color ? { ...colors, [category]: color } : colors }));
  const taken = (text: string) => categories.some((other) => other !== category && nameCategory(other, settings) === (clean(text) || original));
  const chosen = settings.categoryColors[category] ?? null;
  return (
    <>
      <Field id={`${id}-name`} label={words.name} value={settings.categoryNames[category] ?? ''} placeholder={original} hint={words.ownName(original)} refuse={(text) => (taken(text) ? words.nameTaken : null)} onSave={rename} />
      <fieldset class="row">
        <legend class="hint">{words.color}</legend>
        <div class="swatches">
          {[null, ...CATEGORY_COLORS].map((color) => (
            <label key={color} title={words.colors[color ?? 'none']}>
              <input type="radio" class="swatch" name={`${id}-color`} data-color={color ?? undefined} aria-label={words.colors[color ?? 'none']} checked={chosen === color} onChange={() => paint(color)} />
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

const clean = (name: string) => name.replace(/\s+/g, ' ').trim().slice(0, 60);
