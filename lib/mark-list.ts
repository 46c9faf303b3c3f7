// The compact list of digested posts that the content script reads: exact, already filtered, in one piece a day.
// Only this file knows how it is kept in storage.local.
import { browser } from 'wxt/browser';
import { OTHER_CATEGORY } from './model/category.ts';
import { type Feed, showsCategory } from './model/feed.ts';
import type { Item, ToldItem } from './model/item.ts';
import { type PostId, secondOfPost, SNOWFLAKE_EPOCH } from './model/post.ts';
import type { Settings } from './model/settings.ts';
import { activeRules, createRules } from './rules.ts';
import { nameCategory, originalName } from './words/category.ts';

const PREFIX = 'marks:';

/** What a mark on X says of a post. */
export interface Mark {
  /** Publication of the first digest that told of the post, ms. */
  publishedMs: number;
  category: string;
}

/**
 * A day's posts in one text, as a page has one long text far sooner than many objects, and need not unpack what it never asks for.
 * A line for those of which a mark says the same: publication (ms), category (as in an address, so that all is ASCII and holds
 * no white space) and posts, parted by tabs. Posts are parted by blanks: the author, hashed (see `hashHandle`), and the id,
 * without anything between.
 */
export type MarkPiece = string;

const HASH_LENGTH = 6;
const UNKNOWN_AUTHOR = '-'.repeat(HASH_LENGTH);

/**
 * A handle as it stands in a piece: FNV-1a of its lower case, in six digits of base 36. One in two billion handles shares
 * it with another; beside the second of a post that is no case in practice.
 */
export function hashHandle(handle: string): string {
  let hash = 0x811c9dc5;
  for (const letter of handle.toLowerCase()) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return (hash % 36 ** HASH_LENGTH).toString(36).padStart(HASH_LENGTH, '0');
}

/** An item as far as marks go: stored, or what is left of one that was pruned. */
type Told = Omit<ToldItem, 'listedAt'> & Partial<Pick<Item, 'summary'>>;

/** Of the settings only what marks depend on. */
type MarkSettings = Pick<Settings, 'marks' | 'hiddenCategories' | 'rules' | 'markMuted' | 'markUnread' | 'categoryNames'>;

/** Of the feeds only what marks depend on. */
type MarkingFeed = Pick<Feed, 'id' | 'marks' | 'hiddenCategories' | 'removedAt'>;

/** The piece of one day from the items first told of on it, under the rules that hold at `now` (ms); null where nothing is to be marked. */
export function buildPiece(items: readonly Told[], settings: MarkSettings, feeds: readonly MarkingFeed[], now: number): MarkPiece | null {
  if (!settings.marks) return null;
  const { mutedBy } = createRules(settings.markMuted ? [] : settings.rules, now);
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));
  const shown = items
    .filter((item) => !settings.hiddenCategories.includes(item.category) && !mutedBy(item))
    .flatMap(({ id, postIds, category, appearances }) => {
      const times = appearances.filter(({ feedId }) => marksCategory(byId.get(feedId), category)).map(({ publishedMs }) => publishedMs);
      return times.length ? [{ id, postIds, category: nameCategory(category, settings), publishedMs: Math.min(...times) }] : [];
    })
    .sort((a, b) => a.publishedMs - b.publishedMs || (a.id < b.id ? -1 : 1));
  const marks = new Map<PostId, Mark>();
  const add = (postId: PostId, { publishedMs, category }: Mark) => {
    if (!marks.has(postId)) marks.set(postId, { publishedMs, category });
  };
  for (const item of shown) if (item.postIds[0]) add(item.postIds[0], item); // a post's own item speaks before items that only link it
  for (const item of shown) for (const postId of item.postIds) add(postId, item);
  if (marks.size === 0) return null;
  const authors = new Map(items.flatMap(({ postIds, handle }) => (handle ? [[postIds[0], handle]] : []))); // an item's handle is that of its own post
  const lines = new Map<string, string[]>();
  for (const [postId, { category, publishedMs }] of marks) {
    const head = `${publishedMs}\t${encodeURIComponent(category.toWellFormed())}`;
    const posts = lines.get(head) ?? [];
    const handle = authors.get(postId);
    posts.push((handle ? hashHandle(handle) : UNKNOWN_AUTHOR) + postId);
    lines.set(head, posts);
  }
  return Array.from(lines, ([head, posts]) => `${head}\t${posts.join(' ')}`).join('\n');
}

const marksCategory = (feed: MarkingFeed | undefined, category: string) => feed !== undefined && feed.marks === 1 && showsCategory(feed, category);

/** Writes the pieces of some days (null removes one) and leaves alone those that are the same, so that no tab is told of them. */
export async function writePieces(pieces: Map<string, MarkPiece | null>): Promise<void> {
  const keys = [...pieces.keys()].map((day) => PREFIX + day);
  const stored = await browser.storage.local.get(keys);
  const changed: Record<string, MarkPiece> = {};
  const gone: string[] = [];
  for (const [day, piece] of pieces) {
    const key = PREFIX + day;
    if (!piece) {
      if (key in stored) gone.push(key);
    } else if (stored[key] !== piece) changed[key] = piece;
  }
  if (Object.keys(changed).length) await browser.storage.local.set(changed);
  if (gone.length) await browser.storage.local.remove(gone);
}

/** Under which filters the stored pieces were made; not a piece itself. */
const FILTER_KEY = 'markFilter';
/** The language counts as far as a name in the pieces is ours. Only feeds that hold something back count, so that a feed that is added or moved has no day derived again. */
const filterOf = ({ marks, hiddenCategories, rules, markMuted, markUnread, categoryNames }: MarkSettings, feeds: readonly MarkingFeed[], now: number) =>
  JSON.stringify([marks, markUnread, hiddenCategories, originalName(OTHER_CATEGORY), categoryNames, markMuted ? [] : activeRules(rules, now).flatMap(({ action, field, value }) => (action === 'mute' ? [[field, value]] : [])), feeds.flatMap((feed) => (feed.removedAt !== null ? [[feed.id]] : !feed.marks || feed.hiddenCategories.length ? [[feed.id, feed.marks, feed.hiddenCategories]] : [])).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))]);

/** True where the stored pieces were made under these filters; else every day has to be derived again. */
export async function piecesFit(settings: MarkSettings, feeds: readonly MarkingFeed[], now: number): Promise<boolean> {
  return (await browser.storage.local.get(FILTER_KEY))[FILTER_KEY] === filterOf(settings, feeds, now);
}

/** Notes that every piece now fits these filters. */
export async function noteFilter(settings: MarkSettings, feeds: readonly MarkingFeed[], now: number): Promise<void> {
  if (!(await piecesFit(settings, feeds, now))) await browser.storage.local.set({ [FILTER_KEY]: filterOf(settings, feeds, now) });
}

/** Every stored piece by its day. */
export async function readPieces(): Promise<Map<string, MarkPiece>> {
  const stored = await browser.storage.local.get(null);
  return new Map(Object.entries(stored).flatMap(([key, piece]) => (key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), piece as MarkPiece]] : [])));
}

/** Calls back with the pieces that change, by their days (null: gone), all that change at once in one go. Returns how to stop. */
export function watchPieces(callback: (changed: Map<string, MarkPiece | null>) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area !== 'local') return;
    const changed = new Map(Object.entries(changes).flatMap(([key, { newValue }]) => (key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), (newValue as MarkPiece | undefined) ?? null]] : [])));
    if (changed.size) callback(changed);
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

/**
 * The pieces as one index by post, and by author and second. All texts stand in one, and a table of numbers says where in it
 * a post stands: no objects for tens of thousands of posts, of which a page shows a handful. Made when it is first asked.
 */
export class MarkIndex {
  #pieces = new Map<string, MarkPiece>();
  #text = '';
  /** Where in the text the ids begin, by open addressing under `keyOf`. 0 is empty: no id begins there. */
  #places: Int32Array | null = null;
  /** Where in the text each line begins. */
  #lines: number[] = [];
  /** What is said of the posts of a line; only of lines that were asked for. */
  #marks: (Mark | undefined)[] = [];
  /** The post that was asked for last, and its place: it links to itself several times. */
  #asked: PostId = '';
  #place = 0;

  /** Takes in days' pieces; null forgets a day. */
  set(pieces: Iterable<readonly [day: string, piece: MarkPiece | null]>): void {
    for (const [day, piece] of pieces) {
      if (piece) this.#pieces.set(day, piece);
      else this.#pieces.delete(day);
    }
    this.#places = null;
  }

  /** Takes these for all there is. Returns whether anything differs from what was known. */
  replace(pieces: ReadonlyMap<string, MarkPiece>): boolean {
    if (pieces.size === this.#pieces.size && [...pieces].every(([day, piece]) => this.#pieces.get(day) === piece)) return false;
    this.#pieces.clear();
    this.set(pieces);
    return true;
  }

  has(postId: PostId): boolean {
    return this.#placeOf(postId) > 0;
  }

  /** What a mark on this post says; null where it is in no digest. Of several digests the earliest counts: it told of the post first. */
  get(postId: PostId): Mark | null {
    const place = this.#placeOf(postId);
    if (!place) return null;
    const line = this.#lineOf(place);
    return (this.#marks[line] ??= this.#readLine(line));
  }

  /** Whether any known post was posted in this second (s since the epoch). */
  hasSecond(second: number): boolean {
    return this.#placesOf(second).length > 0;
  }

  /**
   * The digested post some author posted in a second (s since the epoch), where exactly one is known. `author` gives the
   * handle, and is asked only where a post of that second is known at all. A second post of the same author in that second
   * which is in no digest cannot be told from it.
   */
  find(second: number, author: () => string | null): PostId | null {
    const places = this.#placesOf(second);
    const handle = places.length ? author() : null;
    if (!handle) return null;
    const [place, another] = places.filter((one) => this.#text.startsWith(hashHandle(handle), one - HASH_LENGTH));
    return place && !another ? this.#text.slice(place, endOf(this.#text, place)) : null;
  }

  #placeOf(postId: PostId): number {
    if (postId === this.#asked && this.#places) return this.#place;
    const places = (this.#places ??= this.#build());
    this.#asked = postId;
    return (this.#place = places[this.#slotOf(postId, places)] as number);
  }

  /** Where the posts of a second stand. */
  #placesOf(second: number): number[] {
    const places = (this.#places ??= this.#build());
    const found: number[] = [];
    const first = (second * 1000 - SNOWFLAKE_EPOCH) * IDS_A_MS;
    if (first < 0) return found;
    for (let key = Math.floor(first / 1e9); key * 1e9 < first + 1000 * IDS_A_MS; key++)
      for (let slot = startOf(key, places), place; (place = places[slot]); slot = (slot + 1) % places.length) {
        const end = endOf(this.#text, place);
        if (keyOf(this.#text, place, end) === key && secondOfPost(this.#text.slice(place, end)) === second) found.push(place);
      }
    return found;
  }

  /** The slot that holds a post's place, or the empty one where it belongs. */
  #slotOf(postId: PostId, places: Int32Array): number {
    let slot = startOf(keyOf(postId, 0, postId.length), places);
    for (let place; (place = places[slot]); slot = (slot + 1) % places.length) if (this.#text.startsWith(postId, place) && endOf(this.#text, place) === place + postId.length) break;
    return slot;
  }

  #build(): Int32Array {
    const text = (this.#text = [...this.#pieces.values()].join('\n'));
    this.#marks = [];
    this.#lines = [];
    const places = new Int32Array(2 << (31 - Math.clz32(text.length / 8 + 1))); // a power of two above an eighth: no post takes less of the text, so some slots stay empty
    for (let line = 0, end; line < text.length; line = end + 1) {
      end = text.indexOf('\n', line);
      if (end < 0) end = text.length;
      this.#lines.push(line);
      for (let place = text.lastIndexOf('\t', end) + 1 + HASH_LENGTH, after; place < end; place = after + 1 + HASH_LENGTH) {
        after = endOf(text, place);
        let slot = startOf(keyOf(text, place, after), places);
        if (places[slot]) slot = this.#slotOf(text.slice(place, after), places);
        const known = places[slot];
        if (!known || this.#publishedAt(place) < this.#publishedAt(known)) places[slot] = place;
      }
    }
    return places;
  }

  /** Which line holds a place: the last that begins before it. */
  #lineOf(place: number): number {
    let [first, end] = [0, this.#lines.length];
    while (end - first > 1) {
      const middle = (first + end) >> 1;
      if ((this.#lines[middle] as number) <= place) first = middle;
      else end = middle;
    }
    return first;
  }

  #readLine(line: number): Mark {
    const start = this.#lines[line] as number;
    const [publishedMs, category = ''] = this.#text.slice(start, this.#text.indexOf(' ', start) >>> 0).split('\t'); // to the end, if it has but one post
    return { publishedMs: Number(publishedMs), category: decodeURIComponent(category) };
  }

  #publishedAt = (place: number): number => Number.parseInt(this.#text.slice(this.#lines[this.#lineOf(place)]));
}

/** Ids are a time in ms and 22 bits beside it. */
const IDS_A_MS = 2 ** 22;
/** Where an id that begins at a place ends: at what parts posts and lines, or with the text. */
function endOf(text: string, place: number): number {
  let end = place;
  while (text.charCodeAt(end) > 32) end++;
  return end;
}
/** An id less its last nine digits, where it stands in a text: a second has a handful of these. Digit by digit, as to cut it out first takes several times as long. */
function keyOf(text: string, start: number, end: number): number {
  let key = 0;
  for (let at = start; at < end - 9; at++) key = key * 10 + text.charCodeAt(at) - 48;
  return key;
}
const startOf = (key: number, { length }: Int32Array): number => (Math.imul(key, 0x9e3779b1) >>> 8) % length;

const WAYS_KEY = 'markWays';

/** What else happens to digested posts on X, where else they are marked, and in which language we speak there; see the settings of these names. */
export type MarkWays = Pick<Settings, 'language' | 'markDim' | 'markEmbeds' | 'markFold' | 'markOff' | 'markOpened' | 'markSites'>;

const NO_WAYS: MarkWays = { language: 'system', markDim: false, markEmbeds: false, markFold: false, markOff: [], markOpened: false, markSites: [] };

/** Writes for the pages what they need to know of the settings; nothing where it is the same, so that no tab is told. */
export async function writeWays({ language, markDim, markEmbeds, markFold, markOff, markOpened, markSites }: MarkWays): Promise<void> {
  const ways: MarkWays = { language, markDim, markEmbeds, markFold, markOff, markOpened, markSites };
  if (JSON.stringify(await readWays()) !== JSON.stringify(ways)) await browser.storage.local.set({ [WAYS_KEY]: ways });
}

/** What the pages know of the settings; the defaults where nothing was written yet. */
export async function readWays(): Promise<MarkWays> {
  return { ...NO_WAYS, ...((await browser.storage.local.get(WAYS_KEY))[WAYS_KEY] as Partial<MarkWays> | undefined) };
}

/** Calls back whenever they change. Returns how to stop. */
export function watchWays(callback: (ways: MarkWays) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    const change = changes[WAYS_KEY];
    if (area === 'local' && change) callback({ ...NO_WAYS, ...(change.newValue as Partial<MarkWays> | undefined) });
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
