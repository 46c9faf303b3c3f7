// The compact list of digested posts that the content script reads: exact, already filtered, in one piece a day.
// Only this file knows how it is kept in storage.local.
import { browser } from 'wxt/browser';
import { type Feed, type Item, type PostId, type Settings, showsCategory, type ToldItem } from './model.ts';
import { activeRules, createRules } from './rules.ts';
import { nameCategory } from './words/category.ts';

const PREFIX = 'marks:';

/** What a mark on X says of a post. */
export interface Mark {
  /** Publication of the first digest that told of the post, ms. */
  publishedMs: number;
  category: string;
}

/** A day's posts. Times and categories stand once and are pointed at by index. */
export interface MarkPiece {
  times: number[];
  categories: string[];
  /** Post id, index of its time, index of its category, and so on. */
  posts: (string | number)[];
}

/** An item as far as marks go: stored, or what is left of one that was pruned. */
type Told = Omit<ToldItem, 'listedAt'> & Partial<Pick<Item, 'summary'>>;

/** Of the settings only what marks depend on. */
type MarkSettings = Pick<Settings, 'marks' | 'hiddenCategories' | 'rules' | 'markMuted' | 'categoryNames'>;

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
  const piece: MarkPiece = { times: [], categories: [], posts: [] };
  const indexIn = <T>(list: T[], value: T) => {
    const at = list.indexOf(value);
    return at < 0 ? list.push(value) - 1 : at;
  };
  for (const [postId, { publishedMs, category }] of marks) piece.posts.push(postId, indexIn(piece.times, publishedMs), indexIn(piece.categories, category));
  return piece;
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
const filterOf = ({ marks, hiddenCategories, rules, markMuted, categoryNames }: MarkSettings, feeds: readonly MarkingFeed[], now: number) =>
  JSON.stringify([marks, hiddenCategories, categoryNames, markMuted ? [] : activeRules(rules, now).flatMap(({ action, field, value }) => (action === 'mute' ? [[field, value]] : [])), feeds.flatMap((feed) => (feed.removedAt !== null ? [[feed.id]] : !feed.marks || feed.hiddenCategories.length ? [[feed.id, feed.marks, feed.hiddenCategories]] : [])).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))]);

/** True where the stored pieces were made under these filters; else every day has to be derived again. */
export async function piecesFit(settings: MarkSettings, feeds: readonly MarkingFeed[], now: number): Promise<boolean> {
  return (await browser.storage.local.get(FILTER_KEY))[FILTER_KEY] === filterOf(settings, feeds, now);
}

/** Notes that every piece now fits these filters. */
export async function noteFilter(settings: MarkSettings, feeds: readonly MarkingFeed[], now: number): Promise<void> {
  if (!(await piecesFit(settings, feeds, now))) await browser.storage.local.set({ [FILTER_KEY]: filterOf(settings, feeds, now) });
}

/** Calls back with every stored piece, then with each that changes (null: gone). */
export async function watchPieces(callback: (day: string, piece: MarkPiece | null) => void): Promise<() => void> {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area !== 'local') return;
    for (const [key, { newValue }] of Object.entries(changes)) if (key.startsWith(PREFIX)) callback(key.slice(PREFIX.length), (newValue as MarkPiece | undefined) ?? null);
  };
  browser.storage.onChanged.addListener(listener);
  const stored = await browser.storage.local.get(null);
  for (const [key, piece] of Object.entries(stored)) if (key.startsWith(PREFIX)) callback(key.slice(PREFIX.length), piece as MarkPiece);
  return () => browser.storage.onChanged.removeListener(listener);
}

/** The pieces as one index by post. */
export class MarkIndex {
  #pieces = new Map<string, MarkPiece>();
  #marks: Map<PostId, Mark> | null = null;

  /** Takes in a day's piece; null forgets the day. */
  set(day: string, piece: MarkPiece | null): void {
    if (piece) this.#pieces.set(day, piece);
    else this.#pieces.delete(day);
    this.#marks = null;
  }

  /** What a mark on this post says; null where it is in no digest. Of several digests the earliest counts: it told of the post first. */
  get(postId: PostId): Mark | null {
    this.#marks ??= this.#build();
    return this.#marks.get(postId) ?? null;
  }

  #build(): Map<PostId, Mark> {
    const marks = new Map<PostId, Mark>();
    for (const day of [...this.#pieces.keys()].sort()) {
      // A day's piece may tell of later times: where the feed that told first is not marked on.
      const { times, categories, posts } = this.#pieces.get(day) as MarkPiece;
      const shared = new Map<number, Mark>(); // one object for all posts of a digest and category
      for (let i = 0; i < posts.length; i += 3) {
        const postId = posts[i] as PostId;
        const key = (posts[i + 1] as number) * categories.length + (posts[i + 2] as number);
        let mark = shared.get(key);
        if (!mark) shared.set(key, (mark = { publishedMs: times[posts[i + 1] as number] ?? 0, category: categories[posts[i + 2] as number] ?? '' }));
        const known = marks.get(postId);
        if (!known || mark.publishedMs < known.publishedMs) marks.set(postId, mark);
      }
    }
    return marks;
  }
}
