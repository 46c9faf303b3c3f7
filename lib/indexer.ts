// Keeps the search index in step with the store: derives again the days whose items changed.
import { indexDay } from './search/day.ts';
import type { Database } from './store/database.ts';
import { deriveSearchDay, listStaleSearchDays, markSearchStale } from './store/search.ts';

/** How a long work is watched and cancelled. */
export interface Progress {
  /** Cancels: heard at once. The day under way is finished unseen; what is left stays stale, and is searched all the same. */
  signal?: AbortSignal;
  /** Told after each day. */
  onProgress?: (done: number, total: number) => void;
}

/** What the work comes to, or `otherwise` as soon as it is cancelled: a day of a thousand items takes a second where the disk is busy, which nobody waits for. */
function unlessCancelled<T>(signal: AbortSignal | undefined, work: Promise<T>, otherwise: () => T | Promise<T>): Promise<T> {
  const cancelled = new Promise<void>((now) => (signal?.aborted ? now() : signal?.addEventListener('abort', () => now(), { once: true })));
  return Promise.race([work, cancelled.then(otherwise)]);
}

/** Brings the search index up to date. Safe to repeat and to be killed in; one at a time across contexts. Returns how many days are left, because it was cancelled. */
export async function updateSearch(db: Database, { signal, onProgress }: Progress = {}): Promise<number> {
  let left: number | null = null;
  const work = navigator.locks.request('search', async () => {
    const stale = await listStaleSearchDays(db);
    for (const [done, day] of stale.entries()) {
      left = stale.length - done;
      if (signal?.aborted) return left;
      await deriveSearchDay(db, day, indexDay);
      if (!signal?.aborted) onProgress?.(done + 1, stale.length);
    }
    return 0;
  });
  return unlessCancelled(signal, work, () => left ?? db.staleSearchDays.count());
}

/** Derives the whole search index again. Cancelled or killed it goes on with the next `updateSearch`. Returns how many days are left then; null where it was cancelled before any was begun. */
export async function rebuildSearch(db: Database, progress: Progress = {}): Promise<number | null> {
  const marked = await unlessCancelled(progress.signal, markSearchStale(db, progress.signal), () => false);
  return marked ? updateSearch(db, progress) : null;
}
