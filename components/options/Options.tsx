// The options page: feeds, categories, rules, badge, marks, storage, sync, backup, lists for other readers.
import { say } from '../../lib/i18n.ts';
import type { Settings } from '../../lib/model.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { rulesWords } from '../../lib/words/rules.ts';
import { Bell } from '../Icon.tsx';
import { Backup, type BackupProps } from './Backup.tsx';
import { Categories, type CategoriesProps } from './Categories.tsx';
import { FeedList, type FeedListProps } from './FeedList.tsx';
import { Opml, type OpmlProps } from './Opml.tsx';
import { Rules, type RulesProps } from './Rules.tsx';
import { Safety, type SafetyProps } from './Safety.tsx';
import { Storage, type StorageProps } from './Storage.tsx';
import { Sync, type SyncProps } from './Sync.tsx';

export interface OptionsProps extends Omit<FeedListProps, 'nameOf'>, CategoriesProps, RulesProps, Omit<StorageProps, 'onSettings'>, OpmlProps {
  /** The browser withholds access to X. */
  xWithheld: boolean;
  /** The database opens, and does not answer. */
  failed: boolean;
  safety: SafetyProps;
  sync: SyncProps;
  backup: BackupProps;
  onGrantX: () => void;
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
      <Safety {...props.safety} trouble={props.safety.trouble ?? (props.failed ? 'closed' : null)} />
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
      <section aria-labelledby="x">
        <h2 id="x">{words.x}</h2>
        <ul class="choices column">
          <li>
            <label>
              <input type="checkbox" checked={settings.marks} aria-describedby="marks-hint" onChange={(event) => onSettings({ marks: event.currentTarget.checked })} />
              <span>{words.marks}</span>
            </label>
            <p class="hint" id="marks-hint">{words.marksHint}</p>
          </li>
          <li>
            <label>
              <input type="checkbox" checked={settings.markMuted} disabled={!settings.marks} onChange={(event) => onSettings({ markMuted: event.currentTarget.checked })} />
              <span>{say(rulesWords).markMuted}</span>
            </label>
          </li>
        </ul>
        {props.xWithheld && (
          <p class="withheld">
            {words.xWithheld} <button type="button" class="button" onClick={props.onGrantX}>{words.grantX}</button>
          </p>
        )}
      </section>
      <Storage {...props} />
      <Sync {...props.sync} />
      <Backup {...props.backup} />
      <Opml {...props} />
    </main>
  );
}
