// What the options page shows of the store: the feeds, their categories, and how much is kept.
import type { Category, Feed } from '../model.ts';
import type { Database } from './database.ts';
import { countPendingPages, listCategories, listFeedCategories } from './digests.ts';
import { listFeeds, listRemovedFeeds } from './feeds.ts';
import { countLessons } from './moves.ts';

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

export interface Usage {
  items: number;
  digests: number;
  /** Days (UTC) on which a stored item was first told of. */
  days: number;
}

/** One read, so that all is of one moment; items are counted by index keys alone. */
export async function readOverview(db: Database): Promise<Overview> {
  return db.transaction('r', [db.feeds, db.digests, db.items, db.moves, db.pendingPages], async () => {
    const feeds = await listFeeds(db);
    const itemsOf = new Map<string, number>();
    for (const { id } of feeds) itemsOf.set(id, new Set(await db.items.where('digestIds').startsWith(`${id} `).primaryKeys()).size);
    const pendingOf = new Map<string, number>();
    for (const { id } of feeds) pendingOf.set(id, await countPendingPages(db, id));
    const times = (await db.items.orderBy('firstMs').uniqueKeys()) as number[];
    const usage = { items: await db.items.count(), digests: await db.digests.count(), days: new Set(times.map((ms) => Math.floor(ms / 86_400_000))).size };
    return { feeds, removed: await listRemovedFeeds(db), categories: await listCategories(db), feedCategories: await listFeedCategories(db), itemsOf, pendingOf, lessons: await countLessons(db), usage };
  });
}

/** What the extension takes of the disk as the browser reckons it, bytes; null where it does not say. */
export const readBytes = async (): Promise<number | null> => (await navigator.storage.estimate()).usage ?? null;
