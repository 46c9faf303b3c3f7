// Backups: written from the store, or from the mirror where it does not open; previewed, and merged into it. And starred items as Markdown.
import { type Backup, writeFile } from './backup/file.ts';
import { mergeSettings } from './backup/settings.ts';
import { toDocument } from './excerpt.ts';
import { readKept } from './mirror.ts';
import type { Feed } from './model/feed.ts';
import type { Settings } from './model/settings.ts';
import type { Database } from './store/database.ts';
import { noteFact } from './store/meta.ts';
import { changeSettings, readSettings, readStoredSettings } from './store/settings.ts';
import { mergeSnapshot, type OnProgress, readSnapshot, type SavedFeed, type SnapshotChanges } from './store/snapshot.ts';

/**
 * Everything that is the reader's own as a file: settings, feeds, states, corrections, the words of starred items, or of all, and
 * what is left of pruned ones, so that their posts stay marked. Notes that a backup was saved. The journal stays out: it says how
 * to take back what was done to this very database, and its entries would undo, in another, what was never done there.
 */
export async function writeBackup(db: Database, { items, onProgress, now }: { items: 'starred' | 'all'; onProgress?: OnProgress; now: number }): Promise<Blob> {
  const file = writeFile(await readSnapshot(db, { items, told: true, onProgress }), (await readStoredSettings()) ?? {}, now);
  await noteFact(db, 'savedAt', now).catch(() => {}); // a database of a newer version is read all the same
  return file;
}

/** The same from the mirror, where the database does not open; null where there is no mirror. */
export async function writeKept(now: number): Promise<Blob | null> {
  const kept = await readKept();
  return kept && writeFile(kept, (await readStoredSettings()) ?? {}, now);
}

/** The starred items as a Markdown document, newest first; null where there are none. */
export async function writeStarred(db: Database, title: string, dateOf: (ms: number) => string): Promise<Blob | null> {
  const { items } = await readSnapshot(db);
  if (items.length === 0) return null;
  return new Blob([toDocument(title, items.sort((a, b) => b.publishedMs - a.publishedMs), dateOf)], { type: 'text/markdown' });
}

/** What a backup would change, or has changed, here; `refused` entries of it make no sense. */
export interface BackupChanges extends SnapshotChanges {
  /** Settings that change, by name. */
  settings: (keyof Settings)[];
  refused: number;
}

/** What an import would change. Changes nothing. */
export async function previewBackup(db: Database, { snapshot, settings, refused }: Backup, now: number, onProgress?: OnProgress): Promise<BackupChanges> {
  return { ...(await mergeSnapshot(db, snapshot, { now, dry: true, onProgress })), settings: Object.keys(mergeSettings(await readSettings(), settings)) as (keyof Settings)[], refused };
}

/** Imports a backup: all of it, or, where anything fails, nothing. `waiting`: what feeds begin with whose host may not be asked. */
export async function importBackup(db: Database, { snapshot, settings }: Backup, { now, waiting, onProgress }: { now: number; waiting?: ReadonlyMap<string, Partial<Feed>>; onProgress?: OnProgress }): Promise<SnapshotChanges> {
  return mergeSnapshot(db, snapshot, {
    now,
    onProgress,
    fieldsOf: ({ url }: SavedFeed) => waiting?.get(url) ?? {},
    alongside: () => changeSettings((stored) => mergeSettings(stored, settings)),
  });
}
