// A digest: one published edition of a feed.
import type { Category } from './category.ts';

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
  /** Ids of the stored items that it holds, or held before its publisher edited it. */
  itemIds: string[];
  /** Hash of the entry it was made from: an entry that has not changed is not read again. */
  fingerprint: string;
  /** Whether its feed listed it when it last told what it lists. */
  listed: 0 | 1;
  /** Where not listed any more: the last time it was, ms. Where listed, that is its feed's `succeededAt`, and this is older. */
  listedAt: number;
  /** When it was first stored here, ms. */
  seenAt: number;
  /** The feed's last good answer before that, which did not list it, ms; null where the feed's first answer did. */
  soughtAt: number | null;
}
