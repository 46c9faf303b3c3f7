// The compact list of digested posts that the content script reads: exact, already filtered, in one piece a day.
// Only this file knows how it is kept in storage.local.
import { browser } from 'wxt/browser';
import { type Feed, type Item, type PostId, secondOfPost, type Settings, showsCategory, type ToldItem } from './model.ts';
import { activeRules, createRules } from './rules.ts';
import { nameCategory } from './words/category.ts';

const PREFIX = 'marks:';

/** What a mark on X says of a post. */
export interface Mark {
  /** Publication of the first digest that told of the post, ms. */
  publishedMs: number;
  category: string;
}

/** Posts of which a mark says the same: those of one digest and category. */
export interface MarkGroup {
  mark: Mark;
  /** Each post's author, hashed (see `hashHandle`), and its id, without anything between; posts are parted by a blank. */
  posts: string;
}

/** A day's posts. Few long texts: a page has them faster than lists of numbers, and need not unpack what it never asks for. */
export type MarkPiece = MarkGroup[];

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
  const groups = new Map<string, { mark: Mark; posts: string[] }>();
  for (const [postId, { category, publishedMs }] of marks) {
    const key = `${publishedMs} ${category}`;
    // Properties in the order of the alphabet: Chromium's storage gives them back so, and pieces are compared as JSON.
    const group = groups.get(key) ?? { mark: { category, publishedMs }, posts: [] };
    const handle = authors.get(postId);
    group.posts.push((handle ? hashHandle(handle) : UNKNOWN_AUTHOR) + postId);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ mark, posts }) => ({ mark, posts: posts.join(' ') }));
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
    } else if (JSON.stringify(stored[key]) !== JSON.stringify(piece)) changed[key] = piece;
  }
  if (Object.keys(changed).length) await browser.storage.local.set(changed);
  if (gone.length) await browser.storage.local.remove(gone);
}

/** Under which filters the stored pieces were made; not a piece itself. */
const FILTER_KEY = 'markFilter';
/** Only feeds that hold something back count, so that a feed that is added or moved has no day derived again. */
const filterOf = ({ marks, hiddenCategories, rules, markMuted, markUnread, categoryNames }: MarkSettings, feeds: readonly MarkingFeed[], now: number) =>
  JSON.stringify([marks, markUnread, hiddenCategories, categoryNames, markMuted ? [] : activeRules(rules, now).flatMap(({ action, field, value }) => (action === 'mute' ? [[field, value]] : [])), feeds.flatMap((feed) => (feed.removedAt !== null ? [[feed.id]] : !feed.marks || feed.hiddenCategories.length ? [[feed.id, feed.marks, feed.hiddenCategories]] : [])).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))]);

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

/** The pieces as one index by post, and by author and second. Takes a change of a day in without touching the others. */
export class MarkIndex {
  #pieces = new Map<string, MarkPiece>();
  #marks = new Map<PostId, Mark>();
  /** Posts more than one day tells of. */
  #shared = new Set<PostId>();
  /** Pieces by which the index is behind: what a day held, and what it holds now. Nothing is unpacked before it is asked for. */
  #due: { before: MarkPiece; now: MarkPiece }[] = [];
  /** Posts with their authors, as they stand in the pieces, by their second; made when it is first asked for. */
  #seconds: Map<number, string[]> | null = null;

  /** Takes in days' pieces; null forgets a day. */
  set(pieces: Iterable<readonly [day: string, piece: MarkPiece | null]>): void {
    for (const [day, piece] of pieces) {
      this.#due.push({ before: this.#pieces.get(day) ?? [], now: piece ?? [] });
      if (piece) this.#pieces.set(day, piece);
      else this.#pieces.delete(day);
    }
  }

  /** Takes these for all there is: what of a day changed or went is taken in, the rest left alone. Returns whether any did. */
  replace(pieces: ReadonlyMap<string, MarkPiece>): boolean {
    const changed = [...pieces].filter(([day, piece]) => JSON.stringify(this.#pieces.get(day)) !== JSON.stringify(piece));
    const gone = [...this.#pieces.keys()].filter((day) => !pieces.has(day)).map((day) => [day, null] as const);
    this.set([...changed, ...gone]);
    return changed.length + gone.length > 0;
  }

  /** What a mark on this post says; null where it is in no digest. Of several digests the earliest counts: it told of the post first. */
  get(postId: PostId): Mark | null {
    if (this.#due.length) this.#catchUp();
    return this.#marks.get(postId) ?? null;
  }

  /**
   * The digested post some author posted in a second (s since the epoch), where exactly one is known. `author` gives the
   * handle, and is asked only where a post of that second is known at all. A second post of the same author in that second
   * which is in no digest cannot be told from it.
   */
  find(second: number, author: () => string | null): PostId | null {
    if (this.#due.length) this.#catchUp();
    this.#seconds ??= this.#bySecond();
    const posts = this.#seconds.get(second);
    const handle = posts && author();
    if (!handle) return null;
    const hash = hashHandle(handle);
    const ids = posts.flatMap((post) => (post.startsWith(hash) && this.#marks.has(post.slice(HASH_LENGTH)) ? [post.slice(HASH_LENGTH)] : []));
    return ids.length === 1 ? (ids[0] as PostId) : null;
  }

  #catchUp(): void {
    for (const { before, now } of this.#due) {
      const torn: PostId[] = [];
      for (const { mark, posts } of before)
        for (const post of posts.split(' ')) {
          const postId = post.slice(HASH_LENGTH);
          if (this.#shared.has(postId)) torn.push(postId);
          else if (this.#marks.get(postId) === mark) this.#marks.delete(postId);
        }
      for (const { mark, posts } of now)
        for (const post of posts.split(' ')) {
          const postId = post.slice(HASH_LENGTH);
          const known = this.#marks.get(postId);
          if (known) this.#shared.add(postId);
          if (!known || mark.publishedMs < known.publishedMs) this.#marks.set(postId, mark);
          if (this.#seconds) noteSecond(this.#seconds, post);
        }
      for (const postId of torn) this.#search(postId);
    }
    this.#due = [];
  }

  /** Finds a post's earliest telling again, of those that are left. */
  #search(postId: PostId): void {
    this.#marks.delete(postId);
    for (const piece of this.#pieces.values())
      for (const { mark, posts } of piece) {
        const known = this.#marks.get(postId);
        if ((!known || mark.publishedMs < known.publishedMs) && posts.split(' ').some((post) => post.slice(HASH_LENGTH) === postId)) this.#marks.set(postId, mark);
      }
  }

  #bySecond(): Map<number, string[]> {
    const seconds = new Map<number, string[]>();
    for (const piece of this.#pieces.values()) for (const { posts } of piece) for (const post of posts.split(' ')) noteSecond(seconds, post);
    return seconds;
  }
}

/** One that leaves its piece stays: whether a post is still marked is asked of the index. */
function noteSecond(seconds: Map<number, string[]>, post: string): void {
  const second = post.startsWith(UNKNOWN_AUTHOR) ? null : secondOfPost(post.slice(HASH_LENGTH));
  if (second === null) return;
  const known = seconds.get(second);
  if (!known) seconds.set(second, [post]);
  else if (!known.includes(post)) known.push(post);
}

const WAYS_KEY = 'markWays';

/** What else happens to digested posts on X; see the settings of these names. */
export type MarkWays = Pick<Settings, 'markDim' | 'markFold' | 'markOpened' | 'markOff'>;

const NO_WAYS: MarkWays = { markDim: false, markFold: false, markOff: [], markOpened: false };

/** Writes for the pages what they need to know of the settings; nothing where it is the same, so that no tab is told. */
export async function writeWays({ markDim, markFold, markOff, markOpened }: MarkWays): Promise<void> {
  const ways: MarkWays = { markDim, markFold, markOff, markOpened };
  if (JSON.stringify(await readWays()) !== JSON.stringify(ways)) await browser.storage.local.set({ [WAYS_KEY]: ways });
}

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
