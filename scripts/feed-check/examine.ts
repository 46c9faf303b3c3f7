// What the extension makes of a feed, entry by entry: the same readers and the same classifier as a poll, without a store.
import type { Classifier } from '../../lib/category/classifier.ts';
import { type Classified, classify } from '../../lib/category/classify.ts';
import { readCharset } from '../../lib/feed/decode.ts';
import { type DigestContent, readDigestPage, readEntry, readStory } from '../../lib/feed/digest.ts';
import type { Entry, ParsedFeed } from '../../lib/feed/entry.ts';
import { toFault } from '../../lib/feed/error.ts';
import { type FeedFormat, detectFormat, parseFeed } from '../../lib/feed/parse.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Digest } from '../../lib/model/digest.ts';
import type { Fault } from '../../lib/model/fault.ts';
import type { Rhythm } from '../../lib/model/feed.ts';
import type { Story } from '../../lib/model/item.ts';
import { STORY_SAMPLE } from '../../lib/poll/pages.ts';
import { followRhythm } from '../../lib/poll/rhythm.ts';
import { askedInterval } from '../../lib/poll/schedule.ts';
import type { Source } from './source.ts';

/** An entry with what the extension makes of it. */
export interface CheckedEntry {
  entry: Entry;
  /** Where its stories were read from; `unread` where they stand on a page that was not read. */
  from: 'feed' | 'page' | 'unread';
  digest: DigestContent['digest'] | null;
  /** Its digest says its categories. */
  categoriesNamed: boolean;
  stories: (Story & Classified)[];
  /** Why its page could not be read. */
  fault: Fault | null;
}

/** A feed with what the extension makes of it. */
export interface FeedReport {
  source: Source;
  format: FeedFormat | null;
  charset: ReturnType<typeof readCharset>;
  feed: ParsedFeed;
  entries: CheckedEntry[];
  /** When it publishes; null where its dates show no rhythm. */
  rhythm: Rhythm | null;
  /** Least time between polls it asks for, ms; null where none. */
  askedInterval: number | null;
  /** When it was read, ms. */
  now: number;
}

/** What a report depends on beside the feed; `now` in ms. */
export interface ExamineOptions {
  /** Categories of digests that name none. */
  defaults: Category[];
  classifier: Classifier;
  now: number;
  /** Most pages to read where the feed itself holds no stories. */
  pages: number;
}

/** Whether the feed's own text held no story and no page was read either, so that nothing is known of what readers get. */
export const isUnread = ({ entries }: Pick<FeedReport, 'entries'>): boolean => entries.every(({ from }) => from === 'unread');

/** Reads a feed as the first poll would. Throws FeedError where the document is no feed. */
export async function examineFeed(source: Source, { defaults, classifier, now, pages }: ExamineOptions): Promise<FeedReport> {
  const { document } = source;
  const feed = parseFeed(document);
  const entries: CheckedEntry[] = [];
  let tried = 0;
  let articles = 0;
  let digests = 0;
  for (const i of newestFirst(feed.entries)) {
    const entry = feed.entries[i] as Entry;
    const own = readEntry(entry, document.url, defaults, now);
    if (own) entries[i] = toChecked(entry, 'feed', own, classifier);
    // Where the first pages were all articles, the extension asks for no more of them.
    else if (articles >= STORY_SAMPLE && digests === 0) entries[i] = toChecked(entry, 'feed', readStory(entry, document.url, defaults, now), classifier);
    else {
      const checked = tried < pages ? await readFrom(entry) : unread(entry, null);
      if (checked.from === 'page' || checked.fault) tried++;
      if (checked.digest?.kind === 'story') articles++;
      if (checked.digest?.kind === 'digest') digests++;
      entries[i] = checked;
    }
  }
  const times = feed.entries.flatMap(({ date }) => (date ? [date.ms] : []));
  const asked = askedInterval(feed.ttlMinutes, source.serving?.maxAge ?? null);
  return {
    source,
    format: detectFormat(document),
    charset: readCharset(document.bytes, document.contentType),
    feed,
    entries,
    rhythm: followRhythm(null, times, { now, lastLook: null, asked: asked ?? 0 }),
    askedInterval: asked,
    now,
  };

  async function readFrom(entry: Entry): Promise<CheckedEntry> {
    try {
      const page = await source.readPage(entry.url);
      return page ? toChecked(entry, 'page', readDigestPage(entry, page, document.url, defaults, now), classifier) : unread(entry, null);
    } catch (error) {
      return unread(entry, toFault(error, now));
    }
  }
}

/** Places of the entries in the order a poll reads them. */
const newestFirst = (entries: readonly Entry[]) => entries.map((_, i) => i).sort((a, b) => (entries[b]?.date?.ms ?? Infinity) - (entries[a]?.date?.ms ?? Infinity) || a - b);

const unread = (entry: Entry, fault: Fault | null): CheckedEntry => ({ entry, from: 'unread', digest: null, categoriesNamed: false, stories: [], fault });

function toChecked(entry: Entry, from: 'feed' | 'page', { digest, stories, categoriesNamed }: DigestContent, classifier: Classifier): CheckedEntry {
  const like: Pick<Digest, 'kind' | 'categories'> = digest;
  return { entry, from, digest, categoriesNamed, fault: null, stories: stories.map((story) => ({ ...story, ...classify(story, like, categoriesNamed, classifier) })) };
}
