// The feeds a reader is subscribed to.
import type { Feed } from '../model.ts';
import type { Database } from './database.ts';
import { staleDaysOf } from './items.ts';

/** A feed that has never been polled. */
export function newFeed(url: string, fields: Pick<Feed, 'title' | 'categories'> & Partial<Feed>, now: number): Feed {
  return {
    id: crypto.randomUUID(),
    url,
    homepage: null,
    position: now,
    addedAt: now,
    etag: null,
    lastModified: null,
    bodyHash: null,
    movedTo: null,
    rhythm: null,
    publisherInterval: null,
    retryAfter: null,
    checkedAt: null,
    succeededAt: null,
    nextPollAt: now,
    failures: 0,
    fault: null,
    notice: null,
    unreadSince: null,
    newestAt: null,
    ...fields,
  };
}

/** Subscribes to a feed, unless its address is subscribed to already. Returns the feed that now stands. */
export async function addFeed(db: Database, feed: Feed): Promise<Feed> {
  return db.transaction('rw', db.feeds, async () => {
    const same = (await db.feeds.toArray()).find((f) => f.url === feed.url);
    if (same) return same;
    await db.feeds.add(feed);
    return feed;
  });
}

/** All feeds, in the reader's order. */
export const listFeeds = (db: Database): Promise<Feed[]> => db.feeds.orderBy('position').toArray();

/** Changes some fields of a feed; does nothing where it has been removed meanwhile. */
export const updateFeed = (db: Database, id: string, changes: Partial<Feed>): Promise<number> => db.feeds.update(id, changes);

/**
 * Unsubscribes: the feed, its digests, and the items that stood in no other feed. Read states stay, so that
 * nothing turns unread if the reader comes back.
 */
export async function removeFeed(db: Database, id: string): Promise<void> {
  await db.transaction('rw', [db.feeds, db.digests, db.items, db.pendingPages, db.staleDays], async () => {
    const items = await db.items.where('feedIds').equals(id).toArray();
    const gone = items.filter((item) => item.feedIds.length === 1);
    const kept = items.filter((item) => item.feedIds.length > 1);
    await db.items.bulkDelete(gone.map((item) => item.id));
    await db.items.bulkPut(kept.map((item) => ({ ...item, feedIds: item.feedIds.filter((f) => f !== id), appearances: item.appearances.filter((a) => a.feedId !== id) })));
    await db.digests.where('feedId').equals(id).delete();
    await db.pendingPages.where('feedId').equals(id).delete();
    await db.feeds.delete(id);
    await db.staleDays.bulkPut(staleDaysOf(items));
  });
}
