// The main job in both browsers: install → badge → popup → read → filter → next digest → marks on X, with the worker
// stopped between any two steps.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { type Edition, readSampleEditions, recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { pageHtml, postHtml, type PostSpec, specOf } from '../fixtures/x/page.ts';
import { Extension, markedIds, until } from './extension.ts';

const samples = readSampleEditions();
const STRANGER: PostSpec = { id: '2002999999999999999', handle: 'stranger' };

describe.each(['chromium', 'firefox'] as const)('the main job in %s', (name) => {
  let site: Site;
  let ext: Extension;
  let editions: Edition[];

  beforeAll(async () => {
    editions = recentEditions();
    site = await startSite(editions.slice(0, 2), inject('feedPort'));
    ext = await Extension.start(name, 'feed');
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  const options = () => ext.options;
  /** Clicks an element itself, not the place it was at: sections of the page load when they come into view, and move the others. */
  const press = (element: { evaluate(fn: (element: Element) => void): Promise<void> } | null | undefined) => element?.evaluate((one) => (one as HTMLElement).click());
  const setBadge = async (value: string) => {
    await options().bringToFront();
    await press(await options().waitForSelector(`input[name=badge][value=${value}]`));
  };

  it('shows the newest digest on the badge after the install, older ones are read', async () => {
    await ext.waitForBadge(String(editions[1]?.items.length));
    expect(await ext.tooltip()).toMatch(/5 unread items, 5 new\nUpdated just now/);
    expect(site.log.filter((entry) => entry.path === '/index.xml')).toHaveLength(1);
    await ext.killWorker();
  });

  it('lists the unread items by category in the toolbar popup, and opening it clears the badge', async () => {
    await ext.openPopup();
    const groups = await ext.listed();
    expect(Object.values(groups).flat().sort()).toEqual(editions[1]?.items.map((item) => item.title).sort());
    expect(Object.keys(groups).every((category) => ['AI模型', 'AI应用', '行业洞察', '研发进展'].includes(category))).toBe(true);
    await ext.waitForBadge('');
    await until('the first steps', () => ext.popup((document) => document.querySelector('.welcome .steps') !== null), Boolean);
    // Longer than a popup may be high, it scrolls down and not sideways.
    expect(await ext.popup(({ documentElement: root }) => [root.scrollHeight > root.clientHeight, root.scrollWidth - root.clientWidth])).toEqual([true, 0]);
    await ext.closePopup();
    await ext.killWorker();
    expect(await ext.badge()).toBe('');
  });

  it('opens a summary with its bold phrases inside the item', async () => {
    await ext.openPopup();
    await ext.popup((document) => document.querySelector<HTMLElement>('li button[aria-expanded]')?.click());
    const bold = await until('bold words', () => ext.popup((document) => [...document.querySelectorAll('li .summary strong')].map((s) => s.textContent)), (list) => list.length > 0);
    expect(bold.every((words) => editions[1]?.items.some((item) => item.summary.includes(`**${words}**`)))).toBe(true);
    await ext.closePopup();
  });

  it('keeps badge and popup in agreement when an item is read', async () => {
    await setBadge('unread');
    await ext.waitForBadge('5');
    await ext.killWorker();
    await ext.openPopup();
    await ext.popup((document) => document.querySelectorAll<HTMLElement>('li.item .actions button:last-child')[1]?.click());
    await ext.waitForBadge('4');
    await ext.waitForListed(4);
    await ext.closePopup();
    await ext.killWorker();
    await ext.openPopup();
    await ext.waitForListed(4);
  });

  it('undoes "mark all read"', async () => {
    await ext.popup((document) => document.querySelector<HTMLElement>('.bar .icon')?.click());
    await ext.waitForBadge('');
    await ext.waitForListed(0);
    await ext.popup((document) => document.querySelector<HTMLElement>('.toast .link')?.click());
    await ext.waitForBadge('4');
    await ext.waitForListed(4);
    await ext.closePopup();
    await ext.killWorker();
  });

  it('follows the category filter', async () => {
    await ext.openPopup();
    const groups = await ext.listed();
    await ext.closePopup();
    const [category = '', titles = []] = Object.entries(groups)[0] ?? [];
    const box = await options().waitForSelector(`xpath///section[@aria-labelledby="categories"]//label[normalize-space()="${category}"]//input`);
    await press(box);
    await ext.waitForBadge(String(4 - titles.length || ''));
    await ext.killWorker();
    await ext.openPopup();
    expect(Object.keys(await ext.listed())).not.toContain(category);
    await ext.closePopup();
    await press(box);
    await ext.waitForBadge('4');
    await ext.killWorker();
  });

  it('strikes again on the next digest, counting only what is new', async () => {
    await setBadge('new');
    await ext.waitForBadge('');
    site.publish(editions[2] as Edition);
    await ext.killWorker();
    await ext.fireAlarms();
    const known = new Set(editions.slice(0, 2).flatMap((edition) => edition.items.map((item) => item.url)));
    const fresh = editions[2]?.items.filter((item) => !known.has(item.url)).length;
    expect(fresh).toBe(4); // one of its five stood in the digest before
    await ext.waitForBadge(String(fresh));
    await ext.killWorker();
    await ext.openPopup();
    await ext.waitForBadge('');
    // However often it was killed over the pages of the older digests, it goes on with them whenever it is woken.
    await ext.waitForDigests(3);
    await ext.closePopup();
  });

  describe('on X', () => {
    let page: Page;
    const told = [...new Map(samples.slice(0, 3).flatMap((edition) => edition.items.map((item) => [item.url, specOf(item.url)] as const))).values()];
    const later = specOf(samples[3]?.items[0]?.url ?? '');

    it('marks the digested posts and no others, in words, linking to nothing', async () => {
      await ext.killWorker();
      page = await ext.openX(pageHtml([...told, STRANGER, later, { ...STRANGER, id: '2002999999999999998', quote: { ...(told[0] as PostSpec), linked: 'photo' } }, { ...STRANGER, id: '2002999999999999997', mentions: told[1] }]));
      await until('marks', () => markedIds(page), (ids) => ids.length > told.length);
      expect(await markedIds(page)).toEqual([...told.map((post) => post.id), told[0]?.id]);
      const words = await page.evaluate(() => [...document.querySelectorAll('eight-bells-mark')].map((mark) => [mark.textContent, mark.querySelectorAll('a').length, mark.closest('a')] as const));
      for (const [text, links, inside] of words) {
        expect(text).toMatch(/In the digest of \w+ \d+, \d\d:\d\d, category (AI模型|AI应用|行业洞察|研发进展)/);
        expect(links).toBe(0);
        expect(inside).toBeNull();
      }
    });

    it('marks posts that scroll in, and follows recycled nodes: right post, never two', async () => {
      await page.evaluate((html) => document.querySelector('section')?.insertAdjacentHTML('beforeend', html), postHtml({ ...(told[2] as PostSpec), kind: 'repost' }));
      await until('the mark of the post that came', () => markedIds(page), (ids) => ids.length === told.length + 2);
      // The first cell is refilled in place with a post of no digest, then with another digested one.
      const refill = ({ id, handle }: PostSpec) => page.evaluate((href) => document.querySelector('article a:has(time)')?.setAttribute('href', href), `/${handle}/status/${id}`);
      const first = () => page.evaluate(() => [...(document.querySelector('article')?.querySelectorAll<HTMLElement>('eight-bells-mark') ?? [])].map((mark) => mark.dataset.postId));
      await refill(STRANGER);
      await until('the stale mark to go', first, (ids) => ids.length === 0);
      await refill(told[3] as PostSpec);
      await until('the right mark', first, (ids) => ids.length === 1 && ids[0] === told[3]?.id);
    });

    it('marks items that arrive while the page is open', async () => {
      expect(await markedIds(page)).not.toContain(later.id);
      site.publish(editions[3] as Edition);
      await ext.fireAlarms();
      await until('the new mark', () => markedIds(page), (ids) => ids.includes(later.id));
    });

    it('takes the marks away when switched off, and puts them back', async () => {
      const box = await options().waitForSelector('input[aria-describedby=marks-hint]');
      await options().bringToFront();
      await press(box);
      await until('no marks', () => markedIds(page), (ids) => ids.length === 0);
      await press(box);
      await until('marks again', () => markedIds(page), (ids) => ids.length > told.length);
    });

    it('leaves no mark behind when the extension is removed, also on an idle page', async () => {
      await page.bringToFront();
      await ext.launched.uninstall();
      await until('the marks to go', () => markedIds(page), (ids) => ids.length === 0, 5000);
    });
  });
});
