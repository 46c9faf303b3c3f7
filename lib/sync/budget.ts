// What storage.sync takes, measured as the browsers measure it, and when the next write may go.

/** All items together, bytes (QUOTA_BYTES of Chrome; Firefox has the same). */
export const QUOTA_BYTES = 102_400;
/** One item: its key and its value as JSON, bytes. */
export const QUOTA_BYTES_PER_ITEM = 8192;
/** Most items the browsers take. */
export const MAX_ITEMS = 512;
/** set, remove and clear count alike. */
export const MAX_WRITES_PER_MINUTE = 120;
/** Most writes within an hour they take. */
export const MAX_WRITES_PER_HOUR = 1800;

/** What we fill: the rest is room for an item that another browser adds at the same time. */
export const FILL_BYTES = QUOTA_BYTES - 4096;
/** What we fill of one item, bytes. */
export const FILL_ITEM_BYTES = QUOTA_BYTES_PER_ITEM - 64;
/** Items we fill; the others are room likewise. */
export const FILL_ITEMS = MAX_ITEMS - 32;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Writes of ours in a minute and an hour: the limits are the extension's as a whole, and a clock may have been set back. */
const WRITES_PER_MINUTE = MAX_WRITES_PER_MINUTE - 20;
const WRITES_PER_HOUR = MAX_WRITES_PER_HOUR - 200;
/** Least time between two bursts of writes, ms: what a reader does in between goes in one. */
const PAUSE = MINUTE;

const encoder = new TextEncoder();

/** Bytes an item takes: key and JSON in UTF-8. Chrome writes `<` and the line separators as six-byte escapes. */
export function itemBytes(key: string, value: unknown): number {
  const json = JSON.stringify(value);
  return encoder.encode(key).length + encoder.encode(json).length + 5 * (json.split('<').length - 1) + 3 * (json.split(/[\u2028\u2029]/).length - 1);
}

/** What is remembered of writes, so that a worker's death does not lift a limit. */
export interface Pace {
  /** When the writes of the last hour were made, ms, ascending. */
  writes: number[];
  /** Bursts of writes in a row that the browser refused. */
  failures: number;
  /** When the last was refused, ms; 0 where none was. */
  failedAt: number;
}

/** The pace of a browser that has written nothing yet. */
export const FRESH_PACE: Pace = { writes: [], failures: 0, failedAt: 0 };

/** The writes of the last hour. What a clock that was set back has put into the future does not count: the browser keeps its own limit. */
const recent = ({ writes }: Pace, now: number): number[] => writes.filter((at) => at <= now && at > now - HOUR);

/** How many writes may be made now. */
export function writesLeft(pace: Pace, now: number): number {
  const hour = recent(pace, now);
  return Math.max(0, Math.min(WRITES_PER_HOUR - hour.length, WRITES_PER_MINUTE - hour.filter((at) => at > now - MINUTE).length));
}

/** When the next burst of writes may begin, ms: a pause after the last, later after refusals (1 minute doubling to 1 hour), and within the browser's limits. */
export function nextWriteAt(pace: Pace, now: number): number {
  const hour = recent(pace, now);
  const last = hour.at(-1);
  const paused = last === undefined ? 0 : last + PAUSE;
  const refused = pace.failures === 0 || pace.failedAt > now ? 0 : pace.failedAt + Math.min(HOUR, MINUTE * 2 ** (pace.failures - 1));
  // The limits lift when the write that is this many back is a minute or an hour old.
  const ofMinute = (hour.at(-WRITES_PER_MINUTE) ?? -Infinity) + MINUTE;
  const ofHour = (hour.at(-WRITES_PER_HOUR) ?? -Infinity) + HOUR;
  return Math.max(now, paused, refused, ofMinute, ofHour);
}

/** Notes writes about to be made. */
export const noteWrites = (pace: Pace, count: number, now: number): Pace => ({ ...pace, writes: [...recent(pace, now), ...Array<number>(count).fill(now)] });
