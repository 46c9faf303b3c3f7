// The feeds a reader is subscribed to as synced values, and back. A feed is its address: its id differs from browser to browser.
import { isWebAddress } from '../link.ts';
import type { Feed } from '../model/feed.ts';
import { shortHash } from './hash.ts';
import { feedElementKey, feedKey, GONE, isPart, type Key, ORDER_KEY, partsOf } from './key.ts';
import { equal, type Json, type Observed, type Register, type Written } from './register.ts';

/** What of a feed is the reader's own; all else comes from its polls. */
export type SyncedFeed = Pick<Feed, 'url' | 'customTitle' | 'categories' | 'hiddenCategories' | 'marks' | 'paused' | 'position' | 'removedAt' | 'fault'>;

/** What a feed begins with where nobody changed it. */
export interface FeedDefaults {
  /** Addresses that are subscribed to without being asked for. */
  builtIn: readonly string[];
  /** Categories a new feed begins with. */
  categories: readonly string[];
}

/** How a feed is named in the order. */
const tagOf = (url: string): string => shortHash(url);

/** What the feeds say. */
export function observeFeeds(feeds: readonly SyncedFeed[], registers: ReadonlyMap<Key, Register>, { builtIn, categories }: FeedDefaults): Map<Key, Observed> {
  const here = new Map<Key, Observed>();
  for (const feed of feeds) {
    if (!isPart(feed.url)) continue;
    const fields: [string, Json, boolean][] = [
      ['customTitle', feed.customTitle, feed.customTitle === null],
      ['categories', feed.categories, equal(feed.categories, categories)],
      ['marks', feed.marks, feed.marks === 1],
    ];
    // One that waits for its host was paused by no reader.
    if (feed.fault?.kind !== 'permission') fields.push(['paused', feed.paused, feed.paused === 0]);
    for (const [name, value, plain] of fields) here.set(feedKey(feed.url, name), { value, plain });
    for (const category of feed.hiddenCategories) if (isPart(category)) here.set(feedElementKey(feed.url, 'hiddenCategories', category), { value: true });
    const removed = feed.removedAt !== null;
    const touched = feed.hiddenCategories.length > 0 || fields.some(([, , plain]) => !plain);
    here.set(feedKey(feed.url, GONE), { value: removed, plain: builtIn.includes(feed.url) ? !removed && !touched : removed, insist: !removed && !builtIn.includes(feed.url) });
  }
  const urls = new Set(feeds.map(({ url }) => url));
  for (const key of registers.keys()) {
    const [kind, url = '', , element] = partsOf(key);
    if (kind === 'f' && element !== undefined && urls.has(url) && !here.has(key)) here.set(key, { value: false, plain: true });
  }
  const order = observeOrder(feeds, registers.get(ORDER_KEY));
  if (order) here.set(ORDER_KEY, order);
  return here;
}

/** The order is a value of its own, changed only where the feeds do not stand as it, and the rule for those it does not name, would have them. */
function observeOrder(feeds: readonly SyncedFeed[], register: Register | undefined): Observed | null {
  const live = liveInOrder(feeds);
  if (live.length < 2) return null;
  const stands = (order: Json | undefined) => order !== undefined && equal(sortByOrder(live, order), live);
  if (register && stands(register.value)) return { value: register.value };
  if (register?.base !== undefined && stands(register.base)) return { value: register.base };
  return { value: live.map(({ url }) => tagOf(url)) };
}

const liveInOrder = <F extends Pick<SyncedFeed, 'position' | 'removedAt' | 'url'>>(feeds: readonly F[]): F[] => feeds.filter(({ removedAt }) => removedAt === null).sort((a, b) => a.position - b.position || (a.url < b.url ? -1 : 1));

/** Feeds as an order has them; those it does not name come last, alike in every browser. */
function sortByOrder<F extends Pick<SyncedFeed, 'url'>>(feeds: readonly F[], order: Json): F[] {
  const places = new Map((Array.isArray(order) ? order : []).map((tag, i) => [tag, i]));
  return feeds
    .map((feed) => ({ feed, tag: tagOf(feed.url) }))
    .sort((a, b) => (places.get(a.tag) ?? Infinity) - (places.get(b.tag) ?? Infinity) || (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0))
    .map(({ feed }) => feed);
}

/** What of a feed is synced. */
export type FeedFields = Partial<Pick<Feed, 'customTitle' | 'categories' | 'hiddenCategories' | 'marks' | 'paused' | 'removedAt' | 'position'>>;

/** What is to become of the feeds: those to subscribe to and the fields of those that stand, by address. `accepts`: whether an address may be subscribed to. */
export function feedChanges(feeds: readonly SyncedFeed[], registers: ReadonlyMap<Key, Written>, now: number, accepts: (url: string) => boolean = isWebAddress): { added: Map<string, FeedFields>; changed: Map<string, FeedFields> } {
  const standing = new Map(feeds.map((feed) => [feed.url, feed]));
  const wanted = new Map<string, FeedFields>();
  for (const [key, { value }] of [...registers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind, url = '', name = '', element] = partsOf(key);
    if (kind !== 'f' || !registers.has(feedKey(url, GONE))) continue;
    const fields = wanted.get(url) ?? {};
    wanted.set(url, fields);
    const feed = standing.get(url);
    if (name === GONE) fields.removedAt = value === true ? (feed?.removedAt ?? now) : null;
    else if (name === 'customTitle' && (value === null || typeof value === 'string')) fields.customTitle = value;
    else if (name === 'categories' && isTexts(value)) fields.categories = value;
    else if ((name === 'marks' || name === 'paused') && (value === 0 || value === 1)) {
      if (name === 'marks' || feed?.fault?.kind !== 'permission') fields[name] = value;
    } else if (name === 'hiddenCategories' && element !== undefined) {
      const hidden = fields.hiddenCategories ?? feed?.hiddenCategories ?? [];
      fields.hiddenCategories = value === true ? [...new Set([...hidden, element])] : hidden.filter((category) => category !== element);
    }
  }
  const added = new Map([...wanted].filter(([url, { removedAt }]) => !standing.has(url) && removedAt === null && accepts(url)));
  const changed = new Map([...wanted].filter(([url]) => standing.has(url)));
  const after = liveInOrder([...feeds.map((feed) => ({ ...feed, ...changed.get(feed.url) })), ...[...added.keys()].map((url) => ({ url, position: Infinity, removedAt: null }))]);
  const order = registers.get(ORDER_KEY)?.value ?? null;
  const sorted = sortByOrder(after, order ?? after.filter(({ url }) => standing.has(url)).map(({ url }) => tagOf(url)));
  // A feed that was restored may have another's place: which of the two comes first would differ from browser to browser.
  const tied = new Set(after.map(({ position }) => position)).size < after.length;
  if (added.size > 0 || tied || (order !== null && !equal(sorted.map(({ url }) => url), after.map(({ url }) => url))))
    sorted.forEach(({ url }, position) => {
      const target = added.has(url) ? added : changed;
      target.set(url, { ...target.get(url), position });
    });
  for (const [url, fields] of changed) {
    const feed = standing.get(url) as SyncedFeed;
    for (const name of Object.keys(fields) as (keyof FeedFields)[]) if (equal(fields[name], feed[name])) delete fields[name];
    if (Object.keys(fields).length === 0) changed.delete(url);
  }
  return { added, changed };
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((part) => typeof part === 'string');
