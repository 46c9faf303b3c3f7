// What a document is taken for: a page that is a digest, a file of several, tags that are no categories, and what was salvaged.
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../lib/feed/parse.ts';
import { documentOf, faultOf, NOW, readFirst, SITE } from './documents.ts';
import { readEntry } from '../../lib/feed/digest.ts';

const item = (n: number) => `<li><a href="https://a.example/${n}">第${n}条</a> 说明文字</li>`;
const html = (body: string, head = '') => documentOf(`<!doctype html><html><head><title>港口日报 2026-03-02</title>${head}</head><body>${body}</body></html>`, { url: `${SITE}/daily.html`, contentType: 'text/html' });

describe('a web page', () => {
  it('that tells three stories from elsewhere is a digest', () => {
    const page = html(`<nav><ul><li><a href="/">首页</a></li></ul></nav><ul>${[1, 2, 3].map(item).join('')}</ul><footer>x</footer>`);
    expect(parseFeed(page)).toMatchObject({ title: '港口日报 2026-03-02', entries: [{ guid: `${SITE}/daily.html#2026-03-02T00:00:00Z` }] });
    expect(readFirst(page).stories.map((story) => story.title)).toEqual(['第1条', '第2条', '第3条']);
  });

  it.each([
    ['tells two', `<ul>${item(1)}${item(2)}</ul>`],
    ['leads around its own site', `<ul>${[1, 2, 3, 4].map((n) => `<li><a href="/posts/${n}">文章${n}</a> 说明</li>`).join('')}</ul>`],
    ['only lists links', `<ul>${[1, 2, 3, 4].map((n) => `<li><a href="https://a.example/${n}">一个去处${n}</a></li>`).join('')}</ul>`],
    ['is an article', '<article><h1>题</h1><p>一段文字</p></article>'],
  ])('that %s is none', async (_, body) => {
    expect(await faultOf(() => parseFeed(html(body)))).toBe('html');
  });
});

describe('a Markdown file', () => {
  const list = '1. [一](https://a.example/1) 说明\n2. [二](https://a.example/2) 说明\n';
  it('of several digests under dated headings gives each', () => {
    const { entries } = parseFeed(documentOf(`# 2026-03-02 早报\n${list}\n# 2026-03-01 早报\n${list}`, { url: `${SITE}/all.md` }));
    expect(entries.map((entry) => [entry.title, entry.date?.iso])).toEqual([['2026-03-02 早报', '2026-03-02T00:00:00Z'], ['2026-03-01 早报', '2026-03-01T00:00:00Z']]);
    expect(new Set(entries.map((entry) => entry.guid)).size).toBe(2);
  });

  it('of several front matters gives each', () => {
    const one = (day: number) => `---\ntitle: 第${day}期\ndate: 2026-03-0${day}\n---\n\n${list}\n---\n\n`;
    expect(parseFeed(documentOf(one(1) + one(2), { url: `${SITE}/all.md` })).entries.map((entry) => entry.title)).toEqual(['第1期', '第2期']);
  });
});

describe('categories of stories', () => {
  const feed = (tags: string[][]) => documentOf(`<rss><channel><title>x</title>${tags.map((names, n) => `<item><title>${n}</title><link>https://a.example/${n}</link>${names.map((name) => `<category>${name}</category>`).join('')}</item>`).join('')}</channel></rss>`);
  const read = (tags: string[][]) => parseFeed(feed(tags)).entries.map((entry) => readEntry(entry, `${SITE}/index.xml`, ['甲', '乙'], NOW)?.digest.categories);

  it('are the feed’s where they are few and recur', () => {
    expect(read([['模型'], ['应用'], ['模型'], ['应用']])).toEqual([['模型'], ['应用'], ['模型'], ['应用']]);
  });

  it('are the defaults where every story is tagged freely, but for a tag that is one of them', () => {
    expect(read([['gpt', '甲'], ['tide'], ['ship'], ['rope']])).toEqual([['甲'], ['甲', '乙'], ['甲', '乙'], ['甲', '乙']]);
  });
});

describe('a broken document says so', () => {
  it('as RSS that breaks off', () => {
    expect(parseFeed(documentOf('<rss><channel><item><title>一</title></item><item><title>二'))).toMatchObject({ broken: 'truncated', entries: [{ title: '一' }, { title: '二' }] });
    expect(parseFeed(documentOf('<rss><channel><item><title>一</title></item></channel></rss>')).broken).toBeUndefined();
  });

  it.each([
    ['breaks off', '{"id":"2","title":"二', 'truncated', 1],
    ['has a broken item', '{"id":"2","title":oops},{"id":"3","title":"三"}]}', 'repaired', 1],
    ['has a raw tab in a string', '{"id":"2","title":"二\t"}]}', 'repaired', 0],
  ])('as JSON Feed that %s', (_, rest, broken, skipped) => {
    const feed = parseFeed(documentOf(`{"version":"https://jsonfeed.org/version/1.1","title":"港口","items":[{"id":"1","title":"一 {\\"x\\"}"},${rest}`));
    expect(feed).toMatchObject({ title: '港口', broken, skipped });
    expect(feed.entries[0]?.title).toBe('一 {"x"}');
  });
});
