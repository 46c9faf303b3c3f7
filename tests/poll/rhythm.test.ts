// The rhythm of a feed: what is learnt from dates, and a month of polls by it.
import { describe, expect, it } from 'vitest';
import { followRhythm } from '../../lib/poll/rhythm.ts';
import { DAY, HOUR, makeDice, measureSchedule, MINUTE, perDay, publish, quantile, read, START } from '../bench/schedule.ts';

const learn = (times: number[]) => followRhythm(null, times, { now: Math.max(...times) + MINUTE, lastLook: null, asked: 0 });
const every = (hours: number, count: number, late: (i: number) => number = (i) => ((i * 7) % 5) * MINUTE) => Array.from({ length: count }, (_, i) => START + i * hours * HOUR + late(i));

describe('the rhythm of a feed', () => {
  it.each([1, 2, 3, 4, 6, 8, 12, 24, 168])('is seen in editions every %i hours', (hours) => {
    expect(learn(every(hours, 20, (i) => ((i * 7) % 5) * MINUTE))).toMatchObject({ period: hours * HOUR, slots: [START % (hours * HOUR)], newest: START + 19 * hours * HOUR + 3 * MINUTE });
  });

  it('is seen although slots were missed and editions came hours late', () => {
    const times = every(4, 24).filter((_, i) => i % 8 !== 3);
    times[5] = (times[5] as number) + 2 * HOUR;
    expect(learn(times)).toMatchObject({ period: 4 * HOUR, slots: [0] });
  });

  it('is seen across midnight, and over weekends without editions', () => {
    const times = every(24, 28, (i) => (i % 2 ? 10 : -10) * MINUTE).filter((_, i) => i % 7 < 5);
    expect(learn(times)).toMatchObject({ period: DAY, slots: [(START - 10 * MINUTE) % DAY] });
  });

  it('may be several times of day at unequal distances', () => {
    const times = Array.from({ length: 6 }, (_, day) => [8, 12, 18].map((hour) => START - (START % DAY) + day * DAY + hour * HOUR + day * MINUTE)).flat();
    expect(learn(times)).toMatchObject({ period: DAY, slots: [8 * HOUR, 12 * HOUR, 18 * HOUR] });
  });

  it('counts stories dated together as one edition', () => {
    expect(learn(every(4, 18).flatMap((time) => [time, time + MINUTE, time + 4 * MINUTE]))).toMatchObject({ period: 4 * HOUR });
  });

  it('is not seen in few editions, in stories of all hours, or in equal dates', () => {
    const random = makeDice(3);
    expect(learn(every(4, 4))).toBeNull();
    expect(learn(Array<number>(30).fill(START))).toBeNull();
    const seen = Array.from({ length: 200 }, () => learn(Array.from({ length: 30 }, () => START + random() * 10 * DAY))).filter(Boolean);
    expect(seen).toEqual([]);
  });

  it('is not misled by an entry dated in the future', () => {
    const times = every(4, 20);
    expect(followRhythm(null, [...times, START + 9000 * DAY], { now: START + 80 * HOUR, lastLook: null, asked: 0 })).toMatchObject({ period: 4 * HOUR, newest: times.at(-1) });
  });
});

const minutes = (run: ReturnType<typeof read>, from = 0, until = Infinity) => run.freshness.filter(({ dated }) => dated >= from && dated < until).map(({ ms }) => ms / MINUTE);
const seeds = Array.from({ length: 10 }, (_, i) => i + 1);

describe('a month of a four-hourly digest', () => {
  const { ours, plain } = measureSchedule(1_000_000);

  it('arrives within five minutes, one in two', () => {
    expect(ours.freshnessMedian).toBeLessThanOrEqual(5);
    expect(ours.freshnessMedian).toBeLessThan(plain.freshnessMedian);
    expect(ours.freshnessP95).toBeLessThan(plain.freshnessP95);
  });

  it('costs its server at most 15 requests a day, on the worst day of any reader too', () => {
    expect(ours.requestsADay).toBeLessThanOrEqual(15);
    expect(ours.requestsBusiestDay).toBeLessThanOrEqual(15);
  });

  it('spreads a million readers: no 10 s are twice as busy as the 10 minutes', () => {
    expect(ours.peakRatio).toBeLessThanOrEqual(2);
  });
});

describe('a reader of a four-hourly digest', () => {
  const from = START;
  const until = START + 20 * DAY;

  it('loses no edition, whatever the dice', () => {
    for (const seed of seeds) {
      const random = makeDice(seed);
      const editions = publish(random, { from: START - 5 * DAY, days: 25 });
      const run = read(editions, { random, from, until });
      expect(run.freshness).toHaveLength(editions.filter(({ visible }) => visible >= from && visible <= (run.polls.at(-1) as number)).length);
    }
  });

  it('learns how long a site takes that dates its editions by their slot', () => {
    for (const seed of seeds) {
      const random = makeDice(seed);
      const editions = publish(random, { from: START - 5 * DAY, days: 25, datedBySlot: true, delayed: 0 });
      const shown = new Map(editions.map(({ dated, visible }) => [dated, visible - dated]));
      const run = read(editions, { random, from, until });
      const waits = run.freshness.filter(({ dated }) => dated > from + 5 * DAY).map(({ dated, ms }) => (ms - (shown.get(dated) ?? 0)) / MINUTE);
      expect(quantile(waits, 0.5)).toBeLessThanOrEqual(5);
      expect(Math.max(...perDay(run.polls, from, 20))).toBeLessThanOrEqual(15);
    }
  });

  it('asks little of a publisher that stops for a day, and is back in time when it returns', () => {
    for (const seed of seeds) {
      const random = makeDice(seed);
      const editions = publish(random, { from: START - 5 * DAY, days: 25, missed: 0, delayed: 0 }).filter(({ dated }) => dated < from + 10 * DAY || dated > from + 11 * DAY);
      const run = read(editions, { random, from, until });
      expect(perDay(run.polls, from, 20)[10]).toBeLessThanOrEqual(15);
      expect(quantile(minutes(run, from + 11 * DAY), 0.5)).toBeLessThanOrEqual(6);
    }
  });

  it('follows a publisher that changes its rhythm', () => {
    for (const seed of seeds) {
      const random = makeDice(seed);
      const change = from + 8 * DAY;
      const editions = [...publish(random, { from: START - 5 * DAY, days: 13 }), ...publish(random, { from: change + 90 * MINUTE, days: 12, period: 6 * HOUR })];
      const run = read(editions, { random, from, until });
      expect(run.row.rhythm?.period).toBe(6 * HOUR);
      // Slower than a plain poller at first: the day's looks go to slots that are no longer there, and there are no more than 15.
      expect(quantile(minutes(run, change, change + 3 * DAY), 0.5)).toBeLessThanOrEqual(120);
      expect(quantile(minutes(run, change + 4 * DAY), 0.5)).toBeLessThanOrEqual(6);
    }
  });

  it('catches up after nine hours of sleep and learns nothing wrong from them', () => {
    for (const seed of seeds) {
      const random = makeDice(seed);
      const asleep = { from: from + 10 * DAY + HOUR, until: from + 10 * DAY + 10 * HOUR };
      const run = read(publish(random, { from: START - 5 * DAY, days: 25, missed: 0, delayed: 0 }), { random, from, until, asleep });
      expect(run.polls.filter((poll) => poll >= asleep.from && poll < asleep.until)).toEqual([]);
      expect(run.polls.some((poll) => poll >= asleep.until && poll < asleep.until + MINUTE)).toBe(true);
      expect(quantile(minutes(run, asleep.until), 0.5)).toBeLessThanOrEqual(6);
    }
  });

  it('is as polite as the publisher asks', () => {
    const random = makeDice(1);
    const run = read(publish(random, { from: START - 5 * DAY, days: 25 }), { random, from, until, publisherInterval: HOUR });
    expect(Math.max(...perDay(run.polls, from + 2 * DAY, 18))).toBeLessThanOrEqual(12);
  });
});
