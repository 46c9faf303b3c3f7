// A month of a four-hourly digest, simulated: how fresh it arrives, how often its server is asked, how evenly a million
// readers spread. The clock and the dice are the simulation's; what decides is the product's own schedule, beside a plain
// poller every 30 minutes. Deterministic.
import type { Feed } from '../../lib/model/feed.ts';
import { followRhythm } from '../../lib/poll/rhythm.ts';
import { addLook, nextPollAt } from '../../lib/poll/schedule.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A slot: midnight in China. */
export const START = Date.parse('2026-03-01T16:00:00Z');
export const PLAIN_INTERVAL = 30 * MINUTE;

/** mulberry32: dice that fall the same way every time. */
export function makeDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Edition {
  /** The date it bears, ms. */
  dated: number;
  /** When it can be had, ms. */
  visible: number;
}

export interface PublisherOptions {
  from?: number;
  days: number;
  /** Between slots, ms. */
  period?: number;
  /** Share of slots without an edition, and of editions that come long after theirs. */
  missed?: number;
  delayed?: number;
  /** Date editions by their slot rather than by when they were made. */
  datedBySlot?: boolean;
}

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const logNormal = (random: () => number, median: number, sigma: number) => median * Math.exp(sigma * normal(random));

/**
 * The editions of a publisher, oldest first. An edition is made log-normally late after its slot (median 2.5 minutes,
 * sigma 0.6: nine in ten within 5.4), two in a hundred another 20 to 120 minutes later, one slot in a hundred stays empty;
 * its site takes a log-normal 45 s (sigma 0.4) to be built after the date is written.
 */
export function publish(random: () => number, { from = START, days, period = 4 * HOUR, missed = 0.01, delayed = 0.02, datedBySlot = false }: PublisherOptions): Edition[] {
  const editions: Edition[] = [];
  for (let slot = from; slot < from + days * DAY; slot += period) {
    const made = slot + logNormal(random, 2.5 * MINUTE, 0.6) + (random() < delayed ? (20 + 100 * random()) * MINUTE : 0);
    const visible = made + logNormal(random, 0.75 * MINUTE, 0.4);
    if (random() >= missed) editions.push({ dated: datedBySlot ? slot : Math.floor(made / 1000) * 1000, visible });
  }
  return editions;
}

/** What a reader's feed row holds that decides on polls. */
export type Row = Pick<Feed, 'rhythm' | 'looks' | 'publisherInterval' | 'retryAfter' | 'failures' | 'fault' | 'checkedAt' | 'nextPollAt'>;

export const freshRow = (now: number): Row => ({ rhythm: null, looks: [], publisherInterval: null, retryAfter: null, failures: 0, fault: null, checkedAt: null, nextPollAt: now });

export interface Run {
  /** Times of requests for the feed, ms. */
  polls: number[];
  /** From the date of each edition until it was fetched, ms; those that never were are left out. */
  freshness: { dated: number; ms: number }[];
  row: Row;
}

export interface ReaderOptions {
  random: () => number;
  from: number;
  until: number;
  intervalMs?: number;
  publisherInterval?: number | null;
  /** When the laptop sleeps: polls due then happen at its end. */
  asleep?: { from: number; until: number };
  /** The feed holds so many entries. */
  entries?: number;
  /** Ignore rhythms: the plain poller. */
  plain?: boolean;
}

/** Runs one reader's schedule against a publisher, as lib/poll/refresh does: follow the rhythm on news, then plan. */
export function read(editions: Edition[], { random, from, until, intervalMs = PLAIN_INTERVAL, publisherInterval = null, asleep, entries = 30, plain = false }: ReaderOptions): Run {
  const row: Row = { ...freshRow(from + random() * intervalMs), publisherInterval };
  const run: Run = { polls: [], freshness: [], row };
  const met = new Set<Edition>();
  for (;;) {
    const late = asleep && row.nextPollAt >= asleep.from && row.nextPollAt < asleep.until;
    const now = late ? asleep.until + Math.round(random() * 5000) : row.nextPollAt;
    if (now >= until) return run;
    run.polls.push(now);
    const shown = editions.filter((edition) => edition.visible <= now).slice(-entries);
    const fresh = shown.filter((edition) => !met.has(edition));
    for (const edition of fresh) {
      met.add(edition);
      if (edition.visible >= from) run.freshness.push({ dated: edition.dated, ms: now - edition.dated });
    }
    if (fresh.length && !plain) row.rhythm = followRhythm(row.rhythm, shown.map(({ dated }) => dated), { now, lastLook: row.checkedAt, asked: publisherInterval ?? 0 });
    row.checkedAt = now;
    row.looks = addLook(row.looks, now);
    row.nextPollAt = nextPollAt(row, { now, intervalMs, random });
  }
}

export const quantile = (values: number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/** Requests of each day since `from`. */
export function perDay(polls: number[], from: number, days: number): number[] {
  const counts = Array<number>(days).fill(0);
  for (const poll of polls) counts[Math.floor((poll - from) / DAY)] = (counts[Math.floor((poll - from) / DAY)] ?? 0) + 1;
  return counts.slice(0, days);
}

/**
 * The busiest 10 s of the 10 minutes after a slot over that window's mean. `rows`: readers of one publisher, each standing
 * for its share of `readers`; they have the edition before and look for this slot's, visible at `visible`.
 */
export function peakRatio(rows: Row[], slot: number, visible: number, readers: number, random: () => number): number {
  const SLICE = 10_000;
  const slices = Array<number>((10 * MINUTE) / SLICE).fill(0);
  const waiting = rows.map((row) => ({ ...row, rhythm: row.rhythm && { ...row.rhythm, newest: slot - 4 * HOUR } }));
  const found = rows.map((row) => ({ ...row, rhythm: row.rhythm && { ...row.rhythm, newest: slot } }));
  for (let i = 0; i < readers; i++) {
    const [before, after] = [waiting[i % rows.length] as Row, found[i % rows.length] as Row];
    // The plan was made at some time before the slot, as polls lie without a rhythm.
    let now = nextPollAt(before, { now: slot - PLAIN_INTERVAL * (1 + random()), intervalMs: PLAIN_INTERVAL, random });
    while (now < slot + 10 * MINUTE) {
      const slice = Math.floor((now - slot) / SLICE);
      if (slice >= 0) slices[slice] = (slices[slice] ?? 0) + 1;
      now = nextPollAt(now >= visible ? after : before, { now, intervalMs: PLAIN_INTERVAL, random });
    }
  }
  const sum = slices.reduce((a, b) => a + b, 0);
  return Math.max(...slices) / (sum / slices.length);
}

export interface ScheduleFigures {
  /** Minutes from an edition's date until a reader has it. */
  freshnessMedian: number;
  freshnessP95: number;
  /** Requests for the feed a day: the mean, and the busiest day any reader had. */
  requestsADay: number;
  requestsBusiestDay: number;
  peakRatio: number;
}

const DAYS = 30;
const READERS = 40;
/** Of the editions whose slots the peak is measured for: at once, as usual, late, and not within the window. */
const DELAYS = [0, 3.5, 6, 15].map((minutes) => minutes * MINUTE);

/** The figures of ours and of a plain poller every 30 minutes: 30 days, 40 readers and publishers, a million readers for the peak. */
export function measureSchedule(readers = 1_000_000): { ours: ScheduleFigures; plain: ScheduleFigures } {
  const measure = (plain: boolean): ScheduleFigures => {
    const runs = Array.from({ length: READERS }, (_, seed) => {
      const random = makeDice(seed + 1);
      const editions = publish(random, { from: START - 5 * DAY, days: 5 + DAYS });
      return read(editions, { random, from: START, until: START + DAYS * DAY, plain });
    });
    const freshness = runs.flatMap((run) => run.freshness.map(({ ms }) => ms / MINUTE));
    const days = runs.flatMap((run) => perDay(run.polls, START, DAYS));
    const slot = START + DAYS * DAY;
    const editions = publish(makeDice(READERS + 1), { from: START - 5 * DAY, days: 5 + DAYS });
    const rows = Array.from({ length: READERS }, (_, i) => read(editions, { random: makeDice(1000 + i), from: START, until: slot, plain }).row);
    const ratio = Math.max(...DELAYS.map((late) => peakRatio(rows, slot, slot + late, readers, makeDice(99))));
    return { freshnessMedian: quantile(freshness, 0.5), freshnessP95: quantile(freshness, 0.95), requestsADay: days.reduce((a, b) => a + b, 0) / days.length, requestsBusiestDay: Math.max(...days), peakRatio: ratio };
  };
  return { ours: measure(false), plain: measure(true) };
}
