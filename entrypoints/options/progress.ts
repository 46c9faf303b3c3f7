// Long work on the options page: how far it is, what came of it, and how the reader stops it.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { BackupProps } from '../../components/options/Backup.tsx';

type Progress = NonNullable<BackupProps['progress']>;

interface LongWork {
  progress: ReadonlySignal<Progress | null>;
  /** What came of the last. */
  notice: Signal<BackupProps['notice']>;
  /** Does it. Each step tells how far it is, and there it ends where the reader stopped it: work that is to leave no trace then must do it all at once. */
  run: (what: Progress['what'], work: (onProgress: (done: number, total: number) => void) => Promise<BackupProps['notice']>) => Promise<void>;
  stop: () => void;
}

/** Work of one kind, one at a time. */
export function createLongWork(words: { failed: string; stopped: string }): LongWork {
  const progress = signal<Progress | null>(null);
  const notice = signal<BackupProps['notice']>(null);
  let stopping = new AbortController();
  const run: LongWork['run'] = async (what, work) => {
    const { signal: stopped } = (stopping = new AbortController());
    progress.value = { what, share: 0 };
    notice.value = null;
    const onProgress = (done: number, total: number) => {
      stopped.throwIfAborted();
      progress.value = { what, share: total ? done / total : 1 };
    };
    notice.value = await work(onProgress).catch((error: unknown) => {
      if (stopped.aborted) return { text: words.stopped, fault: false };
      console.error('Eight Bells: backup', error);
      return { text: words.failed, fault: true };
    });
    progress.value = null;
  };
  return { progress, notice, run, stop: () => stopping.abort() };
}
