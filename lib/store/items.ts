// Items and what the reader did with them.
import type { Table } from 'dexie';
import type { Item, ItemStatus, ToldItem } from '../model/item.ts';
import { type PostId, postItem } from '../model/post.ts';
import type { Settings } from '../model/settings.ts';
import { passesFilters } from '../model/shown.ts';
import { createRules } from '../rules.ts';
import type { Database, StaleDay } from './database.ts';
import { mapFeeds } from './feeds.ts';
import { getMany, putMany } from './many.ts';

/** The day (UTC) whose piece of the marks list an item's posts stand in. */
const dayOf = (item: Pick<Item, 'firstMs'>): string => new Date(item.firstMs).toISOString().slice(0, 10);

/** The days on which a change of these items shows in the marks. */
export const staleDaysOf = (items: readonly Pick<Item, 'firstMs' | 'postIds'>[]): StaleDay[] => [...new Set(items.filter((item) => item.postIds.length > 0).map(dayOf))].map(toStaleDay);

const toStaleDay = (day: string): StaleDay => ({ day, token: crypto.randomUUID() });

/** Settings that decide which items count. */
export type ItemFilter = Pick<Settings, 'hiddenCategories' | 'rules'>;

/** How many items pass filters and rules: unread ones, and among them those that came since the popup was last opened. */
export async function countUnread(db: Database, settings: ItemFilter, now: number): Promise<{ unread: number; fresh: number }> {
  const feeds = await mapFeeds(db);
  const { mutedBy } = createRules(settings.rules, now);
  const statuses = await db.statuses.where('lists').equals('unread').toArray();
  const items = await getMany(db.items, statuses.map((status) => status.id));
  const shown = statuses.filter((_, i) => {
    const item = items[i];
    return item && passesFilters(item, settings, feeds) && !mutedBy(item);
  });
  return { unread: shown.length, fresh: shown.filter((status) => status.seen === 0).length };
}

/** Marks items read or unread. Unread ones stay seen: the reader has met them; one that was pruned meanwhile stays read. Returns the ids that were changed, for undo. */
export const setRead = (db: Database, ids: readonly string[], read: boolean): Promise<string[]> => changeStatuses(db, ids, read ? { read: 1, seen: 1 } : { read: 0, seen: 1 }, 'read', !read);

/** Stars items or takes their star away; a starred item is never pruned, and one that was is not starred any more. Returns the ids that were changed, for undo. */
export const setStarred = (db: Database, ids: readonly string[], starred: boolean): Promise<string[]> => changeStatuses(db, ids, { starred: starred ? 1 : 0 }, 'starred', starred);

/** `stored`: only of items that are. */
async function changeStatuses(db: Database, ids: readonly string[], changes: Partial<ItemStatus>, what: 'read' | 'starred', stored: boolean): Promise<string[]> {
  return db.transaction('rw', [db.statuses, db.items], async () => {
    const statuses = await getMany(db.statuses, ids);
    const items = stored ? await getMany(db.items, ids) : [];
    const changed = statuses.filter((status, i): status is ItemStatus => status !== undefined && status[what] !== changes[what] && (!stored || items[i] !== undefined));
    await putMany(db.statuses, changed.map((status) => ({ ...status, ...changes })));
    return changed.map(({ id }) => id);
  });
}

/** Ids of the starred items. */
export async function listStarred(db: Database): Promise<string[]> {
  return db.statuses.where('lists').equals('starred').primaryKeys();
}

/** Notes that the reader has looked: nothing stored now is new any more. What is read has been seen. Returns whether anything was. */
export async function markSeen(db: Database): Promise<boolean> {
  return db.transaction('rw', db.statuses, async () => {
    const fresh = (await db.statuses.where('lists').equals('unread').toArray()).filter(({ seen }) => seen === 0);
    await putMany(db.statuses, fresh.map((status): ItemStatus => ({ ...status, seen: 1 })));
    return fresh.length > 0;
  });
}

/** Items whose posts were first told of on this day (UTC), and what is left of those that were pruned. */
export async function listToldOn(db: Database, day: string): Promise<Omit<ToldItem, 'listedAt'>[]> {
  const from = Date.parse(`${day}T00:00:00Z`);
  const ofDay = <T extends Item | ToldItem>(table: Table<T, string>) => table.where('firstMs').between(from, from + 86_400_000, true, false).toArray();
  return [...(await ofDay(db.items)), ...(await ofDay(db.toldItems))];
}

/** The unread items by the day (UTC) they were first told of. */
export async function listUnreadByDay(db: Database): Promise<Map<string, Item[]>> {
  const ids = await db.statuses.where('lists').equals('unread').primaryKeys();
  const items = (await getMany(db.items, ids)).filter((item): item is Item => item !== undefined);
  return Map.groupBy(items, dayOf);
}

/**
 * The item that tells of a post, stored or what is left of one: the post's own before such as only link it, then the
 * earliest. Null where none does.
 */
export async function findByPost(db: Database, postId: PostId): Promise<Item | ToldItem | null> {
  const own = await db.items.get(postItem(postId));
  const found: (Item | ToldItem)[] = [...(own ? [own] : []), ...(await db.items.where('linkedPosts').equals(postId).toArray()), ...(await db.toldItems.where('postIds').equals(postId).toArray())];
  const isOwn = (item: Pick<Item, 'postIds'>) => Number(item.postIds[0] === postId);
  return found.sort((a, b) => isOwn(b) - isOwn(a) || a.firstMs - b.firstMs || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** Every day (UTC) on which something was first told of, pruned since or not. */
export async function listDays(db: Database): Promise<string[]> {
  const keys = [...(await db.items.orderBy('firstMs').uniqueKeys()), ...(await db.toldItems.orderBy('firstMs').uniqueKeys())] as number[];
  return [...new Set(keys.map((firstMs) => dayOf({ firstMs })))].sort();
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
