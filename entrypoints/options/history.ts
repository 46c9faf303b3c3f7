// The options page's pictures of the last weeks, and the long work of rebuilding the search index.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { HistorySectionProps } from '../../components/options/HistorySection.tsx';
import type { StorageProps } from '../../components/options/Storage.tsx';
import type { Settings } from '../../lib/model.ts';
import type { Database } from '../../lib/store/database.ts';

/** Returns what gives the components their props; to be called while the page renders. Both are loaded when they are wanted. */
export function wireHistory(db: Database, settings: ReadonlySignal<Settings>, onError: () => void) {
  const rebuilding = signal<StorageProps['rebuilding']>(null);
  const rebuilt = signal<number | null>(null);
  let stop = new AbortController();

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

  return (): Pick<HistorySectionProps, 'watchHistory'> & Pick<StorageProps, 'rebuilding' | 'rebuilt' | 'onRebuild' | 'onCancelRebuild'> => ({
    watchHistory: (life, onHistory, onFail) =>
      void import('../../lib/store/history.ts').then(({ watchHistory }) => {
        if (!life.aborted) life.addEventListener('abort', watchHistory(db, () => settings.value, Date.now, onHistory, onFail));
      }, onFail),
    rebuilding: rebuilding.value,
    rebuilt: rebuilt.value,
    onRebuild: () => void rebuild(),
    onCancelRebuild: () => stop.abort(),
  });
}
