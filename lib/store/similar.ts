// Links between items of different editions that tell one story, derived from the titles that are stored.
import type { Item } from '../model/item.ts';
import { linkSimilar, WITHIN_MS } from '../similar.ts';
import type { Database, StaleLinks } from './database.ts';

const DAY = 86_400_000;
/** Days linked in one step, so that a long archive takes many short transactions. With the editions around them about 15 days are read. */
const SPAN = 7;

const dayOf = (item: Pick<Item, 'publishedMs'>): number => Math.floor(item.publishedMs / DAY);

/** The days whose links have to be derived again after items came, changed or went; none where nothing changed that links depend on. */
export function staleLinksOf(changes: readonly { before?: Item; after?: Item }[]): StaleLinks[] {
  const isSame = (before?: Item, after?: Item) => before && after && before.title === after.title && before.publishedMs === after.publishedMs && before.digestIds.join('\n') === after.digestIds.join('\n');
  const changed = changes.flatMap(({ before, after }) => (isSame(before, after) ? [] : [before, after]));
  return [...new Set(changed.flatMap((item) => (item ? [dayOf(item)] : [])))].map((day) => ({ day }));
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

/**
 * Derives the links of the newest stale days: the stored items alone decide which there are, and they stand on both. A link
 * follows from its later item and what was published up to `WITHIN_MS` before that, so those may differ whose later item is
 * of these days or up to `WITHIN_MS` after them; no other link is touched.
 */
async function linkNewest(db: Database): Promise<void> {
  await db.transaction('rw', [db.items, db.staleLinks], async () => {
    const newest = await db.staleLinks.orderBy('day').last();
    if (!newest) return; // another context was faster
    const days = await db.staleLinks.where('day').between(newest.day - SPAN, newest.day, false, true).primaryKeys();
    const [from, to] = [Math.min(...days) * DAY, (newest.day + 1) * DAY + WITHIN_MS];
    const near = await db.items.where('publishedMs').between(from - WITHIN_MS, to).toArray();
    const ids = new Set(near.map(({ id }) => id));
    // What they were linked to before may be too far off by now, or gone.
    const far = (await db.items.bulkGet([...new Set(near.flatMap(({ similar }) => similar.filter((id) => !ids.has(id))))])).filter((item) => item !== undefined);
    const times = new Map([...near, ...far].map(({ id, publishedMs }) => [id, publishedMs]));
    const timeOf = (id: string) => times.get(id) as number;
    const isTouched = (ms: number) => ms >= from && ms < to;
    const links = linkSimilar(near).filter(({ later }) => isTouched(timeOf(later)));
    const found = Map.groupBy(links.flatMap(({ earlier, later }) => [[earlier, later] as const, [later, earlier] as const]), ([id]) => id);
    // Of those far off not every item they are linked to was read, but of these every one.
    // Two of which the later was moved far back are both out of these days, and too far from each other.
    const holds = (a: number, b: number) => Math.abs(a - b) <= WITHIN_MS && !isTouched(Math.max(a, b));
    const stays = (id: string, other: string) => (times.has(other) ? holds(timeOf(id), timeOf(other)) : !ids.has(id));
    const linked = [...near, ...far].flatMap((item) => {
      const similar = [...item.similar.filter((id) => stays(item.id, id)), ...(found.get(item.id) ?? []).map(([, id]) => id)].sort();
      return similar.join('\n') === item.similar.join('\n') ? [] : [{ ...item, similar }];
    });
    await db.items.bulkPut(linked);
    await db.staleLinks.bulkDelete(days);
  });
}
