// Sync across a reader's browsers: reads the store, merges it with storage.sync (lib/sync), writes both. Off until turned on.
import { isWebAddress, isXPage } from './link.ts';
import type { Category } from './model/category.ts';
import type { Fault } from './model/fault.ts';
import type { Feed } from './model/feed.ts';
import type { ItemStatus } from './model/item.ts';
import { DEFAULT_SETTINGS, type Settings } from './model/settings.ts';
import type { Database, SyncRow } from './store/database.ts';
import { addFeed, newFeed } from './store/feeds.ts';
import { changeSettings, parseSettings, readStoredSettings } from './store/settings.ts';
import { type Area, readArea } from './sync/area.ts';
import { FRESH_PACE, nextWriteAt, noteWrites, type Pace, writesLeft } from './sync/budget.ts';
import { layOut, type Layout, planWrites, type Write } from './sync/layout.ts';
import { confirm, merge, type Merged, type MergeContext } from './sync/merge.ts';
import type { Register } from './sync/register.ts';
import { type KnownState, PERIOD, postItemId, isPost, stateKey, type StatusHere } from './sync/status.ts';

/** browser.storage.sync, or what stands for it. */
export interface SyncArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

/** The settings of the store, as a context takes them. */
export const storedSettings: SyncContext['settings'] = { read: readStoredSettings, parse: parseSettings, change: changeSettings };

/** What sync reads and writes here, and the clock. */
export interface SyncContext {
  db: Database;
  area: SyncArea;
  now: () => number;
  /** The settings as they are stored, undefined where none are; how they are understood; how to change some. */
  settings: { read: () => Promise<Record<string, unknown> | undefined>; parse: (stored: unknown) => Settings; change: (changes: Partial<Settings>) => Promise<unknown> };
  /** Whether a host may be asked: a feed that comes from another browser waits where it may not. */
  allowed: (url: string) => Promise<boolean>;
  /** Feeds subscribed to without being asked for, and the categories of a new feed. */
  builtIn: readonly string[];
  categories: Category[];
}

/** How the last round went; the words for it are the options page's. */
export interface SyncReport {
  /** When it ended, ms. */
  at: number;
  /**
   * 'done': nothing is left to write. 'waiting': the rest is written at `nextAt`. 'refused': the browser did not take a
   * write, tried again at `nextAt`. 'unreachable': the area could not be read. 'newer': another browser runs a newer version, so that this
   * one takes part by reading only.
   */
  state: 'done' | 'waiting' | 'refused' | 'unreachable' | 'newer';
  /** When to call again at the latest, ms; null where nothing waits. */
  nextAt: number | null;
  /** Items in the area that cannot be read; they are left as they are. */
  unreadable: number;
  /** Settings, rules and feeds' values that did not fit. */
  leftOut: number;
  /** Read and starred states that are in the area, and all that are known. */
  kept: number;
  total: number;
  /** Ids of feeds that came from another browser in this round. */
  addedFeeds: string[];
}

interface Meta {
  on: boolean;
  device: string;
  pace: Pace;
  report: SyncReport | null;
}

const META = 'meta';
/** Before a register's key in its row's. */
const REGISTER = '=';
const HOUR = 3_600_000;

/** Whether sync is on here, and how the last round went. */
export async function readSync(db: Database): Promise<{ on: boolean; report: SyncReport | null }> {
  const { on, report } = await readMeta(db);
  return { on, report };
}

/** Turns sync on or off in this browser alone. What is remembered stays, so that turning it on again goes on from there; nothing is deleted from the area. */
export async function turnSync(db: Database, on: boolean): Promise<void> {
  await changeMeta(db, { on, ...(!on && { report: null }) });
}

async function readMeta(db: Database): Promise<Meta> {
  const stored = (await db.synced.get(META))?.value as Partial<Meta> | undefined;
  return { on: false, device: '', pace: FRESH_PACE, report: null, ...stored };
}

async function changeMeta(db: Database, changes: Partial<Meta>): Promise<Meta> {
  return db.transaction('rw', db.synced, async () => {
    const before = await readMeta(db);
    const meta: Meta = { ...before, device: before.device || crypto.randomUUID().replaceAll('-', '').slice(0, 6), ...changes };
    await db.synced.put({ key: META, value: meta });
    return meta;
  });
}

/**
 * One round: takes in what came from other browsers, sets it here, and writes what they lack, as far as the limits allow.
 * Does nothing, and returns null, where sync is off. Never throws for the area's sake: the report says what went wrong.
 * Safe to repeat and to be killed in: what stands in the area is never less than what it took in, and a change that was not set here
 * is asked for again. One round at a time across contexts.
 */
export const syncNow = (context: SyncContext): Promise<SyncReport | null> => navigator.locks.request('sync', () => sync(context));

async function sync(context: SyncContext): Promise<SyncReport | null> {
  const { db, area, now } = context;
  if (!(await readMeta(db)).on) return null;
  const meta = await changeMeta(db, {});
  let content: Area;
  try {
    content = readArea(await area.get(null));
  } catch {
    return end(db, { ...NOTHING, at: now(), state: 'unreachable', nextAt: now() + HOUR });
  }
  const { merged, statuses } = await mergeStore(context, content, meta.device);
  await setSettings(context, merged);
  const addedFeeds = await subscribeTo(context, merged);
  await confirmStore(context);

  const layout = layOut(merged.registers, merged.states, content, now());
  const report: SyncReport = { ...NOTHING, at: now(), unreadable: content.unreadable.length, leftOut: layout.leftOut.length, kept: layout.kept, total: layout.total, addedFeeds };
  if (content.newer.length > 0) return end(db, { ...report, state: 'newer' });
  await forgetFallen(db, merged, layout, statuses);
  const writes = planWrites(layout, content);
  if (writes.length === 0) return end(db, report);
  const at = nextWriteAt(meta.pace, now());
  if (at > now()) return end(db, { ...report, state: 'waiting', nextAt: at });
  const most = writes.slice(0, writesLeft(meta.pace, now()));
  const pace = noteWrites(meta.pace, most.length, now());
  await changeMeta(db, { pace }); // before they are made: a worker that dies over them has made some
  try {
    for (const write of most) await apply(area, write);
  } catch {
    const refused = { ...pace, failures: pace.failures + 1, failedAt: now() };
    await changeMeta(db, { pace: refused });
    return end(db, { ...report, state: 'refused', nextAt: nextWriteAt(refused, now()) });
  }
  const after = { ...pace, failures: 0 };
  await changeMeta(db, { pace: after });
  return end(db, most.length < writes.length ? { ...report, state: 'waiting', nextAt: nextWriteAt(after, now()) } : report);
}

const NOTHING: Omit<SyncReport, 'at'> = { state: 'done', nextAt: null, unreadable: 0, leftOut: 0, kept: 0, total: 0, addedFeeds: [] };

async function end(db: Database, report: SyncReport): Promise<SyncReport> {
  await changeMeta(db, { report });
  return report;
}

const apply = (area: SyncArea, write: Write): Promise<void> => ('set' in write ? area.set({ [write.set]: write.value }) : area.remove(write.remove));

/** Deletes the items of the area that cannot be read, once the reader has said so; what this browser knows is then written anew. */
export async function discardUnreadable(area: SyncArea): Promise<number> {
  const { unreadable } = readArea(await area.get(null));
  if (unreadable.length > 0) await area.remove(unreadable);
  return unreadable.length;
}

/** Merges in one transaction: what is remembered is never ahead of, or behind, the statuses and feeds it was set with. */
async function mergeStore({ db, settings, ...context }: SyncContext, content: Area, device: string): Promise<{ merged: Merged; statuses: Map<string, StatusHere> }> {
  const stored = await settings.read();
  return db.transaction('rw', [db.synced, db.statuses, db.items, db.feeds], async () => {
    const memory = readMemory(await db.synced.toArray());
    const feeds = await db.feeds.toArray();
    const rows = await db.statuses.toArray();
    const statuses = await readStatuses(db, rows, feeds, memory.states);
    const merged = merge(memory, { settings: stored, feeds, statuses }, content, mergeContext({ db, settings, ...context }, device));
    const gone = [...memory.registers.keys()].filter((key) => !merged.registers.has(key));
    await db.synced.bulkDelete(gone.map((key) => REGISTER + key));
    await db.synced.bulkPut([
      ...[...merged.registers].filter(([key, register]) => memory.registers.get(key) !== register).map(([key, value]) => ({ key: REGISTER + key, value })),
      ...[...merged.newStates].map(([key, { reads, stars, period, met }]) => ({ key, value: [reads, stars, period, met] })),
    ]);
    const byKey = new Map(rows.map((status) => [stateKey(status.id), status]));
    await db.statuses.bulkPut(
      [...merged.changes.statuses].flatMap(([key, { read, starred }]): ItemStatus[] => {
        const before = byKey.get(key);
        if (!before && !isPost(key)) return [];
        return [{ ...(before ?? { id: postItemId(key), seen: read }), read, starred, ...(before && before.read !== read && { seen: 1 }) } as ItemStatus];
      }),
    );
    for (const feed of feeds) {
      const fields = merged.changes.feeds.changed.get(feed.url);
      if (fields) await db.feeds.update(feed.id, fields);
    }
    return { merged, statuses };
  });
}

const mergeContext = ({ settings, builtIn, categories, now }: SyncContext, device: string): MergeContext => ({
  now: now(),
  device,
  builtIn,
  categories,
  parse: (stored) => ({ ...settings.parse(stored) }),
  settings: { ...DEFAULT_SETTINGS },
  accepts: (url) => builtIn.includes(url) || (isWebAddress(url) && !isXPage(url)),
});

/** Notes what has come to stand here. */
async function confirmStore(context: SyncContext): Promise<void> {
  const { db, settings } = context;
  const stored = await settings.read();
  await db.transaction('rw', [db.synced, db.feeds], async () => {
    const { registers } = readMemory(await db.synced.where('key').startsWith(REGISTER).toArray());
    const confirmed = confirm(registers, { settings: stored, feeds: await db.feeds.toArray() }, mergeContext(context, ''));
    await db.synced.bulkPut([...confirmed].map(([key, value]) => ({ key: REGISTER + key, value })));
  });
}

function readMemory(rows: readonly SyncRow[]): { registers: Map<string, Register>; states: Map<string, KnownState> } {
  const registers = new Map<string, Register>();
  const states = new Map<string, KnownState>();
  for (const { key, value } of rows) {
    if (key.startsWith(REGISTER)) registers.set(key.slice(REGISTER.length), value as Register);
    else if (key !== META) {
      const [reads, stars, period, met] = value as [number, number, number, 0 | 1];
      states.set(key, { reads, stars, period, met });
    }
  }
  return { registers, states };
}

/** The statuses that stand here, by stateKey; items are read by their index keys alone, save the few whose arrival is in question. */
async function readStatuses(db: Database, rows: readonly ItemStatus[], feeds: readonly Feed[], known: ReadonlyMap<string, KnownState>): Promise<Map<string, StatusHere>> {
  const ids = await db.items.orderBy('publishedMs').primaryKeys();
  const published = (await db.items.orderBy('publishedMs').keys()) as number[];
  const stored = new Map(ids.map((id, i) => [id, published[i] as number]));
  const cameRead = await findCameRead(db, rows.filter(({ id, read }) => read === 1 && stored.has(id) && !known.get(stateKey(id))?.reads).map(({ id }) => id), feeds);
  return new Map(
    rows.map(({ id, read, starred }): [string, StatusHere] => {
      const ms = stored.get(id);
      return [stateKey(id), { read, starred, stored: ms !== undefined, cameRead: cameRead.has(id), period: Math.floor((ms ?? 0) / PERIOD) }];
    }),
  );
}

/** Which of these items came read: as a feed's backlog, from before what it first brought unread. */
async function findCameRead(db: Database, ids: readonly string[], feeds: readonly Feed[]): Promise<Set<string>> {
  const since = new Map(feeds.map(({ id, unreadSince }) => [id, unreadSince ?? -Infinity]));
  const [least, most] = [Math.min(Infinity, ...since.values()), Math.max(-Infinity, ...since.values())];
  const first = new Map<string, number>();
  const [keys, times] = [await db.items.orderBy('firstMs').primaryKeys(), (await db.items.orderBy('firstMs').keys()) as number[]];
  keys.forEach((id, i) => first.set(id, times[i] as number));
  const doubtful = ids.filter((id) => (first.get(id) ?? 0) >= least && (first.get(id) ?? 0) < most);
  const items = await db.items.bulkGet(doubtful);
  const early = items.flatMap((item) => (item && item.firstMs < (since.get(item.appearances.at(-1)?.feedId ?? '') ?? Infinity) ? [item.id] : []));
  return new Set([...early, ...ids.filter((id) => (first.get(id) ?? 0) < least)]);
}

async function setSettings({ settings }: SyncContext, { changes }: Merged): Promise<void> {
  if (Object.keys(changes.settings).length > 0) await settings.change(changes.settings as Partial<Settings>);
}

/** Subscribes to feeds that came from another browser. One whose host is not allowed here waits and says why. Returns the ids. */
async function subscribeTo({ db, allowed, categories, now }: SyncContext, { changes }: Merged): Promise<string[]> {
  const ids: string[] = [];
  for (const [url, fields] of changes.feeds.added) {
    const fault: Fault = { kind: 'permission', detail: URL.parse(url)?.host ?? url, at: now() };
    const waits = !(await allowed(url).catch(() => false));
    const feed = newFeed(url, { title: fault.detail, categories, ...fields, ...(waits && { paused: 1 as const, fault }) }, now());
    ids.push((await addFeed(db, feed)).id);
  }
  return ids;
}

/** Forgets states that fell out of the area and whose items are gone from here too: their statuses stay, so nothing turns unread. */
async function forgetFallen(db: Database, { states }: Merged, layout: Layout, statuses: ReadonlyMap<string, StatusHere>): Promise<void> {
  if (layout.kept === layout.total) return;
  const kept = new Set([...layout.items.values()].flatMap((item) => [...item.states.keys()]));
  await db.synced.bulkDelete([...states.keys()].filter((key) => !kept.has(key) && !statuses.get(key)?.stored));
}
