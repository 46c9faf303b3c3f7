// Facts about the database itself: which one it is, what was restored into it, what the reader has been told about backups.
import type { Database } from './database.ts';
import { listStarred } from './items.ts';

/** What was brought back after the database had been lost, or a state of it that is older than the mirror. */
export interface Restored {
  /** When, ms. */
  at: number;
  feeds: number;
  /** Items that are known as read again, starred again, in the reader's category again. */
  read: number;
  starred: number;
  moved: number;
  /** False where the mirror could not be read either, so that nothing came back. */
  complete: boolean;
}

interface Facts {
  /** Random; a database made anew has another. */
  incarnation: string;
  restored: Restored;
  /** When the database was made, ms. */
  since: number;
  /** When a backup was last saved, ms. */
  savedAt: number;
  /** When the reader was reminded of backups and said so, ms; never reminded again. */
  reminded: number;
}

/** A fact; undefined where it has not been noted. */
export const readFact = async <K extends keyof Facts>(db: Database, key: K): Promise<Facts[K] | undefined> => (await db.meta.get(key))?.value as Facts[K] | undefined;

/** Notes a fact in place of what it was. */
export const noteFact = <K extends keyof Facts>(db: Database, key: K, value: Facts[K]): Promise<unknown> => db.meta.put({ key, value });

const forgetFact = (db: Database, key: keyof Facts): Promise<void> => db.meta.delete(key);

const REMIND_STARS = 20;
const REMIND_MS = 30 * 86_400_000;

/** What there is to tell the reader: that something was restored; else, once, that a backup can be saved, when there is something to lose. */
export async function readNotice(db: Database, now: number): Promise<{ restored: Restored } | 'remind' | null> {
  return db.transaction('r', [db.meta, db.statuses], async () => {
    const restored = await readFact(db, 'restored');
    if (restored) return { restored };
    const [since, savedAt, reminded] = [await readFact(db, 'since'), await readFact(db, 'savedAt'), await readFact(db, 'reminded')];
    if (since === undefined || savedAt !== undefined || reminded !== undefined) return null;
    return now - since >= REMIND_MS || (await listStarred(db)).length >= REMIND_STARS ? 'remind' : null;
  });
}

/** The reader has read it: it is not shown again. */
export const dismissNotice = (db: Database, notice: { restored: Restored } | 'remind', now: number): Promise<unknown> => (notice === 'remind' ? noteFact(db, 'reminded', now) : forgetFact(db, 'restored'));
