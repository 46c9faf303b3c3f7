// Files chosen in the options page's own fields, in both browsers: a list of feeds, a backup, and a backup whose import is cancelled.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ElementHandle } from 'puppeteer-core';
import { recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

/** So many that no browser has imported them before the reader has seen how far it is. */
const MANY = 60_000;

describe.each(['chromium', 'firefox'] as const)('files in %s', (name) => {
  let site: Site;
  let ext: Extension;
  const folder = mkdtempSync(path.join(tmpdir(), 'eight-bells-files-'));

  beforeAll(async () => {
    site = await startSite(recentEditions().slice(0, 2), inject('feedPort'));
    ext = await Extension.start(name, 'feed');
    await ext.waitForBadge('5');
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const choose = async (section: string, file: string, text: string) => {
    writeFileSync(path.join(folder, file), text);
    const field = (await ext.options.waitForSelector(`section[aria-labelledby=${section}] input[type=file]`)) as ElementHandle<HTMLInputElement>;
    await field.uploadFile(path.join(folder, file));
  };
  const said = (section: string) => ext.options.evaluate((id) => document.querySelector(`section[aria-labelledby=${id}]`)?.textContent ?? '', section);
  /** By the keyboard: a gesture, wherever the page has moved meanwhile. */
  const answer = async (section: string) => {
    await ext.options.bringToFront();
    await ext.options.focus(`section[aria-labelledby=${section}] .found .primary`);
    await ext.options.keyboard.press('Enter');
  };
  const backup = (more: object) => JSON.stringify({ format: 'eight-bells-backup', version: 1, ...more });

  it('a list of feeds is shown first, then its new feeds are added and polled', async () => {
    await choose('opml', 'feeds.opml', `<opml version="2.0"><body><outline text="A" xmlUrl="${site.origin}/index.xml"/><outline text="Whole" xmlUrl="${site.origin}/full.xml"/><outline text="B" xmlUrl="ftp://b.example/"/></body></opml>`);
    await until('what it holds', () => said('opml'), (text) => /The file names 1 new digest, 1 subscribed already, 1 unusable/.test(text));
    expect(await ext.feedNames()).toHaveLength(1);
    await answer('opml');
    await until('what came of it', () => said('opml'), (text) => /1 added, 1 known already, 1 unusable/.test(text));
    expect(await ext.options.evaluate(() => document.activeElement?.textContent)).toBe('Import…'); // the button that was pressed is gone
    await until('the poll', () => Promise.resolve(site.log.filter(({ path: asked }) => asked === '/full.xml').length), (n) => n > 0);
    expect(await until('the feed', () => ext.feedNames(), (names) => names.length === 2)).toHaveLength(2);
  });

  it('a backup is shown first, then imported whole', async () => {
    await choose('backup', 'backup.json', backup({ settings: { badge: 'off' }, read: ['post:123456789012345678'], starred: ['post:123456789012345678'] }));
    await until('the dry run', () => said('backup'), (text) => /Would add 0 digests.*1 read item, 1 star.*number on the icon/.test(text));
    expect(await ext.badge()).not.toBe('');
    await answer('backup');
    await until('what came of it', () => said('backup'), (text) => /Imported 0 digests, 1 read item, 1 star/.test(text));
    await ext.waitForBadge('');
    expect(await ext.options.evaluate(() => document.querySelector<HTMLInputElement>('input[name=badge]:checked')?.value)).toBe('off');
  });

  it('an import that is cancelled leaves nothing of it', async () => {
    const before = await ext.countStored('statuses');
    await choose('backup', 'many.json', backup({ settings: { badge: 'unread' }, read: Array.from({ length: MANY }, (_, n) => `post:${10n ** 17n + BigInt(n)}`) }));
    await until('the dry run', () => said('backup'), (text) => /60,000 read items/.test(text), 60_000);
    await answer('backup');
    // In the page: the import is over in some seconds.
    const share = await ext.options.evaluate(async () => {
      for (let tries = 0; tries < 5000; tries++) {
        const progress = document.querySelector<HTMLProgressElement>('section[aria-labelledby=backup] progress');
        if (progress && progress.value > 0) {
          const { value } = progress;
          progress.parentElement?.querySelector('button')?.click();
          return value;
        }
        await new Promise((later) => setTimeout(later, 2));
      }
      return null;
    });
    expect(share).toBeGreaterThan(0);
    await until('the answer', () => said('backup'), (text) => /Cancelled; nothing has changed/.test(text));
    expect(await ext.countStored('statuses')).toBe(before);
    expect([await ext.badge(), await ext.options.evaluate(() => document.querySelector<HTMLInputElement>('input[name=badge]:checked')?.value)]).toEqual(['', 'off']);
  });
});
