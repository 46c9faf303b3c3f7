// Waking up for polls: one alarm a feed, re-created whenever it is missing, and polls that were slept through.
import { browser } from 'wxt/browser';
import { type Feed, isPolled } from '../model.ts';
import { listFeeds } from '../store/feeds.ts';
import { type PollContext, refreshFeed } from './refresh.ts';

const PREFIX = 'poll:';
/** A worker is stopped after 30 s without an extension event; a poll's fetches are none, so a poll makes some. */
const KEEP_ALIVE_MS = 20_000;

/** The feed an alarm is for; null for an alarm that is not ours. */
export const feedIdOfAlarm = (name: string): string | null => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null);

/** Polls a feed now, whatever its schedule says, and sets its next alarm. */
export async function pollFeed(feedId: string, context: PollContext): Promise<void> {
  const awake = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS);
  try {
    await refreshFeed(feedId, context);
  } finally {
    clearInterval(awake);
    await setAlarm(feedId, await context.db.feeds.get(feedId), context.now());
  }
}

/** Polls every feed now. */
export async function pollAll(context: PollContext): Promise<void> {
  await Promise.all((await listFeeds(context.db)).map((feed) => pollFeed(feed.id, context)));
}

/**
 * On every wake: re-creates alarms that are missing (browsers lose them on update, disable, restart) and polls feeds
 * that are overdue.
 */
export async function catchUp(context: PollContext): Promise<void> {
  const feeds = (await listFeeds(context.db)).filter(isPolled);
  for (const feed of feeds) if (!(await browser.alarms.get(PREFIX + feed.id))) await setAlarm(feed.id, feed, context.now());
  await Promise.all(feeds.filter((feed) => feed.nextPollAt <= context.now()).map((feed) => pollFeed(feed.id, context)));
}

async function setAlarm(feedId: string, feed: Feed | undefined, now: number): Promise<void> {
  if (feed && isPolled(feed)) await browser.alarms.create(PREFIX + feedId, { when: Math.max(feed.nextPollAt, now + 1000) });
  else await browser.alarms.clear(PREFIX + feedId); // removed or paused meanwhile
}
