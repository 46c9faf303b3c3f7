// Links between items of different editions that tell one story, derived from the titles that are stored.
import type { Item } from '../model.ts';
import { linkSimilar, WITHIN_MS } from '../similar.ts';
import type { Database, StaleLinks } from './database.ts';

const DAY = 86_400_000;
/** Days linked in one step, so that a long archive takes many short transactions. With the editions around them about 15 days are read. */
const SPAN = 7;

const dayOf = (item: Pick<Item, 'publishedMs'>): number => Math.floor(item.publishedMs / DAY);

/** The day whose links have to be derived again after an item changed; none where nothing changed that links depend on. */
export function staleLinksOf(before: Item | undefined, after: Item): StaleLinks[] {
  const same = before && before.title === after.title && before.publishedMs === after.publishedMs && before.digestIds.join('\n') === after.digestIds.join('\n');
  return same ? [] : [{ day: dayOf(after) }];
}

/**
 * Links what was saved since it last ran. A step of its own after the commit, not part of it: a poll must not wait for it, nor
 * the popup for a transaction that long. The days to do were noted by the poll's own transaction, and each step forgets its
 * days in the one that writes their links, so that a worker killed in between goes on where it was. Returns whether there were any to do.
 */
export async function linkEditions(db: Database): Promise<boolean> {
  let any = false;
  for (; (await db.staleLinks.count()) > 0; any = true) await linkNewest(db);
  return any;
}

/** Derives the links of the newest stale days. The same items always give the same links, and always both ways. */
async function linkNewest(db: Database): Promise<void> {
  await db.transaction('rw', [db.items, db.staleLinks], async () => {
    const newest = await db.staleLinks.orderBy('day').last();
    if (!newest) return; // another context was faster
    const days = await db.staleLinks.where('day').between(newest.day - SPAN, newest.day, false, true).primaryKeys();
    const near = await db.items.where('publishedMs').between(Math.min(...days) * DAY - WITHIN_MS, (newest.day + 1) * DAY + WITHIN_MS).toArray();
    const rows = new Map(near.map((item) => [item.id, item]));
    const changed = new Map(near.filter((item) => days.includes(dayOf(item))).map((item) => [item.id, item]));
    // What they were linked to before may be too far off by now.
    const far = new Set([...changed.values()].flatMap(({ similar }) => similar).filter((id) => !rows.has(id)));
    for (const item of await db.items.bulkGet([...far])) if (item) rows.set(item.id, item);

    const links = linkSimilar([...rows.values()]).filter(({ earlier, later }) => changed.has(earlier) || changed.has(later));
    const found = Map.groupBy(links.flatMap(({ earlier, later }) => [[earlier, later] as const, [later, earlier] as const]), ([id]) => id);
    const linked = [...rows.values()].flatMap((item) => {
      const others = changed.has(item.id) ? [] : item.similar.filter((id) => !changed.has(id));
      const similar = [...others, ...(found.get(item.id) ?? []).map(([, id]) => id)].sort();
      return similar.join('\n') === item.similar.join('\n') ? [] : [{ ...item, similar }];
    });
    await db.items.bulkPut(linked);
    await db.staleLinks.bulkDelete(days);
  });
}
