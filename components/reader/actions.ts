// What the reader can do with items, as callbacks.
import type { Details, Row, RowRef } from '../../lib/list.ts';
import type { Item } from '../../lib/model/item.ts';

export interface ItemActions {
  /** Opens an item's link; `behind`: without leaving the list. */
  onOpen: (item: Item, behind: boolean) => void;
  onRead: (rows: readonly RowRef[], read: boolean) => void;
  onStar: (row: Row, starred: boolean) => void;
  /** Opens the menu of an item. */
  onMenu: (row: Row) => void;
  onDetails: (item: Item) => Promise<Details>;
}
