// Items and what the reader did with them.
import { compareItems, type Feed, type Item, type ItemStatus, passesFilters, type Settings } from '../model.ts';
import type { Database, StaleDay } from './database.ts';

/** The day (UTC) whose piece of the marks list an item's posts stand in. */
export const dayOf = (item: Pick<Item, 'firstMs'>): string => new Date(item.firstMs).toISOString().slice(0, 10);

/** The days on which a change of these items shows in the marks. */
export const staleDaysOf = (items: readonly Item[]): StaleDay[] => [...new Set(items.filter((item) => item.postIds.length > 0).map(dayOf))].map(toStaleDay);

const toStaleDay = (day: string): StaleDay => ({ day, token: crypto.randomUUID() });

/** Unread items that pass the filters, in reading order. */
export async function listUnread(db: Database, settings: Pick<Settings, 'hiddenCategories'>): Promise<Item[]> {
  return (await itemsOf(db, await db.statuses.where('read').equals(0).primaryKeys())).filter((item) => passesFilters(item.category, settings)).sort(compareItems);
}

/** How many items pass the filters: unread ones, and among them those that came since the popup was last opened. */
export async function countUnread(db: Database, settings: Pick<Settings, 'hiddenCategories'>): Promise<{ unread: number; fresh: number }> {
  const statuses = await db.statuses.where('read').equals(0).toArray();
  const items = await db.items.bulkGet(statuses.map((status) => status.id));
  const shown = statuses.filter((_, i) => {
    const item = items[i];
    return item && passesFilters(item.category, settings);
  });
  return { unread: shown.length, fresh: shown.filter((status) => status.seen === 0).length };
}

async function itemsOf(db: Database, ids: string[]): Promise<Item[]> {
  return (await db.items.bulkGet(ids)).filter((item): item is Item => item !== undefined); // a read state may outlive its item
}

/** Marks items read or unread. Unread ones stay seen: the reader has met them. Returns the ids that were changed, for undo. */
export async function setRead(db: Database, ids: readonly string[], read: boolean): Promise<string[]> {
  return db.transaction('rw', db.statuses, async () => {
    const value = read ? 1 : 0;
    const statuses = await db.statuses.bulkGet([...ids]);
    const changed = statuses.filter((status): status is ItemStatus => status !== undefined && status.read !== value);
    await db.statuses.bulkPut(changed.map((status) => ({ ...status, read: value, seen: 1 })));
    return changed.map((status) => status.id);
  });
}

/** Notes that the reader has looked: nothing stored now is new any more. */
export async function markSeen(db: Database): Promise<void> {
  await db.statuses.where('seen').equals(0).modify({ seen: 1 });
}

/** What the popup shows: unread items, and how each feed is doing. One read, so that both are of one moment. */
export async function readInbox(db: Database, settings: Pick<Settings, 'hiddenCategories'>): Promise<{ items: Item[]; feeds: Feed[] }> {
  return db.transaction('r', [db.statuses, db.items, db.feeds], async () => ({ items: await listUnread(db, settings), feeds: await db.feeds.orderBy('position').toArray() }));
}

/** Items whose posts were first told of on this day (UTC). */
export async function listItemsOfDay(db: Database, day: string): Promise<Item[]> {
  const from = Date.parse(`${day}T00:00:00Z`);
  return db.items.where('firstMs').between(from, from + 86_400_000, true, false).toArray();
}

/** Every day (UTC) that holds an item with a post. */
export async function listDays(db: Database): Promise<string[]> {
  const days = new Set<string>();
  await db.items.orderBy('firstMs').eachUniqueKey((ms) => {
    days.add(new Date(ms as number).toISOString().slice(0, 10));
  });
  return [...days];
}

/** Days whose marks have to be derived again. */
export const listStaleDays = (db: Database): Promise<StaleDay[]> => db.staleDays.toArray();

/** Has every day's marks derived again: the filters changed. */
export async function markDaysStale(db: Database): Promise<void> {
  const days = await listDays(db);
  await db.staleDays.bulkPut(days.map(toStaleDay));
}

/** Forgets stale days whose marks are up to date, unless they turned stale again meanwhile. */
export async function clearStaleDays(db: Database, days: StaleDay[]): Promise<void> {
  await db.transaction('rw', db.staleDays, async () => {
    const now = await db.staleDays.bulkGet(days.map(({ day }) => day));
    await db.staleDays.bulkDelete(days.filter(({ token }, i) => now[i]?.token === token).map(({ day }) => day));
  });
}
