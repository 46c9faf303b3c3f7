// Saving what a poll brought: digests, items, read states and the feed's own row in one transaction.
import type { Category } from '../model/category.ts';
import type { Digest } from '../model/digest.ts';
import type { Feed } from '../model/feed.ts';
import { type Appearance, gatherAppearances, type Item, type ItemStatus } from '../model/item.ts';
import { noteBells } from './bells.ts';
import type { Database, PendingPage } from './database.ts';
import { listFeeds } from './feeds.ts';
import { staleDaysOf } from './items.ts';
import { staleLinksOf } from './similar.ts';
import { getMany, putMany } from './many.ts';
import { readDecisions } from './moves.ts';
import { staleSearchDaysOf } from './search.ts';

/** An item of one digest, with its category. */
export type NewItem = Omit<Item, 'appearances' | 'feedIds' | 'digestIds' | 'publishedMs' | 'firstMs' | 'similar'>;

/** A digest as a poll brings it; one that is stored already keeps its own `seenAt`. */
type NewDigest = Omit<Digest, 'itemIds' | 'listed' | 'listedAt' | 'soughtAt'>;

/** A page as a poll finds it. */
export type NewPage = Omit<PendingPage, 'soughtAt'>;

/** A digest to be stored, with its items. */
export interface SavedDigest {
  digest: NewDigest;
  items: NewItem[];
  /** Whether items nobody has met before arrive unread. */
  unread: boolean;
  /** Where what is new in it may ring: when it came, ms. Left out for what a first poll brings, and for backlog. */
  ringsAt?: number;
}

/** What a poll brought: all of it is stored at once, or nothing. */
export interface PollResult {
  /** Each once. */
  digests: SavedDigest[];
  /** Pages found in the feed that are yet to be read. */
  pending?: NewPage[];
  /** The ids of all digests the feed lists now, changed or not; left out where this is not what the feed itself answered. */
  listed?: string[];
  /** Changes to the feed's row; its validators must never be saved apart from what they vouch for. */
  feed?: Partial<Feed>;
}

/**
 * Saves a poll's result, all or nothing. An item met again keeps its read state and gains an appearance; its words are
 * those of its newest digest; its category is the reader's where the reader ever moved it. A digest edited by its publisher
 * never takes an item away. Returns how many items are new.
 * Does nothing where the feed has been removed meanwhile.
 */
export async function savePoll(db: Database, feedId: string, { digests, pending = [], listed, feed }: PollResult): Promise<number> {
  return db.transaction('rw', [db.feeds, db.digests, db.items, db.statuses, db.moves, db.pendingPages, db.bells, db.staleDays, db.staleLinks, db.staleSearchDays], async () => {
    const row = await db.feeds.get(feedId);
    if (!row || row.removedAt !== null) return 0;
    const ids = [...new Set(digests.flatMap(({ items }) => items.map((item) => item.id)))];
    const stored = new Map<string, Item>();
    for (const item of await getMany(db.items, ids)) if (item) stored.set(item.id, item);
    const known = new Map(stored);
    const decisions = await readDecisions(db, ids);
    const statuses = await getMany(db.statuses, ids);
    const met = new Set(ids.filter((_, i) => statuses[i]));
    const stale: Item[] = [];
    const fresh = new Map<string, ItemStatus>();
    const ringing: { id: string; at: number; itemIds: string[] }[] = [];
    for (const { digest, items, unread, ringsAt } of digests) {
      const opened: string[] = [];
      for (const item of items) {
        const before = known.get(item.id);
        const after = addAppearance(item, digest, before, decisions.get(item.id));
        known.set(item.id, after);
        stale.push(after, ...(before ? [before] : []));
        if (met.has(item.id)) continue;
        // Met in several new digests at once: unread if any of them is.
        const open = unread || fresh.get(item.id)?.read === 0;
        if (open && fresh.get(item.id)?.read !== 0) opened.push(item.id);
        fresh.set(item.id, { id: item.id, read: open ? 0 : 1, seen: open ? 0 : 1, starred: 0 });
      }
      if (ringsAt !== undefined && opened.length) ringing.push({ id: digest.id, at: ringsAt, itemIds: opened });
    }
    const lastSight = row.succeededAt ?? row.addedAt;
    const digestIds = digests.map(({ digest }) => digest.id);
    const [were, waited] = await Promise.all([getMany(db.digests, digestIds), getMany(db.pendingPages, [...digestIds, ...pending.map(({ id }) => id)])]);
    const sought = new Map(waited.flatMap((page) => (page ? [[page.id, page.soughtAt]] : [])));
    const soughtAt = (id: string) => (sought.has(id) ? (sought.get(id) ?? null) : row.succeededAt);
    const toRow = ({ digest, items }: SavedDigest, before: Digest | undefined): Digest => ({ ...digest, itemIds: holdAlso(before, items.map(({ id }) => id)), listed: 1, listedAt: lastSight, seenAt: before?.seenAt ?? digest.seenAt, soughtAt: before ? before.soughtAt : soughtAt(digest.id) });
    // Together, so that the browser has something to write while we make the next rows ready.
    await Promise.all([
      putMany(db.items, [...known.values()]),
      putMany(db.statuses, [...fresh.values()]), // of none there is one; to add, Chromium would look for each once more
      putMany(db.digests, digests.map((one, i) => toRow(one, were[i]))),
    ]);
    await noteBells(db, ringing);
    if (listed) await updateListed(db, feedId, listed, lastSight);
    await db.pendingPages.bulkDelete(digestIds.filter((id) => sought.has(id))); // to delete what is not there costs as much
    await db.pendingPages.bulkPut(pending.map((page) => ({ ...page, soughtAt: soughtAt(page.id) })));
    await Promise.all([db.staleDays.bulkPut(staleDaysOf(stale)), db.staleSearchDays.bulkPut(staleSearchDaysOf(stale)), db.staleLinks.bulkPut(staleLinksOf([...known.values()].map((after) => ({ before: stored.get(after.id), after }))))]);
    if (feed) await db.feeds.update(feedId, feed);
    return fresh.size;
  });
}

/**
 * Notes which digests of a feed are listed. Only what came or went is written, so that a poll costs as little as it brings:
 * of a listed digest the feed's own row tells when it was last seen, after a 304 too. `lastSight`: the feed's good answer before.
 */
async function updateListed(db: Database, feedId: string, listed: string[], lastSight: number): Promise<void> {
  const before = await db.digests.where('[feedId+listed]').equals([feedId, 1]).primaryKeys();
  const [were, are] = [new Set(before), new Set(listed)];
  const [left, met] = [await getMany(db.digests, before.filter((id) => !are.has(id))), await getMany(db.digests, listed.filter((id) => !were.has(id)))];
  const gone = left.flatMap((digest): Digest[] => (digest ? [{ ...digest, listed: 0, listedAt: lastSight }] : []));
  const back = met.flatMap((digest): Digest[] => (digest ? [{ ...digest, listed: 1 }] : [])); // an entry whose page is yet to be read has no digest
  await db.digests.bulkPut([...gone, ...back]);
}

/** The items of a digest that holds these now, too. */
export const holdAlso = (before: Digest | undefined, ids: readonly string[]): string[] => [...new Set([...(before?.itemIds ?? []), ...ids])];

/** `decided`: where the reader put the item, if ever. */
function addAppearance(item: NewItem, digest: NewDigest, before: Item | undefined, decided: Category | undefined): Item {
  const appearance: Appearance = { digestId: digest.id, feedId: digest.feedId, publishedMs: digest.publishedMs, position: item.position };
  const gathered = gatherAppearances([appearance, ...(before?.appearances ?? []).filter((a) => a.digestId !== digest.id)]);
  const newest = gathered.appearances[0] as Appearance;
  const words = before && newest.digestId !== digest.id ? before : item;
  return {
    ...words,
    ...(decided !== undefined && { category: decided, categorySource: 'reader', confidence: null }),
    postIds: [...new Set([...words.postIds, ...(before?.postIds ?? []), ...item.postIds])],
    ...gathered,
    position: newest.position,
    similar: before?.similar ?? [],
  };
}

/** The fingerprints of those of these digests that are stored or waiting for their page, by digest id. What else is stored costs nothing. */
export async function readFingerprints(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const [digests, pending] = await Promise.all([getMany(db.digests, ids), getMany(db.pendingPages, ids)]);
  return new Map([...digests, ...pending].flatMap((one) => (one ? [[one.id, one.fingerprint]] : [])));
}

/** Pages of a feed that are yet to be read, newest first. */
export async function listPendingPages(db: Database, feedId: string): Promise<PendingPage[]> {
  const pages = await db.pendingPages.where('feedId').equals(feedId).toArray();
  return pages.sort((a, b) => b.publishedMs - a.publishedMs);
}

/** How many pages of a feed are yet to be read. */
export const countPendingPages = (db: Database, feedId: string): Promise<number> => db.pendingPages.where('feedId').equals(feedId).count();

/** Notes that the items of these pages are to arrive unread. */
export const openPages = (db: Database, pages: readonly PendingPage[]): Promise<number> => db.pendingPages.bulkUpdate(pages.map(({ id }) => ({ key: id, changes: { unread: true } })));

/** Gives a page up; what was read of its entry before stays. */
export const dropPage = (db: Database, page: PendingPage): Promise<void> => db.pendingPages.delete(page.id);

/** Notes that reading a page failed once more. */
export const countPageAttempt = (db: Database, page: PendingPage): Promise<number> => db.pendingPages.update(page.id, { attempts: page.attempts + 1 });

/**
 * Every category name the subscribed feeds' digests use, with those of the feeds' defaults, in the feeds' and digests' own
 * order, newest first; and the same of each feed alone, by its id, with those the reader hides in it.
 */
export async function listCategories(db: Database): Promise<{ categories: Category[]; feedCategories: Map<string, Category[]> }> {
  const feeds = await listFeeds(db);
  const recent = await db.digests.orderBy('publishedMs').reverse().limit(RECENT_DIGESTS).toArray();
  const usedBy = (some: readonly Feed[]) => recent.filter(({ feedId }) => some.some(({ id }) => id === feedId)).flatMap((digest) => digest.categories);
  return {
    categories: namesOf(feeds, usedBy(feeds)),
    feedCategories: new Map(feeds.map((feed) => [feed.id, [...new Set([...namesOf([feed], usedBy([feed])), ...feed.hiddenCategories])]])),
  };
}

const namesOf = (feeds: Feed[], used: Category[]): Category[] => [...new Set([...feeds.flatMap((feed) => feed.categories).filter((name) => used.length === 0 || used.includes(name)), ...used])];

/** Digests looked through for category names: about two months of one feed. */
const RECENT_DIGESTS = 400;
