// The options page: feeds, categories, rules, badge, marks, storage, lists for other readers.
import { say } from '../../lib/i18n.ts';
import type { Settings } from '../../lib/model.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Bell } from '../Icon.tsx';
import { Categories, type CategoriesProps } from './Categories.tsx';
import { FeedList, type FeedListProps } from './FeedList.tsx';
import { Opml, type OpmlProps } from './Opml.tsx';
import { Rules, type RulesProps } from './Rules.tsx';
import { Storage, type StorageProps } from './Storage.tsx';
import { XMarks, type XMarksProps } from './XMarks.tsx';

export interface OptionsProps extends Omit<FeedListProps, 'nameOf'>, CategoriesProps, RulesProps, Omit<StorageProps, 'onSettings'>, OpmlProps, XMarksProps {
  failed: boolean;
}

export function Options(props: OptionsProps) {
  const words = say(optionsWords);
  const { settings, onSettings } = props;
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
      <FeedList {...props} nameOf={(category) => nameCategory(category, settings)} />
      <Categories {...props} />
      <Rules {...props} />
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
      <XMarks {...props} />
      <Storage {...props} />
      <Opml {...props} />
    </main>
  );
}
