// What must hold of everything stored and derived whenever all contexts are at rest, and a picture of it all to compare.
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { describeBadge } from '../lib/badge.ts';
import { readGlance, writeGlance } from '../lib/glance.ts';
import { buildPiece, readPieces } from '../lib/mark-list.ts';
import { indexDay } from '../lib/search/day.ts';
import type { Database } from '../lib/store/database.ts';
import { listFeeds, mapFeeds } from '../lib/store/feeds.ts';
import { countUnread, listDays, listToldOn } from '../lib/store/items.ts';
import { readList } from '../lib/store/list.ts';
import { readOverview } from '../lib/store/overview.ts';
import { listItemsOfDay } from '../lib/store/search.ts';
import { readSettings } from '../lib/store/settings.ts';
import { linkSimilar } from '../lib/similar.ts';

const DAY = 86_400_000;
const byId = <T extends { id: unknown }>(rows: T[]): T[] => rows.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is wrong in the store itself, at any moment at all: nothing of this waits for anything to be derived. */
export async function findStoreFaults(db: Database): Promise<string[]> {
  const faults: string[] = [];
  const [feeds, digests, items, statuses, pages] = await Promise.all([mapFeeds(db), db.digests.toArray(), db.items.toArray(), db.statuses.toArray(), db.pendingPages.toArray()]);
  const [stored, known] = [new Set(digests.map(({ id }) => id)), new Map(statuses.map((status) => [status.id, status]))];
  const held = new Set(items.flatMap(({ digestIds }) => digestIds));
  for (const item of items) {
    if (!known.has(item.id)) faults.push(`${item.id} has no read state`);
    if (!item.digestIds.some((id) => stored.has(id))) faults.push(`${item.id} stands in no digest that is stored`);
    if (new Set(item.digestIds).size !== item.digestIds.length || !same(item.digestIds, item.appearances.map(({ digestId }) => digestId))) faults.push(`${item.id} appears twice in one digest`);
    if (item.publishedMs !== item.appearances[0]?.publishedMs || item.firstMs !== item.appearances.at(-1)?.publishedMs) faults.push(`${item.id} is not of its appearances' time`);
  }
  for (const { id } of statuses) if (known.get(id)?.read === 0 && !(await db.items.get(id))) faults.push(`${id} is unread and gone`);
  const listed = new Set(digests.flatMap(({ itemIds }) => itemIds));
  for (const { id } of items) if (!listed.has(id)) faults.push(`no digest lists ${id}: it would never be pruned`);
  const own = new Map(items.map((item) => [item.id, item]));
  for (const { id, feedId, itemIds } of digests) {
    if (!held.has(id)) faults.push(`${id} holds nothing`);
    if (new Set(itemIds).size < itemIds.length || itemIds.some((one) => !own.get(one)?.digestIds.includes(id))) faults.push(`${id} lists items twice, or that are not its own`);
    const feed = feeds.get(feedId);
    if (!feed && !items.some((item) => item.digestIds.includes(id) && (known.get(item.id)?.starred || item.digestIds.length > 1))) faults.push(`${id} is of no feed`);
  }
  for (const page of pages) if (!feeds.has(page.feedId)) faults.push(`${page.id} waits for no feed`);
  return faults;
}

/** What is wrong in the store or in what follows from it, once that has been brought up to date. `now` in ms. */
export async function findFaults(db: Database, now: number): Promise<string[]> {
  const faults = await findStoreFaults(db);
  const settings = await readSettings();
  const feeds = await listFeeds(db);
  const badge = describeBadge({ ...(await countUnread(db, settings, now)), feeds, settings, now });
  const list = await readList(db, settings, { show: 'unread', by: 'category' }, now);
  if ((await countUnread(db, settings, now)).unread !== list.unread) faults.push('badge and list count differently');
  const { text, title } = { text: await fakeBrowser.action.getBadgeText({}), title: await fakeBrowser.action.getTitle({}) };
  if (text !== badge.text || title !== badge.title) faults.push(`the badge says ${text}, ${title}, not ${badge.text}, ${badge.title}`);

  const glance = await readGlance();
  await writeGlance({ list, settings }, now);
  if (!same(glance, await readGlance())) faults.push('the kept rows are not the list’s first');

  const pieces = await readPieces();
  const all = [...(await mapFeeds(db)).values()];
  const days = new Set([...(await listDays(db)), ...pieces.keys()]);
  for (const day of days) if (!same(pieces.get(day) ?? null, buildPiece(await listToldOn(db, day), settings, all, now))) faults.push(`the marks of ${day} are not the store’s`);
  for (const table of [db.staleDays, db.staleLinks]) if (await table.count()) faults.push(`${table.name} is left`);

  const items = await db.items.toArray();
  const linked = new Set(linkSimilar(items).flatMap(({ earlier, later }) => [`${earlier} ${later}`, `${later} ${earlier}`]));
  const links = new Set(items.flatMap(({ id, similar }) => similar.map((other) => `${id} ${other}`)));
  if (!same([...links].sort(), [...linked].sort())) faults.push(`links are ${[...links].join(', ')}, not ${[...linked].join(', ')}`);

  const stale = new Set((await db.staleSearchDays.toArray()).map(({ day }) => day));
  const indexed = new Set([...(await db.searchHeads.toArray()), ...(await db.searchBodies.toArray())].map(({ day }) => day));
  for (const day of new Set([...items.map(({ firstMs }) => Math.floor(firstMs / DAY)), ...indexed])) {
    if (stale.has(day)) continue; // read without the index until it is derived again
    const own = await listItemsOfDay(db, day);
    const made = own.length ? indexDay(own) : null;
    if (!same([(await db.searchHeads.get(day))?.column, (await db.searchBodies.get(day))?.column], [made?.head, made?.body])) faults.push(`the search index of day ${day} is not the store’s`);
  }
  const { itemsOf, usage } = await readOverview(db);
  if (usage.items !== items.length || feeds.some(({ id }) => itemsOf.get(id) !== items.filter(({ feedIds }) => feedIds.includes(id)).length)) faults.push(`${usage.items} items are counted, not ${items.length}`);
  return faults;
}

/** All that is kept, without what differs each time: ids of chance, and times of looks. */
export async function picture(db: Database) {
  const feeds = (await db.feeds.toArray()).map(({ looks: _, checkedAt: _c, succeededAt: _s, nextPollAt: _n, ...feed }) => feed);
  const [digests, items, statuses, toldItems, moves, pages, journal] = await Promise.all([db.digests.toArray(), db.items.toArray(), db.statuses.toArray(), db.toldItems.toArray(), db.moves.toArray(), db.pendingPages.toArray(), db.journal.toArray()]);
  return {
    store: { feeds: byId(feeds), digests: byId(digests), items: byId(items), statuses: byId(statuses), toldItems: byId(toldItems), moves: byId(moves), pages: byId(pages), settings: await readSettings() },
    journal: journal.map(({ action, undone }) => ({ kind: action.kind, undone })),
  };
}
