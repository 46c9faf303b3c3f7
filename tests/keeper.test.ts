// What the background does around each commit: sync before what is derived, the mirror after it, and on every wake a database that is whole.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepDerived } from '../lib/derived.ts';
import { intake } from '../lib/intake.ts';
import { readGlance } from '../lib/glance.ts';
import { createKeeper } from '../lib/keeper.ts';
import { type Bell, Database } from '../lib/store/database.ts';
import { savePoll } from '../lib/store/digests.ts';
import { listFeeds, removeFeed, updateFeed } from '../lib/store/feeds.ts';
import { prune } from '../lib/store/retention.ts';
import { changeSettings } from '../lib/store/settings.ts';
import { readSync, type SyncArea, turnSync } from '../lib/sync.ts';
import { digest, freshDatabase, item } from './store/database.ts';

const BUILT_IN = 'https://built-in.example/feed';
const RSS = '<rss version="2.0"><channel><title>Built in</title></channel></rss>';
let count = 0;
let area: SyncArea & { items: Record<string, unknown> };

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  // The fake browser knows no toolbar.
  for (const name of ['setBadgeText', 'setBadgeBackgroundColor', 'setBadgeTextColor', 'setTitle'] as const) vi.spyOn(browser.action, name).mockImplementation(async () => {});
  vi.spyOn(browser.runtime, 'getPlatformInfo').mockImplementation(async () => ({}) as never);
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  const items: Record<string, unknown> = {};
  area = { items, get: async () => structuredClone(items), set: async (more) => void Object.assign(items, structuredClone(more)), remove: async (keys) => [keys].flat().forEach((key) => delete items[key]) };
});

function start(db = new Database(`keeper-${++count}-${process.pid}`)) {
  const asked: string[] = [];
  const fetch = async (url: unknown) => {
    asked.push(String(url));
    return new Response(RSS, { headers: { 'content-type': 'application/rss+xml' } });
  };
  const poll = { db, fetch: fetch as typeof globalThis.fetch, now: Date.now, random: () => 0.5, intervalMs: 1_800_000, loadIntake: async () => intake, resolve: (url: string) => url, allowed: async () => true };
  return { db, asked, ...createKeeper(poll, { url: BUILT_IN, title: 'Built in', categories: ['AI模型'] }, area) };
}

describe('what is kept up to date', () => {
  it('follows sync, rings beside it, and is mirrored at last, whatever becomes of each', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const done: string[] = [];
    vi.spyOn(browser.action, 'setTitle').mockImplementation(async () => void done.push('badge'));
    const step = (name: string) => async () => {
      done.push(name);
      throw new Error(name);
    };
    await keepDerived(new Database(`keeper-${++count}-${process.pid}`), { before: step('sync'), beside: step('bells'), after: step('mirror') }).onSaved();
    expect(done).toEqual(['sync', 'bells', 'badge', 'mirror']);
  });
});

describe('after a poll without news', () => {
  /** Everything derived once, at this time; `derived` tells what has been done since. */
  async function derived() {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)])], feed: { succeededAt: Date.now() - 3_600_000 } });
    let title = '';
    vi.spyOn(browser.action, 'getTitle').mockImplementation(async () => title);
    vi.spyOn(browser.action, 'setTitle').mockImplementation(async (given) => void (title = given.title));
    let trouble = false;
    const done: string[] = [];
    const step = (name: string) => async () => {
      done.push(name);
      if (trouble) throw new Error(name);
    };
    const keep = keepDerived(db, { before: step('sync'), beside: step('bells'), after: step('mirror') });
    await keep.onSaved();
    return { db, feedId, keep, title: () => title, derived: () => done.splice(0), setTrouble: (is: boolean) => (trouble = is) };
  }

  it('only tells when that was, and reads no items', async () => {
    const { db, feedId, keep, title, derived: done } = await derived();
    expect(title()).toMatch(/2 .*\n.*1 hour ago$/s);
    done();
    const [setText, read, glance] = [vi.spyOn(browser.action, 'setBadgeText').mockClear(), vi.spyOn(db.statuses, 'where'), await readGlance()];
    await updateFeed(db, feedId, { succeededAt: Date.now(), nextPollAt: 7 });
    await keep.onQuiet();
    expect([done(), setText.mock.calls, read.mock.calls]).toEqual([[], [], []]);
    expect(title()).toMatch(/2 .*\n.*just now$/s);
    expect(await readGlance()).toEqual({ ...glance, list: { ...glance?.list, feeds: [{ ...glance?.list.feeds[0], succeededAt: expect.any(Number), nextPollAt: 7 }] } });
    const kept = await readGlance();
    await keep.onSaved();
    expect(await readGlance()).toEqual(kept); // nothing else was to do
  });

  it('derives nothing for what waits until quiet ends, and all once it has ended or notifications are off', async () => {
    const { db, keep, derived: done } = await derived();
    const bell: Bell = { id: 'd', at: 0, itemIds: ['post:1'], state: 'waiting', ring: null, held: 1 };
    await db.bells.put(bell);
    await changeSettings({ notify: 'all', quietUntil: Date.now() + 3_600_000 });
    done();
    await keep.onQuiet();
    expect(done()).toEqual([]);
    for (const change of [{ quietUntil: 0 }, { notify: 'off', quietUntil: Date.now() + 3_600_000 }] as const) {
      await changeSettings(change);
      await keep.onQuiet();
      expect(done()).toEqual(all);
    }
    await changeSettings({ notify: 'all' });
    for (const more of [{ held: 0 }, { state: 'ringing', ring: 'bell:x' }] as const) {
      await db.bells.put({ ...bell, ...more }); // not held yet; or begun before quiet did
      await keep.onQuiet();
      expect(done()).toEqual(all);
    }
  });

  const all = ['sync', 'bells', 'mirror'];
  it.each<[string, (context: Awaited<ReturnType<typeof derived>>) => Promise<unknown>]>([
    ['marks are stale', ({ db }) => db.staleDays.put({ day: '2026-03-01', token: 't' })],
    ['links are stale', ({ db }) => db.staleLinks.put({ day: 20_000 })],
    ['items were pruned', async ({ db, feedId }) => {
      await removeFeed(db, feedId, 0);
      while (await prune(db, { keepDays: null }, Date.now()));
      expect(await db.items.count()).toBe(0);
    }],
    ['something is to ring', ({ db }) => db.bells.put({ id: 'd', at: 0, itemIds: ['post:1'], state: 'waiting', ring: null, held: 0 })],
    ['nothing is kept for the popup', () => browser.storage.session.clear()],
    ['the badge says nothing', () => browser.action.setTitle({ title: 'Eight Bells' })],
    ['the database does not answer', async ({ db }) => vi.spyOn(db, 'transaction').mockRejectedValueOnce(new Error('busy'))],
    ['a rule has ended', async () => {
      const at = Date.now();
      await changeSettings({ rules: [{ id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: at + 500, addedAt: 0 }] });
      vi.spyOn(Date, 'now').mockReturnValue(at + 1000);
    }],
    ['the clock was set back', async () => {
      const at = Date.now();
      vi.spyOn(Date, 'now').mockReturnValue(at - 60_000);
    }],
  ])('derives all where %s', async (what, change) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const context = await derived();
    await context.keep.onQuiet();
    expect(context.derived()).toEqual(all); // once, before
    await change(context);
    await context.keep.onQuiet();
    expect(context.derived()).toEqual(all);
    expect(vi.mocked(console.error).mock.calls.length).toBe(what === 'the database does not answer' ? 1 : 0);
  });

  it('derives all where that failed before, and in a worker that has not done it yet', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { db, keep, derived: done, setTrouble } = await derived();
    setTrouble(true);
    await keep.onSaved();
    setTrouble(false);
    done();
    await keep.onQuiet();
    expect(done()).toEqual(all);
    await keep.onQuiet();
    expect(done()).toEqual([]);
    const later: string[] = [];
    await keepDerived(db, { before: async () => void later.push('sync') }).onQuiet();
    expect(later).toEqual(['sync']);
  });
});

describe('the keeper', () => {
  it('subscribes to what is built in on the first wake, derives what follows, and writes the mirror', async () => {
    const { db, wake } = start();
    expect(await wake()).toBe(true);
    expect((await listFeeds(db)).map(({ url }) => url)).toEqual([BUILT_IN]);
    expect(browser.action.setTitle).toHaveBeenCalled();
    expect(Object.keys(await browser.storage.local.get(null))).toEqual(expect.arrayContaining(['mirror', 'mirror.1']));
    expect(area.items).toEqual({}); // sync is off until it is turned on
  });

  it('shares what is the reader’s once sync is on, and polls what comes from another browser', async () => {
    const a = start();
    await a.wake();
    await a.db.feeds.toCollection().modify({ customTitle: 'Mine' });
    await turnSync(a.db, true);
    await a.context.onSaved();
    expect(Object.keys(area.items)).not.toEqual([]);
    expect((await readSync(a.db)).report?.state).toBe('done');
    fakeBrowser.reset();
    const b = start();
    await b.wake();
    await b.db.feeds.clear();
    await turnSync(b.db, true);
    await b.context.onSaved();
    expect(await listFeeds(b.db)).toMatchObject([{ url: BUILT_IN, customTitle: 'Mine' }]);
    await vi.waitFor(() => expect(b.asked).toEqual([BUILT_IN]));
  });

  it('syncs when another browser has written, and at the time the last round named', async () => {
    const { db, wake } = start();
    await wake();
    await turnSync(db, true);
    await fakeBrowser.storage.onChanged.trigger({ x: { newValue: 1 } }, 'sync');
    await vi.waitFor(async () => expect((await readSync(db)).report?.state).toBe('done'));
    const first = (await readSync(db)).report?.at ?? 0;
    await fakeBrowser.alarms.onAlarm.trigger({ name: 'keep', scheduledTime: 0 } as never);
    await vi.waitFor(async () => expect((await readSync(db)).report?.at).toBeGreaterThan(first));
    area.set = async () => {
      throw new Error('MAX_WRITE_OPERATIONS_PER_MINUTE');
    };
    await db.feeds.toCollection().modify({ customTitle: 'Other' });
    await fakeBrowser.alarms.onAlarm.trigger({ name: 'keep', scheduledTime: 0 } as never);
    await vi.waitFor(async () => expect((await readSync(db)).report?.state).toMatch(/refused|waiting/));
    await vi.waitFor(async () => expect(await browser.alarms.get('keep')).toBeTruthy());
  });

  it('does once what a wake does, though an alarm of its own woke it', async () => {
    const { wake } = start();
    await fakeBrowser.alarms.onAlarm.trigger({ name: 'keep', scheduledTime: 0 } as never);
    await wake();
    await new Promise((later) => setTimeout(later, 50));
    expect(browser.action.setBadgeText).toHaveBeenCalledTimes(1);
  });

  it('says that the database does not open, and writes nothing', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const db = new Database(`keeper-${++count}-${process.pid}`);
    vi.spyOn(db, 'open').mockRejectedValue(new Error('corrupt'));
    const woken = start(db).wake();
    await vi.runAllTimersAsync();
    expect(await woken).toBe(false);
    vi.useRealTimers();
    expect(browser.action.setBadgeText).toHaveBeenCalledWith({ text: '!' });
    expect(browser.action.setTitle).toHaveBeenCalledWith({ title: expect.stringMatching(/cannot be read/) as string });
    expect(await browser.storage.local.get(null)).toEqual({});
  });
});
