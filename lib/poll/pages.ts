// The pages that a text-only feed's entries lead to: read after the poll that found them, a few at a time, given up where they stay in trouble.
import type { DigestContent } from '../feed/digest.ts';
import type { Entry } from '../feed/entry.ts';
import { FeedError, isFeedError, toFault } from '../feed/error.ts';
import { fetchDocument } from '../feed/fetch.ts';
import type { Fault } from '../model/fault.ts';
import { type Feed, isPolled } from '../model/feed.ts';
import type { Database, PendingPage } from '../store/database.ts';
import { countPageAttempt, countPendingPages, dropPage, listPendingPages, openPages, savePoll } from '../store/digests.ts';
import { updateFeed } from '../store/feeds.ts';
import { asking, type PollContext, retryTime } from './context.ts';
import { saveOrFail, toSaved } from './save.ts';
import { nextPollAt } from './schedule.ts';

/** Stories of a first poll that arrive unread; of a digest feed it is the newest digest. */
export const FIRST_UNREAD_STORIES = 30;
/** Digest pages read in one poll; a longer archive is read over several. */
const PAGES_PER_POLL = 120;
const PAGES_AT_ONCE = 4;
/** Bytes of a page after which reading stops. */
export const MAX_PAGE_BYTES = 5 * 2 ** 20;
/** After so many failures a page is given up and its entry kept as a story that links to it. */
const PAGE_ATTEMPTS = 5;
/** A feed whose first pages were all plain stories is not asked for the pages of the others. */
export const STORY_SAMPLE = 3;

/** Reads the pages that a text-only feed leads to, newest first, saving each as it comes. `first`: the feed was never polled before. */
export async function readPages(feed: Feed, base: string, first: boolean, context: PollContext, signal: AbortSignal): Promise<void> {
  const { db } = context;
  const pages = await listPendingPages(db, feed.id);
  if (pages.length === 0) return;
  const { readDigestPage, readStory } = await context.loadIntake();
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
      await saveOrFail(savePoll(db, feed.id, { digests: [await toSaved(content, page, context)] }));
    } catch (error) {
      if (signal.aborted) return; // no failure of the page's
      failed.push(toFault(error, now));
      const pause = retryTime(error, now);
      if (pause !== null) pauses.push(pause);
      if (isFeedError(error) && error.kind === 'storage') stopped = true;
      else if (isFinal(error, entry.url)) await saveOrFail(giveUpOrCount(page, readStory(entry, base, feed.categories, now), context)).catch(() => (stopped = true));
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
  isFeedError(error) && (/^(?:gone|html|malformed|tooLarge|address|x|private)$/.test(error.kind) || (error.kind === 'http' && /^4(?!08|25|29)/.test(error.detail)) || (error.kind === 'permission' && error.detail !== new URL(url).host));

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

/** Whether a feed has shown by its first pages that it tells single stories. */
async function isStoryFeed(db: Database, feedId: string): Promise<boolean> {
  const kinds = await db.digests.where('feedId').equals(feedId).limit(50).toArray();
  const read = kinds.filter((digest) => digest.fingerprint !== GIVEN_UP);
  return read.length >= STORY_SAMPLE && read.every((digest) => digest.kind === 'story');
}
