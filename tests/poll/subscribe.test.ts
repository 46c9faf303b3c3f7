// Subscribing by the address of a web page: what it announces, what it tells itself, and where feeds usually stand.
import { expect, it } from 'vitest';
import { intake } from '../../lib/intake.ts';
import type { PollContext } from '../../lib/poll/context.ts';
import { subscribe } from '../../lib/poll/subscribe.ts';
import { listFeeds } from '../../lib/store/feeds.ts';
import { freshDatabase } from '../store/database.ts';

const SITE = 'https://news.example';
const rss = (title: string) => `<rss version="2.0"><channel><title>${title}</title><item><title>a</title><link>${SITE}/a</link></item></channel></rss>`;
const page = (head: string, body = '<p>Welcome</p>') => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const link = (href: string, title = '') => `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;

async function add(address: string, site: Record<string, string>, allowed: (url: string) => boolean = () => true) {
  const { db } = await freshDatabase();
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    asked.push(String(input));
    const body = site[String(input)];
    return body === undefined ? new Response('', { status: 404 }) : new Response(body, { headers: { 'content-type': body.startsWith('<!') ? 'text/html' : 'application/xml' } });
  };
  const context: PollContext = { db, fetch, now: () => 0, random: () => 0.5, intervalMs: 1, loadIntake: async () => intake, resolve: (url) => url, allowed: async (url) => allowed(url), onSaved: async () => {}, onQuiet: async () => {} };
  const answer = await subscribe(address, ['AI模型'], context);
  return { answer, asked, urls: (await listFeeds(db)).map(({ url }) => url).filter((url) => url.startsWith(SITE)) };
}

it('takes the one feed a page announces', async () => {
  const { answer, urls } = await add(`${SITE}/`, { [`${SITE}/`]: page(link('/rss')), [`${SITE}/rss`]: rss('News') });
  expect([answer, urls]).toMatchObject([{ ok: true, title: 'News', known: false }, [`${SITE}/rss`]]);
});

it('offers several to choose from, and stores nothing', async () => {
  const { answer, urls } = await add(`${SITE}/`, { [`${SITE}/`]: page(link('/rss', 'All') + link('/ai.xml', 'AI')) });
  expect(answer).toEqual({ ok: false, choices: [{ url: `${SITE}/rss`, title: 'All' }, { url: `${SITE}/ai.xml`, title: 'AI' }] });
  expect(urls).toEqual([]);
});

it('offers a feed on another host instead of asking that host unallowed', async () => {
  const { answer, asked } = await add(`${SITE}/`, { [`${SITE}/`]: page(link('https://feeds.example/news')) }, (url) => url.startsWith(SITE));
  expect(answer).toEqual({ ok: false, choices: [{ url: 'https://feeds.example/news', title: '' }] });
  expect(asked).toEqual([`${SITE}/`]);
});

it('reads a page that is a digest itself', async () => {
  const list = `<ol>${[1, 2, 3, 4].map((n) => `<li><p><a href="https://x.com/someone/status/${n}">第 ${n} 条消息</a> - 某人\n这是第 ${n} 条消息的摘要。</p></li>`).join('')}</ol>`;
  const { answer, urls } = await add(`${SITE}/today/`, { [`${SITE}/today/`]: page('<title>今日</title>', `<main><h1>今日</h1>${list}</main>`) });
  expect([answer, urls]).toMatchObject([{ ok: true, title: '今日' }, [`${SITE}/today/`]]);
});

it('reads a page that announces a feed which is gone, and says of one that tells nothing that it is no feed', async () => {
  const list = `<ol>${[1, 2, 3, 4].map((n) => `<li><p><a href="https://x.com/someone/status/${n}">第 ${n} 条消息</a> - 某人\n这是第 ${n} 条消息的摘要。</p></li>`).join('')}</ol>`;
  const told = await add(`${SITE}/today/`, { [`${SITE}/today/`]: page(`<title>今日</title>${link('/gone.xml')}`, `<main><h1>今日</h1>${list}</main>`) });
  expect([told.answer, told.urls]).toMatchObject([{ ok: true, title: '今日' }, [`${SITE}/today/`]]);
  const empty = await add(`${SITE}/`, { [`${SITE}/`]: page(link('/gone.xml')) });
  expect(empty.answer).toMatchObject({ ok: false, fault: { kind: 'html' } });
});

it('looks where feeds usually stand, in the page’s folder first', async () => {
  const { urls } = await add(`${SITE}/blog/`, { [`${SITE}/blog/`]: page(''), [`${SITE}/blog/feed.xml`]: rss('Blog'), [`${SITE}/index.xml`]: rss('All') });
  expect(urls).toEqual([`${SITE}/blog/feed.xml`]);
});

it('says that a page is no feed where none is found, and takes no page for one', async () => {
  const welcome = page('');
  const { answer, urls, asked } = await add(`${SITE}/`, new Proxy({}, { get: () => welcome }));
  expect(answer).toMatchObject({ ok: false, fault: { kind: 'html' } });
  expect(urls).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(11);
});
