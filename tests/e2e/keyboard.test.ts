// The whole main job by keyboard alone, with real key presses: read, star, move, undo, search, and every dialog back out.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

describe('with a keyboard alone', () => {
  let site: Site;
  let ext: Extension;
  let page: Page;

  beforeAll(async () => {
    site = await startSite(recentEditions(), inject('feedPort'));
    ext = await Extension.start('chromium', 'feed');
    await until('items', () => ext.countStored('items'), (items) => items > 10);
    page = await ext.launched.openPage('popup.html');
    await page.setViewport({ width: 420, height: 600 });
    await page.bringToFront();
    await page.click('.view:nth-child(2)'); // all: read items stay where they are
    await page.waitForSelector('li.item');
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('li.item').length > 10);
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key as 'j')), Promise.resolve());
  /** What holds the focus: an item by its title, anything else by its name. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: on } = document;
      return on === document.body ? '' : (on?.getAttribute('aria-label') ?? on?.textContent ?? '');
    });
  const titles = () => page.evaluate(() => [...document.querySelectorAll('li.item .title')].map((title) => title.textContent ?? ''));
  const rowOf = (title: string) =>
    page.evaluate((wanted) => {
      const row = [...document.querySelectorAll('li.item')].find((item) => item.querySelector('.title')?.textContent === wanted);
      return { group: row?.closest('.group')?.querySelector('h2')?.textContent, read: row?.matches('.read'), starred: row?.querySelector('.starred') !== null, open: row?.querySelector('.summary') !== null };
    }, title);
  const dialog = () => page.evaluate(() => document.querySelector('dialog[open]')?.getAttribute('aria-label') ?? null);

  it('goes through the page by Tab in the order it is read, one stop for the list, and sees where it is', async () => {
    const stops: { name: string; at: string; outline: string }[] = [];
    for (let i = 0; i < 40; i++) {
      await press('Tab');
      const stop = await page.evaluate(() => {
        const { activeElement: on } = document;
        if (!on || on === document.body) return null;
        return { name: on.getAttribute('aria-label') ?? on.textContent ?? '', at: on.closest('.bar, .views, .head, li.item, .foot')?.className ?? '', outline: getComputedStyle(on).outlineStyle };
      });
      if (!stop || (stops.length > 0 && stop.name === stops[0]?.name)) break;
      stops.push(stop);
    }
    expect(stops.filter(({ name }) => !name)).toEqual([]);
    expect(stops.filter(({ outline }) => outline === 'none')).toEqual([]);
    // The first steps have no place of their own here; they go for good once they are done.
    const places = stops.map(({ at }) => at.split(' ')[0]).filter((place, i, all) => place && place !== all[i - 1]);
    expect(places.slice(0, 4)).toEqual(['bar', 'views', 'head', 'item']);
    expect(stops.filter(({ at }) => at.startsWith('item'))).toHaveLength(5); // title and four buttons of one item
    expect(stops.length).toBeLessThan(35);
  });

  it('draws the ring of where it is before all else, and wraps in the narrowest side panel', async () => {
    const hidden = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.views .view')].filter((view) => {
        const { left, top, width } = view.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top - 3)?.closest('.bar'); // the ring reaches 4 px beyond
      }).length,
    );
    expect(hidden).toBe(0);
    const panel = await ext.launched.openPage('sidepanel.html');
    await panel.waitForSelector('li.item');
    await panel.setViewport({ width: 234, height: 600 });
    const wide = await panel.evaluate(() => [...document.querySelectorAll('.bar button, .views button')].filter((button) => button.getBoundingClientRect().right > document.documentElement.clientWidth).map(({ textContent, ariaLabel }) => ariaLabel ?? textContent));
    await panel.close();
    await page.bringToFront();
    expect(wide).toEqual([]);
  });

  it('moves by j and k, and by number to a group', async () => {
    const all = await titles();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press('1');
    expect(await focused()).toBe(all[0]);
    await press('j', 'j');
    expect(await focused()).toBe(all[2]);
    await press('k');
    expect(await focused()).toBe(all[1]);
    await press('2');
    expect(await focused()).toBe(await page.evaluate(() => document.querySelectorAll('.group')[1]?.querySelector('.title')?.textContent));
    await press('k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k');
    expect(await focused()).toBe(all[0]); // no further than the first
  });

  it('sees the item it has come to, beside what stays in view above and below', async () => {
    const hidden = () =>
      page.evaluate(async () => {
        for (let frames = 0; frames < 3; frames++) await new Promise((next) => requestAnimationFrame(next));
        const { left, top, bottom } = document.activeElement?.closest('li.item')?.getBoundingClientRect() ?? { left: 0, top: 0, bottom: 0 };
        return [top + 2, bottom - 2].filter((y) => document.elementFromPoint(left + 20, y)?.closest('li.item') !== document.activeElement?.closest('li.item'));
      });
    for (const key of [...'jjjjjjjjjjjj', ...'kkkkkkkkk']) {
      await press(key);
      expect(await hidden()).toEqual([]);
    }
    await press('k', 'k', 'k', 'k');
  });

  it('reads by m, stars by s, opens the summary by x, and u takes each back', async () => {
    const title = await focused();
    const { read } = await rowOf(title);
    await press('m');
    await until('it to be read', () => rowOf(title), (row) => row.read === !read);
    expect(await focused()).toBe(title); // the focus stays
    await press('u');
    await until('that to be undone', () => rowOf(title), (row) => row.read === read);
    await press('s');
    await until('the star', () => rowOf(title), ({ starred }) => starred);
    await press('u');
    await until('that to be undone', () => rowOf(title), ({ starred }) => !starred);
    await press('x');
    await until('the summary', () => rowOf(title), ({ open }) => open);
    await press('x');
    await until('it to close', () => rowOf(title), ({ open }) => !open);
    expect(await focused()).toBe(title);
  });

  it('moves an item by c and a digit, and u brings it back', async () => {
    const title = await focused();
    const { group } = await rowOf(title);
    const at = (await titles()).indexOf(title);
    await press('c');
    await until('the menu', dialog, (name) => name === title);
    const names = await page.evaluate(() => [...document.querySelectorAll('dialog .picks:first-of-type bdi')].map((name) => name.textContent));
    const to = names.findIndex((name) => name !== group);
    await press(String(to + 1));
    await until('it to move', () => rowOf(title), (row) => row.group === names[to]);
    expect(await dialog()).toBeNull();
    // What came after it has its place, and the focus.
    const after = (await titles())[at] ?? '';
    await until('the focus', focused, (on) => on === after);
    expect(after).not.toBe(title);
    await press('u');
    await until('it to come back', () => rowOf(title), (row) => row.group === group);
  });

  it('leaves every dialog by Escape, back to where it was', async () => {
    await press('1');
    const title = await focused();
    for (const [key, selector] of [['c', '.word'], ['?', '.keys']] as const) {
      await press(key);
      await page.waitForSelector(`dialog[open] ${selector}`);
      await press('Tab', 'Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
      await press('Escape');
      await until('the dialog to close', dialog, (name) => name === null);
      expect(await focused()).toBe(title);
    }
  });

  it('takes back one thing after the other in the journal', async () => {
    const title = await focused();
    await press('s');
    await until('the star', () => rowOf(title), ({ starred }) => starred);
    await press('s');
    await until('the star to be off again', () => rowOf(title), ({ starred }) => !starred);
    await page.focus('.bar [aria-haspopup=dialog]');
    await press('Enter');
    const open = () => page.evaluate(() => [...document.querySelectorAll('.journal button')].map((button) => button === document.activeElement));
    await page.waitForSelector('dialog[open] .journal button');
    await press('Tab');
    const before = await open();
    expect(before[0]).toBe(true);
    await press('Enter');
    // The button is gone, and the focus is on the one that has its place.
    await until('the next', open, (buttons) => buttons.length === before.length - 1 && buttons[0] === true);
    await press('Escape');
    await until('the dialog to close', dialog, (name) => name === null);
    await press('1');
  });

  it('opens by o in a tab, which reads it', async () => {
    const title = await focused();
    const url = await page.evaluate(() => document.querySelector<HTMLAnchorElement>('li.item .title')?.href ?? '');
    const opened = ext.launched.browser.waitForTarget((target) => target.type() === 'page' && target.url() !== 'about:blank' && !target.url().startsWith('chrome-extension:') && !target.url().startsWith('chrome:'));
    await press('o');
    expect((await opened).url()).toBe(url);
    await until('it to be read', () => rowOf(title), (row) => row.read === true);
    await page.bringToFront();
  });

  it('searches by /, goes into what is found by Enter, and comes back by Escape', async () => {
    const all = await titles();
    const last = all.at(-1) ?? '';
    // The field has the focus before another key can come, or what is typed fast loses its first letters.
    const next = await page.evaluate(async () => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
      await new Promise((later) => setTimeout(later));
      return document.activeElement?.getAttribute('type');
    });
    expect(next).toBe('search');
    await page.keyboard.type(last.slice(0, 6));
    await until('the hit', titles, (found) => found.length < all.length && found.includes(last));
    await press('Enter');
    expect(await titles()).toContain(await focused());
    await press('/');
    await until('the search box', () => page.evaluate(() => document.activeElement?.getAttribute('type')), (type) => type === 'search');
    await page.keyboard.type(all[0]?.slice(0, 6) ?? ''); // in place of what was searched before
    await until('another hit', () => page.evaluate(() => document.querySelector<HTMLInputElement>('search input')?.value), (value) => value === all[0]?.slice(0, 6));
    await press('Escape', 'Escape');
    await until('the whole list', titles, (found) => found.length === all.length);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('false'); // the button that opens it again
    await press('j');
    expect(all).toContain(await focused()); // keys go on answering
  });
});
