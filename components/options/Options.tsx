// The options page: what is wrong with the store, the first steps while they are not done, feeds, categories, rules, appearance, attention, marks, the last weeks, storage, sync, backup, lists for other readers.
import type { ComponentChildren } from 'preact';
import { say } from '../../lib/i18n.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Bell } from '../Icon.tsx';
import { Appearance } from './Appearance.tsx';
import { Attention, type AttentionProps } from './Attention.tsx';
import { Backup, type BackupProps } from './Backup.tsx';
import { Categories, type CategoriesProps } from './Categories.tsx';
import { FeedList, type FeedListProps } from './FeedList.tsx';
import { HistorySection, type HistorySectionProps } from './HistorySection.tsx';
import { Opml, type OpmlProps } from './Opml.tsx';
import { Rules, type RulesProps } from './Rules.tsx';
import { Safety, type SafetyProps } from './Safety.tsx';
import { Storage, type StorageProps } from './Storage.tsx';
import { Sync, type SyncProps } from './Sync.tsx';
import { XMarks, type XMarksProps } from './XMarks.tsx';

/** All sections' props, and what stands above them. */
export interface OptionsProps extends Omit<FeedListProps, 'nameOf'>, CategoriesProps, RulesProps, AttentionProps, Omit<StorageProps, 'onSettings'>, OpmlProps, XMarksProps, Pick<HistorySectionProps, 'watchHistory'> {
  /** What stands first until it is done with. */
  welcome: ComponentChildren;
  /** The database opens, and does not answer. */
  failed: boolean;
  safety: SafetyProps;
  sync: SyncProps;
  backup: BackupProps;
}

/** The whole page. */
export function Options(props: OptionsProps) {
  const words = say(optionsWords);
  const { settings } = props;
  return (
    <main>
      <h1>
        <Bell />
        {words.title}
      </h1>
      <Safety {...props.safety} trouble={props.safety.trouble ?? (props.failed ? 'closed' : null)} />
      {props.welcome}
      <FeedList {...props} nameOf={(category) => nameCategory(category, settings)} />
      <Categories {...props} />
      <Rules {...props} />
      <Appearance {...props} />
      <Attention {...props} />
      <XMarks {...props} />
      <HistorySection {...props} />
      <Storage {...props} />
      <Sync {...props.sync} />
      <Backup {...props.backup} />
      <Opml {...props} />
    </main>
  );
}
