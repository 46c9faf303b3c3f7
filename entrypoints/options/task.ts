// Something the page is busy with, and what came of it.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { FeedListProps } from '../../components/options/FeedList.tsx';

/** What there is to tell of it. */
export type Notice = NonNullable<FeedListProps['notice']>;

interface Task {
  busy: ReadonlySignal<boolean>;
  notice: Signal<Notice | null>;
  /** Does it; what it returns is told, and so is what goes wrong. */
  run: (work: () => Promise<Notice | null | void>) => Promise<void>;
}

/** Work of one kind; its notice is that of the last. */
export function createTask(): Task {
  const busy = signal(false);
  const notice = signal<Notice | null>(null);
  const run: Task['run'] = async (work) => {
    busy.value = true;
    notice.value = null;
    notice.value = (await work().catch((error: unknown) => ({ text: String(error), fault: true }))) ?? null;
    busy.value = false;
  };
  return { busy, notice, run };
}
