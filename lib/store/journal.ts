// What the reader did lately, so that it can be undone: at once from the toast, later from the journal.
import type { Action, JournalEntry } from '../action.ts';
import type { Database } from './database.ts';

/** Entries kept, the newest. */
const KEPT = 50;

/** Writes an action down; to be called in the transaction that does it, where it is one of the database. */
export async function addEntry(db: Database, action: Action, at: number): Promise<JournalEntry> {
  return db.transaction('rw', db.journal, async () => {
    const entry = { at, action, undone: 0 as const };
    const id = await db.journal.add(entry);
    const old = await db.journal.orderBy('id').reverse().offset(KEPT).primaryKeys();
    await db.journal.bulkDelete(old);
    return { ...entry, id };
  });
}

/** The newest first. */
export const listEntries = (db: Database): Promise<JournalEntry[]> => db.journal.orderBy('id').reverse().toArray();

/** An entry; undefined where it is none of those kept. */
export const getEntry = (db: Database, id: number): Promise<JournalEntry | undefined> => db.journal.get(id);

/** The newest that has not been undone; undefined where there is none. */
export const getLastEntry = (db: Database): Promise<JournalEntry | undefined> => db.journal.orderBy('id').reverse().filter(({ undone }) => undone === 0).first();

/** Notes that an entry has been undone; to be called in the transaction that undoes it. */
export const markUndone = (db: Database, id: number): Promise<number> => db.journal.update(id, { undone: 1 });
