// The background's keeper killed at every call it makes to the outside: sync, mirror and notifications beside the store. Nothing
// is lost, nothing rings twice, nothing read turns unread, and of the mirror's two generations one can be read at any moment.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { intake } from '../lib/intake.ts';
import { createKeeper } from '../lib/keeper.ts';
import { readKept } from '../lib/mirror.ts';
import { DEFAULT_SETTINGS } from '../lib/model/settings.ts';
import { catchUp } from '../lib/poll/alarm.ts';
import { act } from '../lib/reading.ts';
import { Database } from '../lib/store/database.ts';
import { addFeed, listFeeds, newFeed } from '../lib/store/feeds.ts';
import { readNotice } from '../lib/store/meta.ts';
import { changeSettings, parseSettings, readSettings } from '../lib/store/settings.ts';
import { readSync, type SyncArea, type SyncContext, syncNow, turnSync } from '../lib/sync.ts';
import { Harbour } from './harbour.ts';
import { Life, shown, startBrowser } from './lives.ts';
import { findFaults, findStoreFaults, picture } from './sound.ts';
import { HOUR, START } from './store/database.ts';

const NAME = 'kept';
const MINUTE = 60_000;
const OTHER_FEED = 'https://other.example/feed.xml';
const clock = { now: 0 };
/** `npm run soak` kills before every reading, lock and single request, too (see Life). */
const every = process.env.EIGHT_BELLS_SOAK !== undefined;

vi.setConfig({ testTimeout: every ? 900_000 : 120_000 });
beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now);
});

/** A browser whose built-in feed has been polled once, with a reader who has read and starred, a mirror, and sync. */
class Ground {
  readonly harbour = new Harbour();
  /** Another of the reader's browsers, with what it holds for settings. */
  readonly other = new Database('other');
  otherSettings: Record<string, unknown> = { ...DEFAULT_SETTINGS };

  static async start(): Promise<Ground> {
    startBrowser();
    clock.now = START + 9 * HOUR;
    const ground = new Ground();
    ground.harbour.editions = [{ slug: 'a', hour: 0, posts: [1, 2] }, { slug: 'b', hour: 4, posts: [3, 4] }, { slug: 'c', hour: 8, posts: [5, 6] }];
    await changeSettings({ notify: 'all', badge: 'unread' });
    return ground;
  }

  keeper(life: Life) {
    const poll = { db: life.db, fetch: ((...given: Parameters<typeof fetch>) => life.outside('fetch', () => this.harbour.fetch(...given))) as typeof fetch, now: () => clock.now, random: () => 0.5, intervalMs: 30 * MINUTE, loadIntake: async () => intake, resolve: (url: string) => url, allowed: async (url: string) => url === this.harbour.url };
    return createKeeper(poll, { url: this.harbour.url, title: 'Digest', categories: ['AI模型', 'AI应用'] }, fakeBrowser.storage.sync as unknown as SyncArea);
  }

  /** What the background does whenever it starts. */
  async wake(life: Life): Promise<void> {
    const { context, wake } = this.keeper(life);
    if (await wake()) await catchUp(context);
  }

  /** Goes by, with a background that lives. */
  async pass(ms: number): Promise<void> {
    clock.now += ms;
    const life = new Life(NAME);
    await life.run(() => this.wake(life));
    life.kill();
    life.db.close();
  }

  /** The feed polled, posts 1 and 3 read and 2 starred, all of it mirrored and, where so, synced. */
  async live({ sync = true } = {}): Promise<void> {
    await this.pass(0);
    if (sync) await this.asReader((db) => turnSync(db, true));
    await this.asReader((db) => act(db, { kind: 'read', ids: ['post:5'] }, clock.now));
    await this.asReader((db) => act(db, { kind: 'star', ids: ['post:6', 'post:2'] }, clock.now));
    await this.pass(11 * MINUTE);
    await this.pass(11 * MINUTE);
  }

  async asReader(work: (db: Database) => Promise<unknown>): Promise<void> {
    const db = new Database(NAME);
    await work(db);
    db.close();
  }

  publish(): void {
    this.harbour.editions = [...this.harbour.editions, { slug: 'd', hour: 12, posts: [7, 5] }, { slug: 'e', hour: 16, posts: [8, 9] }];
    clock.now = START + 17 * HOUR;
  }

  /** A round of sync in the other browser. */
  async syncOther(): Promise<void> {
    const settings: SyncContext['settings'] = { read: async () => this.otherSettings, parse: parseSettings, change: async (changes) => void (this.otherSettings = { ...this.otherSettings, ...changes }) };
    await turnSync(this.other, true);
    await syncNow({ db: this.other, area: fakeBrowser.storage.sync as unknown as SyncArea, now: () => clock.now, settings, allowed: async () => false, builtIn: [this.harbour.url], categories: ['AI模型', 'AI应用'] });
  }
}

interface Deed {
  before: (ground: Ground) => Promise<unknown>;
  /** What the killed context does. */
  run: (ground: Ground, life: Life) => Promise<unknown>;
  /** Posts that are read, and starred, whatever happens. */
  read: readonly string[];
  starred: readonly string[];
  /** True where there is a mirror from the beginning. */
  mirrored?: boolean;
  /** What must hold at the end besides. */
  check?: (ground: Ground, db: Database, where: string) => Promise<unknown>;
}

const idsOf = (statuses: readonly { id: string; read: 0 | 1; starred: 0 | 1 }[], what: 'read' | 'starred') => statuses.filter((status) => status[what]).map(({ id }) => id);

/** Runs it with a death before step `killAt`, and what comes after; returns how all stands in the end. */
async function live({ before, run, read, starred, mirrored = true, check }: Deed, killAt: number) {
  const ground = await Ground.start();
  await before(ground);
  const earlier = mirrored ? await readKept() : null;
  const life = new Life(NAME, { killAt, every });
  await life.run(() => run(ground, life));
  const survived = !life.dead;
  life.kill();
  const where = `killed before step ${killAt} of ${life.steps.length}, ${life.steps.at(-1)}: `;

  const db = new Database(NAME);
  expect((await findStoreFaults(db)).map((fault) => where + fault)).toEqual([]);
  if (earlier) {
    const kept = await readKept();
    for (const what of ['read', 'starred'] as const) expect(idsOf(kept?.statuses ?? [], what), where).toEqual(expect.arrayContaining(idsOf(earlier.statuses, what)));
    expect(kept?.feeds.map(({ url }) => url), where).toEqual(expect.arrayContaining(earlier.feeds.map(({ url }) => url)));
  }
  // The next wake, and another when mirror and sync may write again.
  await ground.pass(0);
  for (const id of read) expect((await db.statuses.get(id))?.read, `${where}${id}`).toBe(1);
  for (const id of starred) expect((await db.statuses.get(id))?.starred, `${where}${id}`).toBe(1);
  await ground.pass(11 * MINUTE);
  await ground.pass(11 * MINUTE);
  expect((await findFaults(db, clock.now)).map((fault) => where + fault)).toEqual([]);
  const statuses = await db.statuses.toArray();
  for (const id of read) expect(idsOf(statuses, 'read'), where).toContain(id);
  for (const id of starred) expect(idsOf(statuses, 'starred'), where).toContain(id);
  const kept = await readKept();
  for (const what of ['read', 'starred'] as const) expect(idsOf(kept?.statuses ?? [], what).sort(), where).toEqual(idsOf(statuses, what).sort());
  // Each digest rings once: no notification is shown again, nor what it tells of in another.
  expect(new Set(shown.map(({ id }) => id)).size, where).toBe(shown.length);
  expect(new Set(shown.map(({ text }) => text)).size, where).toBe(shown.length);
  expect(await db.bells.filter(({ state }) => state !== 'over').count(), where).toBe(0);
  if ((await readSync(db)).on) {
    await ground.syncOther();
    const there = await ground.other.statuses.toArray();
    expect(idsOf(there, 'read'), where).toEqual(expect.arrayContaining([...read]));
    expect(idsOf(there, 'starred'), where).toEqual(expect.arrayContaining([...starred]));
  }
  await check?.(ground, db, where);
  const { items, moves } = (await picture(db)).store;
  const feeds = await listFeeds(db);
  const plain = <T>(rows: T): T => JSON.parse(feeds.reduce((text, { id, url }) => text.replaceAll(id, url), JSON.stringify(rows))) as T; // feeds' ids are of chance
  const state = { items: plain(items), moves, statuses, urls: feeds.map(({ url }) => url).sort(), settings: await readSettings(), shown: shown.map(({ text }) => text).sort() };
  db.close();
  ground.other.close();
  return { state, survived };
}

const wake: Deed['run'] = (ground, life) => ground.wake(life);
const lose = async () => void (await Database.delete(NAME));

describe.each<[string, Deed]>([
  ['the very first start', { before: async () => {}, run: wake, read: [], starred: [], mirrored: false }],
  ['a start that finds the database lost', {
    before: async (ground) => {
      await ground.live();
      await lose();
    },
    run: wake,
    read: ['post:5'],
    starred: ['post:2', 'post:6'],
    check: async (_, db, where) => expect(await readNotice(db, clock.now), where).toMatchObject({ restored: { feeds: 1, starred: 2, complete: true } }),
  }],
  ['a start that finds the database lost and new editions', {
    before: async (ground) => {
      await ground.live({ sync: false });
      await lose();
      ground.publish();
    },
    run: wake,
    read: ['post:5'],
    starred: ['post:2', 'post:6'],
  }],
  ['a poll whose editions ring, are mirrored and synced', {
    before: async (ground) => {
      await ground.live();
      ground.publish();
    },
    run: wake,
    read: ['post:5'],
    starred: ['post:2', 'post:6'],
    check: async (_, _db, where) => expect(shown, where).toHaveLength(2),
  }],
  ['the mirror of what was read', {
    before: async (ground) => {
      await ground.live({ sync: false });
      await ground.asReader((db) => act(db, { kind: 'read', ids: ['post:6'] }, clock.now));
      clock.now += 11 * MINUTE;
    },
    run: wake,
    read: ['post:5', 'post:6'],
    starred: ['post:2', 'post:6'],
  }],
  ['a round of sync that brings and takes', {
    before: async (ground) => {
      await ground.live();
      await ground.syncOther();
      await ground.other.statuses.update('post:6', { read: 1, seen: 1 });
      await ground.other.statuses.bulkPut([{ id: 'post:8', read: 1, seen: 1, starred: 1 }]); // not published yet
      await ground.other.synced.bulkPut([{ key: 'p8', value: [1, 1, 0, 1] }, { key: 'p6', value: [1, 1, 0, 1] }]);
      await addFeed(ground.other, newFeed(OTHER_FEED, { title: 'Other', categories: [] }, clock.now));
      ground.otherSettings = { ...ground.otherSettings, badge: 'dot', hiddenCategories: ['论文'] };
      clock.now += 2 * MINUTE;
      await ground.syncOther();
      await ground.asReader((db) => act(db, { kind: 'star', ids: ['post:5'] }, clock.now));
      ground.publish();
    },
    run: wake,
    read: ['post:5', 'post:6', 'post:8'],
    starred: ['post:2', 'post:5', 'post:6', 'post:8'],
    check: async (_, db, where) => {
      expect((await listFeeds(db)).map(({ url }) => url), where).toContain(OTHER_FEED);
      expect(await readSettings(), where).toMatchObject({ badge: 'dot', hiddenCategories: ['论文'] });
    },
  }],
])('%s', (name, deed) => {
  it('is made good wherever the worker dies', async () => {
    const whole = await live(deed, Infinity);
    let killAt = 1;
    for (; ; killAt++) {
      const { state, survived } = await live(deed, killAt);
      expect(state, `killed before step ${killAt}`).toEqual(whole.state);
      if (survived) break;
    }
    expect(killAt).toBeGreaterThan(2);
    if (every) console.info(`${name}: killed at ${killAt - 1} points`);
  });
});
