// The publisher in trouble, in Chromium: nothing stored is lost, the badge keeps its count, and the reader is told.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

describe('trouble with the feed', () => {
  let site: Site;
  let ext: Extension;
  const editions = recentEditions();

  beforeAll(async () => {
    site = await startSite(editions.slice(0, 3), inject('feedPort'));
    ext = await Extension.start('chromium', 'feed');
    await ext.waitForBadge('5');
    // The newest digest is shown before the pages of the older ones are read; a worker stopped meanwhile would go on with them.
    await ext.waitForDigests(3);
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  const tooltipTells = (words: RegExp, timeoutMs?: number) => until(`tooltip ${words}`, () => ext.tooltip(), (title) => words.test(title), timeoutMs);

  /** Polls now. A poll that is just ending would swallow the alarm, so it is fired until the publisher is asked. */
  const poll = async () => {
    const before = site.log.length;
    await until('a poll', async () => {
      await ext.fireAlarms().catch(() => {}); // for a moment there is none: one has fired, and the worker it wakes is only starting
      await new Promise((later) => setTimeout(later, 500));
      return site.log.length;
    }, (n) => n > before);
  };

  it('asks again with validators and is answered 304', async () => {
    const before = site.log.length;
    await ext.killWorker();
    await poll();
    expect(site.log.slice(before)).toMatchObject([{ path: '/index.xml', status: 304, conditional: true }]);
    expect(await ext.badge()).toBe('5');
  });

  it('keeps the count on a 500, tints the badge and explains in the tooltip', async () => {
    const color = () => ext.options.evaluate(() => (globalThis.browser ?? chrome).action.getBadgeBackgroundColor({}));
    const calm = await color();
    site.setFault('500', /index\.xml/);
    await poll();
    await tooltipTells(/HTTP 500/);
    expect(await ext.badge()).toBe('5');
    expect(await color()).not.toEqual(calm);
  });

  it('says so in the popup, where everything stored is still there', async () => {
    await ext.killWorker();
    await ext.openPopup();
    await ext.waitForListed(5);
    await until('the trouble, in words', () => ext.popup((document) => document.querySelector('footer')?.textContent ?? ''), (text) => /last digest .* ago.*HTTP 500.*Next try at/is.test(text));
    await ext.closePopup();
  });

  it('shows "!" where there is no count to show', async () => {
    await ext.waitForBadge('!');
  });

  it('gives up on a server that hangs, and says so', async () => {
    site.setFault('hang', /index\.xml/);
    await poll();
    await tooltipTells(/took too long/, 25_000);
  });

  it('tells a server that is down from a page that is no feed', async () => {
    site.setFault('down');
    await poll();
    await tooltipTells(/cannot be reached/);
    site.setFault('html');
    await poll();
    await tooltipTells(/web page, not a feed/);
    site.setFault('empty');
    await poll();
    await tooltipTells(/empty answer/);
  });

  it('recovers by "refresh now" in the popup, with what was published meanwhile', async () => {
    site.setFault(null);
    site.publish(editions[3] as (typeof editions)[0]);
    await ext.openPopup();
    await new Promise((later) => setTimeout(later, 1500)); // what was there counts as seen by then; what comes in the open popup is new on the badge
    await ext.popup((document) => document.querySelector<HTMLElement>('[aria-label="Check for updates now"]')?.click());
    await ext.waitForListed(9); // five, and four of the new one's five
    await ext.waitForBadge('4');
    await until('the end of the check', () => ext.popup((document) => document.querySelector('footer')?.textContent ?? ''), (text) => text.startsWith('Updated just now · Last digest'));
    expect(await ext.tooltip()).not.toMatch(/HTTP|server|feed is/);
    await ext.closePopup();
  });

  it('adds a second feed on a host already allowed, after saying what is wrong with others; a story in both is one item', async () => {
    site.setFault('html');
    await ext.addFeed(`${site.origin}/page/`); // of a site that answers any address with a page
    await until('the notice', () => ext.addNotice(), (text) => /web page, not a feed/.test(text));
    site.setFault(null);
    await ext.addFeed(`${site.origin}/`); // a page that announces no feed; one stands where they usually do
    await until('the notice', () => ext.addNotice(), (text) => /subscribed already/.test(text));
    await ext.addFeed(`${site.origin}/nothing.xml`);
    await until('the notice', () => ext.addNotice(), (text) => /nothing at this address/.test(text));
    expect(await ext.feedNames()).toHaveLength(1);
    const before = await ext.badge();
    await ext.addFeed(`${site.origin}/feeds/`); // a page of two feeds
    await until('the notice', () => ext.addNotice(), (text) => /Choose/.test(text));
    expect(await ext.options.evaluate(() => [...document.querySelectorAll('.found .words')].map((row) => row.textContent))).toEqual([`摘要 ${site.origin}/index.xml`, `全文 ${site.origin}/full.xml`]);
    await ext.options.click('.found li:last-child button');
    await until('the notice', () => ext.addNotice(), (text) => text.startsWith('Subscribed to'));
    await until('the second poll', async () => ext.options.evaluate(() => [...document.querySelectorAll('.feed')].map((feed) => /Updated just now/.test(feed.textContent ?? ''))), (list) => list.length === 2 && list.every(Boolean));
    expect(await ext.badge()).toBe(before);
    await ext.openPopup();
    await ext.waitForListed(9);
    await ext.closePopup();
  });
});
