// How long things are kept: what no feed has listed for long is pruned, what belongs to a removed feed is purged, step by step.
import type { Digest } from '../model/digest.ts';
import type { Feed } from '../model/feed.ts';
import type { Item, ItemStatus, ToldItem } from '../model/item.ts';
import type { Settings } from '../model/settings.ts';
import type { Database } from './database.ts';
import { mapFeeds } from './feeds.ts';
import { staleDaysOf } from './items.ts';
import { staleLinksOf } from './similar.ts';
import { getMany } from './many.ts';
import { staleSearchDaysOf } from './search.ts';
import { readSettings } from './settings.ts';

const DAY = 86_400_000;
/** Days in which the removal of a feed can be undone. */
export const UNDO_DAYS = 14;
/** Of each feed so many digests are kept, however old. */
const KEPT_DIGESTS = 3;
/** Unread items are kept so long at least, whatever the reader chose for the rest. */
const UNREAD_DAYS = 30;
/** The posts of a pruned item are marked until so many days after it was last listed. */
const TOLD_DAYS = 400;
/** Items taken in one step: some hundredths of a second. */
const STEP = 200;
/** Digests looked at in one read. */
const CHUNK = 50;

/**
 * Whether an item may be pruned. `listedAt`: when its feed last listed it, ms; how old it is by its publication says
 * nothing, since a feed may list an old digest today. `keepDays` null is for ever.
 */
export function mayPrune(status: Pick<ItemStatus, 'read' | 'starred'> | undefined, listedAt: number, now: number, keepDays: number | null): boolean {
  if (keepDays === null || status?.starred) return false;
  const days = status?.read === 0 ? Math.max(keepDays, UNREAD_DAYS) : keepDays;
  return now - listedAt >= days * DAY;
}

/** One step of `prune` with the reader's settings; one at a time across contexts. Returns whether more is left to do. */
export async function pruneStep(db: Database, now: number): Promise<boolean> {
  return navigator.locks.request('prune', async () => prune(db, await readSettings(), now));
}

/** Prunes all there is to prune, step by step. Returns how many items went. */
export async function pruneAll(db: Database, now: number): Promise<number> {
  const before = await db.items.count();
  while (await pruneStep(db, now));
  return before - (await db.items.count());
}

/**
 * Takes away, in one transaction and at most about `limit` items, what need not be kept: feeds removed more than
 * UNDO_DAYS ago, items no feed has listed for `keepDays`, and the marks of items pruned TOLD_DAYS ago. Kept are what a feed
 * still lists, each feed's newest digests, what stands in another digest that is kept, and what is starred. Read states
 * stay, so that nothing comes back as unread. Returns whether more is left to do.
 */
export async function prune(db: Database, { keepDays }: Pick<Settings, 'keepDays'>, now: number, { limit = STEP } = {}): Promise<boolean> {
  return db.transaction('rw', [db.feeds, db.digests, db.items, db.statuses, db.toldItems, db.pendingPages, db.staleDays, db.staleLinks, db.staleSearchDays], async () => {
    const feeds = await mapFeeds(db);
    let left = limit;
    for (const feed of feeds.values()) {
      if (left <= 0) return true;
      if (feed.removedAt !== null && now - feed.removedAt >= UNDO_DAYS * DAY) left -= await purgeFeed(db, feed, feeds, left);
    }
    if (keepDays !== null) {
      const newest = new Set<string>();
      for (const { id } of feeds.values()) for (const key of await db.digests.where('[feedId+publishedMs]').between([id, -Infinity], [id, Infinity]).reverse().limit(KEPT_DIGESTS).primaryKeys()) newest.add(key);
      const old = (await db.digests.where('[listed+listedAt]').between([0, -Infinity], [0, now - keepDays * DAY], true, true).primaryKeys()).filter((id) => !newest.has(id));
      for (let at = 0; at < old.length && left > 0; at += CHUNK)
        for (const digest of await db.digests.bulkGet(old.slice(at, at + CHUNK)))
          if (digest && left > 0) left -= await dropDigest(db, digest, feeds, (status) => mayPrune(status, digest.listedAt, now, keepDays));
    }
    if (left > 0) left -= await forgetTold(db, now - TOLD_DAYS * DAY, left);
    return left <= 0;
  });
}

/** Takes a removed feed's digests away and, with the last, the feed; digests that hold starred items stay. Returns how much was taken. */
async function purgeFeed(db: Database, feed: Feed, feeds: Map<string, Feed>, limit: number): Promise<number> {
  const others = new Map([...feeds].filter(([id]) => id !== feed.id));
  let taken = 0;
  for (const digest of await db.digests.where('[feedId+listed]').between([feed.id, 0], [feed.id, 1], true, true).toArray()) {
    if (taken >= limit) return taken;
    taken += await dropDigest(db, digest, others, (status) => !status?.starred);
    // One that stays is taken by a later step once its stars are gone.
    if (digest.listed) await db.digests.update(digest.id, { listed: 0, listedAt: feed.removedAt ?? digest.listedAt });
  }
  await db.pendingPages.where('feedId').equals(feed.id).delete();
  await db.feeds.delete(feed.id);
  return taken + 1;
}

/**
 * Takes away a digest's items that stand in no other digest, and the digest, unless an item that may not go holds it.
 * Returns how many rows were taken. `feeds`: those whose posts are marked on.
 */
async function dropDigest(db: Database, digest: Digest, feeds: Map<string, Feed>, mayGo: (status: ItemStatus | undefined) => boolean): Promise<number> {
  const items = (await getMany(db.items, digest.itemIds)).filter((item) => item !== undefined);
  const others = [...new Set(items.flatMap((item) => item.digestIds))].filter((id) => id !== digest.id);
  // Not by the items' own word: a digest that went and came back, edited meanwhile, does not hold all that say so.
  const held = new Set((await getMany(db.digests, others)).flatMap((other) => other?.itemIds ?? []));
  const last = items.filter(({ id }) => !held.has(id));
  const statuses = await db.statuses.bulkGet(last.map(({ id }) => id));
  const gone = last.filter((_, i) => mayGo(statuses[i]));
  const ids = gone.map(({ id }) => id);
  await db.items.bulkDelete(ids);
  await db.staleSearchDays.bulkPut(staleSearchDaysOf(gone));
  await db.staleLinks.bulkPut(staleLinksOf(gone.map((before) => ({ before }))));
  // Of a feed that is purged nothing is marked; that it was removed may never have been seen by the marks before its row is gone.
  if (!feeds.has(digest.feedId)) await db.staleDays.bulkPut(staleDaysOf(items));
  await db.statuses.bulkPut(statuses.flatMap((status) => (status && status.read === 0 && ids.includes(status.id) ? [{ ...status, read: 1 as const, seen: 1 as const }] : [])));
  await keepTold(db, gone.filter((item) => item.postIds.length > 0 && item.feedIds.some((id) => feeds.has(id))), digest.listedAt);
  if (gone.length < last.length) {
    const left = new Set(ids);
    if (left.size > 0) await db.digests.update(digest.id, { itemIds: digest.itemIds.filter((id) => !left.has(id)) });
    return gone.length;
  }
  await db.digests.delete(digest.id);
  return gone.length + 1;
}

/** Keeps what the marks need of items that go. One that came back after it had gone was told of earlier still, or in the same digest again. */
async function keepTold(db: Database, items: Item[], listedAt: number): Promise<void> {
  const before = await db.toldItems.bulkGet(items.map(({ id }) => id));
  await db.toldItems.bulkPut(
    items.map(({ id, postIds, category, firstMs, feedIds, title, author, handle, appearances }, i): ToldItem => {
      const past = before[i];
      return {
        id,
        postIds: [...new Set([...postIds, ...(past?.postIds ?? [])])],
        category,
        title,
        author,
        handle,
        firstMs: Math.min(firstMs, past?.firstMs ?? firstMs),
        feedIds: [...new Set([...feedIds, ...(past?.feedIds ?? [])])],
        appearances: [...new Map([...(past?.appearances ?? []), ...appearances].map(({ feedId, publishedMs }) => [`${feedId} ${publishedMs}`, { feedId, publishedMs }])).values()].sort((a, b) => b.publishedMs - a.publishedMs),
        listedAt,
      };
    }),
  );
}

async function forgetTold(db: Database, before: number, limit: number): Promise<number> {
  const told = await db.toldItems.where('listedAt').belowOrEqual(before).limit(limit).toArray();
  await db.toldItems.bulkDelete(told.map(({ id }) => id));
  await db.staleDays.bulkPut(staleDaysOf(told));
  return told.length;
}
