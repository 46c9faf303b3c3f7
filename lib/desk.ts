// The store as a reader's page uses it: everything of it that is loaded only after the first paint.
import type { JournalEntry } from './action.ts';
import { updateDerived } from './derived.ts';
import type { Details, List } from './list.ts';
import type { Item, Settings } from './model.ts';
import { act, undo, type Wish } from './reading.ts';
import { Database } from './store/database.ts';
import { markSeen } from './store/items.ts';
import { listEntries } from './store/journal.ts';
import { type ListOptions, readDetails, readList } from './store/list.ts';
import { watchQuery } from './store/live.ts';

export interface Desk {
  /** Calls back with the list, now and whenever it changes; `options` is asked each time. Returns how to stop. */
  watchList(options: () => [Settings, ListOptions], onList: (list: List) => void, onError: (error: unknown) => void): () => void;
  act(wish: Wish, now: number): Promise<JournalEntry | null>;
  undo(id?: number): Promise<JournalEntry | null>;
  listEntries(): Promise<JournalEntry[]>;
  readDetails(item: Item): Promise<Details>;
  /** Nothing stored now is new any more. */
  markSeen(): Promise<void>;
  /** Brings badge, marks and kept rows up to date. */
  update(): Promise<void>;
}

/** Opens the database. */
export function openDesk(): Desk {
  const db = new Database();
  return {
    watchList: (options, onList, onError) => watchQuery(() => readList(db, ...options(), Date.now()), onList, onError),
    act: (wish, now) => act(db, wish, now),
    undo: (id) => undo(db, id),
    listEntries: () => listEntries(db),
    readDetails: (item) => readDetails(db, item),
    markSeen: () => markSeen(db).then(() => updateDerived(db)),
    update: () => updateDerived(db),
  };
}
