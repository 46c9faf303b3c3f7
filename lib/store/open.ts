// Opening the database: tried again where that fails, and what is wrong where it fails for good.
import type { Database } from './database.ts';

/** 'closed': it does not open, or does not answer. 'newer': a newer version of the extension made it; it can be read, and nothing is written. */
export type StorageTrouble = 'closed' | 'newer';

/** Waits between attempts, ms: a disk that is busy, or another process that is about to let go. */
const WAITS_MS = [200, 1000, 3000];

/** An attempt that has not been answered by then has failed, ms. */
const ANSWER_MS = 10_000;

async function open(db: Database): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, failed) => (timer = setTimeout(() => failed(new Error('the database does not answer')), ANSWER_MS)));
  await Promise.race([db.open(), late]).finally(() => clearTimeout(timer));
}

/** Opens the database, if need be after some attempts. Never deletes anything. Returns what is wrong; null where nothing is. */
export async function openPatiently(db: Database, wait: (ms: number) => Promise<unknown> = (ms) => new Promise((later) => setTimeout(later, ms))): Promise<StorageTrouble | null> {
  for (const ms of [...WAITS_MS, null]) {
    try {
      await open(db);
      return db.isNewer ? 'newer' : null;
    } catch (error) {
      console.error('Eight Bells: the database does not open', error);
      if (ms !== null) await wait(ms);
    }
  }
  return 'closed';
}

/** Calls back when a newer version of the extension takes the database over while this page is open. */
export function watchTrouble(db: Database, callback: (trouble: StorageTrouble) => void): void {
  db.on('versionchange', (event) => {
    if (event.newVersion !== null) callback('newer');
  });
}

/** How long a page that holds the database open is waited for, ms. */
const PATIENCE_MS = 10_000;

/** Deletes the database; only ever called because the reader said so. False where something holds it. */
export async function deleteDatabase(db: Database): Promise<boolean> {
  const late = new Promise<false>((later) => setTimeout(() => later(false), PATIENCE_MS));
  return Promise.race([db.delete({ disableAutoOpen: false }).then(() => true), late]);
}
