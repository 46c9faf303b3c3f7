// An item: one story, as a digest tells it, as it is stored, what the reader did with it, and what is left of it once pruned.
import type { Category, CategorySource } from './category.ts';
import type { PostId } from './post.ts';

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
  /** How probable the category is, 0 to 1; null where it was not weighed but told. */
  confidence: number | null;
  /** Newest first; one post in several digests is one item with several appearances. */
  appearances: Appearance[];
  /** Ids of the feeds it appeared in; one of them may have been removed since. */
  feedIds: string[];
  /** Ids of the digests it appeared in; each begins with its feed's id. */
  digestIds: string[];
  /** Publication of the newest appearance, ms. */
  publishedMs: number;
  /** Publication of the earliest appearance, ms. */
  firstMs: number;
  /** Ids of items of other editions that tell the same story under almost the same title: linked, never merged. */
  similar: string[];
}

/** What of an item follows from its appearances, of which there is one at least; they come in any order. */
export function gatherAppearances(unsorted: readonly Appearance[]): Pick<Item, 'appearances' | 'feedIds' | 'digestIds' | 'publishedMs' | 'firstMs'> {
  const appearances = unsorted.toSorted((a, b) => b.publishedMs - a.publishedMs);
  const times = appearances.map(({ publishedMs }) => publishedMs);
  return { appearances, feedIds: [...new Set(appearances.map(({ feedId }) => feedId))], digestIds: appearances.map(({ digestId }) => digestId), publishedMs: times[0] as number, firstMs: times.at(-1) as number };
}

/** What the reader did with an item. Keyed by item id, outlives the item. Numbers because booleans are no IndexedDB keys. */
export interface ItemStatus {
  id: string;
  read: 0 | 1;
  /** The popup has been opened since it came. */
  seen: 0 | 1;
  /** Kept for good, whatever becomes of its digest or feed. */
  starred: 0 | 1;
}

/** What is left of an item that was pruned: enough to mark its posts, under whichever filters and rules; its summary is gone. */
export interface ToldItem extends Pick<Item, 'id' | 'postIds' | 'category' | 'firstMs' | 'feedIds' | 'title' | 'author' | 'handle'> {
  appearances: Pick<Appearance, 'feedId' | 'publishedMs'>[];
  /** Last time a feed listed it, ms. */
  listedAt: number;
}

/** Of items weighed to be less probable than this, more than half stand in another category than an annotator chose (tests/bench/category.ts); one in eleven is. */
const DOUBT = 0.5;

/** True where an item's category was weighed and found not certain enough to be shown without a word. */
export const isDoubtful = ({ confidence, categorySource }: Pick<Item, 'confidence' | 'categorySource'>): boolean => categorySource === 'classifier' && confidence !== null && confidence < DOUBT;
