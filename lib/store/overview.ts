// What the options page shows of the store: the feeds, their categories, and how much is kept.
import type { Category } from '../model/category.ts';
import type { Feed } from '../model/feed.ts';
import type { Database, DayCount } from './database.ts';
import { countPendingPages, listCategories } from './digests.ts';
import { listFeeds, listRemovedFeeds } from './feeds.ts';
import { countLessons } from './moves.ts';
import { countDays } from './search.ts';

/** The store as the options page shows it. */
export interface Overview {
  feeds: Feed[];
  /** Removed, but not for good yet; the last first. */
  removed: Feed[];
  categories: Category[];
  /** By feed id. */
  feedCategories: Map<string, Category[]>;
  /** Items stored, by the id of the feed they appeared in. */
  itemsOf: Map<string, number>;
  /** Pages yet to be read, by feed id. */
  pendingOf: Map<string, number>;
  /** Moves the classifier has learnt from. */
  lessons: number;
  usage: Usage;
}

interface Usage {
  items: number;
  digests: number;
  /** Days (UTC) on which a stored item was first told of. */
  days: number;
}

/** One read, so that all is of one moment; items are counted by the days' kept counts. */
export async function readOverview(db: Database): Promise<Overview> {
  return db.transaction('r', [db.feeds, db.digests, db.items, db.dayCounts, db.staleSearchDays, db.moves, db.pendingPages], async () => {
    const feeds = await listFeeds(db);
    const days = await countDays(db);
    const sum = (countOf: (day: DayCount) => number) => days.reduce((total, day) => total + countOf(day), 0);
    const itemsOf = new Map(feeds.map(({ id }) => [id, sum((day) => day.feeds[id] ?? 0)]));
    const pendingOf = new Map<string, number>();
    for (const { id } of feeds) pendingOf.set(id, await countPendingPages(db, id));
    const usage = { items: sum(({ items }) => items), digests: await db.digests.count(), days: days.length };
    return { feeds, removed: await listRemovedFeeds(db), ...(await listCategories(db)), itemsOf, pendingOf, lessons: await countLessons(db), usage };
  });
}

/** What the extension takes of the disk as the browser reckons it, bytes; null where it does not say. */
export const readBytes = async (): Promise<number | null> => (await navigator.storage.estimate()).usage ?? null;
