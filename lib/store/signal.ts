// A live query as a signal for components.
import { type Signal, signal } from '@preact/signals';
import { watchQuery } from './live.ts';

/** Null until the first result, and the last result stays. */
export function liveSignal<T>(query: () => Promise<T>, onError: (error: unknown) => void): Signal<T | null> {
  const value = signal<T | null>(null);
  watchQuery(query, (result) => (value.value = result), onError);
  return value;
}
