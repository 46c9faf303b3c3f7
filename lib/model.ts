// The words of the product as types, and the rules about them that need nothing but their arguments.

/** An X status id. Always a string: 64 bits do not fit a number. */
export type PostId = string;

/** The name of a category, exactly as the feed writes it. */
export type Category = string;

/** The digest's own four categories, used where neither feed nor page says any and the feed sets no others. */
export const DEFAULT_CATEGORIES: readonly Category[] = ['AI模型', 'AI应用', '行业洞察', '研发进展'];

/** For an item that fits none of its digest's categories. Like a feed's own names it is data; surfaces that know it show it in the reader's language. */
export const OTHER_CATEGORY: Category = '其他';

/** Where an item's category came from, most trusted first: reader, feed, section, classifier. */
export type CategorySource = 'feed' | 'section' | 'classifier' | 'reader';

/** Why a feed or page could not be read. The words for each kind are in i18n; code compares kinds, never messages. */
export type FaultKind =
  | 'address' // not an http(s) address
  | 'permission' // the reader has not allowed this host
  | 'network' // no answer: offline, DNS, refused, blocked
  | 'timeout' // no complete answer in time
  | 'http' // an answer, but not a good one; `detail` is the status
  | 'tooLarge' // more bytes than the cap
  | 'empty' // an answer without a body
  | 'html' // a web page where a feed was expected
  | 'malformed' // neither a feed nor a digest
  | 'page' // the feed is fine, but digest pages it leads to could not be read; `detail` is how many
  | 'storage'; // what was read could not be stored

/** A fault as it is kept on a feed and shown to the reader. */
export interface Fault {
  kind: FaultKind;
  /** A status code, a count or a technical remark; never a sentence of its own. */
  detail: string;
  /** When it happened, ms since the epoch. */
  at: number;
}

/** An address we poll. */
export interface Feed {
  id: string;
  url: string;
  title: string;
  /** The site the feed belongs to. */
  homepage: string | null;
  /** The categories of digests that name none of their own. */
  categories: Category[];
  position: number;
  addedAt: number;
  etag: string | null;
  lastModified: string | null;
  /** Last answer of any kind, ms; null before the first. */
  checkedAt: number | null;
  /** Last good answer (200 or 304), ms. */
  succeededAt: number | null;
  nextPollAt: number;
  /** Failed polls since the last good one. */
  failures: number;
  fault: Fault | null;
  /** 'empty': a valid feed without entries. */
  notice: 'empty' | null;
  /** Entries published before this arrive already read, so that a first install is no flood; null before the first success. */
  unreadSince: number | null;
  /** Publication time of the newest digest seen, ms. */
  newestAt: number | null;
}

/** One published edition; a single-story entry counts as an edition of one. */
export interface Digest {
  /** `feedId` and the entry's guid, so that two feeds never share a digest. */
  id: string;
  feedId: string;
  guid: string;
  url: string;
  title: string;
  /** ISO 8601 with the offset the publisher wrote. */
  publishedAt: string;
  publishedMs: number;
  categories: Category[];
  kind: 'digest' | 'story';
  /** Hash of the entry it was made from: an entry that has not changed is not read again. */
  fingerprint: string;
}

/** A story as its digest tells it, before it has a category and is stored. */
export interface Story {
  id: string;
  title: string;
  url: string;
  /** Every X post it links; the first is its own. */
  postIds: PostId[];
  /** Display name; empty where the digest gives none. */
  author: string;
  /** X handle of the own post, without @; empty where unknown. */
  handle: string;
  /** Markdown. */
  summary: string;
  /** Place in the digest, from 1. */
  position: number;
  /** The heading it stands under; empty where there is none. */
  section: string;
}

/** A digest in which an item stood. */
export interface Appearance {
  digestId: string;
  feedId: string;
  publishedMs: number;
  position: number;
}

/** One story as it is stored: in the words of its newest digest, at that digest's position. */
export interface Item extends Omit<Story, 'section'> {
  category: Category;
  categorySource: CategorySource;
  /** Newest first; one post in several digests is one item with several appearances. */
  appearances: Appearance[];
  /** Ids of the feeds it appeared in. */
  feedIds: string[];
  /** Publication of the newest appearance, ms. */
  publishedMs: number;
  /** Publication of the earliest appearance, ms. */
  firstMs: number;
}

/** What the reader did with an item. Keyed by item id, outlives the item. Numbers because booleans are no IndexedDB keys. */
export interface ItemStatus {
  id: string;
  read: 0 | 1;
  /** The popup has been opened since it came. */
  seen: 0 | 1;
}

/** What the reader chose. */
export interface Settings {
  hiddenCategories: Category[];
  badge: 'new' | 'unread' | 'off';
  marks: boolean;
}

export const DEFAULT_SETTINGS: Settings = { hiddenCategories: [], badge: 'new', marks: true };

/** Own hosts of X, and mirrors whose paths carry the same ids (../shared facts: 55,477 measured links). */
const X_HOST = /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/;
const MIRROR_HOST = /^(?:[a-z]\.)?(?:fxtwitter|fixupx|vxtwitter|fixvx|twittpr|xcancel)\.com$|^(?:www\.)?nitter\.[a-z.]+$/;
const STATUS_PATH = /^\/(?:(?:i\/(?:web\/)?)|(\w{1,20})\/)status(?:es)?\/(\d{1,19})(?=[^\w]|$)/;

/**
 * The X post an address leads to, or null. Whole path segments are matched, so a handle may contain "status";
 * trailing segments, queries and stray punctuation after the id are ignored.
 * `handle` is empty for /i/status/ links.
 */
export function readPostLink(address: string): { postId: PostId; handle: string } | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol)) return null;
  if (!X_HOST.test(url.hostname) && !MIRROR_HOST.test(url.hostname)) return null;
  const m = STATUS_PATH.exec(url.pathname);
  return m?.[2] ? { postId: m[2], handle: m[1] ?? '' } : null;
}

/** True for addresses that may be opened or fetched: http and https only. */
export function isWebAddress(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** An address without what does not change the page it leads to: scheme, www, case of the host, fragment, campaign parameters, final slash. */
export function normaliseLink(address: string): string {
  const url = new URL(address);
  for (const name of Array.from(url.searchParams.keys())) if (/^(?:utm_\w+|fbclid|gclid|spm|ref_src)$/.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  const host = url.host.replace(/^www\./, '');
  const path = url.pathname.replace(/\/+$/, '');
  const query = url.searchParams.size ? `?${url.searchParams}` : '';
  return `${host}${path}${query}`;
}

/** An item's identity: its post where its own link is one, else the normalised link. Never the position or the title. */
export function itemId(url: string): string {
  const post = readPostLink(url);
  return post ? `post:${post.postId}` : `link:${normaliseLink(url)}`;
}

/** True where the reader has not hidden the category; what does not pass counts nowhere and is marked nowhere. */
export function passesFilters(category: Category, settings: Pick<Settings, 'hiddenCategories'>): boolean {
  return !settings.hiddenCategories.includes(category);
}

/** Reading order: newest digest first, then as the digest ordered them. */
export function compareItems(a: Item, b: Item): number {
  return b.publishedMs - a.publishedMs || a.position - b.position || (a.id < b.id ? -1 : 1);
}

/** Items by category: the feeds' own categories first, in their order, then others as they come. Categories without items are left out. */
export function groupItems(items: readonly Item[], feeds: readonly Pick<Feed, 'categories'>[]): { category: Category; items: Item[] }[] {
  const groups = new Map<Category, Item[]>();
  for (const category of feeds.flatMap((feed) => feed.categories)) groups.set(category, []);
  for (const item of items) {
    const group = groups.get(item.category);
    if (group) group.push(item);
    else groups.set(item.category, [item]);
  }
  return [...groups].filter(([, list]) => list.length > 0).map(([category, list]) => ({ category, items: list }));
}
