// What can be done in the reader, as callbacks: with items, and with all that stands around them.
import type { Details, Row, RowRef, View } from '../../lib/list.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Item } from '../../lib/model/item.ts';
import type { Rule } from '../../lib/model/rule.ts';

/** What can be done with the items of a list. */
export interface ItemActions {
  /** Opens an item's link; `behind`: without leaving the list. */
  onOpen: (item: Item, behind: boolean) => void;
  onRead: (rows: readonly RowRef[], read: boolean) => void;
  onStar: (row: Row, starred: boolean) => void;
  /** Opens the menu of an item. */
  onMenu: (row: Row) => void;
  onDetails: (item: Item) => Promise<Details>;
}

/** What can be done in the reader; what opens over its list is its own. */
export interface ReaderActions extends Omit<ItemActions, 'onMenu'> {
  onView: (view: View) => void;
  /** Null closes the search. */
  onSearch: (query: string | null) => void;
  onMuted: (shown: boolean) => void;
  onMore: () => void;
  onMove: (row: Row, category: Category) => void;
  onRule: (rule: Pick<Rule, 'action' | 'field' | 'value'>) => void;
  onCopy: (item: Item) => void;
  onShare: (item: Item) => void;
  /** Opens items in background tabs. */
  onOpenAll: (rows: readonly Row[]) => void;
  onUndo: (id?: number) => void;
  onDismiss: () => void;
  onJournal: (open: boolean) => void;
  onRefresh: () => void;
  /** Opens the side panel; null where there is none, or this is it. */
  onPanel: (() => void) | null;
  onOptions: () => void;
  onDismissNotice: () => void;
}
