// What a poll is given from outside, and how it asks there.
import type { Classifier } from '../category/classifier.ts';
import { type FetchOptions, HttpError } from '../feed/fetch.ts';
import type { Intake } from '../intake.ts';
import type { Database } from '../store/database.ts';
import { retryAfterTime } from './schedule.ts';

/** The browser and the clock as a poll sees them, and what it tells of its commits. */
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
  /** What reads feeds; asked for only when something has come that is to be read. */
  loadIntake: () => Promise<Intake>;
  /** The trained classifier as it was shipped, asked for only when something new is to be categorised; null (or none given): words alone. Reads its file once for all that ask. */
  loadClassifier?: () => Promise<Classifier | null>;
  /** Called after each commit, to bring badge and marks up to date. */
  onSaved: () => Promise<void>;
  /** Called instead where nothing was committed but when a feed was last asked, and what notes itself as stale. */
  onQuiet: () => Promise<void>;
  timeoutMs?: number;
}

/** How a poll asks for a document, until `signal` ends it. */
export const asking = ({ fetch, allowed, timeoutMs, now }: PollContext, signal: AbortSignal): FetchOptions => ({ fetch, allowed, timeoutMs, now, signal });

/** Until when the server wants to be left alone that answered with an error, ms; null where it did not say. */
export const retryTime = (error: unknown, now: number): number | null => (error instanceof HttpError ? retryAfterTime(error.retryAfter, now) : null);
