// The publisher we exist for: its 17 items out of every shape its site comes in. Runs where ../shared is at hand.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DigestContent, readDigestPage, readEntry } from '../../lib/feed/digest.ts';
import { parseFeed } from '../../lib/feed/parse.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';

const seed = path.resolve(import.meta.dirname, '../../../shared/seed');
const here = existsSync(seed);
if (!here) console.info('skipped: tests over ../shared/seed, which is not here');

const site = 'http://127.0.0.1:8700';
const doc = (file: string, url: string, contentType = '') => ({ bytes: new Uint8Array(readFileSync(path.join(seed, file))), contentType, url });
/** Smart quotes are the page's own; the source's plain ones cannot be had back from it. */
const straight = (text: string) => text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');

function read(feed: ReturnType<typeof doc>, page?: ReturnType<typeof doc>): DigestContent {
  const { entries } = parseFeed(feed);
  expect(entries).toHaveLength(1);
  const entry = entries[0] as (typeof entries)[0];
  const content = readEntry(entry, feed.url, [...DEFAULT_CATEGORIES], 0);
  if (content) return content;
  if (!page) throw new Error('the entry leads to its page');
  return readDigestPage(entry, page, feed.url, [...DEFAULT_CATEGORIES], 0);
}

describe.skipIf(!here)('the seed digest', () => {
  const expected = here ? JSON.parse(readFileSync(path.join(seed, 'expected.json'), 'utf8')) : null;
  const markdown = here ? readFileSync(path.join(seed, 'digest.md'), 'utf8') : '';
  const html = here ? /<article><h1>.*?<\/time>([\s\S]*)<\/article>/.exec(readFileSync(path.join(seed, 'site-default/posts/2025-12-22-08/index.html'), 'utf8'))?.[1] ?? '' : '';
  const bytes = (text: string) => new TextEncoder().encode(text);
  const page = (name: string) => doc(`${name}/posts/2025-12-22-08/index.html`, `${site}/posts/2025-12-22-08/`, 'text/html');
  const escape = (s: string) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const meta = { title: '2025.12.22.08 过去4小时全球AI发生了什么？', url: `${site}/posts/2025-12-22-08/`, date: '2025-12-22T08:00:08+08:00' };
  const jsonFeed = (content: object) => ({
    url: `${site}/feed.json`, contentType: 'application/feed+json',
    bytes: bytes(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'x', items: [{ id: meta.url, url: meta.url, title: meta.title, date_published: meta.date, tags: expected?.categories, ...content }] })),
  });

  const shapes: Record<string, () => DigestContent> = {
    'raw Markdown, YAML front matter': () => read(doc('digest.md', `${site}/digest.md`)),
    'raw Markdown, TOML front matter': () =>
      read({ url: `${site}/digest.md`, contentType: '', bytes: bytes(markdown.replace(/^---\n[\s\S]*?\n---/, `+++\ntitle = "${meta.title}"\ndate = ${meta.date}\ncategories = ["AI模型", "AI应用", "行业洞察", "研发进展"]\n+++`)) }),
    'Hugo default RSS and page': () => read(doc('site-default/posts/index.xml', `${site}/posts/index.xml`), page('site-default')),
    'Hugo home RSS and page': () => read(doc('site-default/index.xml', `${site}/index.xml`), page('site-default')),
    'Hugo minified RSS and page': () => read(doc('site-minified/index.xml', `${site}/index.xml`), page('site-minified')),
    'Hugo full content': () => read(doc('site-full-content/posts/index.xml', `${site}/posts/index.xml`)),
    'HTML in description': () =>
      read({ url: `${site}/f.xml`, contentType: '', bytes: bytes(`<rss version="2.0"><channel><title>x</title><item><title>${meta.title}</title><link>${meta.url}</link><pubDate>Mon, 22 Dec 2025 08:00:08 +0800</pubDate><description>${escape(html)}</description></item></channel></rss>`) }),
    Atom: () =>
      read({ url: `${site}/a.xml`, contentType: '', bytes: bytes(`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>${meta.title}</title><id>1</id><link href="${meta.url}"/><published>${meta.date}</published><content type="html">${escape(html)}</content></entry></feed>`) }),
    'JSON Feed, content_html': () => read(jsonFeed({ content_html: html })),
    'JSON Feed, Markdown in content_text': () => read(jsonFeed({ content_text: markdown })),
    'page with line breaks as <br>': () =>
      read(doc('site-default/index.xml', `${site}/index.xml`), { url: meta.url, contentType: '', bytes: bytes(`<main>${html.replace(/(- [^\n<]+)\n/g, '$1<br>')}</main>`) }),
    'page whose line breaks became spaces': () =>
      read(doc('site-default/index.xml', `${site}/index.xml`), { url: meta.url, contentType: '', bytes: bytes(`<main>${html.replace(/\n/g, ' ')}</main>`) }),
  };

  for (const [name, load] of Object.entries(shapes)) {
    it(`comes whole out of: ${name}`, () => {
      const { digest, stories } = load();
      expect(digest.title).toBe(expected.title);
      expect(digest.publishedAt).toBe(expected.publishedAt);
      expect(digest.categories).toEqual(expected.categories);
      expect(stories.map(({ position, title, url, handle, postIds, author }) => ({ position, title, url, handle, postId: postIds[0], author }))).toEqual(
        expected.items.map(({ summaryMarkdown: _, ...rest }: Record<string, unknown>) => rest),
      );
      expect(stories.map((item) => straight(item.summary))).toEqual(expected.items.map((item: { summaryMarkdown: string }) => straight(item.summaryMarkdown)));
    });
  }
});
