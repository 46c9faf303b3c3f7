// What the reader shows. What can be done in it is in actions.ts.
import type { ComponentChildren } from 'preact';
import type { Found, Highlight, List, View } from '../../lib/list.ts';
import type { Settings } from '../../lib/model/settings.ts';
import type { Done } from './Journal.tsx';
import type { NoticeProps } from './Notice.tsx';

/** All that the reader shows, as its page has it. */
export interface ReaderState {
  /** Null until the first read. */
  list: List | null;
  view: View;
  settings: Pick<Settings, 'categoryNames' | 'categoryColors' | 'hiddenCategories'>;
  /** What is typed into the search box; null where it is closed. */
  query: string | null;
  /** Null where nothing is searched. */
  found: Found | null;
  highlight: Highlight | null;
  /** Muted rows are in the list, too. */
  withMuted: boolean;
  /** The packaged sample is subscribed. */
  sample: boolean;
  refreshing: boolean;
  /** Something that was done; `undo` where it can be undone. */
  toast: { words: string; undo: boolean } | null;
  /** What was done lately; null until asked for. */
  journal: Done[] | null;
  /** The database does not answer. */
  failed: boolean;
  /** What is wrong with the database, or what there is to tell of what is stored. */
  notice: NoticeProps['notice'];
  canShare: boolean;
  /** ms; what is told as "ago" is so long ago. */
  now: number;
  /** What stands above the list until it is done with. */
  welcome: ComponentChildren;
}
