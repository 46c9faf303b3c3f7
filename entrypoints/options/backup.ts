// Backups on the options page: what the section shows, and what its buttons do.
import { signal } from '@preact/signals';
import type { BackupProps } from '../../components/options/Backup.tsx';
import { type Backup, readBackup } from '../../lib/backup/file.ts';
import { importBackup, previewBackup, writeBackup, writeStarred } from '../../lib/backup.ts';
import { download, fileName } from '../../lib/download.ts';
import { formatDay, say } from '../../lib/i18n.ts';
import type { Database } from '../../lib/store/database.ts';
import { askHosts, refreshFeeds } from '../../lib/subscriptions.ts';
import { backupWords } from '../../lib/words/options/backup.ts';
import { createLongWork } from './progress.ts';

/** Returns what gives the component its props; to be called while the page renders. */
export function wireBackup(db: Database, write: (work: () => Promise<unknown>) => Promise<void>): () => BackupProps {
  const words = say(backupWords);
  const chosen = signal<(Backup & { preview: NonNullable<BackupProps['preview']> }) | null>(null);
  const { progress, notice, run: during, stop } = createLongWork(words);

  const open = (file: File) =>
    during('reading', async (onProgress) => {
      chosen.value = null;
      // Reading the file is one half of it, comparing it with what is stored the other.
      const read = await readBackup(file, (done, total) => onProgress(done, 2 * total));
      if ('fault' in read) return { text: words.faults[read.fault], fault: true };
      chosen.value = { ...read, preview: await previewBackup(db, read, Date.now(), (done, total) => onProgress(total + done, 2 * total)) };
      return null;
    });

  async function take(backup: Backup): Promise<void> {
    const waiting = await askHosts(backup.snapshot.feeds.map(({ url }) => url), Date.now()); // first: browsers ask only in the click itself
    await during('writing', async (onProgress) => {
      const changes = await importBackup(db, backup, { now: Date.now(), waiting, onProgress });
      chosen.value = null;
      await write(() => refreshFeeds(changes.added));
      return { text: words.imported(changes, changes.added.filter(({ url }) => waiting.has(url)).length), fault: false };
    });
  }

  const save = (withItems: boolean) => during('writing', async (onProgress) => (download(await writeBackup(db, { items: withItems ? 'all' : 'starred', onProgress, now: Date.now() }), fileName('json')), null));
  const saveStarred = () =>
    during('writing', async () => {
      const file = await writeStarred(db, words.starredTitle, (ms) => formatDay(ms, Date.now()));
      return file ? (download(file, fileName('md')), null) : { text: words.noStarred, fault: false };
    });

  return () => ({ preview: chosen.value?.preview ?? null, progress: progress.value, notice: notice.value, onSave: (all) => void save(all), onSaveStarred: () => void saveStarred(), onFile: (file) => void open(file), onImport: () => chosen.value && void take(chosen.value), onCancel: () => (chosen.value = null), onStop: stop });
}
