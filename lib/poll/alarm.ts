// Waking up for polls: one alarm a feed, re-created whenever it is missing, and polls that were slept through.
import { browser } from 'wxt/browser';
import { updateSearch } from '../indexer.ts';
import { type Feed, isPolled } from '../model/feed.ts';
import { listFeeds } from '../store/feeds.ts';
import { pruneStep } from '../store/retention.ts';
import type { PollContext } from './context.ts';
import { refreshFeed, type RefreshOptions } from './refresh.ts';
import { isDue } from './schedule.ts';

const PREFIX = 'poll:';
/** Wakes the background now and then, whatever became of the feeds' own alarms (see catchUp), and has it prune. */
const WATCH = { name: 'watch', periodInMinutes: 60 };
/** When a poll is tried again that the worker did not live to end. */
const SAFETY_MS = 60_000;
/** A worker is stopped after 30 s without an extension event; a poll's fetches are none, so a poll makes some. */
const KEEP_ALIVE_MS = 20_000;
/** Browsers delay an alarm that is set too near; one that is off by no more is right. */
const ALARM_SLACK_MS = 60_000;

/**
 * Does what an alarm was for: polls its feed, unless that has been asked since the alarm's time, or prunes what need not be kept.
 * Never rejects: what could not be done, as where the database does not open, is done after a later alarm.
 */
export async function answerAlarm({ name, scheduledTime }: { name: string; scheduledTime: number }, context: PollContext): Promise<void> {
  const work = name === WATCH.name ? keepHouse(context) : name.startsWith(PREFIX) ? pollFeed(name.slice(PREFIX.length), context, { askedSince: scheduledTime }) : Promise.resolve();
  await work.catch((error: unknown) => console.error(`Eight Bells: the alarm ${name} was in vain`, error));
}

async function keepHouse(context: PollContext): Promise<void> {
  await context.db.open();
  if (context.db.isNewer) return; // nothing can be pruned
  while (await pruneStep(context.db, context.now()));
  await context.onQuiet(); // whatever went has left something stale, which is found there
  await indexSaved(context);
}

/** Polls a feed, sets its next alarm, and brings the search index up to date. */
export async function pollFeed(feedId: string, context: PollContext, options: RefreshOptions = {}): Promise<void> {
  await pollOne(feedId, context, options);
  await indexSaved(context);
}

/** After the poll, never in it: until then what is new is searched without the index. */
const indexSaved = ({ db }: PollContext) => updateSearch(db).catch((error: unknown) => console.error('Eight Bells: the search index could not be brought up to date', error));

async function pollOne(feedId: string, context: PollContext, options: RefreshOptions): Promise<void> {
  await context.db.open();
  if (context.db.isNewer) return; // nothing could be saved, and the publisher would be asked again and again
  const awake = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS);
  try {
    // The alarm that fired is gone; a worker that dies in the poll must be woken again.
    await browser.alarms.create(PREFIX + feedId, { when: context.now() + SAFETY_MS });
    await refreshFeed(feedId, context, options);
  } finally {
    clearInterval(awake);
    await setAlarm(feedId, await context.db.feeds.get(feedId), context.now());
  }
}

/** Feeds polled at a time: more would wait for each other in the browser's queue while their time runs. */
const FEEDS_AT_ONCE = 6;

/** Polls feeds now, every one or those named, whatever their schedule says and whether or not a poll of them hangs: the reader asked. */
export async function pollAll(context: PollContext, feedIds?: readonly string[]): Promise<void> {
  const feeds = (await listFeeds(context.db)).filter(({ id }) => !feedIds || feedIds.includes(id));
  await pollSome(feeds, context, { urgent: true });
}

/** One feed's trouble is not another's: whatever becomes of a poll, the others go on. */
async function pollSome(feeds: readonly Feed[], context: PollContext, options: RefreshOptions): Promise<void> {
  const queue = [...feeds];
  const work = async () => {
    for (let feed = queue.shift(); feed; feed = queue.shift()) await pollOne(feed.id, context, options).catch((error: unknown) => console.error('Eight Bells: a poll broke off', error));
  };
  await Promise.all(Array.from({ length: FEEDS_AT_ONCE }, work));
  await indexSaved(context);
}

/**
 * On every wake: sets alarms right that are missing or not at their feed's time (browsers lose them on update, disable,
 * restart; a clock that was changed strands them) and polls feeds that are overdue.
 */
export async function catchUp(context: PollContext): Promise<void> {
  if (!(await browser.alarms.get(WATCH.name))) await browser.alarms.create(WATCH.name, { periodInMinutes: WATCH.periodInMinutes });
  const feeds = (await listFeeds(context.db)).filter(isPolled);
  const now = context.now();
  for (const feed of feeds) {
    const alarm = await browser.alarms.get(PREFIX + feed.id);
    if (feed.nextPollAt !== 0 && (!alarm || Math.abs(alarm.scheduledTime - alarmTime(feed, now)) > ALARM_SLACK_MS)) await setAlarm(feed.id, feed, now);
  }
  await pollSome(feeds.filter((feed) => isDue(feed, now)), context, { askedSince: -Infinity });
}

async function setAlarm(feedId: string, feed: Feed | undefined, now: number): Promise<void> {
  // Removed or paused meanwhile, or gone: nothing is planned.
  if (!feed || !isPolled(feed) || feed.nextPollAt === 0) await browser.alarms.clear(PREFIX + feedId);
  else await browser.alarms.create(PREFIX + feedId, { when: alarmTime(feed, now) });
}

const alarmTime = (feed: Feed, now: number) => Math.max(feed.nextPollAt, now + 1000);
