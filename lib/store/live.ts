// A query that runs again whenever what it read changes, as a signal for components.
import { type Signal, signal } from '@preact/signals';
import { liveQuery } from 'dexie';

/**
 * The result of `query` as a signal; null until the first result. `onError` is told when the database does not answer;
 * the last result stays.
 */
export function liveSignal<T>(query: () => Promise<T>, onError: (error: unknown) => void): { value: Signal<T | null>; stop: () => void } {
  const value = signal<T | null>(null);
  // An async function of its own: only those does Dexie follow through native awaits; around a plain one that returns a
  // promise it now and then loses track, and the query never answers again.
  const subscription = liveQuery(async () => query()).subscribe({
    next: (result) => {
      value.value = result;
    },
    error: onError,
  });
  return { value, stop: () => subscription.unsubscribe() };
}
