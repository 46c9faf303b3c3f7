// The options page: the first steps while they are not done, feeds, categories, rules, attention, marks, the last weeks, storage, lists for other readers.
import type { ComponentChildren } from 'preact';
import { say } from '../../lib/i18n.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { rulesWords } from '../../lib/words/rules.ts';
import { Bell } from '../Icon.tsx';
import { Attention, type AttentionProps } from './Attention.tsx';
import { Categories, type CategoriesProps } from './Categories.tsx';
import { FeedList, type FeedListProps } from './FeedList.tsx';
import { HistorySection, type HistorySectionProps } from './HistorySection.tsx';
import { Opml, type OpmlProps } from './Opml.tsx';
import { Rules, type RulesProps } from './Rules.tsx';
import { Storage, type StorageProps } from './Storage.tsx';

export interface OptionsProps extends Omit<FeedListProps, 'nameOf'>, CategoriesProps, RulesProps, AttentionProps, Omit<StorageProps, 'onSettings'>, OpmlProps, Pick<HistorySectionProps, 'loadHistory'> {
  /** What stands first until it is done with. */
  welcome: ComponentChildren;
  /** The browser withholds access to X. */
  xWithheld: boolean;
  failed: boolean;
  onGrantX: () => void;
}

export function Options(props: OptionsProps) {
  const words = say(optionsWords);
  const { settings, onSettings } = props;
  return (
    <main>
      <h1>
        <Bell />
        {words.title}
      </h1>
      {props.failed && <p class="fault" role="alert">{words.storageFailed}</p>}
      {props.welcome}
      <FeedList {...props} nameOf={(category) => nameCategory(category, settings)} />
      <Categories {...props} />
      <Rules {...props} />
      <Attention {...props} />
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
      <HistorySection {...props} />
      <Storage {...props} />
      <Opml {...props} />
    </main>
  );
}
