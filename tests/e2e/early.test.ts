// The moment between the reader's first paint and the coming of its own script: what stands is taken over, what is done is not lost.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

declare global {
  /** Lets the page's own scripts load. */
  // oxlint-disable-next-line no-var
  var loadRest: () => void;
  // oxlint-disable-next-line no-var
  var firstRow: Element | null;
}

describe.each(['chromium', 'firefox'] as const)('the first paint in %s', (name) => {
  let site: Site;
  let ext: Extension;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    // A build whose page gets its own scripts only when the test says so.
    folder = mkdtempSync(path.join(tmpdir(), 'eight-bells-early-'));
    cpSync(`${inject('builds')}/feed/${name === 'chromium' ? 'chrome' : 'firefox'}-mv3`, folder, { recursive: true });
    const html = readFileSync(path.join(folder, 'popup.html'), 'utf8');
    const [told = '', scripts = ''] = /data-scripts="([^"]+)"/.exec(html) ?? [];
    writeFileSync(path.join(folder, 'popup.html'), html.replace(told, 'data-scripts="/late.js"'));
    writeFileSync(path.join(folder, 'late.js'), `globalThis.loadRest = () => void Promise.all(${JSON.stringify(scripts.split(' '))}.map((script) => import(script)));`);
    site = await startSite(recentEditions(), inject('feedPort'));
    ext = await Extension.start(name, 'feed', { folder });
    await until('items', () => ext.countStored('items'), (items) => items > 10);
    await until('the badge', () => ext.badge(), Boolean);
    page = await ext.launched.openPage('popup.html');
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the reader afresh, painted and no more. */
  const open = async () => {
    await Promise.race([page.reload().catch(() => {}), new Promise((later) => setTimeout(later, 2000))]); // Firefox settles no reload of an extension's page
    await page.bringToFront();
    await page.waitForFunction(() => typeof globalThis.loadRest === 'function' && document.querySelector('li.item') !== null);
    expect(await page.evaluate(() => document.querySelector('.item .more'))).toBeNull();
  };
  const taken = () => page.waitForSelector('.item .more'); // only the page's own script draws it
  const read = (n: number) => page.evaluate((n) => document.querySelectorAll('li.item')[n]?.matches('.read'), n);

  const clickRead = async (n: number) => (await (await page.$$('li.item'))[n]?.$('.actions button:last-child'))?.click();

  it('is taken over as it stands', async () => {
    await open();
    await page.evaluate(() => (globalThis.firstRow = document.querySelector('li.item')));
    const painted = await page.evaluate(() => [document.title, document.documentElement.lang, document.querySelector('.count')?.textContent, ...[...document.querySelectorAll('li.item .title')].map((title) => title.textContent)]);
    expect(painted.length).toBeGreaterThan(5);
    await page.evaluate(() => globalThis.loadRest());
    await taken();
    expect(await page.evaluate(() => document.querySelectorAll('#app > .bar').length)).toBe(1);
    expect(await page.evaluate(() => globalThis.firstRow === document.querySelector('li.item'))).toBe(true);
    expect(await page.evaluate((rows) => [document.title, document.documentElement.lang, document.querySelector('.count')?.textContent, ...[...document.querySelectorAll('li.item .title')].slice(0, rows).map((title) => title.textContent)], painted.length - 3)).toEqual(painted);
  });

  it.each(['with the first steps', 'without them'])('moves nothing when it is taken over, %s', async (steps) => {
    if (steps === 'without them') {
      await page.click('.welcome .link');
      await until('the settings to be kept', () => page.evaluate(async () => JSON.stringify(await (globalThis.browser ?? chrome).storage.session.get('glance')).includes(String.raw`\"welcomed\":true`)), Boolean);
    }
    await open();
    const places = await page.evaluate(async () => {
      const seen = new Set<string>();
      const look = () => void seen.add([...document.querySelectorAll('li.item')].slice(0, 5).map((row) => Math.round(row.getBoundingClientRect().top)).join());
      look();
      globalThis.loadRest();
      for (let frames = 0; frames < 10; ) {
        await new Promise((next) => requestAnimationFrame(next));
        look();
        if (document.querySelector('.item .more') && (document.querySelector('.welcome') === null || document.querySelector('.welcome .steps'))) frames++;
      }
      return [...seen];
    });
    expect(places).toHaveLength(1);
  });

  it('is taken over as it stands also where another open reader is left differently meanwhile', async () => {
    await open();
    const pressed = () => page.evaluate(() => Array.from(document.querySelectorAll('.view[aria-pressed=true]'), ({ textContent }) => textContent));
    const [first, rows] = [await pressed(), await page.evaluate(() => document.querySelectorAll('li.item').length)];
    await page.evaluate(() => localStorage.setItem('reader', JSON.stringify({ show: 'starred', by: 'digest' })));
    await page.evaluate(() => globalThis.loadRest());
    await taken();
    expect(await pressed()).toEqual(first);
    expect(await page.evaluate(() => document.querySelectorAll('li.item').length)).toBeGreaterThanOrEqual(rows);
  });

  it('does what was clicked meanwhile, once', async () => {
    await open();
    const before = await read(1);
    await clickRead(1);
    expect(await read(1)).toBe(before);
    await page.evaluate(() => globalThis.loadRest());
    await until('the row to be turned', () => read(1), (now) => now === !before);
    await taken();
    await clickRead(1); // nothing is held any more
    await until('the row to be turned back', () => read(1), (now) => now === before);
  });

  it('opens no link by itself, but as the reader opens it', async () => {
    await open();
    const tabs = async () => (await ext.launched.browser.pages()).length;
    const [open1, title] = [await tabs(), await page.evaluate(() => document.querySelector('li.item .title')?.textContent ?? '')];
    await page.click('li.item .title');
    await new Promise((later) => setTimeout(later, 300));
    expect(await tabs()).toBe(open1);
    await page.evaluate(() => globalThis.loadRest());
    await until('the tab', tabs, (now) => now === open1 + 1);
    await until('it to be read', () => page.evaluate((wanted) => [...document.querySelectorAll('li.item')].find((row) => row.querySelector('.title')?.textContent === wanted)?.matches('.read'), title), (now) => now === true);
  });

  it('loses no letter of what is typed', async () => {
    await open();
    await page.keyboard.type('/a b');
    await page.evaluate(() => globalThis.loadRest());
    await until('the words', () => page.evaluate(() => document.querySelector<HTMLInputElement>('search input')?.value), (value) => value === 'a b');
    await page.keyboard.type('c');
    await until('one more', () => page.evaluate(() => document.querySelector<HTMLInputElement>('search input')?.value), (value) => value === 'a bc');
  });
});
