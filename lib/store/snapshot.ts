// What is the reader's own of the store, taken out of it whole, and merged into a store again: for the mirror and for backups.
import { Dexie } from 'dexie';
import type { Digest } from '../model/digest.ts';
import type { Feed } from '../model/feed.ts';
import { gatherAppearances, type Item, type ItemStatus, type ToldItem } from '../model/item.ts';
import type { Move } from '../model/move.ts';
import type { Database } from './database.ts';
import { holdAlso } from './digests.ts';
import { listFeeds, newFeed } from './feeds.ts';
import { listStarred, staleDaysOf } from './items.ts';
import { staleLinksOf } from './similar.ts';
import { getMany } from './many.ts';
import { placeItem } from './moves.ts';
import { staleSearchDaysOf } from './search.ts';

/** What of a feed is worth keeping: all else comes back with its first poll. */
export type SavedFeed = Pick<Feed, 'id' | 'url' | 'title' | 'customTitle' | 'homepage' | 'categories' | 'hiddenCategories' | 'marks' | 'paused' | 'position' | 'addedAt' | 'unreadSince'>;
/** A read and star state as it is saved: whether it was seen is this browser's own. */
export type SavedStatus = Pick<ItemStatus, 'id' | 'read' | 'starred'>;
/** An item as it is saved: its links are derived again. */
export type SavedItem = Omit<Item, 'similar'>;
/** A digest as it is saved: what its items say of it, and what only polling needs, is left out. */
export type SavedDigest = Pick<Digest, 'id' | 'feedId' | 'guid' | 'url' | 'title' | 'publishedAt' | 'publishedMs' | 'categories' | 'kind' | 'listedAt' | 'seenAt' | 'soughtAt'>;

/** Feed ids are those of the browser it was taken in. */
export interface Snapshot {
  feeds: SavedFeed[];
  statuses: SavedStatus[];
  moves: Move[];
  /** Those whose words are kept, with the digests they stood in. */
  items: SavedItem[];
  digests: SavedDigest[];
  /** What is left of pruned items, by which their posts are marked. */
  told: ToldItem[];
}

/** How far a long work is. */
export type OnProgress = (done: number, total: number) => void;

/** Rows read or written at once. */
const CHUNK = 1000;

/** What of a feed is kept. */
export const saveFeed = ({ id, url, title, customTitle, homepage, categories, hiddenCategories, marks, paused, position, addedAt, unreadSince }: Feed): SavedFeed => ({ id, url, title, customTitle, homepage, categories, hiddenCategories, marks, paused, position, addedAt, unreadSince });

/** Reads a snapshot; all of one moment. `items`: whose words are taken along; `told`: pruned items too. */
export async function readSnapshot(db: Database, { items: which = 'starred', told = false, onProgress }: { items?: 'starred' | 'all'; told?: boolean; onProgress?: OnProgress } = {}): Promise<Snapshot> {
  return db.transaction('r', [db.feeds, db.statuses, db.moves, db.items, db.digests, db.toldItems], async () => {
    const feeds = (await listFeeds(db)).map(saveFeed);
    const statuses = (await db.statuses.toArray()).map(({ id, read, starred }) => ({ id, read, starred }));
    const ids = which === 'all' ? await db.items.toCollection().primaryKeys() : await listStarred(db);
    const items: SavedItem[] = [];
    for (let at = 0; at < ids.length; at += CHUNK) {
      for (const item of await getMany(db.items, ids.slice(at, at + CHUNK)))
        if (item) {
          const { similar: _, linkedPosts: __, ...saved } = item;
          items.push(saved);
        }
      onProgress?.(Math.min(at + CHUNK, ids.length), ids.length);
    }
    const digestIds = [...new Set(items.flatMap((item) => item.digestIds))];
    const digests = (await getMany(db.digests, digestIds)).flatMap((digest): SavedDigest[] => {
      if (!digest) return [];
      const { id, feedId, guid, url, title, publishedAt, publishedMs, categories, kind, listedAt, seenAt, soughtAt } = digest;
      return [{ id, feedId, guid, url, title, publishedAt, publishedMs, categories, kind, listedAt, seenAt, soughtAt }];
    });
    return { feeds, statuses, moves: await db.moves.toArray(), items, digests, told: told ? await db.toldItems.toArray() : [] };
  });
}

/** What a merge changes, or would. */
export interface SnapshotChanges {
  /** Feeds that are subscribed to anew, with the ids they have here. */
  added: Pick<Feed, 'id' | 'url'>[];
  feedsAdded: number;
  feedsKnown: number;
  /** Items that become read, and starred. */
  read: number;
  starred: number;
  /** Items that are put into another category for good. */
  moved: number;
  itemsAdded: number;
  itemsKnown: number;
  /** Pruned items whose posts are marked again. */
  told: number;
}

/** How a snapshot is merged. */
export interface MergeOptions {
  /** ms. */
  now: number;
  /** Changes nothing, and tells what would change. */
  dry?: boolean;
  /** What differs in a feed that is added, such as that it waits for its host. */
  fieldsOf?: (feed: SavedFeed) => Partial<Feed>;
  onProgress?: OnProgress;
  /** Done at the end, in the same transaction: where it fails, nothing is changed. */
  alongside?: () => Promise<unknown>;
}

/**
 * Merges a snapshot into the store, all or nothing: what is missing is added, and nothing is taken away, turned unread or
 * unstarred. Words of items that are stored stay as they are, as do feeds that are subscribed to; of two decisions where an
 * item belongs the later one holds. Repeating it changes nothing.
 */
export async function mergeSnapshot(db: Database, snapshot: Snapshot, { now, dry = false, fieldsOf = () => ({}), onProgress, alongside }: MergeOptions): Promise<SnapshotChanges> {
  const tables = [db.feeds, db.digests, db.items, db.statuses, db.moves, db.toldItems, db.staleDays, db.staleLinks, db.staleSearchDays];
  return db.transaction(dry ? 'r' : 'rw', tables, async () => {
    const total = snapshot.statuses.length + snapshot.items.length + snapshot.told.length + snapshot.moves.length;
    let done = 0;
    const step = (n: number) => onProgress?.((done += n), total);
    const { idOf, ...feeds } = await mergeFeeds(db, snapshot.feeds, fieldsOf, now, dry);
    const changes: SnapshotChanges = { ...feeds, read: 0, starred: 0, moved: 0, itemsAdded: 0, itemsKnown: 0, told: 0 };
    const held = new Map<string, string[]>();
    for (const chunk of chunksOf(snapshot.items)) {
      const { added, known } = await addItems(db, chunk.map((item) => adopt(item, idOf)), dry);
      for (const { id, digestIds } of added) for (const one of digestIds) held.set(one, [...(held.get(one) ?? []), id]);
      changes.itemsAdded += added.length;
      changes.itemsKnown += known;
      step(chunk.length);
    }
    for (const chunk of chunksOf(snapshot.told)) {
      changes.told += await addTold(db, chunk.map((one) => adoptTold(one, idOf, now)), dry);
      step(chunk.length);
    }
    if (!dry) for (const chunk of chunksOf(snapshot.digests)) await addDigests(db, chunk, idOf, now);
    if (!dry) await holdItems(db, held);
    for (const chunk of chunksOf(snapshot.statuses)) {
      const { read, starred } = await mergeStatuses(db, chunk, dry);
      changes.read += read;
      changes.starred += starred;
      step(chunk.length);
    }
    // An item never stands without a status.
    if (!dry) for (const chunk of chunksOf(snapshot.items)) await mergeStatuses(db, chunk.map(({ id }) => ({ id, read: 1, starred: 0 })), dry, true);
    for (const chunk of chunksOf(snapshot.moves)) {
      changes.moved += await mergeMoves(db, chunk, now, dry);
      step(chunk.length);
    }
    if (!dry && alongside) await Dexie.waitFor(alongside());
    return changes;
  });
}

function chunksOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK));
}

/** Returns how the snapshot's feed ids read here, too. */
async function mergeFeeds(db: Database, saved: readonly SavedFeed[], fieldsOf: NonNullable<MergeOptions['fieldsOf']>, now: number, dry: boolean): Promise<{ idOf: Map<string, string>; added: Pick<Feed, 'id' | 'url'>[]; feedsAdded: number; feedsKnown: number }> {
  const rows = await db.feeds.toArray();
  const standing = new Map(rows.map((feed) => [feed.url, feed]));
  const taken = new Set(rows.map(({ id }) => id));
  const idOf = new Map<string, string>();
  const added: Feed[] = [];
  let known = 0;
  // The snapshot's own order, behind what stands here.
  const last = Math.max(-1, ...rows.map(({ position }) => position));
  for (const feed of [...saved].sort((a, b) => a.position - b.position)) {
    const same = standing.get(feed.url);
    if (same && same.removedAt === null) known++;
    else if (same) added.push({ ...same, removedAt: null, ...fieldsOf(feed) });
    else added.push(newFeed(feed.url, { ...feed, position: last + 1 + added.length, id: taken.has(feed.id) ? crypto.randomUUID() : feed.id, ...fieldsOf(feed) }, now));
    const stands = same ?? (added.at(-1) as Feed);
    standing.set(feed.url, { ...stands, removedAt: null });
    taken.add(stands.id);
    idOf.set(feed.id, stands.id);
  }
  if (!dry) await db.feeds.bulkPut(added);
  return { idOf, added: added.map(({ id, url }) => ({ id, url })), feedsAdded: added.length, feedsKnown: known };
}

/** A digest's id begins with its feed's. */
const adoptDigestId = (id: string, feedId: string, own: string): string => own + id.slice(feedId.length);

/** An item under the feed ids that hold here. */
function adopt(item: SavedItem, idOf: ReadonlyMap<string, string>): Item {
  const appearances = item.appearances.map((one) => {
    const own = idOf.get(one.feedId) ?? one.feedId;
    return { ...one, feedId: own, digestId: adoptDigestId(one.digestId, one.feedId, own) };
  });
  return { ...item, ...gatherAppearances(appearances), similar: [] };
}

function adoptTold(told: ToldItem, idOf: ReadonlyMap<string, string>, now: number): ToldItem {
  const own = (id: string) => idOf.get(id) ?? id;
  return { ...told, feedIds: [...new Set(told.feedIds.map(own))], appearances: told.appearances.map(({ feedId, publishedMs }) => ({ feedId: own(feedId), publishedMs })), listedAt: Math.min(told.listedAt, now) };
}

/** Those of which nothing stands here, neither what is left nor the item itself. Returns how many. */
async function addTold(db: Database, told: readonly ToldItem[], dry: boolean): Promise<number> {
  const ids = told.map(({ id }) => id);
  const [before, items, decisions] = [await getMany(db.toldItems, ids), await getMany(db.items, ids), await getMany(db.moves, ids)];
  const fresh = told.flatMap((one, i) => (before[i] || items[i] ? [] : [{ ...one, category: decisions[i]?.to ?? one.category }]));
  if (!dry && fresh.length > 0) await Promise.all([db.toldItems.bulkPut(fresh), db.staleDays.bulkPut(staleDaysOf(fresh))]);
  return fresh.length;
}

/** Those that are not stored yet. */
async function addItems(db: Database, items: Item[], dry: boolean): Promise<{ added: Item[]; known: number }> {
  const before = await getMany(db.items, items.map(({ id }) => id));
  const fresh = items.filter((_, i) => !before[i]);
  if (!dry && fresh.length > 0) {
    const decisions = await getMany(db.moves, fresh.map(({ id }) => id));
    await db.items.bulkPut(fresh.map((item, i) => (decisions[i] ? { ...item, category: decisions[i].to, categorySource: 'reader', confidence: null } : item)));
    await Promise.all([db.staleDays.bulkPut(staleDaysOf(fresh)), db.staleSearchDays.bulkPut(staleSearchDaysOf(fresh)), db.staleLinks.bulkPut(staleLinksOf(fresh.map((after) => ({ after }))))]);
  }
  return { added: fresh, known: items.length - fresh.length };
}

/** As not listed: the feed's next document says otherwise. Without a fingerprint, for only some of its items may have come along. */
async function addDigests(db: Database, digests: readonly SavedDigest[], idOf: ReadonlyMap<string, string>, now: number): Promise<void> {
  const own = digests.map((digest): Digest => {
    const feedId = idOf.get(digest.feedId) ?? digest.feedId;
    return { ...digest, id: adoptDigestId(digest.id, digest.feedId, feedId), feedId, itemIds: [], fingerprint: '', listed: 0, listedAt: Math.min(digest.listedAt, now), seenAt: Math.min(digest.seenAt, now) };
  });
  const before = await getMany(db.digests, own.map(({ id }) => id));
  await db.digests.bulkPut(own.filter((_, i) => !before[i]));
}

/** Notes in the digests, new here or not, which items have come to stand in them; `held`: their ids by digest. */
async function holdItems(db: Database, held: ReadonlyMap<string, string[]>): Promise<void> {
  for (const ids of chunksOf([...held.keys()])) {
    const digests = (await getMany(db.digests, ids)).filter((digest) => digest !== undefined);
    await db.digests.bulkPut(digests.map((digest) => ({ ...digest, itemIds: holdAlso(digest, held.get(digest.id) ?? []) })));
  }
}

/** Read and starred win. `absent`: only where none stands. */
async function mergeStatuses(db: Database, statuses: readonly SavedStatus[], dry: boolean, absent = false): Promise<{ read: number; starred: number }> {
  const before = await getMany(db.statuses, statuses.map(({ id }) => id));
  const changed: ItemStatus[] = [];
  let [read, starred] = [0, 0];
  statuses.forEach((status, i) => {
    const stands = before[i];
    if (stands && absent) return;
    const after: ItemStatus = { id: status.id, read: stands?.read || status.read, starred: stands?.starred || status.starred, seen: stands && stands.read === (stands.read || status.read) ? stands.seen : 1 };
    if (stands && stands.read === after.read && stands.starred === after.starred) return;
    if (after.read && !stands?.read) read++;
    if (after.starred && !stands?.starred) starred++;
    changed.push(after);
  });
  if (!dry) await db.statuses.bulkPut(changed);
  return { read, starred };
}

async function mergeMoves(db: Database, moves: readonly Move[], now: number, dry: boolean): Promise<number> {
  const before = await getMany(db.moves, moves.map(({ id }) => id));
  const later = moves.map((move) => ({ ...move, at: Math.min(move.at, now) })).filter((move, i) => !before[i] || before[i].at < move.at);
  if (dry || later.length === 0) return later.length;
  await db.moves.bulkPut(later);
  for (const { id, to } of later) await placeItem(db, id, { category: to, categorySource: 'reader', confidence: null }, to);
  return later.length;
}
