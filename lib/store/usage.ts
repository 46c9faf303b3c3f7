// How much is stored.
import type { Database } from './database.ts';
import { listFeeds } from './feeds.ts';

export interface Usage {
  items: number;
  digests: number;
  /** Days (UTC) on which a stored item was first told of. */
  days: number;
  /** Items by the feed they appeared in. */
  itemsOf: Map<string, number>;
}

/** Counts what is stored, by index keys alone. */
export async function readUsage(db: Database): Promise<Usage> {
  return db.transaction('r', [db.feeds, db.digests, db.items], async () => {
    const itemsOf = new Map<string, number>();
    for (const { id } of await listFeeds(db)) itemsOf.set(id, new Set(await db.items.where('digestIds').startsWith(`${id} `).primaryKeys()).size);
    const times = (await db.items.orderBy('firstMs').uniqueKeys()) as number[];
    return { items: await db.items.count(), digests: await db.digests.count(), days: new Set(times.map((ms) => Math.floor(ms / 86_400_000))).size, itemsOf };
  });
}

/** What the extension takes of the disk as the browser reckons it, bytes; null where it does not say. */
export const readBytes = async (): Promise<number | null> => (await navigator.storage.estimate()).usage ?? null;
