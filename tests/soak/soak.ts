// A month of a reader's life in little: publishers with faults, a worker that is killed, a clock that jumps, a browser that
// sleeps and starts anew, two windows at once, another browser synced with this one. All by dice of one seed; after every step everything is compared with the model.
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { updateDerived } from '../../lib/derived.ts';
import { intake } from '../../lib/intake.ts';
import { createKeeper, type Keeper } from '../../lib/keeper.ts';
import { readKept } from '../../lib/mirror.ts';
import type { JournalEntry, Wish } from '../../lib/action.ts';
import type { Rule } from '../../lib/model/rule.ts';
import { answerAlarm, catchUp, pollAll } from '../../lib/poll/alarm.ts';
import { act, undo } from '../../lib/reading.ts';
import { Database } from '../../lib/store/database.ts';
import { addFeed, newFeed, updateFeed } from '../../lib/store/feeds.ts';
import { markSeen } from '../../lib/store/items.ts';
import { listEntries } from '../../lib/store/journal.ts';
import { changeSettings, parseSettings, readSettings } from '../../lib/store/settings.ts';
import { readSync, type SyncArea, type SyncContext, syncNow, turnSync } from '../../lib/sync.ts';
import { Harbour, type Weather } from '../harbour.ts';
import { Life, shown, startBrowser } from '../lives.ts';
import { findFaults, findStoreFaults } from '../sound.ts';
import { HOUR, START } from '../store/database.ts';
import { Model } from './model.ts';

const MINUTE = 60_000;
const DAY = 24 * HOUR;
const NAME = 'soak';
const CATEGORIES = ['AI模型', 'AI应用', '行业洞察'];
const KEEP_DAYS = 30;

/** Of one seed always the same numbers below 1. */
function makeDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What happened, to be told at the end. */
export interface Tally {
  steps: number;
  deaths: number;
  restarts: number;
  items: number;
  pruned: number;
  requests: number;
  /** Notifications shown. */
  rung: number;
}

/** Lives `days` days; `clock` is what Date.now has been made to tell. Throws at the first step after which something is not as it should be. */
export async function soak(seed: number, days: number, clock: { now: number }): Promise<Tally> {
  const dice = makeDice(seed);
  const chance = (share: number) => dice() < share;
  const under = (n: number) => Math.floor(dice() * n);
  const pick = <T>(list: readonly T[]): T => list[under(list.length)] as T;

  startBrowser();
  let time = START + 12 * HOUR; // the true one
  let skew = 0;
  const setClock = () => (clock.now = time + skew);
  setClock();
  const model = new Model();
  const tally: Tally = { steps: 0, deaths: 0, restarts: 0, items: 0, pruned: 0, requests: 0, rung: 0 };
  const story: string[] = [];

  const harbours = new Map([['full', new Harbour({ name: 'full' })], ['pages', new Harbour({ name: 'pages', full: false })]]);
  let post = 0;
  let published = 0; // slots
  /** Publishes what is due: an edition every four hours, of new posts and now and then of old ones. */
  const publish = (): void => {
    for (; START + published * 4 * HOUR <= time; published++)
      for (const [name, harbour] of harbours) {
        const old = published > 6 && chance(0.3) ? [1 + under(post)] : [];
        harbour.editions.push({ slug: `${name}-${published}`, hour: published * 4, posts: [...new Set([...Array.from({ length: 1 + under(3) }, () => ++post), ...old])] });
      }
    const harbour = harbours.get('full') as Harbour; // a page alone that changes is not read again
    const edition = harbour.listed[1 + under(4)];
    if (published > 6 && edition && chance(0.1)) harbour.editions = harbour.editions.map((one) => (one === edition ? { ...one, posts: [...one.posts, ++post] } : one)); // edited
  };
  publish();

  let weather: Weather = 'fine';
  for (const [name, harbour] of harbours) harbour.weather = (path) => (weather !== 'fine' && chance(0.6) && model.openings.has(name) && (weather !== 'broken' || path.endsWith('.xml')) ? weather : 'fine'); // a page that is broken for good is given up
  const fetch: typeof globalThis.fetch = async (input, init) => {
    tally.requests++;
    const [name, harbour] = [...harbours].find(([, one]) => String(input).includes(`/${one === harbours.get('full') ? 'full' : 'pages'}`)) as [string, Harbour];
    const { listed } = harbour;
    const response = await harbour.fetch(input, init);
    if (String(input) === harbour.url && (response.status === 304 || (response.ok && response.headers.has('etag')))) {
      const text = response.status === 304 ? '</rss>' : await response.clone().text();
      if (text.endsWith('</rss>')) answers.push([name, listed, time]);
    }
    return response;
  };
  /** Complete answers of this step: whoever asked may have died before it had read them. */
  let answers: [string, Harbour['listed'], number][] = [];

  const area = fakeBrowser.storage.sync as unknown as SyncArea;
  const keeperOf = (life: Life): Keeper => {
    const poll = { db: life.db, fetch: ((...given: Parameters<typeof fetch>) => life.outside('fetch', () => fetch(...given))) as typeof globalThis.fetch, now: () => clock.now, random: dice, intervalMs: 30 * MINUTE, loadIntake: async () => intake, resolve: (url: string) => url, allowed: () => life.outside('permissions', () => true) };
    return createKeeper(poll, { url: (harbours.get('full') as Harbour).url, title: 'full', categories: CATEGORIES }, area);
  };
  const wake = async (life: Life) => {
    const keeper = keeperOf(life);
    if (await keeper.wake()) await catchUp(keeper.context);
  };
  const live = async (work: (life: Life) => Promise<unknown>, mortal: number): Promise<void> => {
    const life = new Life(NAME, { killAt: chance(mortal) ? 1 + under(150) : Infinity, every: true });
    await life.run(work);
    if (life.dead) return void tally.deaths++;
    life.kill();
    life.db.close();
  };

  const db = new Database(NAME);
  for (const [id, { url }] of harbours) await addFeed(db, newFeed(url, { id, title: id, categories: CATEGORIES }, clock.now));
  await changeSettings({ keepDays: KEEP_DAYS, notify: 'all' });
  await turnSync(db, true);
  /** Which notification told of a digest. */
  const ringOf = new Map<string, string>();

  // Another of the reader's browsers: it has what comes by sync, polls nothing, but holds some of the items, and reads and stars.
  const other = new Database('other');
  await turnSync(other, true);
  let otherSettings: Record<string, unknown> | undefined;
  const otherContext: Omit<SyncContext, 'now'> = { db: other, area, settings: { read: async () => otherSettings, parse: parseSettings, change: async (changes) => void (otherSettings = { ...otherSettings, ...changes }) }, allowed: async () => true, builtIn: [], categories: CATEGORIES };
  /** Does nothing while this browser has something yet to tell: of two who act at once, neither knowing of the other, the counts decide. */
  async function otherActs(): Promise<void> {
    const item = await db.items.get(pick([...model.things.keys()]));
    const thing = item && model.things.get(item.id);
    if (!thing || (await readSync(db)).report?.state !== 'done') return;
    await syncNow({ ...otherContext, now: () => clock.now });
    await other.items.put(item);
    const status = (await other.statuses.get(item.id)) ?? { id: item.id, read: 0, seen: 0, starred: 0 };
    if (status.read !== Number(thing.read) || status.starred !== Number(thing.starred)) return; // it came read, and nobody has read it
    await other.statuses.put(status);
    await syncNow({ ...otherContext, now: () => clock.now + 2 * MINUTE });
    const what = chance(0.5) ? 'read' : 'starred';
    await other.statuses.put({ ...status, [what]: 1, ...(what === 'read' && { seen: 1 }) });
    const report = await syncNow({ ...otherContext, now: () => clock.now + 4 * MINUTE });
    if (report?.state !== 'done') throw new Error(`the other browser is ${report?.state}`);
    if (what === 'read' && !thing.read) Object.assign(thing, { read: true, seen: true });
    if (what === 'starred') thing.starred = true;
    story.push(`elsewhere ${what} ${item.id}`);
  }

  /** What of the stored items a reader could lay hands on. */
  const someIds = (): string[] => Array.from({ length: 1 + under(4) }, () => pick([...model.things.keys()]));
  const rule = (): Rule => ({ id: `r${tally.steps}`, action: 'mute', field: 'word', value: `模型 ${1 + under(post)}`, expiresAt: chance(0.5) ? clock.now + under(3) * DAY + HOUR : null, addedAt: clock.now });

  function makeWish(): Wish {
    const id = pick([...model.things.keys()]);
    switch (under(6)) {
      case 0:
        return { kind: 'star', ids: someIds() };
      case 1:
        return { kind: chance(0.5) ? 'unread' : 'unstar', ids: someIds() };
      case 2:
        return { kind: 'move', id, title: '', to: pick(CATEGORIES) };
      case 3:
        return model.rules.length && chance(0.6) ? { kind: 'removeRule', rule: pick(model.rules) } : { kind: 'addRule', rule: rule() };
      default:
        return { kind: 'read', ids: chance(0.2) ? [...model.things.keys()] : someIds() };
    }
  }

  /** A window's step: something is done, and what follows from it, unless the window is closed before. */
  const inWindow = (what: (life: Life) => Promise<unknown>) =>
    live(async (life) => {
      await what(life);
      await updateDerived(life.db);
    }, 0.2);

  async function alarms(): Promise<void> {
    const due = (await fakeBrowser.alarms.getAll()).filter(({ scheduledTime }) => scheduledTime <= clock.now);
    for (const { name, periodInMinutes } of due) {
      if (periodInMinutes) await fakeBrowser.alarms.create(name, { when: clock.now + periodInMinutes * MINUTE, periodInMinutes });
      else await fakeBrowser.alarms.clear(name);
    }
    await live(async (life) => {
      const keeper = keeperOf(life);
      const { context } = keeper;
      await Promise.all([keeper.wake().then(() => catchUp(context)), ...due.map((alarm) => answerAlarm(alarm, context))]);
    }, 0.5);
  }

  async function restart(): Promise<void> {
    tally.restarts++;
    await fakeBrowser.storage.session.clear();
    await fakeBrowser.alarms.clearAll();
    await fakeBrowser.action.setBadgeText({ text: '' });
    await live(wake, 0.5);
  }

  let removal: JournalEntry | null = null;
  async function readerActs(): Promise<void> {
    switch (under(10)) {
      case 0:
        await inWindow((life) => undo(life.db));
        return void story.push('undo');
      case 1:
        await inWindow((life) => markSeen(life.db));
        if ((await db.statuses.filter(({ seen }) => seen === 0).count()) === 0) model.see(); // else the window was closed before
        return void story.push('seen');
      case 2: {
        const hiddenCategories = chance(0.5) ? [] : [pick(CATEGORIES)];
        await inWindow(() => changeSettings({ hiddenCategories, badge: pick(['new', 'unread', 'off']), markMuted: chance(0.5) }));
        return void story.push(`hide ${hiddenCategories.join()}`);
      }
      case 3: {
        if (removal) await inWindow((life) => undo(life.db, removal?.id));
        else if (chance(0.4)) await inWindow((life) => act(life.db, { kind: 'removeFeed', feedId: pick([...harbours.keys()]), name: '' }, clock.now));
        else await inWindow((life) => updateFeed(life.db, pick([...harbours.keys()]), { paused: chance(0.3) ? 1 : 0, marks: chance(0.7) ? 1 : 0 }));
        return void story.push('feeds');
      }
      case 4:
        await live((life) => pollAll(keeperOf(life).context), 0.5);
        return void story.push('check now');
      case 5:
        return otherActs();
      default: {
        // Two windows, each with a wish of its own, or one; beside a worker at its own work.
        const wishes = chance(0.5) ? [makeWish(), makeWish()] : [makeWish()];
        story.push(wishes.map((wish) => JSON.stringify(wish).slice(0, 90)).join(' and '));
        await Promise.all([...wishes.map((wish) => inWindow((life) => act(life.db, wish, clock.now))), ...(chance(0.3) ? [alarms()] : [])]);
      }
    }
  }

  /** Sets the model against everything stored; what is told is wrong. */
  async function compare(): Promise<string[]> {
    const faults: string[] = [];
    for (const [name, listed, at] of answers) model.answer(name, listed, at);
    const [items, statuses, pages, feeds] = await Promise.all([db.items.toArray(), db.statuses.toArray(), db.pendingPages.toArray(), db.feeds.toArray()]);
    const stored = new Map(items.map((item) => [item.id, item]));
    // First what has come, as it should have come; then what the reader did, which may have been done to it already.
    for (const { id, appearances } of items) if (!model.things.has(id)) model.arrive(id, appearances.map(({ digestId, feedId }) => [feedId, Number(digestId.split('-').at(-1)) * 4]), time);
    faults.push(...model.follow(await listEntries(db)));
    const known = new Map(statuses.map((status) => [status.id, status]));
    for (const [id, thing] of model.things) {
      const item = stored.get(id);
      const status = known.get(id);
      // What is pruned is done with: it stays read, and an unstarring is not undone.
      if (!item && !thing.read) Object.assign(thing, { read: true, seen: true });
      if (!item && status?.starred === 0) thing.starred = false;
      if (!status || (status.read === 1) !== thing.read || (status.starred === 1) !== thing.starred || (status.seen === 1) !== thing.seen) faults.push(`${id} is ${JSON.stringify(status)}, not ${JSON.stringify(thing)}`);
      if (item && thing.moved !== null && item.category !== thing.moved) faults.push(`${id} stands in ${item.category}, not in ${thing.moved}`);
      if (!item && thing.starred) faults.push(`${id} is starred and gone`);
      if (!item && time - thing.listedAt < (KEEP_DAYS - 1) * DAY) faults.push(`${id} is gone ${(time - thing.listedAt) / DAY} days after it was listed`);
    }
    for (const id of known.keys()) if (!model.things.has(id)) faults.push(`${id} came from nowhere`);
    const waiting = new Set(pages.map(({ id }) => id));
    // What a feed's validators vouch for is stored, or noted as yet to be read.
    for (const { id: name, fault, etag } of feeds) {
      const harbour = harbours.get(name);
      if (fault !== null || etag !== harbour?.etag) continue;
      for (const { slug, posts } of harbour.listed) for (const post of posts) if (!waiting.has(`${name} ${slug}`) && !model.things.has(`post:${post}`)) faults.push(`post:${post} was offered by ${name} and is lost`);
    }

    // The count on the button, reckoned anew.
    const settings = await readSettings();
    model.rules = settings.rules;
    const active = settings.rules.filter(({ expiresAt }) => expiresAt === null || expiresAt > clock.now);
    const listed = items.filter(({ category, title, feedIds, summary, author }) => !settings.hiddenCategories.includes(category) && feedIds.some((id) => !model.removed.has(id)) && !active.some(({ value }) => `${title} ${summary} ${author}`.split(/(?<=模型 \d+)(?!\d)/).some((part) => part.endsWith(value))));
    const count = listed.filter(({ id }) => !model.things.get(id)?.read && (settings.badge === 'unread' || !model.things.get(id)?.seen)).length;
    const text = await fakeBrowser.action.getBadgeText({});
    const wanted = settings.badge === 'off' || count === 0 ? /^!?$/ : count > 99 ? /^99\+$/ : new RegExp(`^${count}$`);
    if (!wanted.test(text)) faults.push(`the badge says ${text}, not ${count}`);
    // Each digest rings once; the mirror can be read, and tells what is stored unless it was written just before.
    if (new Set(shown.map(({ id }) => id)).size < shown.length) faults.push('a notification was shown twice');
    for (const { id, ring, state } of await db.bells.toArray()) {
      if (state !== 'over') faults.push(`${id} is left ${state}`);
      if (ring !== null && (ringOf.get(id) ?? ring) !== ring) faults.push(`${id} rang twice`);
      if (ring !== null) ringOf.set(id, ring);
    }
    const { mirror } = (await fakeBrowser.storage.local.get('mirror')) as { mirror?: { at: number } };
    const kept = await readKept();
    type Marked = { id: string; read: 0 | 1; starred: 0 | 1 }[];
    const marksOf = (list: Marked) => list.map(({ id, read, starred }) => `${id} ${read} ${starred}`);
    // Of items that are no posts the mirror has what was read for as long as they are stored: no feed tells of them again.
    const promised = (list: Marked) => new Set(marksOf(list.filter(({ id, read, starred }) => id.startsWith('post:') || starred || !read || stored.has(id))));
    const [there, here] = [promised(kept?.statuses ?? []), promised(statuses)];
    const differing = [...[...there.difference(here)].map((one) => `only there ${one}`), ...[...here.difference(there)].map((one) => `only here ${one}`)].sort().join('; ');
    if (!kept || !mirror) faults.push('there is no mirror');
    else if (!(mirror.at <= clock.now && clock.now - mirror.at < 10 * MINUTE) && differing !== '') faults.push(`the mirror of ${(clock.now - mirror.at) / MINUTE} minutes ago is not the store’s: ${differing}`);
    tally.rung = shown.length;
    tally.pruned = model.things.size - items.length;
    tally.items = model.things.size;
    return faults;
  }

  const end = time + days * DAY;
  for (; time < end; tally.steps++) {
    const fate = dice();
    const long = fate < 0.004 && !removal;
    time += long ? (5 + under(6)) * DAY : fate < 0.05 ? (4 + under(20)) * HOUR : (5 + under(60)) * MINUTE;
    if (tally.steps > 20 && chance(0.03)) skew = chance(0.5) ? 0 : (under(7) - 3) * HOUR;
    setClock();
    publish();
    weather = chance(0.7) ? 'fine' : pick(['offline', 'busy', 'broken', 'cut']);
    answers = [];
    story.push(`#${tally.steps} ${new Date(time).toISOString()} ${skew / HOUR} h, ${weather}`);
    const faults: string[] = [];
    if (chance(0.02)) await restart();
    else if (model.things.size === 0 || chance(0.5)) await alarms();
    else await readerActs();
    faults.push(...(await findStoreFaults(db)));
    // Something wakes the background at last, and this time it lives.
    await live(wake, 0);
    faults.push(...(await compare()), ...(await findFaults(db, clock.now)));
    removal = (await listEntries(db)).find(({ action, undone }) => action.kind === 'removeFeed' && !undone) ?? null;
    if (faults.length) throw new Error(`seed ${seed}:\n${faults.slice(0, 8).join('\n')}\nafter\n${story.slice(-12).join('\n')}`);
  }
  db.close();
  other.close();
  return tally;
}
