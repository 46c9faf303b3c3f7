// Waking up for polls: one alarm a feed, re-created whenever it is missing, and polls that were slept through.
import { browser } from 'wxt/browser';
import type { Feed } from '../model.ts';
import { listFeeds } from '../store/feeds.ts';
import { type PollContext, refreshFeed } from './refresh.ts';
import { isDue } from './schedule.ts';

const PREFIX = 'poll:';
/** A worker is stopped after 30 s without an extension event; a poll's fetches are none, so a poll makes some. */
const KEEP_ALIVE_MS = 20_000;
/** Browsers delay an alarm that is set too near; one that is off by no more is right. */
const ALARM_SLACK_MS = 60_000;

/** The feed an alarm is for; null for an alarm that is not ours. */
export const feedIdOfAlarm = (name: string): string | null => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null);

/** Polls a feed that is due, or with `urgent` at once, and sets its next alarm. */
export async function pollFeed(feedId: string, context: PollContext, urgent = false): Promise<void> {
  const awake = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS);
  try {
    await refreshFeed(feedId, context, { urgent, onlyIfDue: !urgent });
  } finally {
    clearInterval(awake);
    await setAlarm(feedId, await context.db.feeds.get(feedId), context.now());
  }
}

/** Polls every feed now, whatever its schedule says and whether or not a poll of it hangs: the reader asked. */
export async function pollAll(context: PollContext): Promise<void> {
  await Promise.all((await listFeeds(context.db)).map((feed) => pollFeed(feed.id, context, true)));
}

/**
 * On every wake: sets alarms right that are missing or not at their feed's time (browsers lose them on update, disable,
 * restart; a clock that was changed strands them) and polls feeds that are overdue.
 */
export async function catchUp(context: PollContext): Promise<void> {
  const feeds = await listFeeds(context.db);
  const now = context.now();
  for (const feed of feeds) {
    const alarm = await browser.alarms.get(PREFIX + feed.id);
    if (feed.nextPollAt !== 0 && (!alarm || Math.abs(alarm.scheduledTime - alarmTime(feed, now)) > ALARM_SLACK_MS)) await setAlarm(feed.id, feed, now);
  }
  await Promise.all(feeds.filter((feed) => isDue(feed, now)).map((feed) => pollFeed(feed.id, context)));
}

async function setAlarm(feedId: string, feed: Feed | undefined, now: number): Promise<void> {
  // Removed meanwhile, or gone: nothing is planned.
  if (!feed || feed.nextPollAt === 0) await browser.alarms.clear(PREFIX + feedId);
  else await browser.alarms.create(PREFIX + feedId, { when: alarmTime(feed, now) });
}

const alarmTime = (feed: Feed, now: number) => Math.max(feed.nextPollAt, now + 1000);
