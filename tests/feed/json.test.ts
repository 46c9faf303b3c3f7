// JSON Feed 1.0 and 1.1: every item with what it has, broken items counted, anything else malformed.
import { describe, expect, it } from 'vitest';
import { parseJsonFeed } from '../../lib/feed/json.ts';
import { faultOf, readFixture, SITE } from './documents.ts';

const VERSION = 'https://jsonfeed.org/version/1.1';
const parse = (items: unknown[], rest: object = {}) => parseJsonFeed(JSON.stringify({ version: VERSION, title: '港口', items, ...rest }), `${SITE}/feed.json`);
const entryOf = (item: object) => {
  const { entries } = parse([item]);
  expect(entries).toHaveLength(1);
  return entries[0] as (typeof entries)[0];
};

describe('a JSON Feed', () => {
  it('has title, homepage and a whole entry', () => {
    const feed = parseJsonFeed(readFixture('feed-html.json'), `${SITE}/feed.json`);
    expect(feed).toMatchObject({ title: '港口四小时报', homepage: `${SITE}/`, skipped: 0 });
    expect(feed.entries).toMatchObject([
      { guid: `${SITE}/posts/2026-03-02-16/`, url: `${SITE}/posts/2026-03-02-16/`, title: '2026.03.02.16 过去4小时：模型、工具与一封公开信', date: { iso: '2026-03-02T16:00:21+08:00' }, categories: ['AI模型', 'AI应用', '行业洞察', '研发进展'] },
    ]);
    expect(feed.entries[0]?.bodies.map((body) => body.type)).toEqual(['html']);
  });

  it('may be of version 1.0, with one author', () => {
    const feed = parse([{ id: '1', author: { name: '水手' } }], { version: 'https://jsonfeed.org/version/1' });
    expect(feed.entries).toMatchObject([{ author: '水手' }]);
  });

  it('has its bodies as HTML, then text, then summary', () => {
    expect(entryOf({ id: '1', summary: 's', content_text: '1. t', content_html: '<p>h</p>' }).bodies).toEqual([
      { type: 'html', text: '<p>h</p>' },
      { type: 'text', text: '1. t' },
      { type: 'text', text: 's' },
    ]);
  });

  it('takes the first of several authors', () => {
    expect(entryOf({ id: '1', authors: [{ name: '水手' }, { name: '二副' }] }).author).toBe('水手');
  });

  it('has numbers as ids in words, and relative links made absolute', () => {
    expect(entryOf({ id: 7, url: '/p/7' })).toMatchObject({ guid: '7', url: `${SITE}/p/7` });
  });

  it('takes the external address where there is no other, and the link as id where there is none', () => {
    expect(entryOf({ external_url: 'https://x.com/a/status/1', title: 'x' })).toMatchObject({ guid: 'https://x.com/a/status/1', url: 'https://x.com/a/status/1' });
  });

  it('takes date_modified where nothing says when it was published', () => {
    expect(entryOf({ id: '1', date_modified: '2026-03-02T16:00:21+08:00' }).date?.iso).toBe('2026-03-02T16:00:21+08:00');
  });

  it('reads past fields of a wrong type', () => {
    expect(entryOf({ id: '1', title: 5, url: null, tags: 'AI模型', authors: {}, content_html: ['x'], date_published: 2026, content_text: '好' })).toMatchObject({
      title: '', url: '', categories: [], author: '', date: null, bodies: [{ type: 'text', text: '好' }],
    });
  });

  it('keeps each tag once and leaves out what is none', () => {
    expect(entryOf({ id: '1', tags: ['甲', 5, ' 甲 ', '', '乙'] }).categories).toEqual(['甲', '乙']);
  });

  it('drops links that are no web addresses', () => {
    expect(entryOf({ id: '1', url: 'javascript:alert(1)' }).url).toBe('');
  });

  it('counts broken items and keeps the others', () => {
    expect(parse([null, 'x', 7, [], {}, { title: '晚潮' }])).toMatchObject({ skipped: 5, entries: [{ title: '晚潮' }] });
  });

  it('without items is no error', () => {
    expect(parse([])).toMatchObject({ entries: [], skipped: 0 });
  });

  it.each([
    ['broken off', `{"version":"${VERSION}","items":[{"id":"1"`],
    ['some other JSON', '{"ok":true}'],
    ['without items', `{"version":"${VERSION}","title":"x"}`],
    ['with items that are no list', `{"version":"${VERSION}","items":{}}`],
    ['of another version', '{"version":"2.0","items":[]}'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('that is %s is malformed', async (_, source) => {
    expect(await faultOf(() => parseJsonFeed(source, SITE))).toBe('malformed');
  });
});
