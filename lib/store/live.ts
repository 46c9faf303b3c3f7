// A query that runs again whenever what it read changes.
import { liveQuery } from 'dexie';

/** Calls back with the query's result, now and whenever it changes; `onError` is told when the database does not answer. Returns how to stop. */
export function watchQuery<T>(query: () => Promise<T>, onResult: (result: T) => void, onError: (error: unknown) => void): () => void {
  // An async function of its own: only those does Dexie follow through native awaits; around a plain one that returns a
  // promise it now and then loses track, and the query never answers again.
  const subscription = liveQuery(async () => query()).subscribe({ next: onResult, error: onError });
  return () => subscription.unsubscribe();
}
