// Lists of feeds on the options page: read from a file, shown, and imported once the reader has said so; and saved as one.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { OpmlProps } from '../../components/options/Opml.tsx';
import { updateDerived } from '../../lib/derived.ts';
import { say } from '../../lib/i18n.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Database } from '../../lib/store/database.ts';
import type { Overview } from '../../lib/store/overview.ts';
import { downloadOpml, importFeeds, type OpmlFile, readOpmlFile } from '../../lib/subscriptions.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { createTask, type Notice } from './task.ts';

/** Returns what gives the component its props; to be called while the page renders. `categories`: of a feed whose digests name none. */
export function wireOpml(db: Database, categories: Category[], overview: ReadonlySignal<Overview | null>): () => OpmlProps {
  const words = say(optionsWords);
  const { busy, notice, run } = createTask();
  const read = signal<OpmlFile | null>(null);

  async function open(file: File): Promise<Notice | null> {
    const found = await readOpmlFile(db, file);
    read.value = found.fault ? null : found;
    return found.fault && { text: words.opmlFaults[found.fault], fault: true };
  }

  async function take(file: OpmlFile): Promise<Notice> {
    const { added, known, waiting } = await importFeeds(db, file.fresh, categories, Date.now());
    read.value = null;
    await updateDerived(db); // one that was removed lately comes back with its items
    return { text: words.imported(added, file.known + known, file.refused, waiting), fault: false };
  }

  return () => ({
    found: read.value && { ...read.value, fresh: read.value.fresh.length },
    importing: busy.value,
    opmlNotice: notice.value,
    onOpmlFile: (file) => void run(() => open(file)),
    onImport: () => read.value && void run(() => take(read.value as OpmlFile)),
    onCancelImport: () => (read.value = null),
    onExport: () => downloadOpml(overview.value?.feeds ?? [], words.opmlTitle, Date.now()),
  });
}
