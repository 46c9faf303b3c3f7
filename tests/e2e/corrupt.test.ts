// A database that is damaged on the disk, in real Chromium: the reader is told, and feeds, read and starred states come back.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSampleEditions } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

declare const chrome: { storage: { local: { get(key: string): Promise<Record<string, { at: number }>>; set(items: object): Promise<void> } }; runtime: { sendMessage(message: object): Promise<unknown> } };

/** Writes over a file's middle. */
function garble(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, Math.floor(bytes.length / 4), Math.ceil((bytes.length * 3) / 4)));
}

type Damage = (files: (ending: RegExp) => string[]) => void;
/** Most of it Chromium finds out and deletes by itself. What is 'closed' it neither opens nor deletes, for good. */
const DAMAGES: [string, Damage, 'closed'?][] = [
  ['whose manifest is cut off', (files) => files(/^MANIFEST-/).forEach((file) => truncateSync(file, 7))],
  ['whose manifest is garbled', (files) => files(/^MANIFEST-/).forEach(garble)],
  ['whose log and tables are garbled', (files) => files(/\.(?:log|ldb)$/).forEach(garble)],
  ['whose log and tables are empty', (files) => files(/\.(?:log|ldb)$/).forEach((file) => truncateSync(file, 0))],
  ['whose current manifest is not there', (files) => files(/^CURRENT$/).forEach((file) => writeFileSync(file, 'MANIFEST-999999\n')), 'closed'],
  ['all of whose files are garbled', (files) => files(/./).forEach(garble), 'closed'],
];

describe('a database', () => {
  const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-corrupt-'));
  const whole = path.join(work, 'whole');
  const all = readSampleEditions().at(-1)?.items.length ?? 0;
  let starred = '';
  let read = '';

  beforeAll(async () => {
    const ext = await Extension.start('chromium', 'sample', { profile: whole });
    await ext.waitForBadge(String(all));
    await ext.openPopup();
    [starred, read] = await ext.popup((document) => {
      const [first, second] = document.querySelectorAll('li.item');
      first?.querySelector<HTMLElement>('[aria-label^="Star"]')?.click();
      second?.querySelector<HTMLElement>('[aria-label^="Mark as read"]')?.click();
      return [first?.querySelector('.title')?.textContent ?? '', second?.querySelector('.title')?.textContent ?? ''] as [string, string];
    });
    await ext.waitForListed(all - 1);
    await ext.closePopup();
    // The mirror is written every ten minutes at most; here they are over.
    await ext.options.evaluate(async () => {
      const { mirror } = await chrome.storage.local.get('mirror');
      await chrome.storage.local.set({ mirror: { ...mirror, at: 1 } });
      await (chrome.runtime.sendMessage as (message: object) => Promise<unknown>)({ type: 'sync' });
    });
    await until('the mirror', () => ext.options.evaluate(async () => (await chrome.storage.local.get('mirror')).mirror?.at ?? 0), (at) => at > 1);
    await ext.close();
  });
  afterAll(() => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));

  const choose = (document: Document, view: string) => [...document.querySelectorAll<HTMLElement>('.view')].find(({ textContent }) => textContent === view)?.click();
  const press = (ext: Extension, place: string, label: string) => ext.options.evaluate((within, text) => [...document.querySelectorAll<HTMLElement>(`${within} button`)].find(({ textContent }) => textContent?.startsWith(text))?.click(), place, label);
  const textOf = (ext: Extension, place: string) => ext.options.evaluate((within) => document.querySelector(within)?.textContent ?? '', place);

  it.each(DAMAGES)('%s comes back, and the reader is told', { timeout: 240_000 }, async (name, damage, closed) => {
    const profile = path.join(work, String(DAMAGES.findIndex(([one]) => one === name)));
    cpSync(whole, profile, { recursive: true });
    const databases = path.join(profile, 'Default/IndexedDB');
    const [folder = ''] = readdirSync(databases).filter((one) => one.startsWith('chrome-extension_') && one.endsWith('.leveldb'));
    const files = (ending: RegExp) => readdirSync(path.join(databases, folder)).filter((one) => ending.test(one)).map((one) => path.join(databases, folder, one));
    expect(files(/^MANIFEST-|\.(?:log|ldb)$/).length).toBeGreaterThan(1);
    damage(files);

    const ext = await Extension.start('chromium', 'sample', { profile });
    const healed = closed ? await reinstall(ext, path.join(profile, 'saved')) : ext;
    try {
      if (!closed) await until('the notice', () => textOf(ext, '.safety'), (text) => /Restored from the spare copy: 1 digest, [1-9]\d* read items?, 1 star/.test(text), 60_000);
      await until('the feed', () => healed.feedNames(), (names) => names.join() === 'Sample digest');
      await healed.openPopup();
      // The packaged digests have been read again: what was read is not unread.
      const unread = () => healed.popup((document) => [...document.querySelectorAll('li.item:not(.read) .title')].map(({ textContent }) => textContent));
      await until('the unread', unread, (list) => list.length > 0 && !list.includes(read));
      await healed.popup(choose, 'Starred');
      await until('the star', () => healed.popup((document) => [...document.querySelectorAll('li.item .title')].map(({ textContent }) => textContent)), (list) => list.join() === starred);
      await healed.closePopup();
    } finally {
      await ext.close();
    }
  });

  /** What is told to do where the database can neither be opened nor deleted: the spare copy is saved, the extension installed again, the copy imported. */
  async function reinstall(ext: Extension, downloads: string): Promise<Extension> {
    await until('the trouble', () => textOf(ext, '.safety'), (text) => /The stored data cannot be opened/.test(text), 60_000);
    await ext.waitForBadge('!', 60_000);
    await ext.openPopup();
    await until('the stars of the spare copy', () => ext.popup((document) => document.body.textContent ?? ''), (text) => text.includes(starred), 60_000);
    await ext.closePopup();
    const session = await ext.options.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
    await press(ext, '.safety', 'Rebuild the database');
    await press(ext, '.safety', 'Delete and rebuild');
    await until('the advice', () => textOf(ext, '.safety'), (text) => /could not be deleted.*install it again.*import the backup file/.test(text), 60_000);
    const saved = await until('the file', async () => readdirSync(downloads).filter((one) => one.endsWith('.json')), (names) => names.length === 1);
    const backup = readFileSync(path.join(downloads, saved[0] as string), 'utf8');

    await ext.launched.uninstall();
    const again = await ext.installAgain('sample');
    await again.waitForBadge(String(all));
    await again.chooseBackup(backup);
    await until('the dry run', () => textOf(again, 'section[aria-labelledby=backup]'), (text) => /Would add 0 digests.*1 read item, 1 star/.test(text));
    await press(again, 'section[aria-labelledby=backup] .found', 'Import');
    return again;
  }
});
