// A feed: an address we poll, what was learnt of it, and what the reader chose for it.
import type { Category } from './category.ts';
import type { Fault } from './fault.ts';

/** When a feed publishes, as learnt from it. Slots are UTC: a multiple of `period` since the epoch plus one of `slots`. */
export interface Rhythm {
  /** ms. */
  period: number;
  /** When editions begin to be dated, ms into the period, ascending. */
  slots: number[];
  /** From a slot to its first look, ms; may be negative. Moves with every edition, so that the first look usually finds it. */
  wait: number;
  /** Date of the newest edition seen, ms; dates in the future do not count. */
  newest: number;
  /** Editions in a row that the first look did not find. */
  late: number;
  /** Editions in a row that came after the last look for them: with two the rhythm is not trusted. */
  lost: number;
}

/** Where an address leads. */
export interface Redirect {
  url: string;
  /** Successful polls in a row that were led there. */
  polls: number;
  /** The last of them, ms. */
  at: number;
}

/** An address we poll. */
export interface Feed {
  id: string;
  url: string;
  title: string;
  /** The reader's own name for it; null where the feed's title is shown. */
  customTitle: string | null;
  /** The site the feed belongs to. */
  homepage: string | null;
  /** The categories of digests that name none of their own. */
  categories: Category[];
  /** Categories the reader hides in this feed; beside the filter for all feeds. */
  hiddenCategories: Category[];
  /** Whether posts it tells of are marked on X. */
  marks: 0 | 1;
  /** Not polled until the reader resumes it; what is stored stays as it is. */
  paused: 0 | 1;
  position: number;
  addedAt: number;
  /** When the reader removed it, ms; kept for a while so that this can be undone. Null where subscribed. */
  removedAt: number | null;
  etag: string | null;
  lastModified: string | null;
  /** Hash of the last document read: servers without validators send the same one again and again. */
  bodyHash: string | null;
  /** Where the feed's address has led by redirects; asked directly once that has proved lasting (lib/poll/redirect). */
  movedTo: Redirect | null;
  /** When the feed publishes; null where no rhythm is seen in its entries' dates. */
  rhythm: Rhythm | null;
  /** When it was asked within the last day, ms, ascending. */
  looks: number[];
  /** Least time between polls the publisher asks for (ttl, sy:updatePeriod, Cache-Control), ms, capped; null where nothing is asked. */
  publisherInterval: number | null;
  /** Until when the server asked to be left alone (Retry-After), ms, capped; null after a good answer. */
  retryAfter: number | null;
  /** Last answer of any kind, ms; null before the first. */
  checkedAt: number | null;
  /** Last good answer (200 or 304), ms. */
  succeededAt: number | null;
  /** Time of the next poll, ms; 0 where the feed is gone and nothing is planned. */
  nextPollAt: number;
  /** Failed polls since the last good one. */
  failures: number;
  fault: Fault | null;
  /** 'empty': a valid feed without entries. */
  notice: 'empty' | null;
  /** What was wrong with the last document that could be read all the same: entries left out, and whether it broke off or had to be repaired. */
  damage: { skipped: number; broken: 'truncated' | 'repaired' | null } | null;
  /** Entries published before this arrive already read, so that a first install is no flood; null before the first success. */
  unreadSince: number | null;
  /** Publication time of the newest digest seen, ms. */
  newestAt: number | null;
}

/** The name a feed goes by: the reader's own, else its title. */
export const feedName = (feed: Pick<Feed, 'customTitle' | 'title' | 'url'>): string => feed.customTitle || feed.title || feed.url;

/** True where a feed is asked by itself. */
export const isPolled = (feed: Pick<Feed, 'paused' | 'removedAt'>): boolean => !feed.paused && feed.removedAt === null;

/** True where a feed has a fault to tell of: a paused one is asked nothing, so it calls for nothing. */
export const isFailing = (feed: Pick<Feed, 'paused' | 'fault'>): boolean => feed.fault !== null && !feed.paused;

/** True where a feed is subscribed to and shows the category. */
export const showsCategory = (feed: Pick<Feed, 'removedAt' | 'hiddenCategories'>, category: Category): boolean => feed.removedAt === null && !feed.hiddenCategories.includes(category);
