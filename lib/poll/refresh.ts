// One poll of one feed: fetch, parse, categorise, save. Everything from outside is passed in.
import type { Classifier } from '../category/classifier.ts';
import { classify } from '../category/classify.ts';
import { correctClassifier } from '../category/correction.ts';
import { type DigestContent, readDigestPage, readEntry, readStory } from '../feed/digest.ts';
import type { Entry, ParsedFeed } from '../feed/entry.ts';
import { FeedError, toFault } from '../feed/error.ts';
import { fetchDocument, HttpError, TIMEOUT_MS } from '../feed/fetch.ts';
import { parseFeed } from '../feed/parse.ts';
import { type Fault, type Feed, isPolled } from '../model.ts';
import type { Database, PendingPage } from '../store/database.ts';
import { countPageAttempt, countPendingPages, dropPage, listPendingPages, openPages, readFingerprints, type NewPage, savePoll, type SavedDigest } from '../store/digests.ts';
import { updateFeed } from '../store/feeds.ts';
import { listMoves } from '../store/moves.ts';
import { addressOf, noteRedirect } from './redirect.ts';
import { followRhythm } from './rhythm.ts';
import { askedInterval, isDue, nextPollAt, noteLook, retryAfterTime } from './schedule.ts';

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
  /** The trained classifier as it was shipped, asked for only when something new is to be categorised; null (or none given): words alone. Reads its file once for all that ask. */
  loadClassifier?: () => Promise<Classifier | null>;
  /** Called after each commit, to bring badge and marks up to date. */
  onSaved: () => Promise<void>;
  timeoutMs?: number;
}

/** Stories of a first poll that arrive unread; of a digest feed it is the newest digest. */
const FIRST_UNREAD_STORIES = 30;
/** What was published longer ago than this, ms, is backlog when it comes, and never rings. */
const RINGS_MS = 86_400_000;
/** Digest pages read in one poll; a longer archive is read over several. */
const PAGES_PER_POLL = 120;
const PAGES_AT_ONCE = 4;
export const MAX_PAGE_BYTES = 5 * 2 ** 20;
/** After so many failures a page is given up and its entry kept as a story that links to it. */
const PAGE_ATTEMPTS = 5;
/** A feed whose first pages were all plain stories is not asked for the pages of the others. */
export const STORY_SAMPLE = 3;

export interface RefreshOptions {
  /** Leave a feed alone that is not due and has been asked since this time, ms. */
  askedSince?: number;
  /** The reader waits: a poll that is under way is given a moment, then ended and taken over from. */
  urgent?: boolean;
}

/**
 * Polls a feed and stores what came. Never throws for a fault of the feed: it is kept on the feed's row for the reader.
 * One poll of a feed at a time across contexts; a second caller waits for the first and returns.
 */
export async function refreshFeed(feedId: string, context: PollContext, { askedSince, urgent = false }: RefreshOptions = {}): Promise<void> {
  const work = (signal: AbortSignal) => poll(feedId, context, askedSince, signal);
  if (await takeTurn(feedId, { ifAvailable: true }, work)) return;
  const patience = urgent ? AbortSignal.timeout((context.timeoutMs ?? TIMEOUT_MS) / 5) : undefined;
  const joined = await navigator.locks.request(turnOf(feedId), { signal: patience }, async () => true).catch((error: unknown) => {
    if (patience?.aborted) return false;
    throw error;
  });
  if (!joined) await takeTurn(feedId, { steal: true }, work);
}

const turnOf = (feedId: string) => `turn:${feedId}`;

/**
 * Does the work if it gets the feed's turn. A turn can be stolen: then `signal` ends the work, but the thief only begins
 * when it has ended, for the work holds a second lock that nobody steals. Two polls never save over each other.
 */
async function takeTurn(feedId: string, options: LockOptions, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const stolen = new AbortController();
  let working = Promise.resolve();
  const turn = async (lock: Lock | null) => {
    if (lock) working = navigator.locks.request(`poll:${feedId}`, async () => (stolen.signal.aborted ? undefined : work(stolen.signal)));
    await working;
    return lock !== null;
  };
  try {
    return await navigator.locks.request(turnOf(feedId), options, turn);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    stolen.abort(error);
    await working;
    return true;
  }
}

async function poll(feedId: string, given: PollContext, askedSince: number | undefined, signal: AbortSignal): Promise<void> {
  const context = { ...given, loadClassifier: teachOnce(given) };
  const { db } = context;
  const feed = await db.feeds.get(feedId);
  if (!feed || !isPolled(feed)) return;
  if (askedSince !== undefined && (feed.checkedAt ?? -Infinity) >= askedSince && !isDue(feed, context.now())) return;
  const base = context.resolve(feed.url);
  const address = addressOf(base, feed.movedTo, context.now());
  try {
    const answer = await fetchDocument(address, { ...asking(context, signal), home: base, validators: feed });
    signal.throwIfAborted();
    const now = context.now();
    const movedTo = noteRedirect(base, feed.movedTo, address, answer.url, now);
    const left = await countPendingPages(db, feedId);
    // Pages that failed before are in trouble of their own: a good feed neither ends it nor starts their backoff over.
    const trouble = left > 0 && feed.fault?.kind === 'page' ? { fault: feed.fault, failures: feed.failures } : { fault: null, failures: 0 };
    const good: Partial<Feed> = { ...answer.validators, movedTo, looks: noteLook(feed.looks, now), checkedAt: now, succeededAt: now, retryAfter: null, ...trouble };
    if (answer.status === 'notModified') {
      const changes = good;
      await updateFeed(db, feedId, { ...changes, nextPollAt: left ? now : nextPollAt({ ...feed, ...changes }, { ...context, now }) });
    } else {
      const parsed = parseFeed(answer);
      const publisherInterval = askedInterval(parsed.ttlMinutes, answer.maxAge);
      // What vouches for a whole document must not be kept for the half of it that came.
      const whole = parsed.broken !== 'truncated';
      const changes: Partial<Feed> = { ...good, ...(!whole && { etag: null, lastModified: null, bodyHash: null }), publisherInterval, title: parsed.title || feed.title, homepage: parsed.homepage ?? feed.homepage, notice: parsed.entries.length ? null : 'empty', damage: damageOf(parsed) };
      await saveEntries(feed, parsed.entries, whole, base, changes, context);
    }
  } catch (error) {
    if (signal.aborted) return; // the poll that took over tells how it went
    const now = context.now();
    const fault = toFault(error, now);
    // Where it is only the address it had moved to that is gone, its own is asked next.
    const kind = fault.kind === 'gone' && address !== base ? 'http' : fault.kind;
    const changes = { looks: noteLook(feed.looks, now), checkedAt: now, failures: feed.failures + 1, fault: { ...fault, kind }, retryAfter: retryTime(error, now), movedTo: address === base ? feed.movedTo : null };
    await updateFeed(db, feedId, { ...changes, nextPollAt: nextPollAt({ ...feed, ...changes }, { ...context, now }) });
    await context.onSaved();
    return;
  }
  await context.onSaved();
  const saved = await db.feeds.get(feedId);
  if (saved) await readPages(saved, base, feed.unreadSince === null, context, signal);
}

/** The classifier as the reader's moves have taught it by now: made once a poll, when first something is to be categorised. Moves are made in other contexts, so that a poll keeps nothing of the one before. */
function teachOnce({ db, loadClassifier }: PollContext): () => Promise<Classifier | null> {
  const teach = async () => {
    const shipped = (await loadClassifier?.()) ?? null;
    return shipped && correctClassifier(shipped, await listMoves(db));
  };
  let taught: Promise<Classifier | null> | null = null;
  return () => (taught ??= teach());
}

const asking = ({ fetch, allowed, timeoutMs, now }: PollContext, signal: AbortSignal) => ({ fetch, allowed, timeoutMs, now, signal });
const damageOf = ({ skipped, broken }: ParsedFeed): Feed['damage'] => (skipped || broken ? { skipped, broken: broken ?? null } : null);
const retryTime = (error: unknown, now: number) => (error instanceof HttpError ? retryAfterTime(error.retryAfter, now) : null);

/** `whole`: the document was complete, so what it does not list is listed no more. */
async function saveEntries(feed: Feed, entries: Entry[], whole: boolean, base: string, changes: Partial<Feed>, context: PollContext): Promise<void> {
  const { db } = context;
  const now = context.now();
  const known = await readFingerprints(db, entries.map((entry) => digestId(feed.id, entry)));
  const dated = entries.map((entry) => ({ entry, ms: Math.min(entry.date?.ms ?? now, now) })).sort((a, b) => b.ms - a.ms);
  const contents = dated.map(({ entry, ms }) => ({ entry, ms, content: readEntry(entry, base, feed.categories, now) }));
  // One that is undated or dated ahead says nothing of when the feed last published.
  const past = contents.filter(({ entry }) => entry.date !== null && entry.date.ms <= now);
  const anchors = past.length ? past : contents;
  const [newest] = anchors;
  const first = feed.unreadSince === null;
  const opening = new Set(anchors.slice(0, newest?.content?.digest.kind === 'story' ? FIRST_UNREAD_STORIES : 1));
  const unreadSince = feed.unreadSince ?? [...opening].at(-1)?.ms ?? null;

  const digests: SavedDigest[] = [];
  const pending: NewPage[] = [];
  const met = new Set<string>();
  for (const one of contents) {
    const { entry, ms, content } = one;
    const id = digestId(feed.id, entry);
    if (met.has(id)) continue; // some publishers write an entry twice
    met.add(id);
    const fingerprint = await hash(JSON.stringify(entry));
    if (known.get(id) === fingerprint) continue;
    const unread = first ? opening.has(one) : unreadSince === null || ms >= unreadSince;
    const rings = !first && ms > now - RINGS_MS;
    if (content) digests.push(await toSaved(content, { feedId: feed.id, fingerprint, unread, rings }, context));
    else pending.push({ id, feedId: feed.id, entry, fingerprint, publishedMs: ms, unread, rings, attempts: 0 });
  }
  const times = entries.flatMap(({ date }) => (date ? [date.ms] : []));
  const rhythm = followRhythm(feed.rhythm, times, { now, lastLook: feed.checkedAt, asked: changes.publisherInterval ?? 0 });
  // While pages are left to read the feed stays due, so that a worker killed over them goes on with them when it is next woken.
  const left = pending.length || (await countPendingPages(db, feed.id));
  const row = { ...changes, rhythm, unreadSince, newestAt: Math.max(feed.newestAt ?? 0, newest?.ms ?? 0) || null };
  await store(savePoll(db, feed.id, { digests, pending, listed: whole ? [...met] : undefined, feed: { ...row, nextPollAt: left ? now : nextPollAt({ ...feed, ...row }, { ...context, now }) } }));
}

/** Reads the pages that a text-only feed leads to, newest first, saving each as it comes. `first`: the feed was never polled before. */
async function readPages(feed: Feed, base: string, first: boolean, context: PollContext, signal: AbortSignal): Promise<void> {
  const { db } = context;
  const pages = await listPendingPages(db, feed.id);
  if (pages.length === 0) return;
  const failed: Fault[] = [];
  const storiesOnly = await isStoryFeed(db, feed.id);
  let stories = storiesOnly ? STORY_SAMPLE : 0;
  let digests = 0;
  let read = 0;
  const pauses: number[] = [];

  let stopped = false;

  const readOne = async (page: PendingPage): Promise<void> => {
    const entry = page.entry as Entry;
    const now = context.now();
    try {
      let content: DigestContent;
      if (stories >= STORY_SAMPLE && digests === 0) content = readStory(entry, base, feed.categories, now);
      else {
        const answer = await fetchDocument(entry.url, { ...asking(context, signal), home: base, maxBytes: MAX_PAGE_BYTES });
        signal.throwIfAborted();
        if (answer.status === 'notModified') throw new FeedError('http', '304');
        content = readDigestPage(entry, answer, base, feed.categories, now);
        if (content.digest.kind === 'story') stories++;
        else digests++;
      }
      await store(savePoll(db, feed.id, { digests: [await toSaved(content, page, context)] }));
    } catch (error) {
      if (signal.aborted) return; // no failure of the page's
      failed.push(toFault(error, now));
      const pause = retryTime(error, now);
      if (pause !== null) pauses.push(pause);
      if (error instanceof FeedError && error.kind === 'storage') stopped = true;
      else if (isFinal(error, entry.url)) await store(giveUpOrCount(page, readStory(entry, base, feed.categories, now), context)).catch(() => (stopped = true));
      return;
    }
    // The first page is what the reader waits for; after it, the badge need not follow each one.
    if (read++ % 10 === 0) await context.onSaved();
  };

  const queue = pages.slice(0, PAGES_PER_POLL);
  const [newest] = queue;
  if (newest) await readOne(newest);
  // Only its page shows that a text-only feed is one of single stories; then not the newest alone arrives unread.
  if (first && stories === 1 && digests === 0) {
    const opening = queue.slice(0, FIRST_UNREAD_STORIES);
    for (const page of opening) page.unread = true;
    await openPages(db, opening);
  }
  let at = 1;
  // A publisher in trouble, or one that asks for a pause, is not asked for a hundred pages more; nor is one the reader left.
  const next = () => (failed.length < PAGES_AT_ONCE * 2 && pauses.length === 0 && !stopped && !signal.aborted ? queue[at++] : undefined);
  const worker = async () => {
    for (let page = next(); page; page = next()) {
      const row = await db.feeds.get(feed.id);
      if (!row || !isPolled(row)) return;
      await readOne(page);
    }
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, worker));

  if (signal.aborted) return;
  const left = await countPendingPages(db, feed.id);
  const [fault] = failed;
  const changes = { fault: fault ? { kind: 'page' as const, detail: pageDetail(failed, fault), at: context.now() } : null, failures: fault ? feed.failures + 1 : 0, retryAfter: pauses.length ? Math.max(...pauses) : null };
  await updateFeed(db, feed.id, { ...changes, nextPollAt: nextPollAt({ ...feed, ...changes }, { ...context, now: context.now() }, left > 0) });
  await context.onSaved();
}

/** Whether trying again would hardly help: the server or the page itself says so. Anything else is weather, which passes. */
const isFinal = (error: unknown, url: string) =>
  error instanceof FeedError && (/^(?:gone|html|malformed|tooLarge|address|x|private)$/.test(error.kind) || (error.kind === 'http' && /^4(?!08|25|29)/.test(error.detail)) || (error.kind === 'permission' && error.detail !== new URL(url).host));

/** How many pages failed, and why where all were refused alike: that is no weather, and the reader can judge it. */
function pageDetail(failed: Fault[], { kind, detail }: Fault): string {
  const refused = (kind === 'private' || kind === 'permission') && failed.every((one) => one.kind === kind && one.detail === detail);
  return refused ? `${failed.length} ${kind} ${detail}` : String(failed.length);
}

/** In place of a fingerprint: a page that was given up is asked for again when the feed next changes. */
const GIVEN_UP = '';

/** Notes a page's failure; after the last the entry is kept as a story that links to it, unless an earlier reading of it stands. */
async function giveUpOrCount(page: PendingPage, story: DigestContent, context: PollContext): Promise<void> {
  const { db } = context;
  if (page.attempts + 1 < PAGE_ATTEMPTS) await countPageAttempt(db, page);
  else if ((await db.digests.get(page.id))?.kind === 'digest') await dropPage(db, page);
  else await savePoll(db, page.feedId, { digests: [await toSaved(story, { ...page, fingerprint: GIVEN_UP }, context)] });
}

/** A write whose failure is the disk's and not the publisher's. */
const store = <T>(write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw new FeedError('storage', error instanceof Error ? error.name : '', { cause: error });
  });

async function isStoryFeed(db: Database, feedId: string): Promise<boolean> {
  const kinds = await db.digests.where('feedId').equals(feedId).limit(50).toArray();
  const read = kinds.filter((digest) => digest.fingerprint !== GIVEN_UP);
  return read.length >= STORY_SAMPLE && read.every((digest) => digest.kind === 'story');
}

async function toSaved({ digest, stories, categoriesNamed }: DigestContent, { feedId, fingerprint, unread, rings }: Pick<PendingPage, 'feedId' | 'fingerprint' | 'unread' | 'rings'>, { loadClassifier, now }: PollContext): Promise<SavedDigest> {
  const classifier = (await loadClassifier?.()) ?? null;
  const items = stories.map(({ section, ...story }) => ({ ...story, ...classify({ ...story, section }, digest, categoriesNamed, classifier) }));
  return { digest: { ...digest, id: digestId(feedId, digest), feedId, fingerprint, seenAt: now() }, items, unread, ...(rings && { ringsAt: now() }) };
}

const digestId = (feedId: string, { guid }: { guid: string }) => `${feedId} ${guid}`;

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
