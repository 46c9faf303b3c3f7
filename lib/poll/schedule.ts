// When a feed is asked next: by its rhythm, by what its publisher asks for, by its failures. Pure: the clock and the dice are passed in.
import type { Feed, Rhythm } from '../model/feed.ts';
import { DEFAULT_POLL_MINUTES } from '../publisher.ts';
import { isTrusted, nextLook, nextOpening } from './rhythm.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Most that `ttl` and `sy:updatePeriod` may ask for: one edition of a four-hourly digest. */
const MOST_TTL = 4 * HOUR;
/** Most that `Cache-Control` may ask for: hosts set it for all their files, some for a year. */
const MOST_MAX_AGE = HOUR;
/** Most that `Retry-After` may ask for. */
const MOST_RETRY_AFTER = 24 * HOUR;

/** Longest wait after the first failure; doubles with each further one. */
const FIRST_RETRY = MINUTE;
const SHORTEST_RETRY = MINUTE / 2;
const LONGEST_RETRY = 4 * HOUR;
/** Wait while pages of the feed are yet to be read. */
const PAGES_WAIT = MINUTE;
/** A clock may be set right by so much without anyone having turned it back. */
const CLOCK_SLACK = MINUTE;

const DAY = 24 * HOUR;
/** Most looks in any 24 hours at a feed whose rhythm is known. */
const MOST_LOOKS = 15;

/** The looks at a feed within a day, with one more. */
export const addLook = (looks: readonly number[], now: number): number[] => [...looks.filter((at) => at > now - DAY && at <= now), now];

/**
 * Whether one more look at `at` leaves room for the first looks of the slots after it: so many looks in any 24 hours and
 * no more, of which the slots to come have theirs before a late edition has another.
 */
function affords(looks: readonly number[], { period, slots }: Rhythm, at: number): boolean {
  const gap = period / slots.length;
  for (let ahead = 0; ahead * gap < DAY; ahead++) if (looks.filter((look) => look > at + ahead * gap - DAY).length + 1 + ahead > MOST_LOOKS) return false;
  return true;
}

/** The least time between polls a publisher asks for, ms, capped at four hours (`ttlMinutes`) and one hour (`maxAge`, ms); null for none. */
export function askedInterval(ttlMinutes: number | undefined, maxAge: number | null): number | null {
  return Math.max(Math.min((ttlMinutes ?? 0) * MINUTE, MOST_TTL), Math.min(maxAge ?? 0, MOST_MAX_AGE)) || null;
}

/** Until when a server wants to be left alone that asked for `retryAfter` ms, capped at a day; null where it did not ask. */
export const retryAfterTime = (retryAfter: number | null, now: number): number | null => (retryAfter === null ? null : now + Math.min(retryAfter, MOST_RETRY_AFTER));

/** Clock, interval and chance, as they are given from outside. */
export interface Dice {
  now: number;
  /** The plain interval, ms. */
  intervalMs: number;
  /** Gives [0, 1). */
  random: () => number;
}

/**
 * The time of the feed's next poll, ms; 0 for none.
 *
 * - A feed that is gone is not polled by itself.
 * - After a failure: exponential backoff with full jitter, from half a minute up to four hours; where no answer came at
 *   all, no longer than the plain interval, for then no server is spared by waiting. `Retry-After` wins where it is longer.
 * - While pages are left to read: a minute or two.
 * - With a rhythm: the next look of it, while there is one left for the day; else the first of the next slot. A plain interval below the default was set by who built the extension, and is then
 *   the longest wait; so it is while the rhythm cannot be trusted.
 * - Else the plain interval, a tenth sooner or later.
 * - What the publisher asks for is the least wait in the last two cases, save that each slot of a rhythm gets its first look.
 */
export function nextPollAt(feed: Pick<Feed, 'rhythm' | 'looks' | 'publisherInterval' | 'retryAfter' | 'failures' | 'fault'>, { now, intervalMs, random }: Dice, pagesLeft = false): number {
  if (feed.fault?.kind === 'gone') return 0;
  if (feed.failures > 0) {
    const longest = feed.fault?.kind === 'network' ? Math.min(intervalMs, LONGEST_RETRY) : LONGEST_RETRY;
    const step = Math.max(SHORTEST_RETRY, Math.min(FIRST_RETRY * 2 ** (feed.failures - 1), longest));
    const retry = now + SHORTEST_RETRY + random() * (step - SHORTEST_RETRY);
    const wanted = feed.retryAfter === null ? 0 : feed.retryAfter + random() * Math.max(MINUTE, (feed.retryAfter - now) / 10);
    return Math.round(Math.max(retry, wanted));
  }
  if (pagesLeft) return now + Math.round(PAGES_WAIT * (1 + random()));
  const asked = feed.publisherInterval ?? 0;
  const plain = now + Math.round(Math.max(intervalMs * (0.9 + random() / 5), asked * (1 + random() / 10)));
  if (!feed.rhythm) return plain;
  const wanted = nextLook(feed.rhythm, now, asked, random);
  const look = wanted < nextOpening(feed.rhythm, now, () => 0) && !affords(feed.looks, feed.rhythm, wanted) ? nextOpening(feed.rhythm, now, random) : wanted;
  return intervalMs < DEFAULT_POLL_MINUTES * MINUTE || !isTrusted(feed.rhythm) ? Math.min(look, plain) : look;
}

/**
 * Whether a feed is to be polled: its time has come, or its plan was made by a clock that has been turned back since.
 */
export function isDue(feed: Pick<Feed, 'nextPollAt' | 'checkedAt' | 'fault' | 'failures' | 'rhythm'>, now: number): boolean {
  if (feed.fault?.kind === 'gone') return false;
  if (feed.nextPollAt <= now + 1000) return true;
  const longest = feed.failures === 0 && feed.rhythm ? feed.rhythm.period + HOUR : 27 * HOUR;
  return (feed.checkedAt ?? 0) > now + CLOCK_SLACK || feed.nextPollAt > now + longest;
}
