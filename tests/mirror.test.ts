// The mirror: a database that was lost comes back from it, one that is new does not, and X pages are seldom told of it.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepMirror, packMirror, readKept, unpackMirror } from '../lib/mirror.ts';
import { Database } from '../lib/store/database.ts';
import { savePoll } from '../lib/store/digests.ts';
import { addFeed, listFeeds, newFeed, removeFeed } from '../lib/store/feeds.ts';
import { setRead, setStarred } from '../lib/store/items.ts';
import { dismissNotice, noteFact, readFact, readNotice } from '../lib/store/meta.ts';
import { forgetLessons, moveItem } from '../lib/store/moves.ts';
import { readSync, turnSync } from '../lib/sync.ts';
import { postItemId } from '../lib/sync/status.ts';
import { digest, item, START } from './store/database.ts';
import { readingYears } from './sync/reading.ts';

const BUILT_IN = 'https://built-in.example/feed';
const OWN = 'https://digest.example/index.xml';
const NOW = START + 86_400_000;
const HOUR = 3_600_000;
const LINKS = ['link:a.example/1', 'link:a.example/2'];

let count = 0;
let clock: { now: number };
let db: Database;

const contextOf = (of: Database) => ({ db: of, now: () => clock.now, begin: () => addFeed(of, newFeed(BUILT_IN, { title: 'Built in', categories: [] }, clock.now)) });
const keep = (of = db) => keepMirror(contextOf(of));
const urls = async (of = db) => (await listFeeds(of)).map(({ url }) => url);

/** Clears the database as a browser does: behind the extension's back. */
async function lose(): Promise<void> {
  const { name } = db;
  db.close();
  await Database.delete(name);
  db = new Database(name);
}

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  clock = { now: NOW };
  db = new Database(`mirror-${++count}-${process.pid}`);
});

/** A reader with two feeds and items, some read, some starred, one moved; and a mirror of all that. */
async function reader(): Promise<string> {
  await keep();
  const feed = await addFeed(db, newFeed(OWN, { title: 'Digest', customTitle: 'Mine', categories: ['AI模型'], hiddenCategories: ['论文'], position: NOW + 1, unreadSince: 7 }, NOW));
  const links = LINKS.map((id) => item(9, { id, url: id.replace('link:', 'https://'), postIds: [] }));
  await savePoll(db, feed.id, { digests: [digest(feed.id, 0, [...[1, 2, 3, 4].map((n) => item(n)), ...links])] });
  await setRead(db, ['post:1', LINKS[0] as string], true);
  await setStarred(db, ['post:2', LINKS[1] as string], true);
  await moveItem(db, 'post:3', 'AI应用', NOW);
  clock.now += HOUR;
  await keep();
  return feed.id;
}

const statusOf = async (id: string) => db.statuses.get(id);

describe('a new database', () => {
  it('begins with what is built in, once, and says nothing', async () => {
    await keep();
    expect(await urls()).toEqual([BUILT_IN]);
    const [feed] = await listFeeds(db);
    await removeFeed(db, feed?.id ?? '', clock.now);
    clock.now += HOUR;
    await keep();
    expect(await urls()).toEqual([]);
    expect(await readNotice(db, clock.now)).toBeNull();
  });

  it('is the same though storage.local was lost, and is mirrored again', async () => {
    const feedId = await reader();
    await removeFeed(db, (await db.feeds.where('id').notEqual(feedId).first())?.id ?? '', NOW);
    fakeBrowser.reset();
    await keep();
    expect(await urls()).toEqual([OWN]);
    expect((await readKept())?.feeds).toMatchObject([{ url: OWN }]);
    expect(await readNotice(db, clock.now)).toBeNull();
  });
});

describe('a database that was lost', () => {
  it('comes back: feeds, read, starred and moved, and the reader is told', async () => {
    const feedId = await reader();
    await turnSync(db, true);
    clock.now += HOUR;
    await keep();
    await lose();
    await keep();
    expect(await listFeeds(db)).toMatchObject([{ url: BUILT_IN }, { id: feedId, url: OWN, customTitle: 'Mine', hiddenCategories: ['论文'], unreadSince: 7, etag: null, succeededAt: null }]);
    for (const [id, read, starred] of [['post:1', 1, 0], ['post:2', 0, 1], ['post:3', 0, 0], [LINKS[0], 1, 0], [LINKS[1], 0, 1]] as const) expect(await statusOf(id as string)).toMatchObject({ read, starred });
    expect((await db.items.toArray()).map(({ id, title, summary }) => [id, title, summary])).toEqual([[LINKS[1], '第 9 条', ''], ['post:2', '第 2 条', '']]);
    expect(await db.moves.get('post:3')).toMatchObject({ to: 'AI应用', title: '第 3 条' });
    expect((await readSync(db)).on).toBe(true);
    const notice = await readNotice(db, clock.now);
    expect(notice).toEqual({ restored: { at: clock.now, feeds: 2, read: 2, starred: 2, moved: 1, complete: true } });
    // What the feed tells again keeps its state, and regains its words and the reader's category.
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [1, 2, 3, 4].map((n) => item(n)))] });
    expect((await statusOf('post:1'))?.read).toBe(1);
    expect((await db.items.get('post:2'))?.summary).toBe('**第 2 条**的摘要');
    expect((await db.items.get('post:3'))?.category).toBe('AI应用');
    if (notice) await dismissNotice(db, notice, clock.now);
    await keep();
    expect(await readNotice(db, clock.now)).toBeNull();
  });

  it('does not bring back what the classifier was told to forget', async () => {
    await reader();
    await forgetLessons(db);
    clock.now += HOUR;
    await keep();
    await lose();
    await keep();
    expect(await db.moves.get('post:3')).toMatchObject({ to: 'AI应用', title: '', summary: '' });
  });

  it('comes back from the older generation where the newer is damaged, and from none says so', async () => {
    await reader();
    await setRead(db, ['post:4'], true);
    clock.now += HOUR;
    await keep();
    const { mirror } = (await browser.storage.local.get('mirror')) as { mirror: { newest: number } };
    const damage = async (name: string) => {
      const stored = (await browser.storage.local.get(name))[name] as { body: string };
      await browser.storage.local.set({ [name]: { ...stored, body: stored.body.replace('Mine', 'Mime') } });
    };
    await damage(`mirror.${mirror.newest}`);
    await lose();
    await keep();
    expect(await urls()).toEqual([BUILT_IN, OWN]);
    expect((await statusOf('post:1'))?.read).toBe(1);
    expect((await statusOf('post:4'))?.read).toBe(0); // the older generation knew no better
    for (const name of ['mirror.0', 'mirror.1']) await browser.storage.local.set({ [name]: { at: 0, sum: 1, body: '{}' } });
    await lose();
    await keep();
    expect(await urls()).toEqual([BUILT_IN]);
    expect(await readNotice(db, clock.now)).toMatchObject({ restored: { complete: false } });
  });

  it('never overwrites the mirror, even where it is lost under a running worker', async () => {
    await reader();
    await db.transaction('rw', db.tables, () => Promise.all(db.tables.map((table) => table.clear())));
    clock.now += HOUR;
    await keep();
    expect(await urls()).toEqual([BUILT_IN, OWN]);
    expect((await readKept())?.feeds).toHaveLength(2);
  });

  it('comes back whole where the worker died before it had noted so', async () => {
    await reader();
    await lose();
    const set = vi.spyOn(browser.storage.local, 'set').mockRejectedValueOnce(new Error('killed'));
    await expect(keep()).rejects.toThrow('killed');
    set.mockRestore();
    await keep();
    expect(await urls()).toEqual([BUILT_IN, OWN]);
    expect(await readNotice(db, clock.now)).toMatchObject({ restored: { feeds: 2, read: 2 } });
  });

  it('that turns out an older copy gains what it lacks', async () => {
    await reader();
    await noteFact(db, 'incarnation', 'from a copy of the profile');
    await setRead(db, ['post:1'], false);
    await keep();
    expect((await statusOf('post:1'))?.read).toBe(1);
    expect(await readNotice(db, clock.now)).toMatchObject({ restored: { feeds: 0, read: 1 } });
  });
});

describe('writing the mirror', () => {
  it('costs X pages one word in ten minutes, and none where nothing changed', async () => {
    await reader();
    const set = vi.spyOn(browser.storage.local, 'set');
    expect(await keep()).toBeNull();
    await setRead(db, ['post:4'], true);
    const due = await keep();
    expect(due).toBe(clock.now + 10 * 60_000);
    expect(set).not.toHaveBeenCalled();
    clock.now = due ?? 0;
    expect(await keep()).toBeNull();
    expect(set).toHaveBeenCalledTimes(1);
    expect(Object.keys(set.mock.calls[0]?.[0] as object)).toHaveLength(2);
    clock.now -= 5 * HOUR; // a clock that is set back holds nothing up
    await setStarred(db, ['post:4'], true);
    expect(await keep()).toBeNull();
  });

  it('keeps half a year of a busy digest’s states in 120 kB, and every star', () => {
    const ids = [...readingYears(100, 250).keys()].map(postItemId).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const statuses = ids.map((id, i) => ({ id, read: 1 as const, starred: i === 0 ? (1 as const) : (0 as const) }));
    const body = packMirror({ feeds: [], statuses, moves: [], items: [], digests: [] }, new Set(), false);
    expect(JSON.stringify(body).length).toBeLessThan(120_000);
    const kept = new Map(unpackMirror(body).statuses.map((status) => [status.id, status]));
    expect(kept.size).toBe(20_001); // the newest, and the starred one, which is the oldest
    expect(kept.get(ids[0] as string)).toEqual(statuses[0]);
    expect(kept.get(ids.at(-1) as string)).toEqual(statuses.at(-1));
    expect(kept.has(ids[1] as string)).toBe(false);
  });
});

describe('the reminder of a backup', () => {
  it('comes once, after twenty stars or thirty days, and not where one was saved', async () => {
    await reader();
    expect(await readNotice(db, clock.now)).toBeNull();
    expect(await readNotice(db, clock.now + 31 * 24 * HOUR)).toBe('remind');
    await db.statuses.bulkPut(Array.from({ length: 20 }, (_, i) => ({ id: `post:9${i}`, read: 1 as const, seen: 1 as const, starred: 1 as const })));
    expect(await readNotice(db, clock.now)).toBe('remind');
    await dismissNotice(db, 'remind', clock.now);
    expect(await readNotice(db, clock.now + 400 * 24 * HOUR)).toBeNull();
    await db.meta.delete('reminded');
    await noteFact(db, 'savedAt', clock.now);
    expect(await readNotice(db, clock.now)).toBeNull();
    expect(await readFact(db, 'since')).toBe(NOW);
  });
});
