// What is stored, on the options page: its size, and the long works of cleaning up and of rebuilding the search index.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { StorageProps } from '../../components/options/Storage.tsx';
import type { Database } from '../../lib/store/database.ts';
import { type Overview, readBytes } from '../../lib/store/overview.ts';
import { pruneAll } from '../../lib/store/retention.ts';

/** Returns what gives the component its props; to be called while the page renders. The indexer is loaded when it is wanted. */
export function wireStorage(db: Database, overview: ReadonlySignal<Overview | null>, write: (work: () => Promise<unknown>) => Promise<void>, onError: () => void) {
  const bytes = signal<number | null>(null);
  const pruning = signal(false);
  const pruned = signal<number | null>(null);
  const rebuilding = signal<StorageProps['rebuilding']>(null);
  const rebuilt = signal<number | null>(null);
  let stop = new AbortController();
  overview.subscribe(() => void readBytes().then((size) => (bytes.value = size)));

  async function prune(): Promise<void> {
    pruning.value = true;
    await write(async () => (pruned.value = await pruneAll(db, Date.now()))).catch(onError);
    pruning.value = false;
  }

  async function rebuild(): Promise<void> {
    stop = new AbortController();
    rebuilt.value = null;
    rebuilding.value = { done: 0, total: 0 };
    try {
      const { rebuildSearch } = await import('../../lib/indexer.ts');
      rebuilt.value = await rebuildSearch(db, { signal: stop.signal, onProgress: (done, total) => (rebuilding.value = { done, total }) });
    } catch {
      onError();
    } finally {
      rebuilding.value = null;
    }
  }

  return (): Omit<StorageProps, 'settings' | 'usage' | 'onSettings'> => ({
    bytes: bytes.value,
    pruning: pruning.value,
    pruned: pruned.value,
    rebuilding: rebuilding.value,
    rebuilt: rebuilt.value,
    onPrune: () => void prune(),
    onRebuild: () => void rebuild(),
    onCancelRebuild: () => stop.abort(),
  });
}
