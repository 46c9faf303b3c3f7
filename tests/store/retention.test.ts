// How long things are kept: by last sight and never by publication, stars and read states for good, marks longer than items.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { updateMarks } from '../../lib/derived.ts';
import { MarkIndex, readPieces } from '../../lib/mark-list.ts';
import type { Settings } from '../../lib/model/settings.ts';
import type { Database } from '../../lib/store/database.ts';
import { savePoll, type SavedDigest } from '../../lib/store/digests.ts';
import { addFeed, listFeeds, listRemovedFeeds, newFeed, removeFeed, restoreFeed, updateFeed } from '../../lib/store/feeds.ts';
import { countUnread, setRead, setStarred } from '../../lib/store/items.ts';
import { mayPrune, prune, pruneAll, pruneStep, UNDO_DAYS } from '../../lib/store/retention.ts';
import { changeSettings } from '../../lib/store/settings.ts';
import { findStoreFaults } from '../sound.ts';
import { digest, freshDatabase, item, listUnread, START } from './database.ts';

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
});

const DAY = 86_400_000;
const day = (n: number) => START + n * DAY;

/** A poll answered 200 at this time, listing exactly these digests. */
const poll = (db: Database, feedId: string, at: number, digests: SavedDigest[]) => savePoll(db, feedId, { digests, listed: digests.map((one) => one.digest.id), feed: { succeededAt: at, unreadSince: 0 } });

const all = async (db: Database, now: number, keepDays: Settings['keepDays'] = 90) => {
  let steps = 0;
  while (await prune(db, { keepDays }, now)) if (++steps > 100) throw new Error('never ends');
};
const stored = async (db: Database) => ((await db.items.toCollection().primaryKeys()) as string[]).sort();

/** Nine digests of two items each (10 and 11 in the first, and so on), published daily, listed on day 0 and gone from the feed on day 1. */
async function unlisted() {
  const { db, feedId } = await freshDatabase();
  const old = Array.from({ length: 9 }, (_, i) => digest(feedId, i * 24, [item((i + 1) * 10), item((i + 1) * 10 + 1)]));
  await poll(db, feedId, day(0), old);
  await poll(db, feedId, day(1), [digest(feedId, 300, [item(900)]), digest(feedId, 301, [item(901)]), digest(feedId, 302, [item(902)])]);
  await setRead(db, await stored(db), true);
  return { db, feedId, old };
}

async function marked(db: Database): Promise<(id: number) => boolean> {
  await updateMarks(db);
  const index = new MarkIndex();
  index.set(await readPieces());
  return (id) => index.get(String(id)) !== null;
}

describe('the rule', () => {
  const read = { read: 1, starred: 0 } as const;
  it('goes by the age the reader chose', () => {
    expect(mayPrune(read, day(0), day(90) - 1, 90)).toBe(false);
    expect(mayPrune(read, day(0), day(90), 90)).toBe(true);
    expect(mayPrune(read, day(0), day(9000), null)).toBe(false);
  });
  it('keeps starred items for good, and unread ones for thirty days at least', () => {
    expect(mayPrune({ read: 1, starred: 1 }, day(0), day(9000), 30)).toBe(false);
    expect(mayPrune({ read: 0, starred: 0 }, day(0), day(29), 7)).toBe(false);
    expect(mayPrune({ read: 0, starred: 0 }, day(0), day(30), 7)).toBe(true);
  });
});

describe('the last sight', () => {
  it('is that of the last answer that listed a digest; a 304 counts and writes the feed’s row alone', async () => {
    const { db, feedId } = await freshDatabase();
    const one = digest(feedId, 0, [item(1)]);
    await poll(db, feedId, day(0), [one]);
    await updateFeed(db, feedId, { succeededAt: day(50) }); // a 304
    expect(await db.digests.get(one.digest.id)).toMatchObject({ listed: 1 });
    await poll(db, feedId, day(60), []);
    expect(await db.digests.get(one.digest.id)).toMatchObject({ listed: 0, listedAt: day(50) });
  });

  it('is renewed when a digest comes back, which writes that digest alone', async () => {
    const { db, feedId, old } = await unlisted();
    const untouched = await db.digests.get(old[1]?.digest.id as string);
    await savePoll(db, feedId, { digests: [], listed: [old[0]?.digest.id as string], feed: { succeededAt: day(80) } });
    await savePoll(db, feedId, { digests: [], listed: [], feed: { succeededAt: day(81) } });
    expect(await db.digests.get(old[0]?.digest.id as string)).toMatchObject({ listed: 0, listedAt: day(80) });
    expect(await db.digests.get(old[1]?.digest.id as string)).toEqual(untouched);
  });

  it('of a feed’s pages read later is not lost', async () => {
    const { db, feedId } = await freshDatabase();
    const page = digest(feedId, 0, [item(1)]);
    await savePoll(db, feedId, { digests: [], listed: [page.digest.id], feed: { succeededAt: day(0) } });
    await savePoll(db, feedId, { digests: [page] });
    expect(await db.digests.get(page.digest.id)).toMatchObject({ listed: 1, listedAt: day(0) });
  });
});

describe('pruning', () => {
  it('takes what no feed has listed for the set age, whenever it was published', async () => {
    const { db } = await unlisted();
    await all(db, day(89));
    expect(await db.items.count()).toBe(21);
    await all(db, day(90));
    expect(await stored(db)).toEqual(['post:900', 'post:901', 'post:902']);
    expect(await db.digests.count()).toBe(3);
  });

  it('keeps what a feed lists, were it published years ago', async () => {
    const { db, feedId } = await freshDatabase();
    const old = Array.from({ length: 6 }, (_, i) => digest(feedId, -24 * 2000 + i, [item(i + 1)]));
    await poll(db, feedId, day(0), old);
    await all(db, day(500), 30);
    expect(await db.items.count()).toBe(6);
    await updateFeed(db, feedId, { succeededAt: day(500) }); // a 304
    await poll(db, feedId, day(501), []); // gone only now: the age counts from the day before
    await setRead(db, await stored(db), true);
    await all(db, day(529), 30);
    expect(await db.items.count()).toBe(6);
    await all(db, day(530), 30);
    expect(await db.items.count()).toBe(3); // its newest
  });

  it('keeps each feed’s newest three digests', async () => {
    const { db, feedId } = await unlisted();
    const other = await addFeed(db, newFeed('https://other.example/', { title: 'Other', categories: [] }, 1));
    await poll(db, other.id, day(0), Array.from({ length: 4 }, (_, i) => digest(other.id, i, [item(70 + i)])));
    await poll(db, other.id, day(1), []);
    await savePoll(db, feedId, { digests: [], listed: [] });
    await setRead(db, ['post:70'], true);
    await all(db, day(400));
    expect(await stored(db)).toEqual(['post:71', 'post:72', 'post:73', 'post:900', 'post:901', 'post:902']);
  });

  it('keeps starred items, and takes them once their star is gone', async () => {
    const { db } = await unlisted();
    expect(await setStarred(db, ['post:10', 'post:404'], true)).toEqual(['post:10']);
    expect(await setStarred(db, ['post:10'], true)).toEqual([]);
    await all(db, day(400));
    expect(await stored(db)).toEqual(['post:10', 'post:900', 'post:901', 'post:902']);
    expect(await findStoreFaults(db)).toEqual([]); // the star's digest lists it alone
    await setStarred(db, ['post:10'], false);
    await all(db, day(400));
    expect(await stored(db)).toEqual(['post:900', 'post:901', 'post:902']);
  });

  it('keeps an item that stands in a digest that is kept', async () => {
    const { db, feedId } = await unlisted();
    await poll(db, feedId, day(2), [digest(feedId, 303, [item(10)])]);
    await all(db, day(95));
    expect(await stored(db)).toContain('post:10');
    expect(await stored(db)).not.toContain('post:11');
  });

  it('takes what a digest held before its publisher edited it, too', async () => {
    const { db, feedId } = await unlisted();
    await poll(db, feedId, day(2), [digest(feedId, 303, [item(1), item(2)])]);
    await poll(db, feedId, day(3), [digest(feedId, 303, [item(2), item(3)])]);
    expect((await db.digests.get(`${feedId} d303`))?.itemIds).toEqual(['post:1', 'post:2', 'post:3']);
    await poll(db, feedId, day(4), Array.from({ length: 3 }, (_, i) => digest(feedId, 400 + i, [item(400 + i)])));
    await all(db, day(500));
    expect(await stored(db)).toEqual(['post:400', 'post:401', 'post:402']);
    expect(await findStoreFaults(db)).toEqual([]);
  });

  it('leaves nothing behind of a digest that went and came back without an item', async () => {
    const { db, feedId, old } = await unlisted();
    await poll(db, feedId, day(80), [digest(feedId, 303, [item(10)])]);
    await all(db, day(95));
    expect(await db.digests.get(old[0]?.digest.id as string)).toBeUndefined();
    await poll(db, feedId, day(96), [digest(feedId, 0, [item(11)])]); // is listed longer than the one that holds item 10
    await poll(db, feedId, day(97), Array.from({ length: 3 }, (_, i) => digest(feedId, 400 + i, [item(400 + i)])));
    await all(db, day(500));
    expect(await stored(db)).toEqual(['post:400', 'post:401', 'post:402']);
  });

  it('never has an item come back as unread', async () => {
    const { db, feedId, old } = await unlisted();
    await setRead(db, ['post:10'], false);
    await all(db, day(200));
    expect(await db.items.get('post:10')).toBeUndefined();
    expect(await countUnread(db, { hiddenCategories: [], rules: [] }, 0)).toEqual({ unread: 0, fresh: 0 });
    expect(await poll(db, feedId, day(201), [old[0] as SavedDigest])).toBe(0);
    expect(await db.items.get('post:10')).toBeDefined();
    expect((await listUnread(db, { hiddenCategories: [], rules: [] }))).toEqual([]);
  });

  it('goes in small steps, and can stop after any', async () => {
    const { db } = await unlisted();
    const sizes: number[] = [];
    let more = true;
    while (more) {
      more = await prune(db, { keepDays: 90 }, day(200), { limit: 4 });
      sizes.push(await db.items.count());
    }
    expect(sizes.length).toBeGreaterThan(3);
    sizes.reduce((before, after) => (expect(before - after).toBeLessThanOrEqual(4), after), 21);
    expect(sizes.at(-1)).toBe(3);
  });

  it('follows the reader’s setting, also "never"', async () => {
    const { db } = await unlisted();
    await changeSettings({ keepDays: null });
    expect(await pruneAll(db, day(4000))).toBe(0);
    await changeSettings({ keepDays: 180 });
    expect(await pruneAll(db, day(179))).toBe(0);
    expect(await pruneAll(db, day(180))).toBe(18);
    expect(await pruneStep(db, day(180))).toBe(false);
  });
});

it('tells of an item once that was pruned, came back in the same digest and was pruned again', async () => {
  const { db, feedId, old } = await unlisted();
  for (const from of [100, 300]) {
    await all(db, day(from + 95));
    expect(await db.toldItems.get('post:10')).toMatchObject({ feedIds: [feedId], appearances: [{ feedId, publishedMs: START }] });
    await poll(db, feedId, day(from + 96), [old[0] as SavedDigest]);
    await poll(db, feedId, day(from + 97), Array.from({ length: 3 }, (_, i) => digest(feedId, 24 * from + i, [item(from * 10 + i)])));
  }
  await poll(db, feedId, day(600), [digest(feedId, 24 * 600, [item(10)])]);
  await poll(db, feedId, day(601), Array.from({ length: 3 }, (_, i) => digest(feedId, 24 * 601 + i, [item(7000 + i)])));
  await setRead(db, ['post:10'], true);
  await all(db, day(700));
  expect((await db.toldItems.get('post:10'))?.appearances).toEqual([{ feedId, publishedMs: day(600) }, { feedId, publishedMs: START }]); // the newest first
});

describe('a removed feed', () => {
  it('can be brought back until it is purged, and is then gone with its items', async () => {
    const { db, feedId } = await unlisted();
    await removeFeed(db, feedId, day(2));
    await all(db, day(2 + UNDO_DAYS) - 1);
    await restoreFeed(db, feedId);
    expect(await db.items.count()).toBe(21);
    await removeFeed(db, feedId, day(2));
    await all(db, day(2 + UNDO_DAYS), null);
    expect(await listRemovedFeeds(db)).toEqual([]);
    expect([await db.items.count(), await db.digests.count(), await db.feeds.count()]).toEqual([0, 0, 0]);
    expect(await db.statuses.count()).toBe(21); // what was read stays read
  });

  it('leaves what is starred, and what another feed tells of', async () => {
    const { db, feedId } = await unlisted();
    const other = await addFeed(db, newFeed('https://other.example/', { title: 'Other', categories: [] }, 1));
    await poll(db, other.id, day(1), [digest(other.id, 0, [item(20)])]);
    await setRead(db, ['post:20'], false);
    await setStarred(db, ['post:10'], true);
    await removeFeed(db, feedId, day(2));
    await all(db, day(30));
    expect(await stored(db)).toEqual(['post:10', 'post:20']);
    expect(await listFeeds(db)).toHaveLength(1);
    expect((await listUnread(db, { hiddenCategories: [], rules: [] })).map(({ id }) => id)).toEqual(['post:20']);
    await all(db, day(4000));
    expect(await stored(db)).toEqual(['post:10', 'post:20']);
    await setStarred(db, ['post:10'], false);
    await all(db, day(4000));
    expect(await stored(db)).toEqual(['post:20']);
  });

  it('is purged in small steps too', async () => {
    const { db, feedId } = await unlisted();
    await removeFeed(db, feedId, day(2));
    expect(await prune(db, { keepDays: null }, day(50), { limit: 4 })).toBe(true);
    expect(await db.items.count()).toBeGreaterThan(10);
    expect(await db.feeds.count()).toBe(1);
    await all(db, day(50), null);
    expect(await db.feeds.count()).toBe(0);
  });
});

describe('marks', () => {
  it('outlive the items, and follow filters that change afterwards', async () => {
    const { db, feedId } = await freshDatabase();
    await poll(db, feedId, day(0), [digest(feedId, 0, [item(1, { postIds: ['1', '100'] }), item(2, { category: 'AI应用' })])]);
    await poll(db, feedId, day(1), [1, 2, 3].map((n) => digest(feedId, 40 + n, [item(n + 10)])));
    expect([1, 100, 2].map(await marked(db))).toEqual([true, true, true]);
    await all(db, day(100));
    expect(await db.items.count()).toBe(3);
    expect([1, 100, 2].map(await marked(db))).toEqual([true, true, true]);
    await changeSettings({ hiddenCategories: ['AI应用'], rules: [] });
    expect([1, 100, 2].map(await marked(db))).toEqual([true, true, false]);
    await changeSettings({ hiddenCategories: [], marks: false });
    expect([1, 100, 2].map(await marked(db))).toEqual([false, false, false]);
    await changeSettings({ marks: true });
    await updateFeed(db, feedId, { hiddenCategories: ['AI模型'] });
    expect([1, 100, 2].map(await marked(db))).toEqual([false, false, true]);
    await removeFeed(db, feedId, day(101));
    expect([1, 100, 2].map(await marked(db))).toEqual([false, false, false]);
    await restoreFeed(db, feedId);
    await updateFeed(db, feedId, { hiddenCategories: [] });
    expect([1, 100, 2].map(await marked(db))).toEqual([true, true, true]);
  });

  it('go 400 days after the post was last listed', async () => {
    const { db } = await unlisted();
    await all(db, day(100));
    expect((await marked(db))(10)).toBe(true);
    await all(db, day(399));
    expect((await marked(db))(10)).toBe(true);
    await all(db, day(400));
    expect([10, 900].map(await marked(db))).toEqual([false, true]);
    expect(await db.toldItems.count()).toBe(0);
  });

  it('keep telling of the first digest when a pruned item comes back and goes again', async () => {
    const { db, feedId } = await unlisted();
    await all(db, day(100));
    await poll(db, feedId, day(101), [digest(feedId, 2400, [item(10)]), ...[1, 2, 3].map((n) => digest(feedId, 2400 + n, [item(n)]))]);
    await poll(db, feedId, day(102), []);
    await all(db, day(300));
    expect(await db.items.get('post:10')).toBeUndefined();
    expect(await db.toldItems.get('post:10')).toMatchObject({ firstMs: START, listedAt: day(101) });
  });
});
