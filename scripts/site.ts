// A digest's site on 127.0.0.1, as Hugo makes it: default RSS whose entries lead to pages, validators, faults on demand.
// `npm start` shows the extension on it; the e2e tests and the bench poll it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readEntry } from '../lib/feed/digest.ts';
import { parseFeed } from '../lib/feed/parse.ts';
import { DEFAULT_CATEGORIES } from '../lib/model/category.ts';

interface EditionItem {
  title: string;
  url: string;
  author: string;
  /** Markdown with ** only. */
  summary: string;
}

/** A digest to be published. */
export interface Edition {
  slug: string;
  title: string;
  /** ISO 8601 with offset. */
  date: string;
  items: EditionItem[];
}

type SiteFault = '500' | '410' | '404' | 'hang' | 'html' | 'empty' | 'down';

/** The sample site while it runs. */
export interface Site {
  origin: string;
  feedUrl: string;
  publish: (edition: Edition) => void;
  /** Makes addresses that match misbehave until called with null. */
  setFault: (fault: SiteFault | null, match?: RegExp) => void;
  /** Every request since the start. */
  log: { path: string; status: number; conditional: boolean; at: number }[];
  close: () => Promise<void>;
}

const SAMPLES = path.resolve(import.meta.dirname, '../public/sample');
const STEP_MS = 4 * 3_600_000;

/** The packaged sample digests, oldest first. */
export function readSampleEditions(): Edition[] {
  return readdirSync(SAMPLES)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const url = `http://sample.invalid/${file}`;
      const [entry] = parseFeed({ bytes: new Uint8Array(readFileSync(path.join(SAMPLES, file))), contentType: 'text/markdown', url }).entries;
      const content = entry && readEntry(entry, url, [...DEFAULT_CATEGORIES], 0);
      if (!content) throw new Error(`${file} holds no digest`);
      return { slug: path.basename(file, '.md'), title: content.digest.title, date: content.digest.publishedAt, items: content.stories.map(({ title, url, author, summary }) => ({ title, url, author, summary })) };
    });
}

/** The time a publisher in China writes, +08:00. */
export const chinaTime = (ms: number): string => `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** An edition as if it had come out at this time. */
export function redate(edition: Edition, ms: number): Edition {
  const date = chinaTime(ms);
  const slug = `${date.slice(0, 16).replace(/[T:]/g, '-')}`;
  return { ...edition, slug, date, title: `${date.slice(0, 13).replace(/[-T]/g, '.')} 过去4小时全球AI发生了什么？` };
}

/** The latest four-hour slots (00, 04, … China time) before `now`, oldest first. */
export function lastSlots(now: number, count: number): number[] {
  const offset = 8 * 3_600_000;
  const last = Math.floor((now + offset) / STEP_MS) * STEP_MS - offset;
  return Array.from({ length: count }, (_, i) => last - (count - 1 - i) * STEP_MS);
}

/** The sample's editions, in their order, as those of the latest slots before now. */
export function recentEditions(samples: readonly Edition[] = readSampleEditions()): Edition[] {
  return lastSlots(Date.now(), samples.length).map((slot, i) => redate(samples[i] as Edition, slot));
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const bold = (text: string) => escape(text).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/`(.+?)`/g, '<code>$1</code>');

const listHtml = ({ items }: Edition) => `<ol>\n${items.map(({ title, url, author, summary }) => `<li>\n<p><a href="${escape(url)}">${escape(title)}</a> - ${escape(author)}\n${bold(summary)}</p>\n</li>`).join('\n')}\n</ol>`;

const pageHtml = (edition: Edition) => `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${escape(edition.title)}</title></head><body><nav><ul><li><a href="/">首页</a></li><li><a href="/about/">关于</a></li></ul></nav><main><article><h1>${escape(edition.title)}</h1><time datetime="${edition.date}">${edition.date}</time>
<p>以下是过去一段时间的动态：</p>
${listHtml(edition)}</article></main><footer><ul><li><a href="https://gohugo.io/">Hugo</a></li></ul></footer></body></html>`;

const rfc822 = (date: string) => {
  const [, y, m, d, time, zone] = /^(\d+)-(\d+)-(\d+)T([\d:]+)([+-]\d\d:\d\d)$/.exec(date) ?? [];
  const day = new Date(`${y}-${m}-${d}T00:00:00Z`);
  const names = day.toUTCString(); // Mon, 22 Dec 2025 …
  return `${names.slice(0, 16)} ${time} ${zone?.replace(':', '')}`;
};

const feedXml = (editions: Edition[], origin: string, full: boolean) => `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>AI 快报（示例站点）</title><link>${origin}/</link><description>Recent content</description><generator>Hugo</generator><language>zh-cn</language>
${[...editions]
  .reverse()
  .map(
    (edition) =>
      `<item><title>${escape(edition.title)}</title><link>${origin}/posts/${edition.slug}/</link><pubDate>${rfc822(edition.date)}</pubDate><guid>${origin}/posts/${edition.slug}/</guid>${full ? DEFAULT_CATEGORIES.map((name) => `<category>${name}</category>`).join('') : ''}<description>${escape(edition.items.slice(0, 3).map((item) => `${item.title} - ${item.author} ${item.summary.replaceAll('**', '')}`).join('\n'))}</description>${full ? `<content:encoded><![CDATA[${listHtml(edition)}]]></content:encoded>` : ''}</item>`,
  )
  .join('\n')}
</channel></rss>`;

/** Starts the site; port 0 takes any. */
export async function startSite(editions: Edition[], port = 0): Promise<Site> {
  const published = [...editions];
  const log: Site['log'] = [];
  let fault: { kind: SiteFault; match: RegExp } | null = null;

  const find = (pathname: string): { type: string; body: string } | null => {
    if (pathname === '/index.xml') return { type: 'application/rss+xml; charset=utf-8', body: feedXml(published, site.origin, false) };
    if (pathname === '/full.xml') return { type: 'application/rss+xml; charset=utf-8', body: feedXml(published, site.origin, true) };
    if (pathname === '/empty.xml') return { type: 'application/rss+xml; charset=utf-8', body: feedXml([], site.origin, false) };
    if (pathname === '/') return { type: 'text/html; charset=utf-8', body: `<!doctype html><html><head><title>AI 快报</title></head><body><p>AI 快报</p></body></html>` };
    if (pathname === '/feeds/') return { type: 'text/html; charset=utf-8', body: `<!doctype html><html><head><title>AI 快报</title><link rel="alternate" type="application/rss+xml" title="摘要" href="/index.xml"><link rel="alternate" type="application/rss+xml" title="全文" href="/full.xml"></head><body><p>AI 快报</p></body></html>` };
    const edition = published.find(({ slug }) => pathname === `/posts/${slug}/`);
    return edition ? { type: 'text/html; charset=utf-8', body: pageHtml(edition) } : null;
  };

  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const entry = { path: pathname, status: 0, conditional: 'if-none-match' in request.headers, at: Date.now() };
    log.push(entry);
    const answer = (status: number, headers: http.OutgoingHttpHeaders = {}, body = '') => {
      entry.status = status;
      response.writeHead(status, headers).end(body);
    };
    if (fault?.match.test(pathname)) {
      if (fault.kind === 'hang') return;
      if (fault.kind === 'down') return void request.socket.destroy();
      if (fault.kind === 'html') return answer(200, { 'content-type': 'text/html' }, '<!doctype html><html><body><h1>Welcome</h1></body></html>');
      if (fault.kind === 'empty') return answer(200, { 'content-type': 'application/rss+xml' });
      return answer(Number(fault.kind), { 'content-type': 'text/html' }, `<h1>${fault.kind}</h1>`);
    }
    const found = find(pathname);
    if (!found) return answer(404, { 'content-type': 'text/plain' }, 'not here');
    const etag = `"${createHash('sha1').update(found.body).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === etag) return answer(304, { etag });
    answer(200, { 'content-type': found.type, etag, 'cache-control': 'max-age=0, must-revalidate' }, found.body);
  });
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site: Site = {
    origin,
    feedUrl: `${origin}/index.xml`,
    publish: (edition) => void published.push(edition),
    setFault: (kind, match = /./) => (fault = kind && { kind, match }),
    log,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
  return site;
}
