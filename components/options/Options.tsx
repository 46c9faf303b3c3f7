// The options page: feeds, categories, badge, marks, storage, lists for other readers.
import { say } from '../../lib/i18n.ts';
import type { Settings } from '../../lib/model.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Bell } from '../Icon.tsx';
import { FeedList, type FeedListProps } from './FeedList.tsx';
import { Opml, type OpmlProps } from './Opml.tsx';
import { Storage, type StorageProps } from './Storage.tsx';

export interface OptionsProps extends FeedListProps, OpmlProps, StorageProps {
  categories: string[];
  /** The browser withholds access to X. */
  xWithheld: boolean;
  failed: boolean;
  onGrantX: () => void;
}

export function Options(props: OptionsProps) {
  const words = say(optionsWords);
  const { settings, categories, onSettings } = props;
  const hidden = new Set(settings.hiddenCategories);
  const toggle = (name: string, shown: boolean) => onSettings({ hiddenCategories: shown ? settings.hiddenCategories.filter((other) => other !== name) : [...settings.hiddenCategories, name] });
  const badges: [Settings['badge'], string][] = [
    ['new', words.badgeNew],
    ['unread', words.badgeUnread],
    ['off', words.badgeOff],
  ];
  return (
    <main>
      <h1>
        <Bell />
        {words.title}
      </h1>
      {props.failed && <p class="fault" role="alert">{words.storageFailed}</p>}
      <FeedList {...props} />
      <section aria-labelledby="categories">
        <h2 id="categories">{words.categories}</h2>
        <p class="hint">{categories.length ? words.categoriesHint : words.noCategories}</p>
        <ul class="choices">
          {categories.map((name) => (
            <li key={name}>
              <label>
                <input type="checkbox" checked={!hidden.has(name)} onChange={(event) => toggle(name, event.currentTarget.checked)} />
                <span dir="auto">{name}</span>
              </label>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="badge">
        <h2 id="badge">{words.badge}</h2>
        <ul class="choices column" role="radiogroup" aria-labelledby="badge">
          {badges.map(([value, label]) => (
            <li key={value} role="none">
              <label>
                <input type="radio" name="badge" value={value} checked={settings.badge === value} onChange={() => onSettings({ badge: value })} />
                <span>{label}</span>
              </label>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="x">
        <h2 id="x">{words.x}</h2>
        <ul class="choices column">
          <li>
            <label>
              <input type="checkbox" checked={settings.marks} aria-describedby="marks-hint" onChange={(event) => onSettings({ marks: event.currentTarget.checked })} />
              <span>{words.marks}</span>
            </label>
          </li>
        </ul>
        <p class="hint" id="marks-hint">{words.marksHint}</p>
        {props.xWithheld && (
          <p class="withheld">
            {words.xWithheld} <button type="button" class="button" onClick={props.onGrantX}>{words.grantX}</button>
          </p>
        )}
      </section>
      <Storage {...props} />
      <Opml {...props} />
    </main>
  );
}
