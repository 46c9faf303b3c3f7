// Several feeds: order, names, pauses, what each shows; removing one and taking that back.
import { describe, expect, it } from 'vitest';
import { isFailing, isPolled } from '../../lib/model/feed.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { updateSearch } from '../../lib/indexer.ts';
import type { Database } from '../../lib/store/database.ts';
import { listCategories, savePoll } from '../../lib/store/digests.ts';
import { addFeed, addFeeds, listFeeds, listRemovedFeeds, newFeed, orderFeeds, removeFeed, restoreFeed, updateFeed } from '../../lib/store/feeds.ts';
import { countUnread, setRead } from '../../lib/store/items.ts';
import { type Overview, readOverview } from '../../lib/store/overview.ts';
import { markSearchStale } from '../../lib/store/search.ts';
import { readList } from '../../lib/store/list.ts';
import { digest, freshDatabase, item, listUnread } from './database.ts';

const NO_FILTER = { hiddenCategories: [], rules: [] };
const unreadIds = async (db: Database, hiddenCategories: string[] = []) => (await listUnread(db, { hiddenCategories, rules: [] })).map(({ id }) => id);

/** Two feeds: the first tells of posts 1 and 2, the second of 2 and 3. */
async function twoFeeds() {
  const { db, feedId: a } = await freshDatabase();
  const { id: b } = await addFeed(db, newFeed('https://other.example/feed', { title: 'Other', categories: ['论文'] }, 1));
  await savePoll(db, a, { digests: [digest(a, 0, [item(1), item(2)])] });
  await savePoll(db, b, { digests: [digest(b, 0, [item(2), item(3)])] });
  return { db, a, b };
}

describe('feeds', () => {
  it('are subscribed to once each', async () => {
    const { db, feedId } = await freshDatabase();
    expect((await addFeed(db, newFeed('https://digest.example/index.xml', { title: 'Again', categories: [] }, 5))).id).toBe(feedId);
    expect(await addFeeds(db, [newFeed('https://digest.example/index.xml', { title: 'x', categories: [] }, 6), newFeed('https://c.example/', { title: 'C', categories: [] }, 7)])).toEqual({ added: 1, known: 1 });
    expect((await listFeeds(db)).map(({ title }) => title)).toEqual(['Digest', 'C']);
  });

  it('stand in the reader’s order, new ones last', async () => {
    const { db, a, b } = await twoFeeds();
    await orderFeeds(db, [b, 'nonsense', a, b]);
    await addFeed(db, newFeed('https://c.example/', { title: 'C', categories: [] }, 7));
    expect((await listFeeds(db)).map(({ title }) => title)).toEqual(['Other', 'Digest', 'C']);
    await orderFeeds(db, [a]);
    expect((await listFeeds(db)).map(({ title }) => title)).toEqual(['Digest', 'Other', 'C']);
  });

  it('that are paused keep what they brought, and call for nothing', async () => {
    const { db, a } = await twoFeeds();
    await updateFeed(db, a, { paused: 1, fault: { kind: 'permission', detail: 'digest.example', at: 1 } });
    expect(await unreadIds(db)).toEqual(['post:1', 'post:2', 'post:3']);
    const [feed] = await listFeeds(db);
    expect(feed && [isPolled(feed), isFailing(feed)]).toEqual([false, false]);
  });
});

describe('a feed’s own categories', () => {
  it('hide its items from list and count, but not what another feed shows', async () => {
    const { db, a, b } = await twoFeeds();
    await updateFeed(db, a, { hiddenCategories: ['AI模型'] });
    expect(await unreadIds(db)).toEqual(['post:2', 'post:3']);
    expect(await countUnread(db, NO_FILTER, 0)).toEqual({ unread: 2, fresh: 2 });
    await updateFeed(db, b, { hiddenCategories: ['AI模型'] });
    expect(await unreadIds(db)).toEqual([]);
    await updateFeed(db, a, { hiddenCategories: [] });
    expect(await unreadIds(db)).toEqual(['post:1', 'post:2']);
    expect(await unreadIds(db, ['AI模型'])).toEqual([]); // the filter for all feeds stands above
  });

  it('are those its digests use and those that are hidden, each feed’s apart', async () => {
    const { db, a, b } = await twoFeeds();
    await updateFeed(db, b, { hiddenCategories: ['旧闻'] });
    expect(Object.fromEntries((await listCategories(db)).feedCategories)).toEqual({ [a]: ['AI模型', 'AI应用'], [b]: ['AI模型', 'AI应用', '旧闻'] });
  });
});

describe('removing a feed', () => {
  it('acts at once: what no other feed shows is neither listed nor counted, and nothing more is stored', async () => {
    const { db, a } = await twoFeeds();
    await removeFeed(db, a, 1000);
    expect(await unreadIds(db)).toEqual(['post:2', 'post:3']);
    const list = await readList(db, DEFAULT_SETTINGS, { show: 'unread', by: 'category' }, 0);
    expect(list.feeds.map(({ title }) => title)).toEqual(['Other']);
    expect(list.groups).toHaveLength(1);
    expect(await countUnread(db, NO_FILTER, 0)).toEqual({ unread: 2, fresh: 2 });
    expect(await savePoll(db, a, { digests: [digest(a, 4, [item(9)])] })).toBe(0);
    expect(await db.items.get('post:9')).toBeUndefined();
  });

  it('is undone with all it had: place, name, items and read states', async () => {
    const { db, a } = await twoFeeds();
    await updateFeed(db, a, { customTitle: '我的', hiddenCategories: ['AI应用'] });
    await setRead(db, ['post:2'], true);
    const before = await listFeeds(db);
    await removeFeed(db, a, 1000);
    expect((await listRemovedFeeds(db)).map(({ customTitle }) => customTitle)).toEqual(['我的']);
    await restoreFeed(db, a);
    expect(await listFeeds(db)).toEqual(before);
    expect(await listRemovedFeeds(db)).toEqual([]);
    expect(await unreadIds(db)).toEqual(['post:1', 'post:3']);
  });

  it('is undone too by adding its address again', async () => {
    const { db, a } = await twoFeeds();
    await removeFeed(db, a, 1000);
    const back = await addFeed(db, newFeed('https://digest.example/index.xml', { title: 'Back', categories: [] }, 6));
    expect(back).toMatchObject({ id: a, title: 'Digest', removedAt: null });
    expect(await unreadIds(db)).toEqual(['post:1', 'post:2', 'post:3']);
  });
});

const pickCounts = ({ itemsOf, usage }: Overview) => ({ itemsOf: Object.fromEntries(itemsOf), usage });

describe('the overview', () => {
  it('counts what is stored, of each feed too; an item in two digests or feeds is one', async () => {
    const { db, a, b } = await twoFeeds();
    await savePoll(db, a, { digests: [digest(a, 30, [item(1), item(4)])] });
    const { itemsOf, usage, feeds } = await readOverview(db);
    expect(usage).toEqual({ items: 4, digests: 3, days: 2 });
    expect(Object.fromEntries(itemsOf)).toEqual({ [a]: 3, [b]: 2 });
    expect(feeds).toHaveLength(2);
    // By the kept counts as by the items, and so while the index is made anew and after something went.
    const counts = async () => pickCounts(await readOverview(db));
    const before = await counts();
    await updateSearch(db);
    expect(await counts()).toEqual(before);
    await markSearchStale(db);
    expect(await counts()).toEqual(before);
    await savePoll(db, b, { digests: [digest(b, 31, [item(9), item(8)])] });
    await markSearchStale(db);
    const after = await counts();
    expect(after.usage.items).toBe(6);
    await updateSearch(db);
    expect(await counts()).toEqual(after);
  });
});
