// Keeps the search index in step with the store: derives again the days whose items changed.
import { indexDay } from './search/day.ts';
import type { Database } from './store/database.ts';
import { deriveSearchDay, listStaleSearchDays, markSearchStale } from './store/search.ts';

export interface Progress {
  /** Stops after the day under way; what is left stays stale, and is searched all the same. */
  signal?: AbortSignal;
  /** Told after each day. */
  onProgress?: (done: number, total: number) => void;
}

/** Brings the search index up to date. Safe to repeat and to be killed in; one at a time across contexts. Returns how many days are left, because it was cancelled. */
export async function updateSearch(db: Database, { signal, onProgress }: Progress = {}): Promise<number> {
  return navigator.locks.request('search', async () => {
    const stale = await listStaleSearchDays(db);
    for (const [done, day] of stale.entries()) {
      if (signal?.aborted) return stale.length - done;
      await deriveSearchDay(db, day, indexDay);
      onProgress?.(done + 1, stale.length);
    }
    return 0;
  });
}

/** Derives the whole search index again. Cancelled or killed it goes on with the next `updateSearch`. */
export async function rebuildSearch(db: Database, progress: Progress = {}): Promise<number> {
  await markSearchStale(db);
  return updateSearch(db, progress);
}
