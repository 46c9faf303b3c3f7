// The last weeks in figures: items a day by category, read and unread, who is told of most, when digests came and how late. Pure.
import type { Category } from './model/category.ts';
import type { Digest } from './model/digest.ts';
import type { Item } from './model/item.ts';

/** A digest that is here within this time of the date it carries came on time. */
export const ON_TIME_MS = 30 * 60_000;
/** A digest stored this soon after its date carries none of its own: the moment it was met stands in for it. */
const DATED_BY_US_MS = 1000;
const MOST_AUTHORS = 10;

/** A day of the last weeks. */
export interface HistoryDay {
  /** Its beginning in the reader's time zone, ms. */
  at: number;
  /** Items first told of on it, by category; those without any are left out. */
  counts: ReadonlyMap<Category, number>;
  read: number;
  unread: number;
}

interface HistoryAuthor {
  name: string;
  /** Without @; empty where unknown. */
  handle: string;
  read: number;
  unread: number;
}

/** When a digest came. It stood in its feed at the latest when it was stored, and not yet when the feed was asked before. */
export interface Arrival {
  id: string;
  feedId: string;
  title: string;
  publishedMs: number;
  seenAt: number;
  /** So long after its date it was certainly not there yet, ms. */
  atLeast: number;
  /** 'unknown': nobody looked at the right time (the browser was closed), or its date says no time of day. */
  came: 'onTime' | 'late' | 'unknown';
}

/** The last weeks in figures. */
export interface History {
  /** Every day, oldest first; the last is today. */
  days: HistoryDay[];
  /** Categories of the items, the most frequent first. */
  categories: { category: Category; count: number }[];
  read: number;
  unread: number;
  /** Those with most items, the most first. */
  authors: HistoryAuthor[];
  /** Newest first; none of feeds of single stories. */
  arrivals: Arrival[];
}

/** What the figures are made of. */
export interface HistorySource {
  items: readonly Pick<Item, 'id' | 'firstMs' | 'category' | 'author' | 'handle'>[];
  /** Ids of the items that were read. */
  read: ReadonlySet<string>;
  digests: readonly Pick<Digest, 'id' | 'feedId' | 'title' | 'publishedAt' | 'publishedMs' | 'kind' | 'seenAt' | 'soughtAt'>[];
  /** What is older than this was not read, ms. */
  since: number;
  now: number;
}

/** The beginning of a day in the reader's time zone, so many days before that of `ms`; days of 23 or 25 hours are days, too. */
export function startOfDay(ms: number, daysBefore = 0): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}

/** The figures from the first whole day after `since` to today; items and digests of other days are left out. */
export function buildHistory({ items, read, digests, since, now }: HistorySource): History {
  // Only whole days; today is shown whatever was read of it.
  const first = Math.min(startOfDay(since) === since ? since : startOfDay(since, -1), startOfDay(now));
  const end = startOfDay(now, -1);
  const days = listDays(first, now).map((at) => ({ at, counts: new Map<Category, number>(), read: 0, unread: 0 }));
  const dayAt = new Map(days.map((day) => [day.at, day]));
  const totals = new Map<Category, number>();
  const authors = new Map<string, HistoryAuthor>();
  for (const { id, firstMs, category, author, handle } of items) {
    const day = dayAt.get(startOfDay(firstMs));
    if (!day) continue;
    const state = read.has(id) ? 'read' : 'unread';
    day[state]++;
    day.counts.set(category, (day.counts.get(category) ?? 0) + 1);
    totals.set(category, (totals.get(category) ?? 0) + 1);
    const key = handle ? `@${handle.toLowerCase()}` : author;
    if (!key) continue;
    const known = authors.get(key) ?? { name: author, handle, read: 0, unread: 0 };
    authors.set(key, { ...known, name: known.name || author, [state]: known[state] + 1 });
  }
  const told = ({ read: r, unread }: HistoryAuthor) => r + unread;
  return {
    days,
    categories: [...totals].map(([category, count]) => ({ category, count })).sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
    read: days.reduce((sum, day) => sum + day.read, 0),
    unread: days.reduce((sum, day) => sum + day.unread, 0),
    authors: [...authors.values()].sort((a, b) => told(b) - told(a) || (a.name < b.name ? -1 : 1)).slice(0, MOST_AUTHORS),
    arrivals: listArrivals(digests.filter(({ publishedMs }) => publishedMs >= first && publishedMs < end)),
  };
}

function listDays(first: number, now: number): number[] {
  const days: number[] = [];
  for (let day = startOfDay(now), before = 0; day >= first; day = startOfDay(now, ++before)) days.push(day);
  return days.reverse();
}

function listArrivals(digests: HistorySource['digests']): Arrival[] {
  const editions = digests.filter(({ kind }) => kind === 'digest');
  // A feed all of whose editions are dated midnight writes days, not times. One of many that fall there is a time like others.
  const timed = new Set(editions.filter(({ publishedAt }) => !/T00:00(?::00(?:\.0+)?)?(?:Z|[+-]|$)|^[^T]*$/.test(publishedAt)).map(({ feedId }) => feedId));
  return editions.map((digest) => toArrival(digest, timed.has(digest.feedId))).sort((a, b) => b.publishedMs - a.publishedMs);
}

function toArrival({ id, feedId, title, publishedMs, seenAt, soughtAt }: HistorySource['digests'][number], timed: boolean): Arrival {
  const atMost = seenAt - publishedMs;
  const atLeast = soughtAt === null ? 0 : Math.max(0, soughtAt - publishedMs);
  const tells = timed && atMost >= DATED_BY_US_MS;
  return { id, feedId, title, publishedMs, seenAt, atLeast, came: !tells ? 'unknown' : atMost <= ON_TIME_MS ? 'onTime' : atLeast > ON_TIME_MS ? 'late' : 'unknown' };
}
