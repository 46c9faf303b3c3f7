// A round of sync against the real store: what is read, set and written, and what a death in the middle leaves.
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../lib/model/settings.ts';
import { Database } from '../../lib/store/database.ts';
import { savePoll } from '../../lib/store/digests.ts';
import { addFeed, listFeeds, newFeed, removeFeed, updateFeed } from '../../lib/store/feeds.ts';
import { setRead, setStarred } from '../../lib/store/items.ts';
import { prune } from '../../lib/store/retention.ts';
import { parseSettings } from '../../lib/store/settings.ts';
import { discardUnreadable, readSync, type SyncArea, type SyncContext, syncNow, turnSync } from '../../lib/sync.ts';
import { digest, item, START } from '../store/database.ts';

const URL_A = 'https://digest.example/index.xml';
const NOW = START + 30 * 86_400_000;
let count = 0;

/** One area for all, as if everything arrived at once; `fails` refuses the next writes. */
class SharedArea implements SyncArea {
  items: Record<string, unknown> = {};
  writes = 0;
  fails = 0;
  async get() {
    return structuredClone(this.items);
  }
  async set(items: Record<string, unknown>) {
    this.refuse();
    this.items = { ...this.items, ...structuredClone(items) };
  }
  async remove(keys: string | string[]) {
    this.refuse();
    for (const key of [keys].flat()) delete this.items[key];
  }
  private refuse() {
    this.writes++;
    if (this.fails-- > 0) throw new Error('MAX_WRITE_OPERATIONS_PER_MINUTE');
  }
}

interface Browser {
  db: Database;
  context: SyncContext;
  settings: { stored: Record<string, unknown> | undefined };
  clock: { now: number };
  /** A round an hour later, so that no pause holds it up. */
  round: () => ReturnType<typeof syncNow>;
}

async function browserOf(area: SyncArea, { on = true, allowed = true } = {}): Promise<Browser> {
  const db = new Database(`sync-${++count}-${process.pid}`);
  const settings: Browser['settings'] = { stored: undefined };
  const clock = { now: NOW };
  const context: SyncContext = {
    db,
    area,
    now: () => clock.now,
    settings: { read: async () => settings.stored, parse: parseSettings, change: async (changes: Partial<Settings>) => (settings.stored = { ...DEFAULT_SETTINGS, ...settings.stored, ...changes }) },
    allowed: async () => allowed,
    builtIn: [],
    categories: ['AI模型'],
  };
  if (on) await turnSync(db, true);
  return { db, context, settings, clock, round: () => ((clock.now += 3_600_000), syncNow(context)) };
}

const subscribe = async ({ db }: Browser, url = URL_A) => (await addFeed(db, newFeed(url, { title: 'Digest', categories: ['AI模型'] }, NOW))).id;
const poll = ({ db }: Browser, feedId: string, numbers: number[], unread = true) => savePoll(db, feedId, { digests: [digest(feedId, numbers[0] ?? 0, numbers.map((n) => item(n)), { unread })] });
async function unreadOf({ db }: Browser): Promise<string[]> {
  const ids = await db.statuses.where('lists').equals('unread').primaryKeys();
  return (await db.items.bulkGet(ids)).flatMap((one) => one?.id ?? []).sort();
}

describe('sync', () => {
  let area: SharedArea;
  let a: Browser;
  let b: Browser;
  beforeEach(async () => {
    area = new SharedArea();
    a = await browserOf(area);
    b = await browserOf(area);
  });

  it('does nothing until it is turned on, and nothing any more once it is off', async () => {
    const c = await browserOf(area, { on: false });
    expect(await syncNow(c.context)).toBeNull();
    await turnSync(a.db, false);
    await subscribe(a);
    expect(await a.round()).toBeNull();
    expect(area.writes).toBe(0);
    expect(await readSync(a.db)).toEqual({ on: false, report: null });
  });

  it('brings a new browser feeds, settings and readings; items arrive read there', async () => {
    const feed = await subscribe(a);
    await updateFeed(a.db, feed, { customTitle: '快报', hiddenCategories: ['行业洞察'] });
    await poll(a, feed, [1, 2, 3]);
    await setRead(a.db, ['post:1', 'post:2'], true);
    await setStarred(a.db, ['post:2'], true);
    await a.context.settings.change({ badge: 'off', hiddenCategories: ['AI应用'] });
    expect(await a.round()).toMatchObject({ state: 'done', kept: 2, total: 2, unreadable: 0, leftOut: 0 });

    const report = await b.round();
    const [there] = await listFeeds(b.db);
    expect(there).toMatchObject({ url: URL_A, customTitle: '快报', hiddenCategories: ['行业洞察'], paused: 0 });
    expect(report?.addedFeeds).toEqual([there?.id]);
    expect(b.settings.stored).toMatchObject({ badge: 'off', hiddenCategories: ['AI应用'] });
    await poll(b, there?.id ?? '', [1, 2, 3]);
    expect(await unreadOf(b)).toEqual(['post:3']);
    expect(await b.db.statuses.get('post:2')).toMatchObject({ read: 1, starred: 1 });
    const writes = area.writes;
    await b.round();
    await a.round();
    expect(area.writes).toBe(writes); // nobody has anything to say
  });

  it('does not take for read what a feed’s backlog brought read', async () => {
    const [feedA, feedB] = [await subscribe(a), await subscribe(b)];
    await poll(a, feedA, [1, 2]);
    await poll(b, feedB, [1, 2], false);
    await updateFeed(b.db, feedB, { unreadSince: NOW });
    await updateFeed(a.db, feedA, { unreadSince: START });
    await b.round();
    await a.round();
    expect(await unreadOf(a)).toEqual(['post:1', 'post:2']);
    await setRead(a.db, ['post:1'], true);
    await a.round();
    await b.round();
    await setRead(b.db, ['post:1'], false); // on purpose: later than the reading that came
    await b.round();
    await a.round();
    expect([await unreadOf(a), await unreadOf(b)]).toEqual([['post:1', 'post:2'], ['post:1']]);
  });

  it('does not take for read what was only pruned', async () => {
    const [feedA, feedB] = [await subscribe(a), await subscribe(b)];
    for (const [one, feed] of [[a, feedA], [b, feedB]] as const) {
      for (const n of [1, 20, 30, 40]) await poll(one, feed, [n]);
      await updateFeed(one.db, feed, { unreadSince: START });
    }
    await setRead(a.db, ['post:1'], true);
    await a.round();
    await b.round();
    await setRead(b.db, ['post:1'], false);
    await b.round();
    await a.round();
    expect(await unreadOf(a)).toContain('post:1');
    await a.db.digests.toCollection().modify({ listed: 0, listedAt: START });
    while (await prune(a.db, { keepDays: 30 }, START + 400 * 86_400_000));
    expect(await a.db.statuses.get('post:1')).toMatchObject({ read: 1 });
    await a.round();
    await b.round();
    expect(await unreadOf(b)).toContain('post:1');
  });

  it('lets a feed whose host is not allowed here wait, and pauses it nowhere else', async () => {
    await subscribe(a);
    await a.round();
    const c = await browserOf(area, { allowed: false });
    await c.round();
    expect((await listFeeds(c.db))[0]).toMatchObject({ paused: 1, fault: { kind: 'permission', detail: 'digest.example' } });
    await c.round();
    await a.round();
    expect((await listFeeds(a.db))[0]).toMatchObject({ paused: 0 });
  });

  it('removes a feed everywhere, and two removals later it can still come back', async () => {
    const feed = await subscribe(a);
    await a.round();
    await b.round();
    await removeFeed(a.db, feed, NOW);
    await a.round();
    await b.round();
    expect(await listFeeds(b.db)).toEqual([]);
    await subscribe(b);
    await b.round();
    await a.round();
    expect((await listFeeds(a.db)).map(({ url }) => url)).toEqual([URL_A]);
  });

  it('leaves a new browser the feeds its reader had there, even one that was removed elsewhere; not one that came by itself', async () => {
    for (const url of [URL_A, 'https://built-in.example/']) await subscribe(a, url);
    a.context.builtIn = b.context.builtIn = ['https://built-in.example/'];
    await a.round();
    await a.db.feeds.toCollection().modify({ removedAt: NOW });
    await a.round();
    for (const url of [URL_A, 'https://built-in.example/']) await subscribe(b, url);
    await b.round();
    await a.round();
    for (const { db } of [a, b]) expect((await listFeeds(db)).map(({ url }) => url)).toEqual([URL_A]);
  });

  it('forgets a removal after half a year', async () => {
    const feed = await subscribe(a);
    await a.round();
    await removeFeed(a.db, feed, NOW);
    await a.round();
    await a.db.feeds.clear(); // purged
    a.clock.now += 200 * 86_400_000;
    area.items = {};
    await a.round();
    expect(await a.db.synced.where('key').startsWith('=f').count()).toBe(0);
    expect(area.items).toEqual({});
  });

  it('takes nothing from a browser that lost its settings, its feeds or one field', async () => {
    await subscribe(a);
    await a.context.settings.change({ badge: 'off', hiddenCategories: ['AI应用'] });
    await a.round();
    await b.round();
    b.settings.stored = undefined;
    await b.db.feeds.clear();
    await b.round();
    expect(b.settings.stored).toMatchObject({ badge: 'off', hiddenCategories: ['AI应用'] });
    expect(await listFeeds(b.db)).toHaveLength(1);
    b.settings.stored = { ...(await b.context.settings.read()), badge: 'nonsense', hiddenCategories: 7 };
    await b.round();
    await a.round();
    expect(a.settings.stored).toMatchObject({ badge: 'off', hiddenCategories: ['AI应用'] });
    expect(b.settings.stored).toMatchObject({ badge: 'off', hiddenCategories: ['AI应用'] });
  });

  it('leaves each browser its language, its quiet of the moment and its first steps', async () => {
    await a.context.settings.change({ theme: 'dark', markOff: ['home'], quiet: { on: true, from: 0, to: 60, days: [1] }, language: 'en', quietUntil: 5, welcomed: true });
    await a.round();
    await b.context.settings.change({ markOff: ['list'] });
    await b.round();
    await a.round();
    expect(b.settings.stored).toMatchObject({ theme: 'dark', quiet: { on: true, from: 0, to: 60, days: [1] }, language: 'system', quietUntil: 0, welcomed: false });
    expect(a.settings.stored?.markOff).toHaveLength(2);
    expect(a.settings.stored).toMatchObject({ language: 'en', quietUntil: 5, welcomed: true });
  });

  it('understands going back to what stood before', async () => {
    await a.context.settings.change({ badge: 'off' });
    await a.round();
    await b.round();
    await b.context.settings.change({ badge: 'new' });
    await b.round();
    await a.round();
    expect([a.settings.stored?.badge, b.settings.stored?.badge]).toEqual(['new', 'new']);
  });

  it('goes on where it was killed before settings or feeds were set', async () => {
    await subscribe(a);
    await a.context.settings.change({ badge: 'off' });
    await a.round();
    await b.context.settings.change({ marks: true }); // the default badge stands there, stored
    const change = b.context.settings.change;
    b.context.settings.change = async () => {
      throw new Error('killed');
    };
    await expect(b.round()).rejects.toThrow('killed');
    b.context.settings.change = change;
    await b.round();
    await a.round();
    expect([a.settings.stored?.badge, b.settings.stored?.badge]).toEqual(['off', 'off']);
    expect(await listFeeds(b.db)).toHaveLength(1);
  });

  it('leaves alone what it cannot read, keeps its own, and says so; the reader may discard it', async () => {
    const feed = await subscribe(a);
    await poll(a, feed, [1]);
    await setRead(a.db, ['post:1'], true);
    await a.round();
    const names = Object.keys(area.items);
    area.items = Object.fromEntries(names.map((name) => [name, 'damaged']));
    expect(await a.round()).toMatchObject({ state: 'done', unreadable: names.length });
    expect(names.every((name) => area.items[name] === 'damaged')).toBe(true);
    expect(await unreadOf(a)).toEqual([]);
    await b.round();
    expect(await listFeeds(b.db)).toHaveLength(1); // from what was written beside
    expect(await discardUnreadable(area)).toBe(names.length);
    expect(await a.round()).toMatchObject({ unreadable: 0 });
  });

  it('only reads beside a newer version', async () => {
    await subscribe(a);
    await a.round();
    area.items['v2.g0'] = 'from the future';
    const before = structuredClone(area.items);
    await subscribe(b, 'https://b.example/');
    expect(await b.round()).toMatchObject({ state: 'newer' });
    expect((await listFeeds(b.db)).map(({ url }) => url).sort()).toEqual(['https://b.example/', URL_A]);
    expect(area.items).toEqual(before);
  });

  it('tries again later what the browser refused, and bursts only once a minute', async () => {
    await subscribe(a);
    area.fails = 1;
    const report = await a.round();
    expect(report).toMatchObject({ state: 'refused', nextAt: a.clock.now + 60_000 });
    expect(await syncNow(a.context)).toMatchObject({ state: 'waiting', nextAt: a.clock.now + 60_000 });
    a.clock.now += 60_000;
    expect(await syncNow(a.context)).toMatchObject({ state: 'done' });
    await subscribe(a, 'https://b.example/');
    expect(await syncNow(a.context)).toMatchObject({ state: 'waiting', nextAt: a.clock.now + 60_000 });
  });

  it('says so where the area cannot be read, and changes nothing', async () => {
    await subscribe(a);
    a.context.area = { ...area, get: () => Promise.reject(new Error('no')), set: area.set, remove: area.remove };
    expect(await a.round()).toMatchObject({ state: 'unreachable' });
    expect(await a.db.synced.count()).toBe(1);
    expect(area.items).toEqual({});
  });

  it('keeps a rule of a newer version as it is, here and elsewhere, and syncs the others', async () => {
    const newer = { id: 'n', action: 'dim', field: 'domain', value: 'example.com', addedAt: 1 };
    const rule = (id: string) => ({ id, action: 'mute' as const, field: 'word' as const, value: id, expiresAt: null, addedAt: 1 });
    a.settings.stored = { ...DEFAULT_SETTINGS, rules: [newer, rule('a')] };
    b.settings.stored = { ...DEFAULT_SETTINGS, rules: [rule('b')] };
    for (const one of [a, b, a, b, a, b]) await one.round();
    const ids = ({ settings }: Browser) => parseSettings(settings.stored).rules.map(({ id }) => id).sort();
    expect([ids(a), ids(b)]).toEqual([['a', 'b'], ['a', 'b']]);
    expect(JSON.stringify(area.items)).not.toMatch(/example\.com/); // nobody here can say what it means
    // As if a newer version had synced it: it is neither taken up here nor deleted there.
    const synced = await browserOf(area);
    synced.context.settings.parse = (stored) => stored as Settings;
    synced.settings.stored = { ...DEFAULT_SETTINGS, rules: [newer as never] };
    for (const one of [synced, a, b, a, b]) await one.round();
    expect(ids(b)).toEqual(['a', 'b']);
    expect(JSON.stringify(area.items)).toMatch(/example\.com/);
  });
});
