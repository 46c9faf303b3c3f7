// What the reader's list shows: which items, each with what the reader did with it and which rules meet it.
import type { Details, FeedState, Group, List, Row, View } from '../list.ts';
import type { Category } from '../model/category.ts';
import type { Feed } from '../model/feed.ts';
import type { Item, ItemStatus } from '../model/item.ts';
import type { Settings } from '../model/settings.ts';
import { compareItems, groupItems, orderCategories, passesFilters } from '../model/shown.ts';
import { createRules, type Rules } from '../rules.ts';
import { hasBells } from './bells.ts';
import type { Database } from './database.ts';
import { listFeeds, mapFeeds } from './feeds.ts';
import { countUnread, listStarred } from './items.ts';
import { getMany } from './many.ts';

/** What to list beyond what the view says. */
export interface ListOptions extends View {
  /** Ids of items that stay in the list though they are read by now: the reader saw them unread. */
  kept?: ReadonlySet<string>;
  /** Rows that rules mute are listed, too. */
  withMuted?: boolean;
  /** Of "all" the newest so many; of the others all there are. */
  limit?: number;
}

type ListSettings = Pick<Settings, 'hiddenCategories' | 'rules' | 'categoryOrder'>;

/** The list under these settings and the rules that hold at `now` (ms). One read, so that all of it is of one moment. */
export async function readList(db: Database, settings: ListSettings, { show, by, kept = new Set(), withMuted = false, limit = 200 }: ListOptions, now: number): Promise<List> {
  return db.transaction('r', [db.feeds, db.digests, db.items, db.statuses], async () => {
    const feeds = await mapFeeds(db);
    const subscribed = await listFeeds(db);
    const items = await readItems(db, show, kept, limit);
    const statuses = await getMany(db.statuses, items.map(({ id }) => id));
    const rules = createRules(settings.rules, now);
    // A starred item stays to be found whatever the filters say and whatever became of its feed.
    const all = items.map((item, i) => toRow(item, statuses[i], rules)).filter(({ item }) => show === 'starred' || passesFilters(item, settings, feeds));
    all.sort((a, b) => compareItems(a.item, b.item));
    const rows = withMuted || show === 'starred' ? all : all.filter(({ muted }) => !muted);
    const order = orderCategories(subscribed.flatMap((feed) => feed.categories), settings);
    return {
      groups: by === 'digest' ? await groupByDigest(db, rows) : groupByCategory(rows, order),
      // Also where the list holds only some of them, such as the starred.
      unread: show === 'unread' ? all.filter(({ read, muted }) => read === 0 && !muted).length : (await countUnread(db, settings, now)).unread,
      muted: show === 'starred' ? 0 : all.filter(({ muted }) => muted).length,
      more: show === 'all' && items.length === limit,
      feeds: subscribed.map(toFeedState),
      categories: [...new Set([...order, ...rows.map(({ item }) => item.category)])],
    };
  });
}

/** The rows of these items in this order, under the rules that hold at `now` (ms); those that are gone are left out. */
export async function readRows(db: Database, ids: readonly string[], settings: Pick<Settings, 'rules'>, now: number): Promise<Row[]> {
  const [items, statuses] = await db.transaction('r', [db.items, db.statuses], () => Promise.all([getMany(db.items, ids), getMany(db.statuses, ids)]));
  const rules = createRules(settings.rules, now);
  return items.flatMap((item, i) => (item ? [toRow(item, statuses[i], rules)] : []));
}

async function readItems(db: Database, show: View['show'], kept: ReadonlySet<string>, limit: number): Promise<Item[]> {
  if (show === 'all') return db.items.orderBy('publishedMs').reverse().limit(limit).toArray();
  const keys = await (show === 'starred' ? listStarred(db) : db.statuses.where('lists').equals('unread').primaryKeys());
  return (await getMany(db.items, [...new Set([...keys, ...(show === 'unread' ? kept : [])])])).filter((item): item is Item => item !== undefined); // a status may outlive its item
}

const toRow = (item: Item, status: ItemStatus | undefined, rules: Rules): Row => ({ item, read: status?.read ?? 1, starred: status?.starred ?? 0, muted: rules.mutedBy(item), watched: rules.watchedBy(item) });

const toFeedState = ({ id, url, customTitle, title, paused, fault, notice, succeededAt, newestAt, nextPollAt }: Feed): FeedState => ({ id, url, customTitle, title, paused, fault, notice, succeededAt, newestAt, nextPollAt });

function groupByCategory(rows: Row[], order: Category[]): Group[] {
  const rowOf = new Map(rows.map((row) => [row.item.id, row]));
  return groupItems(rows.map(({ item }) => item), order).map(({ category, items }) => ({ key: category, digest: null, count: items.length, unlisted: [], rows: items.map(({ id }) => rowOf.get(id) as Row) }));
}

/** The subscribed feeds' states alone; null where something is stored of which marks, links or notifications are yet to tell (`quiet`: now). One read. */
export async function readFeedStates(db: Database, quiet: boolean): Promise<FeedState[] | null> {
  return db.transaction('r', [db.feeds, db.staleDays, db.staleLinks, db.bells], async () => {
    const [feeds, ...left] = await Promise.all([listFeeds(db), db.staleDays.count(), db.staleLinks.count(), hasBells(db, quiet)]);
    return left.some(Boolean) ? null : feeds.map(toFeedState);
  });
}

/** Under its newest digest each; rows come newest digest first. */
async function groupByDigest(db: Database, rows: Row[]): Promise<Group[]> {
  const groups = Map.groupBy(rows, ({ item }) => item.digestIds[0] ?? '');
  const digests = await db.digests.bulkGet([...groups.keys()]);
  return [...groups].map(([key, own], i) => ({ key, digest: digests[i] ? { title: digests[i].title, url: digests[i].url, publishedMs: digests[i].publishedMs } : null, count: own.length, unlisted: [], rows: own }));
}

/** What else there is to know of an item. */
export async function readDetails(db: Database, { digestIds, similar }: Pick<Item, 'digestIds' | 'similar'>): Promise<Details> {
  const [digests, items] = await Promise.all([db.digests.bulkGet(digestIds), db.items.bulkGet(similar)]);
  return {
    digests: digests.flatMap((digest) => (digest ? [{ id: digest.id, title: digest.title, url: digest.url, publishedMs: digest.publishedMs }] : [])).sort((a, b) => b.publishedMs - a.publishedMs),
    similar: items.filter((item): item is Item => item !== undefined).sort(compareItems),
  };
}
