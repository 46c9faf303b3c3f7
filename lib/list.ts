// The reader's list as the store gives it and the components show it.
import type { Category } from './model/category.ts';
import type { Digest } from './model/digest.ts';
import type { Feed } from './model/feed.ts';
import type { Item } from './model/item.ts';
import type { Rule } from './model/rule.ts';

/** What is listed, and how it is grouped. */
export interface View {
  show: 'unread' | 'all' | 'starred';
  by: 'category' | 'digest';
}

/** One item as the list shows it. */
export interface Row {
  item: Item;
  read: 0 | 1;
  starred: 0 | 1;
  /** The rule that hides it, and the rule that makes it stand out. */
  muted: Rule | null;
  watched: Rule | null;
}

/** Rows under one heading. `key` is a category, or a digest's id. */
export interface Group {
  key: string;
  /** Where grouped by digest. */
  digest: Pick<Digest, 'title' | 'url' | 'publishedMs'> | null;
  /** How many rows there are; `rows` may hold only the first of them. */
  count: number;
  rows: Row[];
  /** Ids of the unread items that are not among `rows`. */
  unlisted: string[];
}

/** An item that something is done with, listed or not. */
export interface RowRef {
  item: Pick<Item, 'id'>;
}

/** What the list knows of a feed. */
export type FeedState = Pick<Feed, 'id' | 'url' | 'customTitle' | 'title' | 'paused' | 'fault' | 'notice' | 'succeededAt' | 'newestAt' | 'nextPollAt'>;

/** The whole list of one view, at one moment. */
export interface List {
  groups: Group[];
  /** Unread items, whatever the view shows; those that rules mute left out. */
  unread: number;
  /** Rows of this view that rules mute. */
  muted: number;
  /** Whether older items are stored that `limit` left out. */
  more: boolean;
  feeds: FeedState[];
  /** Categories an item can be moved to, in the reader's order. */
  categories: Category[];
}

/** What a search has found so far. */
export interface Found {
  query: string;
  /** The best. */
  rows: Row[];
  count: number;
  /** Everything has been looked through. */
  complete: boolean;
}

/** Which parts of a shown text answer the search, [start, end) in UTF-16 units. */
export type Highlight = (text: string, field?: 'text' | 'author') => [start: number, end: number][];

/** What else there is to know of an item: the digests it stood in, newest first, and items of others that tell the same story. */
export interface Details {
  digests: Pick<Digest, 'id' | 'title' | 'url' | 'publishedMs'>[];
  similar: Item[];
}
