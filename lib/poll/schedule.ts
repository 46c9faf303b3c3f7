// When a feed is asked next. Pure: the clock and the dice are passed in.

const MINUTE = 60_000;
/** Wait after the first failure; doubles with each further one. */
const FIRST_RETRY = MINUTE;
const LONGEST_RETRY = 4 * 60 * MINUTE;
/** Wait while pages of the feed are yet to be read. */
const PAGES_WAIT = MINUTE;

/**
 * The time of the next poll, ms. `random` gives [0, 1): a tenth of the interval either way keeps a million readers
 * from asking in the same second; a failure waits half its step at least and all of it at most.
 */
export function nextPollAt({ now, intervalMs, failures, pagesLeft, random }: { now: number; intervalMs: number; failures: number; pagesLeft: boolean; random: () => number }): number {
  if (failures > 0) {
    const step = Math.min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY);
    return now + Math.round(step * (0.5 + random() / 2));
  }
  if (pagesLeft) return now + Math.round(PAGES_WAIT * (1 + random()));
  return now + Math.round(intervalMs * (0.9 + random() / 5));
}
