// The search index as it is kept: two rows a day, derived from the day’s items together with how many these are, and the days
// that have to be derived again.
// What the rows hold is the affair of lib/search and opaque here.
import { Dexie } from 'dexie';
import type { Item } from '../model/item.ts';
import type { Database, DayCount, SearchRow, StaleSearchDay } from './database.ts';

const DAY = 86_400_000;

const toStale = (day: number): StaleSearchDay => ({ day, token: crypto.randomUUID() });

/** The days whose part of the search index a change of these items, in their old or new state, makes stale; written in the transaction that changes them. */
export const staleSearchDaysOf = (items: readonly Pick<Item, 'firstMs'>[]): StaleSearchDay[] => [...new Set(items.map((item) => Math.floor(item.firstMs / DAY)))].filter(Number.isFinite).map(toStale);

/** A day that has items: `token` tells one state of them from another. A stale day's rows are out of date or missing: its items have to be read instead. */
export interface SearchDay {
  day: number;
  token: string;
  stale: boolean;
}

/** Every day that has items, newest first. Reads keys alone, and the few stale days. */
async function listSearchDays(db: Database): Promise<SearchDay[]> {
  return db.transaction('r', [db.searchHeads, db.staleSearchDays], async () => {
    const stale = await db.staleSearchDays.toArray();
    const days = new Map(stale.map(({ day, token }): [number, SearchDay] => [day, { day, token, stale: true }]));
    const kept = (await db.searchHeads.orderBy('[day+token]').keys()) as unknown as [number, string][];
    for (const [day, token] of kept) if (!days.has(day)) days.set(day, { day, token, stale: false });
    return [...days.values()].sort((a, b) => b.day - a.day);
  });
}

/**
 * The same, listed again only after something was written, in this context or another: between two keystrokes it costs
 * nothing. `onChange` is told of every write.
 */
export function watchSearchDays(db: Database, onChange: () => void): { list: () => Promise<SearchDay[]>; stop: () => void } {
  let listed: Promise<SearchDay[]> | null = null;
  const forget = (): void => {
    listed = null;
    onChange();
  };
  const list = (): Promise<SearchDay[]> => {
    const mine = (listed ??= listSearchDays(db));
    return mine.catch((error: unknown) => {
      if (listed === mine) listed = null;
      throw error;
    });
  };
  Dexie.on.storagemutated.subscribe(forget);
  return { list, stop: () => Dexie.on.storagemutated.unsubscribe(forget) };
}

/** The rows of these days in one column; of a day that has none, nothing. */
export const readSearchRows = async (db: Database, column: 'searchHeads' | 'searchBodies', days: readonly number[]): Promise<SearchRow[]> => (await db[column].bulkGet([...days])).filter((row) => row !== undefined);

/** The items first told of on a day. */
export const listItemsOfDay = (db: Database, day: number): Promise<Item[]> => db.items.where('firstMs').between(day * DAY, (day + 1) * DAY, true, false).toArray();

/** Days that have to be derived, newest first. */
export const listStaleSearchDays = (db: Database): Promise<StaleSearchDay[]> => db.staleSearchDays.orderBy('day').reverse().toArray();

/**
 * Derives a stale day from its items. Safe to be killed in and beside other writers: the day stays stale unless it is still
 * in the state that `stale` tells of when its rows are written.
 */
export async function deriveSearchDay(db: Database, stale: StaleSearchDay, index: (items: Item[]) => { head: unknown; body: unknown }): Promise<void> {
  const { day, token } = stale;
  const items = await listItemsOfDay(db, day);
  const made = items.length ? index(items) : null;
  await db.transaction('rw', [db.searchHeads, db.searchBodies, db.dayCounts, db.staleSearchDays], async () => {
    if ((await db.staleSearchDays.get(day))?.token !== token) return;
    const rows = made
      ? [db.searchHeads.put({ day, token, column: made.head }), db.searchBodies.put({ day, token, column: made.body }), db.dayCounts.put(countItems(day, items))]
      : [db.searchHeads.delete(day), db.searchBodies.delete(day), db.dayCounts.delete(day)];
    await Promise.all([...rows, db.staleSearchDays.delete(day)]);
  });
}

function countItems(day: number, items: readonly Item[]): DayCount {
  const feeds: Record<string, number> = {};
  for (const id of items.flatMap((item) => item.feedIds)) feeds[id] = (feeds[id] ?? 0) + 1;
  return { day, items: items.length, feeds };
}

/** How many items every day has that has any. Counted anew are those whose items have changed since they were; normally none, or a poll's. */
export async function countDays(db: Database): Promise<DayCount[]> {
  return db.transaction('r', [db.items, db.dayCounts, db.staleSearchDays], async () => {
    const days = new Map((await db.dayCounts.toArray()).map((one) => [one.day, one]));
    for (const { day, counted } of await db.staleSearchDays.toArray()) if (!counted || !days.has(day)) days.set(day, countItems(day, await listItemsOfDay(db, day)));
    return [...days.values()].filter(({ items }) => items > 0);
  });
}

/** Has the whole index derived again. Returns whether; false where it was cancelled before, and nothing is changed. */
export async function markSearchStale(db: Database, signal?: AbortSignal): Promise<boolean> {
  // Not in the transaction, which would hold up others: an item that comes meanwhile makes its day stale itself.
  const stored: number[] = [];
  // From day to day: to list every item's time takes a second for 20,000.
  for (let ms: number | undefined = -Infinity; ms !== undefined; ms = await firstMsFrom(db, ms)) {
    if (signal?.aborted) return false;
    if (Number.isFinite(ms)) stored.push(Math.floor(ms / DAY));
  }
  if (signal?.aborted) return false;
  await db.transaction('rw', [db.searchHeads, db.staleSearchDays], async () => {
    const kept = await db.searchHeads.toCollection().primaryKeys();
    const changed = new Set((await db.staleSearchDays.toArray()).flatMap(({ day, counted }) => (counted ? [] : [day])));
    const days = new Set([...stored, ...kept]);
    await db.staleSearchDays.bulkPut([...days].map((day): StaleSearchDay => ({ ...toStale(day), ...(!changed.has(day) && { counted: 1 }) })));
  });
  return true;
}

/** When the first item was first told of after the day `ms` is in, ms; undefined where there is none. */
async function firstMsFrom(db: Database, ms: number): Promise<number | undefined> {
  const next = Number.isFinite(ms) ? (Math.floor(ms / DAY) + 1) * DAY : ms;
  return (await db.items.where('firstMs').aboveOrEqual(next).limit(1).keys())[0] as number | undefined;
}
