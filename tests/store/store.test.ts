// What was published and what was read: two tables, one transaction, nothing lost or doubled.
import { describe, expect, it } from 'vitest';
import { liveQuery } from 'dexie';
import { itemId } from '../../lib/link.ts';
import type { Database } from '../../lib/store/database.ts';
import { listCategories, savePoll } from '../../lib/store/digests.ts';
import { removeFeed } from '../../lib/store/feeds.ts';
import { clearStaleDays, countUnread, listDays, listStaleDays, markDaysStale, markSeen, setRead } from '../../lib/store/items.ts';
import { moveItem } from '../../lib/store/moves.ts';
import { digest, freshDatabase, HOUR, item, listUnread, START } from './database.ts';

const NO_FILTER = { hiddenCategories: [], rules: [] };
const unreadIds = async (db: Database, hiddenCategories: string[] = []) => (await listUnread(db, { hiddenCategories, rules: [] })).map(({ id }) => id);

describe('saving a poll', () => {
  it('stores digests, items and read states, and says how many items are new', async () => {
    const { db, feedId } = await freshDatabase();
    expect(await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)])], feed: { etag: '"a"' } })).toBe(2);
    expect(await unreadIds(db)).toEqual(['post:1', 'post:2']);
    expect((await db.feeds.get(feedId))?.etag).toBe('"a"');
    expect(await db.digests.count()).toBe(1);
  });

  it('makes one item of a post in several digests, in the words of the newest, whatever the order they come in', async () => {
    for (const order of [[0, 4], [4, 0]]) {
      const { db, feedId } = await freshDatabase();
      for (const hour of order) await savePoll(db, feedId, { digests: [digest(feedId, hour, [item(9), item(1, { title: `标题 ${hour}` })])] });
      const stored = await db.items.get('post:1');
      expect(stored).toMatchObject({ title: '标题 4', publishedMs: START + 4 * HOUR, firstMs: START, position: 2 });
      expect(stored?.appearances.map((a) => a.publishedMs)).toEqual([START + 4 * HOUR, START]);
      expect(await db.items.count()).toBe(2);
    }
  });

  it('makes one item of the editions of a story in several languages, in the words of the newest', async () => {
    const { db, feedId } = await freshDatabase();
    const link = 'https://lab.example/paper';
    const zh = item(1, { id: itemId(`${link}/?utm_source=zh`), url: `${link}/?utm_source=zh`, postIds: [], title: '论文' });
    const en = item(1, { id: itemId(`http://www.lab.example/paper#top`), url: 'http://www.lab.example/paper#top', postIds: [], title: 'Paper' });
    await savePoll(db, feedId, { digests: [digest(feedId, 1, [zh, item(2, { title: '帖子' })]), digest(feedId, 2, [en, item(2, { title: 'Post' })])] });
    expect((await listUnread(db, NO_FILTER)).map(({ title, appearances }) => [title, appearances.length])).toEqual([['Paper', 2], ['Post', 2]]);
  });

  it('never turns a read item unread, even when it appears again', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)])] });
    await setRead(db, ['post:1'], true);
    expect(await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(1), item(3)])] })).toBe(1);
    expect(await unreadIds(db)).toEqual(['post:3', 'post:2']);
  });

  it('takes nothing away when a digest comes back shorter, and changes nothing when it comes back the same', async () => {
    const { db, feedId } = await freshDatabase();
    const whole = digest(feedId, 0, [item(1), item(2), item(3)]);
    await savePoll(db, feedId, { digests: [whole] });
    const before = await db.items.toArray();
    await savePoll(db, feedId, { digests: [whole] });
    expect(await db.items.toArray()).toEqual(before);
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] });
    expect(await db.items.count()).toBe(3);
  });

  it('stores older digests as read and seen', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(1)]), digest(feedId, 0, [item(2)], { unread: false })] });
    expect(await countUnread(db, NO_FILTER, 0)).toEqual({ unread: 1, fresh: 1 });
  });

  it('keeps an item unread that stands in an unread and in a read digest of the same poll', async () => {
    for (const unread of [[true, false], [false, true]]) {
      const { db, feedId } = await freshDatabase();
      await savePoll(db, feedId, { digests: unread.map((open, i) => digest(feedId, 4 - i * 4, [item(1)], { unread: open })) });
      expect(await unreadIds(db)).toEqual(['post:1']);
    }
  });

  it('keeps the category a reader chose', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] });
    await moveItem(db, 'post:1', 'AI应用', 0);
    await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(1, { title: '新标题' })])] });
    expect(await db.items.get('post:1')).toMatchObject({ title: '新标题', category: 'AI应用', categorySource: 'reader' });
  });

  it('is all or nothing', async () => {
    const { db, feedId } = await freshDatabase();
    const broken = digest(feedId, 0, [item(1)]);
    const poll = savePoll(db, feedId, { digests: [broken, { ...broken, digest: { ...broken.digest, id: undefined as unknown as string } }], feed: { etag: '"b"' } });
    await expect(poll).rejects.toThrow();
    expect([await db.items.count(), await db.statuses.count(), await db.digests.count(), (await db.feeds.get(feedId))?.etag]).toEqual([0, 0, 0, null]);
  });

  it('stores nothing for a feed that was removed while it was polled', async () => {
    const { db, feedId } = await freshDatabase();
    await removeFeed(db, feedId, 1);
    expect(await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] })).toBe(0);
    expect(await db.items.count()).toBe(0);
  });
});

describe('reading', () => {
  it('hides what the filters hide from list and count, without losing it', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2, { category: 'AI应用' })])] });
    expect(await unreadIds(db, ['AI应用'])).toEqual(['post:1']);
    expect(await countUnread(db, { hiddenCategories: ['AI应用'], rules: [] }, 0)).toEqual({ unread: 1, fresh: 1 });
    expect(await unreadIds(db)).toEqual(['post:1', 'post:2']);
  });

  it('marks read exactly what was named and returns it for undo', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2), item(3)])] });
    await setRead(db, ['post:2'], true);
    const changed = await setRead(db, ['post:1', 'post:2', 'post:404'], true);
    expect(changed).toEqual(['post:1']);
    expect(await unreadIds(db)).toEqual(['post:3']);
    await setRead(db, changed, false);
    expect(await unreadIds(db)).toEqual(['post:1', 'post:3']);
    expect(await countUnread(db, NO_FILTER, 0)).toEqual({ unread: 2, fresh: 1 });
  });

  it('tells new from unread', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)])] });
    await markSeen(db);
    expect(await countUnread(db, NO_FILTER, 0)).toEqual({ unread: 2, fresh: 0 });
    await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(2), item(3)])] });
    expect(await countUnread(db, NO_FILTER, 0)).toEqual({ unread: 3, fresh: 1 });
  });

  it('orders by newest digest, then as the digest does', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)]), digest(feedId, 4, [item(3), item(4)])] });
    expect(await unreadIds(db)).toEqual(['post:3', 'post:4', 'post:1', 'post:2']);
  });

  it('tells a live query of every change', async () => {
    const { db, feedId } = await freshDatabase();
    const counts: number[] = [];
    const subscription = liveQuery(async () => listUnread(db)).subscribe((items) => counts.push(items.length));
    await expect.poll(() => counts.at(-1)).toBe(0);
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)])] });
    await expect.poll(() => counts.at(-1)).toBe(2);
    await setRead(db, ['post:1'], true);
    await expect.poll(() => counts.at(-1)).toBe(1);
    subscription.unsubscribe();
  });
});

describe('categories', () => {
  it('are the feeds’ defaults until digests name some', async () => {
    const { db, feedId } = await freshDatabase();
    expect((await listCategories(db)).categories).toEqual(['AI模型', 'AI应用']);
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)], { fields: { categories: ['AI应用', '论文'] } })] });
    expect((await listCategories(db)).categories).toEqual(['AI应用', '论文']);
  });
});

describe('stale days', () => {
  it('are noted with the items that make them so, and cleared only if nothing came since', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)]), digest(feedId, 30, [item(2)])] });
    const stale = await listStaleDays(db);
    expect(stale.map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-02']);
    await savePoll(db, feedId, { digests: [digest(feedId, 31, [item(3)])] });
    await clearStaleDays(db, stale);
    expect((await listStaleDays(db)).map(({ day }) => day)).toEqual(['2026-03-02']);
  });

  it('are both noted when an earlier appearance moves an item to another day', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 30, [item(1)])] });
    await clearStaleDays(db, await listStaleDays(db));
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] });
    expect((await listStaleDays(db)).map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-02']);
  });

  it('are all days that hold items when the filters change', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)]), digest(feedId, 49, [item(2)])] });
    expect(await listDays(db)).toEqual(['2026-03-01', '2026-03-03']);
    await clearStaleDays(db, await listStaleDays(db));
    await markDaysStale(db);
    expect(await listStaleDays(db)).toHaveLength(2);
  });
});
