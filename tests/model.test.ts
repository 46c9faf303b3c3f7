// The pure rules: which address is a post, what an item's identity is, what passes the filters, in which order things stand.
import { describe, expect, it } from 'vitest';
import { compareItems, groupItems, isWebAddress, type Item, itemId, normaliseLink, orderCategories, passesFilters, readPostLink } from '../lib/model.ts';
import { readPublisherOptions } from '../lib/publisher.ts';
import { SAMPLE_FEED_URL } from '../lib/sample.ts';

const ID = '2002784926748557411'; // above 2^53

describe('an address', () => {
  it.each([
    [`https://x.com/someone/status/${ID}`, 'someone'],
    [`https://twitter.com/someone/status/${ID}?s=20`, 'someone'],
    [`https://mobile.twitter.com/someone/statuses/${ID}/photo/1`, 'someone'],
    [`http://www.x.com/status_watch/status/${ID}…`, 'status_watch'],
    [`https://x.com/i/web/status/${ID}`, ''],
    [`https://x.com/i/status/${ID}#m`, ''],
    [`https://fxtwitter.com/someone/status/${ID}`, 'someone'],
    [`https://nitter.example.org/someone/status/${ID}`, 'someone'],
  ])('%s leads to a post', (address, handle) => {
    expect(readPostLink(address)).toEqual({ postId: ID, handle });
  });

  it.each([`https://notx.com/a/status/${ID}`, `https://x.com.evil.com/a/status/${ID}`, 'https://x.com/someone', `https://x.com/a/statusbar/${ID}`, `ftp://x.com/a/status/${ID}`, 'nonsense', ''])('%s leads to none', (address) => {
    expect(readPostLink(address)).toBeNull();
  });

  it('is the same story without scheme, www, fragment, campaign and final slash', () => {
    expect(normaliseLink('http://www.A.example/Path/?utm_source=x&b=2&a=1#top')).toBe('a.example/Path?a=1&b=2');
    expect(itemId('http://a.example/x/')).toBe(itemId('https://www.a.example/x'));
    expect(itemId(`https://twitter.com/old_name/status/${ID}`)).toBe(itemId(`https://x.com/new_name/status/${ID}?s=20`));
    expect(itemId('https://a.example/x')).not.toBe(itemId('https://a.example/X'));
  });

  it('may be opened only over http and https', () => {
    expect(['https://a.example', 'http://a.example'].every(isWebAddress)).toBe(true);
    expect(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'a.example'].some(isWebAddress)).toBe(false);
  });
});

describe('items', () => {
  const item = (id: string, publishedMs: number, position: number, category = 'A') => ({ id, publishedMs, position, category }) as Item;

  it('stand newest digest first, then as the digest has them', () => {
    expect([item('c', 1, 1), item('b', 2, 2), item('a', 2, 1)].sort(compareItems).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('are grouped in the order of categories, others after, empty ones left out', () => {
    const groups = groupItems([item('1', 3, 1, 'Z'), item('2', 2, 1, 'B'), item('3', 1, 1, 'B')], ['A', 'B']);
    expect(groups.map(({ category, items }) => [category, items.length])).toEqual([['B', 2], ['Z', 1]]);
  });

  it('have the reader’s order of categories first, then the feeds’', () => {
    expect(orderCategories(['A', 'B', 'C', 'B'], { categoryOrder: ['C', 'gone', 'B'] })).toEqual(['C', 'B', 'A']);
  });

  it('are hidden by their category, everywhere or in every feed they came by', () => {
    const feeds = new Map([['a', { removedAt: null, hiddenCategories: ['C'] }], ['b', { removedAt: null, hiddenCategories: [] }], ['gone', { removedAt: 1, hiddenCategories: [] }]]);
    const passes = (category: string, ...feedIds: string[]) => passesFilters({ category, feedIds }, { hiddenCategories: ['B'] }, feeds);
    expect([passes('A', 'a'), passes('B', 'a'), passes('C', 'a'), passes('C', 'a', 'b'), passes('A', 'gone'), passes('A', 'never')]).toEqual([true, false, false, true, false, false]);
  });
});

describe('what a publisher builds in', () => {
  it('is the sample where no address is given', () => {
    expect(readPublisherOptions({})).toEqual({ name: null, firefoxId: 'eight-bells@eight-bells.invalid', feedUrl: SAMPLE_FEED_URL, categories: ['AI模型', 'AI应用', '行业洞察', '研发进展'], origins: [], pollMinutes: 30 });
  });

  it('is the address, with its host and without its port, and the publisher’s own categories', () => {
    expect(readPublisherOptions({ WXT_DEFAULT_FEED_URL: 'http://127.0.0.1:8123/index.xml', WXT_DEFAULT_CATEGORIES: '甲, 乙，甲', WXT_POLL_MINUTES: '5', WXT_NAME: ' 港口快报 ', WXT_FIREFOX_ID: 'digest@harbour.example' })).toEqual({ name: '港口快报', firefoxId: 'digest@harbour.example', feedUrl: 'http://127.0.0.1:8123/index.xml', categories: ['甲', '乙'], origins: ['http://127.0.0.1/*'], pollMinutes: 5 });
  });

  it('fails the build in plain words where it makes no sense', () => {
    expect(() => readPublisherOptions({ WXT_DEFAULT_FEED_URL: 'digest' })).toThrow('not an address');
    expect(() => readPublisherOptions({ WXT_DEFAULT_FEED_URL: 'ftp://a.example/' })).toThrow('https://');
    expect(() => readPublisherOptions({ WXT_POLL_MINUTES: 'often' })).toThrow('WXT_POLL_MINUTES');
    expect(() => readPublisherOptions({ WXT_NAME: '报'.repeat(46) })).toThrow('at most 45 characters');
    expect(() => readPublisherOptions({ WXT_NAME: '__MSG_other__' })).toThrow('WXT_NAME');
    expect(() => readPublisherOptions({ WXT_FIREFOX_ID: 'digest' })).toThrow('name@site.example');
  });
});
