// Which digests ring: written with the items that came, planned before the notification shows, settled after it. So a
// worker that is killed at any of these points neither loses a notification nor shows one twice (lib/notify.ts).
import type { Digest } from '../model/digest.ts';
import type { Item } from '../model/item.ts';
import type { Settings } from '../model/settings.ts';
import { compareItems, passesFilters } from '../model/shown.ts';
import { createRules } from '../rules.ts';
import type { Bell, Database } from './database.ts';
import { mapFeeds } from './feeds.ts';

/** More digests than this ring together: what comes at once after a long sleep is not a row of notifications. */
const MOST_ALONE = 3;
/** How long it is remembered what a notification told of, ms: it may stand on the screen for days. A bell that has not rung by then is too old to. */
const KEPT_MS = 7 * 86_400_000;

/** A digest in a notification, with those of its items that it tells of, in reading order. */
interface Rung {
  digest: Pick<Digest, 'id' | 'title' | 'url' | 'feedId'>;
  items: Item[];
}

/** One notification: of one digest, or of several that came while quiet or in great number. Newest digest first. */
export interface Ring {
  /** Of the notification; never used for another. */
  id: string;
  rung: Rung[];
  /** Some of it waited for quiet to end. */
  held: boolean;
}

/** Notes that new items of these digests may ring; in the transaction that stores them. A digest that has rung does not ring again. */
export async function noteBells(db: Database, arrivals: readonly Pick<Bell, 'id' | 'at' | 'itemIds'>[]): Promise<void> {
  if (arrivals.length === 0) return;
  const bells = await db.bells.bulkGet(arrivals.map(({ id }) => id));
  await db.bells.bulkPut(
    arrivals.flatMap(({ id, at, itemIds }, i): Bell[] => {
      const before = bells[i];
      if (before && before.ring !== null) return [];
      const waiting = before?.state === 'waiting' ? before : null;
      return [{ id, at: waiting?.at ?? at, itemIds: [...(waiting?.itemIds ?? []), ...itemIds], state: 'waiting', ring: null, held: waiting?.held ?? 0 }];
    }),
  );
}

/** Whether anything waits to ring, or was ringing when the worker was stopped. `quiet`: what is held goes on waiting, and does not count. */
export const hasBells = async (db: Database, quiet = false): Promise<boolean> => (await db.bells.filter(({ state, held }) => state !== 'over' && !(quiet && state === 'waiting' && held === 1)).count()) > 0;

/** Has all that waits go on waiting: it is quiet. */
export const holdBells = (db: Database): Promise<number> => db.bells.filter(({ state, held }) => state === 'waiting' && held === 0).modify({ held: 1 });

/**
 * Decides what rings now (ms), and notes it before anything is shown. Of what waits, items tell that are unread still, pass
 * the filters and, by `notify: 'watched'`, meet a watch rule; what tells of nothing is over. With 'off' all that waits is over.
 * Returns every notification that is to stand, those planned before and not settled too.
 */
export async function planRings(db: Database, settings: Pick<Settings, 'notify' | 'hiddenCategories' | 'rules'>, now: number, newId: () => string): Promise<Ring[]> {
  return db.transaction('rw', [db.bells, db.feeds, db.digests, db.items, db.statuses], async () => {
    const bells = await db.bells.toArray();
    await db.bells.bulkDelete(bells.filter(({ at }) => now - at > KEPT_MS).map(({ id }) => id));
    const { mutedBy, watchedBy } = createRules(settings.rules, now);
    const feeds = await mapFeeds(db);
    const wanted = (item: Item) => passesFilters(item, settings, feeds) && !mutedBy(item) && (settings.notify === 'all' || (settings.notify === 'watched' && watchedBy(item) !== null));
    const toRing: Bell[] = [];
    for (const bell of bells.filter(({ at, state }) => state === 'waiting' && now - at <= KEPT_MS)) {
      const [items, statuses] = [await db.items.bulkGet(bell.itemIds), await db.statuses.bulkGet(bell.itemIds)];
      const itemIds = items.flatMap((item, i) => (item && statuses[i]?.read === 0 && wanted(item) ? [item.id] : []));
      if (itemIds.length) toRing.push({ ...bell, itemIds });
      else await db.bells.put({ ...bell, itemIds: [], state: 'over' });
    }
    const [held, others] = [toRing.filter((bell) => bell.held), toRing.filter((bell) => !bell.held)];
    const together = toRing.length > MOST_ALONE ? [toRing] : [...(held.length ? [held] : []), ...others.map((bell) => [bell])];
    for (const group of together) {
      const ring = newId();
      await db.bells.bulkPut(group.map((bell) => ({ ...bell, state: 'ringing' as const, ring })));
    }
    return toRings(db, await db.bells.filter(({ state }) => state === 'ringing').toArray());
  });
}

/** What a notification tells of; null where that is no longer known. */
export async function readRing(db: Database, id: string): Promise<Ring | null> {
  return (await toRings(db, await db.bells.where('ring').equals(id).toArray()))[0] ?? null;
}

/** Notes that a notification has been shown. */
export const settleRing = (db: Database, id: string): Promise<number> => db.bells.where('ring').equals(id).modify({ state: 'over' });

async function toRings(db: Database, bells: readonly Bell[]): Promise<Ring[]> {
  const rings: Ring[] = [];
  for (const [id, group] of Map.groupBy(bells, ({ ring }) => ring ?? '')) {
    const digests = await db.digests.bulkGet(group.map((bell) => bell.id));
    const rung: (Rung & { publishedMs: number })[] = [];
    for (const [i, bell] of group.entries()) {
      const digest = digests[i];
      const items = (await db.items.bulkGet(bell.itemIds)).filter((item): item is Item => item !== undefined).sort(compareItems);
      if (digest && items.length) rung.push({ digest, items, publishedMs: digest.publishedMs });
    }
    rings.push({ id, held: group.some((bell) => bell.held), rung: rung.sort((a, b) => b.publishedMs - a.publishedMs) });
  }
  return rings;
}
