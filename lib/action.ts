// What a reader can do; and what was done, as the journal keeps it: with all that undoing it takes.
import type { Category } from './model/category.ts';
import type { Item } from './model/item.ts';
import type { Move } from './model/move.ts';
import type { Rule } from './model/rule.ts';

/** What can be done. */
export type Wish =
  | { kind: 'read' | 'unread' | 'star' | 'unstar'; ids: readonly string[] }
  | { kind: 'move'; id: string; title: string; to: Category }
  | { kind: 'addRule' | 'removeRule'; rule: Rule }
  | { kind: 'removeFeed'; feedId: string; name: string };

/** What was done. Ids are those that were changed by it. */
export type Action =
  | { kind: 'read' | 'unread' | 'star' | 'unstar'; ids: string[] }
  | { kind: 'move'; title: string; to: Category; undo: UndoMove }
  | { kind: 'addRule' | 'removeRule'; rule: Rule }
  | { kind: 'removeFeed'; feedId: string; name: string };

/** How things stood before a move. */
export interface UndoMove {
  id: string;
  own: Pick<Item, 'category' | 'categorySource' | 'confidence'>;
  move: Move | null;
  /** Where what was left of it from before it was last pruned stood; null where nothing was. */
  told: Category | null;
}

/** One line of the journal. */
export interface JournalEntry {
  id: number;
  /** ms. */
  at: number;
  action: Action;
  undone: 0 | 1;
}
