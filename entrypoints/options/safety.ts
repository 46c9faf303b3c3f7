// The safety of what is stored, on the options page: sync, backup, what was restored, and a database that does not open.
import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { BackupProps } from '../../components/options/Backup.tsx';
import type { SafetyProps } from '../../components/options/Safety.tsx';
import type { SyncProps } from '../../components/options/Sync.tsx';
import { writeKept } from '../../lib/backup.ts';
import { download, fileName } from '../../lib/download.ts';
import { keepMirror } from '../../lib/mirror.ts';
import type { Database } from '../../lib/store/database.ts';
import { liveSignal } from '../../lib/store/signal.ts';
import { dismissNotice, readNotice } from '../../lib/store/meta.ts';
import { deleteDatabase, openPatiently, type StorageTrouble, watchTrouble } from '../../lib/store/open.ts';
import { syncSoon } from '../../lib/subscriptions.ts';
import { discardUnreadable, readSync, type SyncArea, turnSync } from '../../lib/sync.ts';
import { wireBackup } from './backup.ts';

const nothing = () => {}; // the page says of the whole database that it does not answer

/** Returns what gives the components their props; to be called while the page renders. `begin`: subscribes to what is built in. */
export function wireSafety(db: Database, begin: () => Promise<unknown>, write: (work: () => Promise<unknown>) => Promise<void>) {
  const trouble = signal<StorageTrouble | null>(null);
  const told = signal<SafetyProps['told']>(null);
  void openPatiently(db).then((found) => (trouble.value = found));
  watchTrouble(db, (found) => (trouble.value = found));
  const notice = liveSignal(() => readNotice(db, Date.now()), nothing);
  const sync = liveSignal(() => readSync(db), nothing);
  const backup = wireBackup(db, write);

  async function rebuild(): Promise<void> {
    told.value = 'rebuilding';
    const file = await writeKept(Date.now());
    if (file) download(file, fileName('json')); // whatever comes of it, the reader has this
    if (!(await deleteDatabase(db))) throw new Error('something holds the database');
    await keepMirror({ db, now: Date.now, begin });
    location.reload();
  }

  return (now: number): { safety: SafetyProps; sync: SyncProps; backup: BackupProps } => ({
    backup: backup(),
    safety: {
      trouble: trouble.value,
      told: told.value,
      restored: notice.value && notice.value !== 'remind' ? notice.value.restored : null,
      onDismiss: () => notice.value && void dismissNotice(db, notice.value, Date.now()),
      onRetry: () => location.reload(),
      onSaveKept: () => void writeKept(Date.now()).then((file) => (file ? download(file, fileName('json')) : (told.value = 'nothingKept'))),
      onRebuild: () => void rebuild().catch(() => (told.value = 'rebuildFailed')),
    },
    sync: {
      ...(sync.value ?? { on: false, report: null }),
      now,
      onTurn: (on) => void write(() => turnSync(db, on)).then(syncSoon),
      onDiscard: () => void discardUnreadable(browser.storage.sync as SyncArea).then(syncSoon),
    },
  });
}
