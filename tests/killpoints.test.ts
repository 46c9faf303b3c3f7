// A worker, or a page, killed at every call it makes to the outside, one run for each: whatever wakes next finds nothing lost,
// nothing doubled, and makes good what was broken off.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Wish } from '../lib/action.ts';
import { keepDerived, updateDerived } from '../lib/derived.ts';
import { updateSearch } from '../lib/indexer.ts';
import { intake } from '../lib/intake.ts';
import { answerAlarm, catchUp, pollFeed } from '../lib/poll/alarm.ts';
import type { PollContext } from '../lib/poll/context.ts';
import type { Rule } from '../lib/model/rule.ts';
import { act, undo } from '../lib/reading.ts';
import { Database } from '../lib/store/database.ts';
import { addFeed, newFeed, updateFeed } from '../lib/store/feeds.ts';
import { markSeen } from '../lib/store/items.ts';
import { linkEditions } from '../lib/store/similar.ts';
import { markSearchStale } from '../lib/store/search.ts';
import { changeSettings } from '../lib/store/settings.ts';
import { Harbour } from './harbour.ts';
import { Life, startBrowser } from './lives.ts';
import { findFaults, findStoreFaults, picture } from './sound.ts';
import { HOUR, START } from './store/database.ts';

const FEED = 'feed';
const NAME = 'killed';
const clock = { now: 0 };
/** `npm run soak` kills before every reading, lock and single request, too (see Life). */
const every = process.env.EIGHT_BELLS_SOAK !== undefined;

vi.setConfig({ testTimeout: every ? 900_000 : 120_000 });

beforeEach(() => {
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now);
});

/** A browser with a feed in it, and the publisher of that feed. */
interface Ground {
  harbour: Harbour;
  context: (life: Life) => PollContext;
}

async function prepare(full: boolean): Promise<Ground> {
  startBrowser();
  clock.now = START + 9 * HOUR;
  const harbour = new Harbour({ full });
  harbour.editions = [{ slug: 'a', hour: 0, posts: [1, 2] }, { slug: 'b', hour: 4, posts: [2, 6] }, { slug: 'c', hour: 8, posts: [4, 5] }];
  const context = (life: Life): PollContext => ({
    db: life.db,
    fetch: (...given) => life.outside('fetch', () => harbour.fetch(...given)),
    now: () => clock.now,
    random: () => 0.5,
    intervalMs: 30 * 60_000,
    loadIntake: async () => intake,
    resolve: (url) => url,
    allowed: () => life.outside('permissions', () => true),
    ...keepDerived(life.db),
  });
  const db = new Database(NAME);
  await addFeed(db, newFeed(harbour.url, { id: FEED, title: 'Digest', categories: ['AI模型', 'AI应用'] }, clock.now));
  db.close();
  return { harbour, context };
}

/** What the background does whenever it starts. */
async function wake(context: PollContext): Promise<void> {
  await context.onSaved();
  await catchUp(context);
}

const alive = <T>(work: (life: Life) => Promise<T>) => new Life(NAME).run(work);

interface Deed {
  full?: boolean;
  /** What has happened before. */
  before?: (ground: Ground) => Promise<void>;
  run: (life: Life, ground: Ground) => Promise<unknown>;
}

/** How a run ended: the life it was done in, and how things stand after the next wake. */
async function live({ full = true, before, run }: Deed, killAt: number) {
  const ground = await prepare(full);
  await before?.(ground);
  const life = new Life(NAME, { killAt, every });
  await life.run(() => run(life, ground));
  const survived = !life.dead;
  life.kill();

  const db = new Database(NAME);
  const where = `killed before step ${killAt} of ${life.steps.length}, ${life.steps.at(-1)}: `;
  const expectSound = (faults: string[]) => expect(faults.map((fault) => where + fault)).toEqual([]);
  expectSound(await findStoreFaults(db));
  const feed = await db.feeds.get(FEED);
  if (feed?.etag === ground.harbour.etag) {
    // What the feed's validators vouch for is stored, or noted as yet to be read.
    const kept = [...(await db.digests.toCollection().primaryKeys()), ...(await db.pendingPages.toCollection().primaryKeys())];
    for (const { slug } of ground.harbour.listed) expect(kept, where).toContain(`${FEED} ${slug}`);
  }
  await alive(async (next) => wake(ground.context(next)));
  expectSound(await findFaults(db, clock.now));
  return { ground, db, where, survived, steps: life.steps.length, state: await picture(db) };
}

/** Runs it once to its end, then with a death before every step of that. `check` is given how each ended beside how it should. */
async function killEverywhere(deed: Deed, check: (ended: Awaited<ReturnType<typeof live>>, whole: Awaited<ReturnType<typeof live>>) => Promise<void>): Promise<number> {
  const whole = await live(deed, Infinity);
  for (let killAt = 1; ; killAt++) {
    const ended = await live(deed, killAt);
    await check(ended, whole);
    ended.db.close();
    if (ended.survived) return killAt - 1;
  }
}

const poll = ({ context }: Ground) => alive((life) => pollFeed(FEED, context(life)));
const publish = ({ harbour }: Ground) => {
  harbour.editions = [...harbour.editions.filter(({ slug }) => slug !== 'a'), { slug: 'a', hour: 0, posts: [1, 2, 3] }, { slug: 'd', hour: 12, posts: [5, 7] }];
  clock.now = START + 13 * HOUR;
};

/** What is simply done again when it was broken off; then all is as if nothing had been. */
describe.each<[string, Deed]>([
  ['the first poll of a full feed', { run: (life, { context }) => pollFeed(FEED, context(life)) }],
  ['a poll that brings an edition and a change', { before: async (ground) => { await poll(ground); publish(ground); }, run: (life, { context }) => pollFeed(FEED, context(life)) }],
  ['the first poll of a feed of pages', { full: false, run: (life, { context }) => pollFeed(FEED, context(life)) }],
  ['a poll that is answered 304', { before: poll, run: (life, { context }) => pollFeed(FEED, context(life)) }],
  ['a poll that fails', { before: async ({ harbour }) => { harbour.weather = () => 'busy'; }, run: (life, { context }) => pollFeed(FEED, context(life)) }],
  ['a start of the worker with all of it to do', { before: async (ground) => { await poll(ground); publish(ground); await changeSettings({ hiddenCategories: ['AI应用'] }); }, run: (life, { context }) => wake(context(life)) }],
  ['noting that the reader has looked', { before: poll, run: async (life) => { await markSeen(life.db); await updateDerived(life.db); } }],
  ['pruning', {
    before: async (ground) => {
      await poll(ground);
      ground.harbour.editions = [14, 15, 16].map((hour) => ({ slug: `n${hour}`, hour, posts: [hour + 20, 5] }));
      clock.now = START + 17 * HOUR;
      await poll(ground);
      clock.now += 91 * 24 * HOUR;
      await alive((life) => wake(ground.context(life)));
    },
    run: (life, { context }) => answerAlarm({ name: 'watch', scheduledTime: clock.now }, context(life)),
  }],
  ['purging a removed feed', {
    before: async (ground) => {
      await poll(ground);
      await alive((life) => act(life.db, { kind: 'star', ids: ['post:1'] }, clock.now));
      await alive((life) => updateFeed(life.db, FEED, { removedAt: clock.now }));
      clock.now += 15 * 24 * HOUR;
    },
    run: (life, { context }) => answerAlarm({ name: 'watch', scheduledTime: clock.now }, context(life)),
  }],
  ['linking', { before: async (ground) => { await poll(ground); publish(ground); await alive((life) => pollFeed(FEED, { ...ground.context(life), onSaved: async () => {} })); }, run: (life) => linkEditions(life.db) }],
  ['indexing for the search', { before: async (ground) => { await poll(ground); await alive((life) => markSearchStale(life.db)); }, run: (life) => updateSearch(life.db) }],
  ['subscribing to the built-in feed', { run: (life) => addFeed(life.db, newFeed('https://other.example/feed.xml', { title: 'Other', categories: [] }, clock.now)) }],
])('%s', (name, deed) => {
  it('is made good', async () => {
    const points = await killEverywhere(deed, async ({ ground, db, where }, whole) => {
      await alive(async (life) => {
        await deed.run(life, ground);
        await wake(ground.context(life));
        await updateSearch(life.db);
      });
      expect(await findFaults(db, clock.now), where).toEqual([]);
      const { store } = await picture(db);
      const plain = (state: typeof store) => ({ ...state, feeds: state.feeds.map(({ id, position: _p, fault, failures: _f, rhythm: _r, ...feed }) => ({ ...feed, id: id === FEED ? id : '', fault: fault?.kind })) });
      expect(plain(store), where).toEqual(plain(whole.state.store));
    });
    expect(points).toBeGreaterThan(0);
    if (every) console.info(`${name}: killed at ${points} points`);
  });
});

const RULE: Rule = { id: 'r', action: 'mute', field: 'word', value: '模型', expiresAt: null, addedAt: 0 };
/** What a page does: at once, and then what follows from it. */
const doIt = (wish: Wish): Deed['run'] => async (life) => {
  await act(life.db, wish, clock.now);
  await updateDerived(life.db);
};
const polledAnd = (wish?: Wish) => async (ground: Ground) => {
  await poll(ground);
  await alive((life) => markSeen(life.db)); // what was read and is unread again stays seen
  if (wish) await alive((life) => act(life.db, wish, clock.now));
};
const WISHES: [string, Wish, (Wish | undefined)?][] = [
  ['reading', { kind: 'read', ids: ['post:4', 'post:5'] }],
  ['calling unread', { kind: 'unread', ids: ['post:1'] }],
  ['starring', { kind: 'star', ids: ['post:1', 'post:4'] }],
  ['moving', { kind: 'move', id: 'post:2', title: '', to: 'AI应用' }],
  ['moving once more', { kind: 'move', id: 'post:2', title: '', to: '其他' }, { kind: 'move', id: 'post:2', title: '', to: 'AI应用' }],
  ['muting', { kind: 'addRule', rule: RULE }],
  ['muting no more', { kind: 'removeRule', rule: RULE }, { kind: 'addRule', rule: RULE }],
  ['removing the feed', { kind: 'removeFeed', feedId: FEED, name: 'Digest' }],
];

/** What is either done or not, and whose note in the journal leads back to where it was. */
describe.each(WISHES)('%s', (name, wish, earlier) => {
  const before = polledAnd(earlier);

  it('is done wholly or not at all, and what the journal tells of can be undone', async () => {
    const untouched = (await live({ before, run: async () => {} }, Infinity)).state;
    const points = await killEverywhere({ before, run: doIt(wish) }, async ({ db, where, state }, { state: done }) => {
      expect(done.store).not.toEqual(untouched.store);
      expect([untouched.store, done.store], where).toContainEqual(state.store);
      const noted = state.journal.length > untouched.journal.length;
      if (!noted) return expect(state.store, where).toEqual(untouched.store);
      await alive((life) => undo(life.db).then(() => updateDerived(life.db)));
      expect(await findFaults(db, clock.now), where).toEqual([]);
      expect((await picture(db)).store, where).toEqual(untouched.store);
    });
    expect(points).toBeGreaterThan(0);
    if (every) console.info(`${name}: killed at ${points} points`);
  });

  it('is undone wholly or not at all, and can be undone again where it was not', async () => {
    const doneBefore = async (ground: Ground) => {
      await before(ground);
      await alive((life) => act(life.db, wish, clock.now));
    };
    const done = (await live({ before: doneBefore, run: async () => {} }, Infinity)).state;
    const points = await killEverywhere({ before: doneBefore, run: (life) => undo(life.db).then(() => updateDerived(life.db)) }, async ({ db, where, state }, { state: undone }) => {
      expect([done.store, undone.store], where).toContainEqual(state.store);
      if (state.journal.at(-1)?.undone === 0) await alive((life) => undo(life.db).then(() => updateDerived(life.db)));
      expect(await findFaults(db, clock.now), where).toEqual([]);
      expect(await picture(db), where).toEqual(undone);
    });
    expect(points).toBeGreaterThan(0);
    if (every) console.info(`undoing ${name}: killed at ${points} points`);
  });
});
