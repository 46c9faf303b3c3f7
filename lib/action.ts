// What a reader did, as the journal keeps it: with all that undoing it takes.
import type { Category, Item, Move, Rule } from './model.ts';

/** Ids are those that were changed by it. */
export type Action =
  | { kind: 'read' | 'unread' | 'star' | 'unstar'; ids: string[] }
  | { kind: 'move'; title: string; to: Category; undo: MoveUndo }
  | { kind: 'addRule' | 'removeRule'; rule: Rule }
  | { kind: 'removeFeed'; feedId: string; name: string };

/** What an item and the decision about it were before a move. */
export interface MoveUndo {
  id: string;
  before: Pick<Item, 'category' | 'categorySource' | 'confidence'>;
  /** The decision there was before; null where there was none. */
  move: Move | null;
}

export interface JournalEntry {
  id: number;
  /** ms. */
  at: number;
  action: Action;
  undone: 0 | 1;
}
