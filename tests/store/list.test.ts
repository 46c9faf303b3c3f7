// The reader's list: what each view holds, what stays in it, and which rules meet it.
import { describe, expect, it } from 'vitest';
import type { List } from '../../lib/list.ts';
import type { Rule } from '../../lib/model/rule.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { savePoll } from '../../lib/store/digests.ts';
import { removeFeed } from '../../lib/store/feeds.ts';
import { countUnread, setRead, setStarred } from '../../lib/store/items.ts';
import { type ListOptions, readDetails, readList } from '../../lib/store/list.ts';
import { digest, freshDatabase, item, START } from './database.ts';

const ids = ({ groups }: List) => groups.map(({ key, rows }) => [key.replace(/^\S+ /, ''), rows.map((row) => row.item.id.slice(5))]);
const rule = (fields: Partial<Rule>): Rule => ({ id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: null, addedAt: 0, ...fields });

async function stored() {
  const { db, feedId } = await freshDatabase();
  await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2, { category: 'AI应用', author: '乙' })]), digest(feedId, 4, [item(3), item(2, { category: 'AI应用', author: '乙' })])] });
  const read = (options: Partial<ListOptions> = {}, settings = {}) => readList(db, { ...DEFAULT_SETTINGS, ...settings }, { show: 'unread', by: 'category', ...options }, 1000);
  return { db, feedId, read };
}

describe('the list', () => {
  it('holds the unread by category, an item of two digests once', async () => {
    const { read } = await stored();
    expect(ids(await read())).toEqual([['AI模型', ['3', '1']], ['AI应用', ['2']]]);
  });

  it('holds them by digest, each under its newest', async () => {
    const { read } = await stored();
    const list = await read({ by: 'digest' });
    expect(ids(list)).toEqual([['d4', ['3', '2']], ['d0', ['1']]]);
    expect(list.groups.map((group) => group.digest?.title)).toEqual(['第 4 期', '第 0 期']);
  });

  it('keeps what was read since it was opened in its place', async () => {
    const { db, read } = await stored();
    await setRead(db, ['post:3'], true);
    expect(ids(await read())).toEqual([['AI模型', ['1']], ['AI应用', ['2']]]);
    const list = await read({ kept: new Set(['post:3', 'post:404']) });
    expect(ids(list)).toEqual([['AI模型', ['3', '1']], ['AI应用', ['2']]]);
    expect([list.groups[0]?.rows[0]?.read, list.unread]).toEqual([1, 2]);
  });

  it('shows everything, a page at a time, newest first', async () => {
    const { db, read } = await stored();
    await setRead(db, ['post:1', 'post:2', 'post:3'], true);
    expect((await read()).groups).toEqual([]);
    const list = await read({ show: 'all', by: 'digest', limit: 2 });
    expect([ids(list), list.more]).toEqual([[['d4', ['3', '2']]], true]);
    expect((await read({ show: 'all', limit: 200 })).more).toBe(false);
  });

  it('shows the starred whatever filters, rules and feeds say', async () => {
    const { db, feedId, read } = await stored();
    await setStarred(db, ['post:1'], true);
    await removeFeed(db, feedId, 5);
    expect(ids(await read({ show: 'starred' }, { hiddenCategories: ['AI模型'], rules: [rule({ value: '第' })] }))).toEqual([['AI模型', ['1']]]);
    expect((await read()).groups).toEqual([]);
  });

  it('counts all that is unread, also where it shows only some of it', async () => {
    const { read } = await stored();
    const unread = (await read()).unread;
    expect(unread).toBeGreaterThan(1);
    expect([(await read({ show: 'starred' })).unread, (await read({ show: 'all', limit: 1 })).unread]).toEqual([unread, unread]);
  });

  it('leaves out what a rule mutes, says how many, and shows them when asked', async () => {
    const { db, read } = await stored();
    const rules = { rules: [rule({ field: 'author', value: '乙' }), rule({ id: 'w', action: 'watch', value: '第 3 条' })] };
    const list = await read({}, rules);
    expect([ids(list), list.muted, list.unread]).toEqual([[['AI模型', ['3', '1']]], 1, 2]);
    expect(list.groups[0]?.rows.map(({ watched }) => watched?.id)).toEqual(['w', undefined]);
    const all = await read({ withMuted: true }, rules);
    expect([ids(all), all.unread]).toEqual([[['AI模型', ['3', '1']], ['AI应用', ['2']]], 2]);
    expect(await countUnread(db, { hiddenCategories: [], ...rules }, 0)).toEqual({ unread: 2, fresh: 2 }); // muted items count nowhere
    expect((await read({}, { rules: [rule({ field: 'author', value: '乙', expiresAt: 1000 })] })).muted).toBe(0);
  });

  it('follows the reader’s order of categories', async () => {
    const { read } = await stored();
    const list = await read({}, { categoryOrder: ['AI应用'] });
    expect([list.groups.map(({ key }) => key), list.categories]).toEqual([['AI应用', 'AI模型'], ['AI应用', 'AI模型']]);
  });

  it('tells of an item in which digests it stood, and its like', async () => {
    const { db, read } = await stored();
    await db.items.update('post:2', { similar: ['post:1', 'post:404'] });
    const row = (await read()).groups[1]?.rows[0];
    const details = await readDetails(db, row?.item ?? item(0) as never);
    expect(details.digests.map(({ title, publishedMs }) => [title, publishedMs - START])).toEqual([['第 4 期', 14_400_000], ['第 0 期', 0]]);
    expect(details.similar.map(({ id }) => id)).toEqual(['post:1']);
  });
});
