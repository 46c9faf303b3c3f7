// A database that the browser lost, in real Chromium: it comes back with the star, the reader is told, and a backup says what it would do.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { readSampleEditions } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

type Stored = Record<string, { at: number }>;
declare const chrome: { storage: { local: { get(key: string): Promise<Stored>; set(items: object): Promise<void> } }; runtime: { sendMessage(message: object): Promise<unknown> } };

describe('what is stored', () => {
  let ext: Extension;

  beforeAll(async () => {
    ext = await Extension.start('chromium', 'sample');
    await ext.waitForBadge(String(readSampleEditions().at(-1)?.items.length));
  });
  afterAll(() => ext?.close());

  const update = () => ext.options.evaluate(() => (chrome.runtime.sendMessage as (message: object) => Promise<unknown>)({ type: 'sync' }));
  const safety = () => ext.options.evaluate(() => document.querySelector('.safety')?.textContent ?? '');

  it('comes back after the browser has lost it, and the reader is told', async () => {
    await ext.openPopup();
    const title = await ext.popup((document) => {
      const row = document.querySelector('li.item');
      row?.querySelector<HTMLElement>('[aria-label^="Star"]')?.click();
      return row?.querySelector('.title')?.textContent ?? '';
    });
    await until('the star', () => ext.popup((document) => document.querySelectorAll('[aria-label^="Remove"], [aria-label^="Unstar"], [aria-label*="star" i][aria-pressed="true"]').length), (n) => n > 0);
    await ext.closePopup();
    // The mirror is written every ten minutes at most; here they are over.
    const age = () =>
      ext.options.evaluate(async () => {
        const { mirror } = await chrome.storage.local.get('mirror');
        await chrome.storage.local.set({ mirror: { ...mirror, at: 1 } });
      });
    await age();
    await update();
    await until('the mirror', () => ext.options.evaluate(async () => (await chrome.storage.local.get('mirror')).mirror?.at ?? 0), (at) => at > 1);
    await ext.options.evaluate(
      () =>
        new Promise<void>((gone, failed) => {
          const deleting = indexedDB.deleteDatabase('eight-bells');
          deleting.addEventListener('success', () => gone());
          deleting.addEventListener('error', () => failed(deleting.error));
        }),
    );
    await ext.reloadOptions();
    await update();
    await until('the notice', safety, (text) => /Restored from the spare copy: 1 digest, .*1 star/.test(text));
    await until('the feed', () => ext.feedNames(), (names) => names.join() === 'Sample digest');
    await ext.openPopup();
    await ext.popup((document) => [...document.querySelectorAll<HTMLElement>('.view')].find((view) => view.textContent === 'Starred')?.click());
    await until('the star', () => ext.popup((document) => [...document.querySelectorAll('li.item .title')].map((one) => one.textContent)), (titles) => titles.length === 1 && titles[0] === title);
    await ext.closePopup();
  });

  it('holds what was done in a popup at its first paint, though it was closed with the click and the worker was stopped', async () => {
    await ext.killWorker();
    const title = await ext.options.evaluate(async () => {
      const { action, extension } = chrome as unknown as { action: { openPopup(): Promise<void> }; extension: { getViews(filter: { type: string }): Window[] } };
      localStorage.removeItem('reader'); // how it was left: the first paint shows what is unread
      void action.openPopup();
      for (;;) {
        const [view] = extension.getViews({ type: 'popup' });
        const row = view?.document.querySelector('li.item:has([aria-label^="Star"]:not([aria-pressed=true]))');
        if (view && row) {
          row.querySelector<HTMLElement>('[aria-label^="Star"]')?.click();
          view.close();
          return row.querySelector('.title')?.textContent ?? '';
        }
        await new Promise((later) => setTimeout(later));
      }
    });
    await until('the popup to close', () => ext.options.evaluate(() => (chrome as unknown as { extension: { getViews(filter: { type: string }): Window[] } }).extension.getViews({ type: 'popup' }).length), (n) => n === 0);
    await ext.openPopup();
    await ext.popup((document) => [...document.querySelectorAll<HTMLElement>('.view')].find((view) => view.textContent === 'Starred')?.click());
    await until('the star', () => ext.popup((document) => [...document.querySelectorAll('li.item .title')].map((one) => one.textContent)), (titles) => titles.includes(title));
    await ext.closePopup();
  });

  it('says before an import what would change, and harms nothing by a file that is none', async () => {
    const said = () => ext.options.evaluate(() => document.querySelector('section[aria-labelledby=backup]')?.textContent ?? '');
    await ext.chooseBackup('{"format":');
    await until('the refusal', said, (text) => /no backup of this extension/.test(text));
    await ext.chooseBackup(JSON.stringify({ format: 'eight-bells-backup', version: 1, settings: { badge: 'off' }, starred: ['post:123456789012345678'], feeds: [{ url: 'javascript:alert(1)' }] }));
    await until('the dry run', said, (text) => /Would add 0 digests.*1 star.*number on the icon.*1 entry of the file cannot be used/.test(text));
  });
});
