// One poll of one feed: fetch, parse, categorise, save. Everything from outside is passed in.
import type { Classifier } from '../category/classifier.ts';
import { classify } from '../category/classify.ts';
import { type DigestContent, readDigestPage, readEntry, readStory } from '../feed/digest.ts';
import type { Entry } from '../feed/entry.ts';
import { FeedError, toFault } from '../feed/error.ts';
import { fetchDocument } from '../feed/fetch.ts';
import { parseFeed } from '../feed/parse.ts';
import type { Fault, Feed } from '../model.ts';
import type { Database, PendingPage } from '../store/database.ts';
import { countPageAttempt, listPendingPages, readFingerprints, savePoll, type SavedDigest } from '../store/digests.ts';
import { updateFeed } from '../store/feeds.ts';
import { nextPollAt } from './schedule.ts';

export interface PollContext {
  db: Database;
  fetch: typeof fetch;
  now: () => number;
  random: () => number;
  /** Time between polls, ms. */
  intervalMs: number;
  /** The address to fetch for a feed's address: the sample feed's is a file of the extension. */
  resolve: (url: string) => string;
  /** Whether an address may be fetched: the reader can withdraw a host's permission at any time. */
  allowed: (url: string) => Promise<boolean>;
  /** The trained classifier, asked for only when something new is to be categorised; null (or none given): words alone. Reads its file once for all that ask. */
  loadClassifier?: () => Promise<Classifier | null>;
  /** Called after each commit, to bring badge and marks up to date. */
  onSaved: () => Promise<void>;
  timeoutMs?: number;
}

/** Stories of a first poll that arrive unread; of a digest feed it is the newest digest. */
const FIRST_UNREAD_STORIES = 30;
/** Digest pages read in one poll; a longer archive is read over several. */
const PAGES_PER_POLL = 120;
const PAGES_AT_ONCE = 4;
const MAX_PAGE_BYTES = 5 * 2 ** 20;
/** After so many failures a page is given up and its entry kept as a story that links to it. */
const PAGE_ATTEMPTS = 5;
/** A feed whose first pages were all plain stories is not asked for the pages of the others. */
const STORY_SAMPLE = 3;

/**
 * Polls a feed and stores what came. Never throws for a fault of the feed: it is kept on the feed's row for the reader.
 * One poll of a feed at a time across contexts; a second caller waits for the first and returns.
 */
export async function refreshFeed(feedId: string, context: PollContext): Promise<void> {
  const name = `poll:${feedId}`;
  const ran = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await poll(feedId, context);
    return lock !== null;
  });
  if (!ran) await navigator.locks.request(name, async () => {});
}

async function poll(feedId: string, context: PollContext): Promise<void> {
  const { db } = context;
  const feed = await db.feeds.get(feedId);
  if (!feed) return;
  const base = context.resolve(feed.url);
  try {
    if (!(await context.allowed(base))) throw new FeedError('permission', new URL(base).host);
    const answer = await fetchDocument(base, { fetch: context.fetch, validators: feed, timeoutMs: context.timeoutMs });
    const now = context.now();
    const good: Partial<Feed> = { checkedAt: now, succeededAt: now, failures: 0, fault: null };
    if (answer.status === 'notModified') await updateFeed(db, feedId, { ...good, fault: feed.fault?.kind === 'page' ? feed.fault : null, nextPollAt: next(context, 0, false) });
    else {
      const parsed = parseFeed(answer);
      const { etag, lastModified } = answer;
      const changes: Partial<Feed> = { ...good, etag, lastModified, title: parsed.title || feed.title, homepage: parsed.homepage ?? feed.homepage, notice: parsed.entries.length ? null : 'empty', nextPollAt: next(context, 0, false) };
      await saveEntries(feed, parsed.entries, base, changes, context);
    }
  } catch (error) {
    const now = context.now();
    const failures = feed.failures + 1;
    await updateFeed(db, feedId, { checkedAt: now, failures, fault: toFault(error, now), nextPollAt: next(context, failures, false) });
    await context.onSaved();
    return;
  }
  await context.onSaved();
  await readPages({ ...feed, ...(await db.feeds.get(feedId)) }, base, feed.unreadSince === null, context);
}

const next = ({ now, intervalMs, random }: PollContext, failures: number, pagesLeft: boolean) => nextPollAt({ now: now(), intervalMs, failures, pagesLeft, random });

async function saveEntries(feed: Feed, entries: Entry[], base: string, changes: Partial<Feed>, context: PollContext): Promise<void> {
  const { db } = context;
  const now = context.now();
  const known = await readFingerprints(db, feed.id);
  const dated = entries.map((entry) => ({ entry, ms: entry.date?.ms ?? now })).sort((a, b) => b.ms - a.ms);
  const contents = dated.map(({ entry, ms }) => ({ entry, ms, content: readEntry(entry, base, feed.categories, now) }));
  const [newest] = contents;
  const first = feed.unreadSince === null;
  const limit = newest?.content?.digest.kind === 'story' ? FIRST_UNREAD_STORIES : 1;
  const unreadSince = feed.unreadSince ?? (newest ? (contents[Math.min(limit, contents.length) - 1]?.ms ?? newest.ms) : null);

  const digests: SavedDigest[] = [];
  const pending: PendingPage[] = [];
  const met = new Set<string>();
  for (const [index, { entry, ms, content }] of contents.entries()) {
    const id = digestId(feed.id, entry);
    if (met.has(id)) continue; // some publishers write an entry twice
    met.add(id);
    const fingerprint = await hash(JSON.stringify(entry));
    if (known.get(id) === fingerprint) continue;
    const unread = first ? index < limit : unreadSince === null || ms >= unreadSince;
    if (content) digests.push(await toSaved(content, feed.id, fingerprint, unread, context));
    else pending.push({ id, feedId: feed.id, entry, fingerprint, publishedMs: ms, unread, attempts: 0 });
  }
  await savePoll(db, feed.id, { digests, pending, feed: { ...changes, unreadSince, newestAt: Math.max(feed.newestAt ?? 0, newest?.ms ?? 0) || null } });
}

/** Reads the pages that a text-only feed leads to, newest first, saving each as it comes. `first`: the feed was never polled before. */
async function readPages(feed: Feed, base: string, first: boolean, context: PollContext): Promise<void> {
  const { db } = context;
  const pages = await listPendingPages(db, feed.id);
  if (pages.length === 0) return;
  const failed: Fault[] = [];
  const storiesOnly = await isStoryFeed(db, feed.id);
  let stories = storiesOnly ? STORY_SAMPLE : 0;
  let digests = 0;
  let read = 0;

  const readOne = async (page: PendingPage): Promise<void> => {
    const entry = page.entry as Entry;
    const now = context.now();
    try {
      let content: DigestContent;
      if (stories >= STORY_SAMPLE && digests === 0) content = readStory(entry, base, feed.categories, now);
      else {
        const answer = await fetchDocument(entry.url, { fetch: context.fetch, maxBytes: MAX_PAGE_BYTES, timeoutMs: context.timeoutMs });
        if (answer.status === 'notModified') throw new FeedError('http', '304');
        content = readDigestPage(entry, answer, base, feed.categories, now);
        if (content.digest.kind === 'story') stories++;
        else digests++;
      }
      await savePoll(db, feed.id, { digests: [await toSaved(content, feed.id, page.fingerprint, page.unread, context)] });
      // The first page is what the reader waits for; after it, the badge need not follow each one.
      if (read++ % 10 === 0) await context.onSaved();
    } catch (error) {
      failed.push(toFault(error, now));
      if (page.attempts + 1 < PAGE_ATTEMPTS) await countPageAttempt(db, page);
      else await savePoll(db, feed.id, { digests: [await toSaved(readStory(entry, base, feed.categories, now), feed.id, page.fingerprint, page.unread, context)] });
    }
  };

  const queue = pages.slice(0, PAGES_PER_POLL);
  const [newest] = queue;
  if (newest) await readOne(newest);
  // Only its page shows that a text-only feed is one of single stories; then not the newest alone arrives unread.
  if (first && stories === 1 && digests === 0) for (const page of queue.slice(0, FIRST_UNREAD_STORIES)) page.unread = true;
  let at = 1;
  const worker = async () => {
    // A publisher in trouble is not asked for a hundred pages more.
    while (at < queue.length && failed.length < PAGES_AT_ONCE * 2) await readOne(queue[at++] as PendingPage);
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, worker));

  const left = await db.pendingPages.where('feedId').equals(feed.id).count();
  const now = context.now();
  const [fault] = failed;
  await updateFeed(db, feed.id, {
    fault: fault ? { kind: 'page', detail: String(failed.length), at: now } : null,
    failures: fault ? feed.failures + 1 : 0,
    nextPollAt: next(context, fault ? feed.failures + 1 : 0, left > 0),
  });
  await context.onSaved();
}

async function isStoryFeed(db: Database, feedId: string): Promise<boolean> {
  const kinds = await db.digests.where('feedId').equals(feedId).limit(50).toArray();
  return kinds.length >= STORY_SAMPLE && kinds.every((digest) => digest.kind === 'story');
}

async function toSaved({ digest, stories, categoriesNamed }: DigestContent, feedId: string, fingerprint: string, unread: boolean, { loadClassifier }: PollContext): Promise<SavedDigest> {
  const classifier = (await loadClassifier?.()) ?? null;
  const items = stories.map(({ section, ...story }) => ({ ...story, ...classify({ ...story, section }, digest, categoriesNamed, classifier) }));
  return { digest: { ...digest, id: digestId(feedId, digest), feedId, fingerprint }, items, unread };
}

const digestId = (feedId: string, { guid }: { guid: string }) => `${feedId} ${guid}`;

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
