// Marks on a page that the browser brings back from its back/forward cache, as it stood, in both browsers: what changed meanwhile
// no script in it has heard.
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { readSampleEditions, recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { blockquoteHtml, elsewhereHtml } from '../fixtures/x/elsewhere.ts';
import { pageHtml, type PostSpec, specOf } from '../fixtures/x/page.ts';
import { Extension, markedIds, until } from './extension.ts';
import { startWeb, type Web } from './web.ts';

const editions = recentEditions().slice(0, 2);
const [told = [], news = []] = readSampleEditions().slice(0, 2).map(({ items }) => items.map(({ url }) => specOf(url)));
const A = told[0] as PostSpec;
const B = news.find(({ id }) => !told.some((one) => one.id === id)) as PostSpec;
const stranger: PostSpec = { id: '2002999999999999999', handle: 'stranger' };
const HOME = 'https://x.com/home';
const BLOG = 'http://127.0.0.1/post';
const pages: Record<string, string> = { [HOME]: pageHtml([A, B, stranger]), [BLOG]: elsewhereHtml(...[A, B, stranger].map((post) => blockquoteHtml(post))), 'https://elsewhere.example/': '<!doctype html><p>Elsewhere</p>' };

describe.each(['chromium', 'firefox'] as const)('a page that comes back from the cache of %s', (name) => {
  let site: Site;
  let web: Web;
  let ext: Extension;

  beforeAll(async () => {
    site = await startSite(editions.slice(0, 1), inject('feedPort'));
    web = await startWeb((address) => pages[address]);
    ext = await Extension.start(name, 'feed', { proxyPort: web.port });
    await until('the digest', () => ext.countStored('digests'), (n) => n === 1, 60_000);
  });
  afterAll(async () => {
    await ext?.close();
    await web?.close();
    await site?.close();
  });

  const marks = (page: Page, ...posts: PostSpec[]) => until(`marks of ${posts.map(({ id }) => id).join()}`, () => markedIds(page), (ids) => ids.join() === posts.map(({ id }) => id).join());
  /** Opens a page and leaves it again; what it notes of itself is there only if it comes back as it was. */
  const leave = async (address: string, ...posts: PostSpec[]) => {
    const page = await ext.launched.browser.newPage();
    await page.goto(address.replace('//127.0.0.1/', `//127.0.0.1:${web.port}/`), { waitUntil: 'load' });
    await marks(page, ...posts);
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { cameBack: persisted })));
    await page.goto('https://elsewhere.example/', { waitUntil: 'load' });
    return page;
  };
  /** Goes back; whether the page came as it was, from the cache. */
  const comeBack = async (page: Page): Promise<boolean> => {
    await page.bringToFront();
    await page.evaluate(() => history.back()).catch(() => null); // the document goes while it answers
    const back = await until('the page as it was', () => page.evaluate(() => (globalThis as { cameBack?: boolean }).cameBack).catch(() => null), (came) => came === true, 6000).catch(() => false);
    return back === true;
  };
  /** Firefox at times keeps a page in no cache: then the same is done with another. */
  const withCache = async (attempt: (n: number) => Promise<boolean>) => {
    for (let n = 0; n < 4; n++) if (await attempt(n)) return;
    throw new Error('the browser kept the page in no cache, four times');
  };
  const click = async (selector: string, label: RegExp) => {
    await ext.options.bringToFront();
    await ext.options.evaluate((all, source) => [...document.querySelectorAll<HTMLElement>(all)].find((one) => new RegExp(source).test(one.textContent ?? ''))?.click(), selector, label.source);
  };

  it('has the marks of the list and the settings as they are now', () => withCache(async (n) => {
    const page = await leave(HOME, ...(n ? [A, B] : [A]));
    const treated = (shown: Page) => shown.evaluate(() => [...document.querySelectorAll('article')].map((post) => post.getAttribute('data-eight-bells')).join());
    if (n === 0) site.publish(editions[1] as (typeof editions)[number]);
    await ext.fireAlarms();
    await until('the other digest', () => ext.countStored('digests'), (digests) => digests === 2, 30_000);
    await click('section[aria-labelledby="x"] label', /Dim|淡化/);
    const chosen = n % 2 ? ',,' : 'dim,dim,';
    const other = await ext.launched.browser.newPage();
    await other.goto(HOME, { waitUntil: 'load' });
    await marks(other, A, B);
    await until('posts of a page that was not away', () => treated(other), (ways) => ways === chosen);
    await other.close();
    const kept = await comeBack(page);
    await marks(page, A, B);
    await until('posts treated as chosen', () => treated(page), (ways) => ways === chosen);
    await page.close();
    return kept;
  }));

  it('has no mark on embedded posts where the reader wants none any more', async () => {
    await click('.embeds input[type=checkbox]', /^$/);
    await ext.options.waitForSelector('.embeds input[type=text]');
    const rows = () => ext.options.evaluate(() => document.querySelectorAll('.embeds .row p').length);
    await withCache(async () => {
      await ext.options.bringToFront();
      await ext.options.type('.embeds input[type=text]', 'http://127.0.0.1/');
      await ext.options.click('.embeds [type=submit]');
      await until('the site', rows, (n) => n === 1);
      const page = await leave(BLOG, A, B);
      await click('.embeds .row:last-child button:last-child', /./);
      await until('the site to go', rows, (n) => n === 0);
      const kept = await comeBack(page);
      await marks(page);
      await page.close();
      return kept;
    });
  });
});
