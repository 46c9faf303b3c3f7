// What the store knows of the last weeks, in one bounded read.
import { buildHistory, type History, startOfDay } from '../history.ts';
import type { Settings } from '../model/settings.ts';
import { passesFilters } from '../model/shown.ts';
import type { Database } from './database.ts';
import { mapFeeds } from './feeds.ts';
import { watchQuery } from './live.ts';
import { getMany } from './many.ts';

/** Days looked back, today among them. */
const HISTORY_DAYS = 28;
/** Most items read: where there are more, fewer days are shown. */
const MOST_ITEMS = 6000;
const MOST_DIGESTS = 2000;
/** Counted no more often than once in so long, ms: each time thousands of rows are read, and pictures that change faster are not seen. */
const REST_MS = 1000;

/** The last weeks as `buildHistory` counts them; of items and digests that are not shown anywhere, because of a hidden category or a removed feed, nothing. */
export async function readHistory(db: Database, settings: Pick<Settings, 'hiddenCategories'>, now: number, mostItems = MOST_ITEMS): Promise<History> {
  return db.transaction('r', [db.feeds, db.items, db.digests, db.statuses], async () => {
    const from = startOfDay(now, HISTORY_DAYS - 1);
    const feeds = await mapFeeds(db);
    const newest = await db.items.where('firstMs').between(from, Infinity).reverse().limit(mostItems).toArray();
    const digests = await db.digests.where('publishedMs').between(from, Infinity).reverse().limit(MOST_DIGESTS).toArray();
    // Where the reading broke off, more of the same moment may be left, so that its day is not whole.
    const since = Math.max(from, newest.length === mostItems ? (newest.at(-1)?.firstMs ?? 0) + 1 : 0, digests.length === MOST_DIGESTS ? (digests.at(-1)?.publishedMs ?? 0) + 1 : 0);
    const items = newest.filter((item) => passesFilters(item, settings, feeds));
    const statuses = await getMany(db.statuses, items.map(({ id }) => id));
    const read = new Set(statuses.flatMap((status) => (status?.read ? [status.id] : [])));
    return buildHistory({ items, read, digests: digests.filter(({ feedId }) => feeds.get(feedId)?.removedAt === null), since, now });
  });
}

/** Calls back with the last weeks, now and soon after what they are counted from has changed; `settings` and `now` are asked each time. Returns how to stop. */
export const watchHistory = (db: Database, settings: () => Pick<Settings, 'hiddenCategories'>, now: () => number, onHistory: (history: History) => void, onError: () => void): (() => void) => watchQuery(() => readHistory(db, settings(), now()), onHistory, onError, REST_MS);
