// Marks on posts embedded elsewhere in both browsers: off at first, in X's frames once switched on, on sites once named; gone
// again with switch, site and extension; and nothing moved or asked for.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Frame, Page } from 'puppeteer-core';
import { readSampleEditions, recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { blockquoteHtml, drawnHtml, elsewhereHtml, type EmbedSpec, frameHtml, mirrorHtml } from '../fixtures/x/elsewhere.ts';
import { specOf } from '../fixtures/x/page.ts';
import { Extension, markedIds, until } from './extension.ts';
import { startWeb, type Web } from './web.ts';

const samples = readSampleEditions();
const [A, B, C] = [...new Map(samples.slice(0, 3).flatMap((edition) => edition.items.map((item) => [item.url, item.url] as const))).values()].map(specOf) as [EmbedSpec, EmbedSpec, EmbedSpec];
const stranger: EmbedSpec = { id: '2002999999999999001', handle: 'stranger' };

const FRAME = 'https://platform.twitter.com/embed/Tweet.html';
const frameOf = ({ id }: EmbedSpec) => `<iframe src="${FRAME}?dnt=false&id=${id}" width="550" height="200"></iframe>`;
/** A blog with a frame, a post that is none yet, one the page draws itself, and a mere link; and a mirror. The second host is one the tests' browser grants. */
const blog = elsewhereHtml(frameOf(A), blockquoteHtml(B), blockquoteHtml(stranger), drawnHtml(C, 'x.com'), `<p><a href="https://x.com/${A.handle}/status/${A.id}">a link</a></p>`, frameOf(stranger));
const BLOG = 'https://blog.example/post';
/** These two at the port of the test's web, which the extension's patterns do not know of. */
const SITE = 'http://127.0.0.1/post';
const MIRROR = 'http://127.0.0.1/mirror';
const pages: Record<string, string> = { [BLOG]: blog, [SITE]: blog, [MIRROR]: elsewhereHtml(mirrorHtml({ ...A, quote: C }), mirrorHtml(stranger), mirrorHtml(B)), [`${FRAME}?dnt=false&id=${A.id}`]: frameHtml(A), [`${FRAME}?dnt=false&id=${stranger.id}`]: frameHtml(stranger) };

const portless = (address: string) => address.replace(/(?<=\/\/127\.0\.0\.1):\d+/, '');

describe.each(['chromium', 'firefox'] as const)('marks on embedded posts in %s', (name) => {
  let site: Site;
  let web: Web;
  let ext: Extension;
  const errors: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    site = await startSite(recentEditions().slice(0, 3), inject('feedPort'));
    web = await startWeb((address) => pages[address]);
    ext = await Extension.start(name, 'feed', { proxyPort: web.port });
    await ext.waitForDigests(3, 60_000);
  });
  afterAll(async () => {
    await ext?.close();
    await web?.close();
    await site?.close();
  });

  const open = async (address: string): Promise<Page> => {
    const page = await ext.launched.browser.newPage();
    page.on('request', (request) => {
      if (pages[portless(request.url())] === undefined && !request.url().endsWith('/favicon.ico')) asked.push(request.url());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(address.replace('//127.0.0.1/', `//127.0.0.1:${web.port}/`), { waitUntil: 'load' });
    return page;
  };
  const frameFor = ({ id }: EmbedSpec, page: Page) => page.frames().find((frame) => frame.url().includes(id)) as Frame;
  /** The ids marked in a page, and in the frame of a post in it. */
  const marked = async (page: Page, framed = A) => [await markedIds(page), await markedIds(frameFor(framed, page) as unknown as Page)];
  const settles = async (page: Page, own: EmbedSpec[], framed: EmbedSpec[]) => {
    const right = JSON.stringify([own, framed].map((posts) => posts.map(({ id }) => id)));
    await until(`marks ${right}`, () => marked(page), (ids) => JSON.stringify(ids) === right);
    await new Promise((later) => setTimeout(later, 200));
    expect(JSON.stringify(await marked(page))).toBe(right);
  };
  const toggle = async () => {
    await ext.options.bringToFront();
    await (await ext.options.waitForSelector('.embeds input[type=checkbox]'))?.click();
  };
  const addSite = async (typed: string) => {
    await ext.options.bringToFront();
    const field = await ext.options.waitForSelector('.embeds input[type=text]');
    await field?.click({ count: 3 });
    await field?.type(typed);
    await ext.options.click('.embeds [type=submit]');
  };
  const sites = () => ext.options.evaluate(() => [...document.querySelectorAll('.embeds .row p')].map((one) => one.textContent));
  const registered = () => ext.options.evaluate(async () => (await (globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches).sort());

  it('are off at first, and stand in X’s frames alone once they are switched on, in Firefox also on pages that are open', async () => {
    expect(await registered()).toEqual([]);
    const before = await open(BLOG);
    await settles(before, [], []);
    await toggle();
    await until('the script to be registered', registered, (matches) => matches.length === 2);
    const page = await open(BLOG);
    await settles(page, [], [A]);
    expect(await markedIds(frameFor(stranger, page) as unknown as Page)).toEqual([]);
    const title = await frameFor(A, page).evaluate(() => document.querySelector<HTMLElement>('eight-bells-mark')?.title);
    expect(title).toMatch(/\d/);
    await page.close();
    // Chromium lets nobody into the frames of an open page unless the page itself is granted.
    await before.bringToFront();
    await settles(before, [], name === 'firefox' ? [A] : []);
    await before.close();
  });

  it('stand on a site the reader named, also after the background was stopped', async () => {
    await addSite('x.com');
    await until('X to be refused', () => ext.options.evaluate(() => document.querySelector('.embeds [role=alert]')?.textContent), Boolean);
    const before = await open(SITE);
    await settles(before, [], [A]);
    await addSite('http://127.0.0.1/anything');
    await until('the site', sites, (all) => all.join() === '127.0.0.1');
    await until('the script to be registered for it', registered, (matches) => matches.includes('http://127.0.0.1/*'));
    await before.bringToFront();
    await settles(before, [B, C], [A]); // without a reload
    await before.close();
    await ext.killWorker();
    const page = await open(SITE);
    await settles(page, [B, C], [A]);
    const mirror = await open(MIRROR);
    await until('marks of the mirror', () => markedIds(mirror), (ids) => ids.join() === [A, C, B].map(({ id }) => id).join());
    await mirror.close();
    await page.close();
  });

  it('move nothing, and can be rested on', async () => {
    for (const url of [SITE, MIRROR]) {
      const page = await open(url);
      await until('marks', () => markedIds(page), (ids) => ids.length > 1);
      const found = await page.evaluate(() => {
        const marks = [...document.querySelectorAll<HTMLElement>('eight-bells-mark')];
        const heights = () => [...document.querySelectorAll('main, blockquote, .drawn, .timeline-item, .tweet-date')].map((one) => one.getBoundingClientRect().height);
        const hit = marks.map((mark) => {
          mark.scrollIntoView({ block: 'center' });
          const { left, top, width, height } = mark.getBoundingClientRect();
          return document.elementFromPoint(left + width / 2, top + height / 2) === mark;
        });
        const marked = heights();
        for (const mark of marks) mark.remove(); // back by the next frame
        return { hit, marked, bare: heights() };
      });
      expect(found.marked).toEqual(found.bare);
      expect(found.hit.every(Boolean)).toBe(true);
      await page.close();
    }
  });

  it('follow what the page does', async () => {
    const page = await open(SITE);
    await settles(page, [B, C], [A]);
    await page.evaluate((html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html), mirrorHtml(A));
    await settles(page, [B, C, A], [A]);
    await page.evaluate(() => document.querySelectorAll('eight-bells-mark').forEach((mark) => mark.remove()));
    await settles(page, [B, C, A], [A]);
    await page.evaluate(({ id, handle }) => document.querySelector('.tweet-date a')?.setAttribute('href', `/${handle}/status/${id}#m`), stranger);
    await settles(page, [B, C], [A]);
    await page.evaluate(() => document.querySelector('blockquote')?.remove());
    await settles(page, [C], [A]);
    await page.close();
  });

  it('go from open pages with the site, and with the switch', async () => {
    const page = await open(SITE);
    await settles(page, [B, C], [A]);
    await ext.options.bringToFront();
    await ext.options.click('.embeds .row:last-child button:last-child');
    await until('the site to go', sites, (all) => all.length === 0);
    await page.bringToFront();
    await settles(page, [], [A]);
    await toggle();
    await until('nothing to be registered', registered, (matches) => matches.length === 0);
    await page.bringToFront();
    await settles(page, [], []);
    await page.close();
  });

  it('go with the extension, and had no page ask for anything', async () => {
    await toggle();
    await until('the script to be registered', registered, (matches) => matches.length === 2);
    const page = await open(BLOG);
    await settles(page, [], [A]);
    await ext.launched.uninstall();
    await until('the marks to go', () => marked(page), (ids) => ids.flat().length === 0, 5000);
    expect([errors, asked]).toEqual([[], []]);
  });
});
