// One poll of one feed: fetch, parse, save; then the pages its entries lead to. One at a time, whoever asks.
import type { Classifier } from '../category/classifier.ts';
import type { Entry, ParsedFeed } from '../feed/entry.ts';
import { toFault } from '../feed/error.ts';
import { fetchDocument, TIMEOUT_MS } from '../feed/fetch.ts';
import { type Feed, isPolled } from '../model/feed.ts';
import { countPendingPages, type NewPage, readFingerprints, savePoll, type SavedDigest } from '../store/digests.ts';
import { updateFeed } from '../store/feeds.ts';
import { listMoves } from '../store/moves.ts';
import { asking, type PollContext, retryTime } from './context.ts';
import { FIRST_UNREAD_STORIES, readPages } from './pages.ts';
import { addressOf, noteRedirect } from './redirect.ts';
import { followRhythm } from './rhythm.ts';
import { digestId, fingerprintOf, saveOrFail, toSaved } from './save.ts';
import { addLook, askedInterval, isDue, nextPollAt } from './schedule.ts';

/** What was published longer ago than this, ms, is backlog when it comes, and never rings. */
const RINGS_MS = 86_400_000;

/** Whether a poll may be left out, and how it treats one that is under way. */
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
  let quiet = false;
  try {
    const answer = await fetchDocument(address, { ...asking(context, signal), home: base, validators: feed });
    signal.throwIfAborted();
    const now = context.now();
    const movedTo = noteRedirect(base, feed.movedTo, address, answer.url, now);
    const left = await countPendingPages(db, feedId);
    // Pages that failed before are in trouble of their own: a good feed neither ends it nor starts their backoff over.
    const trouble = left > 0 && feed.fault?.kind === 'page' ? { fault: feed.fault, failures: feed.failures } : { fault: null, failures: 0 };
    const good: Partial<Feed> = { ...answer.validators, movedTo, looks: addLook(feed.looks, now), checkedAt: now, succeededAt: now, retryAfter: null, ...trouble };
    if (answer.status === 'notModified') {
      await updateFeed(db, feedId, { ...good, nextPollAt: left ? now : nextPollAt({ ...feed, ...good }, { ...context, now }) });
      quiet = left === 0 && feed.fault === null;
    } else {
      const parsed = (await context.loadIntake()).parseFeed(answer);
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
    const changes = { looks: addLook(feed.looks, now), checkedAt: now, failures: feed.failures + 1, fault: { ...fault, kind }, retryAfter: retryTime(error, now), movedTo: address === base ? feed.movedTo : null };
    await updateFeed(db, feedId, { ...changes, nextPollAt: nextPollAt({ ...feed, ...changes }, { ...context, now }) });
    await context.onSaved();
    return;
  }
  if (quiet) return context.onQuiet();
  await context.onSaved();
  const saved = await db.feeds.get(feedId);
  if (saved) await readPages(saved, base, feed.unreadSince === null, context, signal);
}

/** The classifier as the reader's moves have taught it by now: made once a poll, when first something is to be categorised. Moves are made in other contexts, so that a poll keeps nothing of the one before. */
function teachOnce({ db, loadClassifier, loadIntake }: PollContext): () => Promise<Classifier | null> {
  const teach = async () => {
    const shipped = (await loadClassifier?.()) ?? null;
    return shipped && (await loadIntake()).correctClassifier(shipped, await listMoves(db));
  };
  let taught: Promise<Classifier | null> | null = null;
  return () => (taught ??= teach());
}

const damageOf = ({ skipped, broken }: ParsedFeed): Feed['damage'] => (skipped || broken ? { skipped, broken: broken ?? null } : null);

/** `whole`: the document was complete, so what it does not list is listed no more. */
async function saveEntries(feed: Feed, entries: Entry[], whole: boolean, base: string, changes: Partial<Feed>, context: PollContext): Promise<void> {
  const { db } = context;
  const { readEntry } = await context.loadIntake();
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
    const fingerprint = await fingerprintOf(entry);
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
  await saveOrFail(savePoll(db, feed.id, { digests, pending, listed: whole ? [...met] : undefined, feed: { ...row, nextPollAt: left ? now : nextPollAt({ ...feed, ...row }, { ...context, now }) } }));
}
