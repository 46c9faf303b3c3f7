// The feeds a reader is subscribed to.
import type { Feed } from '../model/feed.ts';
import type { Database } from './database.ts';

/** A feed that has never been polled. */
export function newFeed(url: string, fields: Pick<Feed, 'title' | 'categories'> & Partial<Feed>, now: number): Feed {
  return {
    id: crypto.randomUUID(),
    url,
    customTitle: null,
    homepage: null,
    hiddenCategories: [],
    marks: 1,
    paused: 0,
    position: now,
    addedAt: now,
    removedAt: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    movedTo: null,
    rhythm: null,
    looks: [],
    publisherInterval: null,
    retryAfter: null,
    checkedAt: null,
    succeededAt: null,
    nextPollAt: now,
    failures: 0,
    fault: null,
    notice: null,
    damage: null,
    unreadSince: null,
    newestAt: null,
    ...fields,
  };
}

/**
 * Subscribes to a feed, unless its address is subscribed to already. One that was removed lately comes back with all
 * that was stored of it. Returns the feed that now stands.
 */
export async function addFeed(db: Database, feed: Feed): Promise<Feed> {
  return db.transaction('rw', db.feeds, async () => {
    const same = (await db.feeds.toArray()).find((f) => f.url === feed.url);
    if (!same) {
      await db.feeds.add(feed);
      return feed;
    }
    if (same.removedAt === null) return same;
    const back: Feed = { ...same, removedAt: null, paused: feed.paused, fault: feed.fault };
    await db.feeds.put(back);
    return back;
  });
}

/** Subscribes to several feeds at once, all or none; the counts are of those that are new and those subscribed to already. */
export async function addFeeds(db: Database, feeds: readonly Feed[]): Promise<{ added: number; known: number }> {
  return db.transaction('rw', db.feeds, async () => {
    const urls = new Set((await listFeeds(db)).map(({ url }) => url));
    const fresh = feeds.filter(({ url }) => !urls.has(url));
    for (const feed of fresh) await addFeed(db, feed);
    return { added: fresh.length, known: feeds.length - fresh.length };
  });
}

/** The feeds subscribed to, in the reader's order. */
export const listFeeds = async (db: Database): Promise<Feed[]> => (await db.feeds.orderBy('position').toArray()).filter((feed) => feed.removedAt === null);

/** Feeds that were removed and can still be brought back, the last first. */
export const listRemovedFeeds = async (db: Database): Promise<Feed[]> =>
  (await db.feeds.toArray()).filter((feed) => feed.removedAt !== null).sort((a, b) => (b.removedAt ?? 0) - (a.removedAt ?? 0));

/** Every feed by id, those that were removed too. */
export const mapFeeds = async (db: Database): Promise<Map<string, Feed>> => new Map((await db.feeds.toArray()).map((feed) => [feed.id, feed]));

/** Changes some fields of a feed; does nothing where it has been purged meanwhile. */
export const updateFeed = (db: Database, id: string, changes: Partial<Feed>): Promise<number> => db.feeds.update(id, changes);

/** Puts the feeds into this order; those not named follow in the order they had. */
export async function orderFeeds(db: Database, ids: readonly string[]): Promise<void> {
  await db.transaction('rw', db.feeds, async () => {
    const feeds = await db.feeds.orderBy('position').toArray();
    const named = [...new Set(ids)].flatMap((id) => feeds.find((feed) => feed.id === id) ?? []);
    const ordered = [...named, ...feeds.filter((feed) => !named.includes(feed))];
    await db.feeds.bulkPut(ordered.map((feed, position) => ({ ...feed, position })));
  });
}

/**
 * Unsubscribes. From now on nothing of the feed is polled, listed, counted or marked, save what another feed shows too;
 * its rows stay until they are purged (lib/store/retention.ts), so that restoreFeed brings back all of it.
 */
export const removeFeed = (db: Database, id: string, now: number): Promise<number> => db.feeds.update(id, { removedAt: now });

/** Takes a removal back; does nothing where the feed has been purged meanwhile. */
export const restoreFeed = (db: Database, id: string): Promise<number> => db.feeds.update(id, { removedAt: null });
