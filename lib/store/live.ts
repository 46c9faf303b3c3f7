// A query that runs again whenever what it read changes.
import { liveQuery, type Subscription } from 'dexie';

/**
 * Calls back with the query's result, now and whenever it changes; `onError` is told when the database does not answer. Returns
 * how to stop. `restMs`: so long, ms, after a result it is not asked again, whatever was written: a hundred writes do not cost a hundred readings.
 */
export function watchQuery<T>(query: () => Promise<T>, onResult: (result: T) => void, onError: (error: unknown) => void, restMs = 0): () => void {
  let subscription: Subscription | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscribe = (): void => {
    let last: { result: T; at: number } | null = null;
    // An async function of its own: only those does Dexie follow through native awaits; around a plain one that returns a
    // promise it now and then loses track, and the query never answers again.
    const ask = async (): Promise<T> => {
      if (last && restMs > 0) {
        // It has changed. What reads nothing is not asked again, until it is asked anew, of all that was written meanwhile.
        timer = setTimeout(again, Math.max(0, last.at + restMs - performance.now()));
        return last.result;
      }
      const result = await query();
      last = { result, at: performance.now() };
      return result;
    };
    subscription = liveQuery(ask).subscribe({ next: onResult, error: onError });
  };
  const again = (): void => {
    subscription?.unsubscribe();
    subscribe();
  };
  subscribe();
  return () => {
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}
