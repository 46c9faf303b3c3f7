// When a feed is asked next.
import { describe, expect, it } from 'vitest';
import { askedInterval, type Dice, isDue, nextPollAt, retryAfterTime } from '../../lib/poll/schedule.ts';
import { freshRow, type Row } from '../bench/schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const fault = (kind: 'http' | 'network' | 'gone') => ({ kind, detail: '', at: 0 });
const at = (fields: Partial<Row> = {}, dice: Partial<Dice> = {}, pagesLeft = false) => nextPollAt({ ...freshRow(0), ...fields }, { now: 0, intervalMs: 30 * MINUTE, random: () => 0.5, ...dice }, pagesLeft);
/** Four-hourly from 00:00 UTC; the edition of midnight is there. */
const rhythm = { period: 4 * HOUR, slots: [0], wait: 2 * MINUTE, newest: 1000, late: 0, lost: 0 };

describe('without a rhythm the next poll', () => {
  it('comes after the interval, a tenth sooner or later', () => {
    expect([at({}, { random: () => 0 }), at(), at({}, { random: () => 1 })]).toEqual([27 * MINUTE, 30 * MINUTE, 33 * MINUTE]);
  });

  it('comes soon while pages are left to read', () => {
    expect(at({}, {}, true)).toBe(1.5 * MINUTE);
  });

  it('waits as long as the publisher asks', () => {
    expect(at({ publisherInterval: 2 * HOUR }, { random: () => 0 })).toBe(2 * HOUR);
    expect(at({ publisherInterval: 10 * MINUTE })).toBe(30 * MINUTE);
  });
});

describe('after a failure the next poll', () => {
  it('comes between half a minute and a step that doubles up to four hours', () => {
    const span = (random: number) => Array.from({ length: 12 }, (_, i) => at({ failures: i + 1, fault: fault('http') }, { random: () => random }) / MINUTE);
    expect(span(1)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]);
    expect(span(0)).toEqual(Array(12).fill(0.5));
  });

  it('waits no longer than the interval where no answer came at all', () => {
    expect(at({ failures: 12, fault: fault('network') }, { random: () => 1 })).toBe(30 * MINUTE);
  });

  it('waits for Retry-After where that is longer, and is spread after it', () => {
    expect(at({ failures: 1, fault: fault('http'), retryAfter: HOUR }, { random: () => 0 })).toBe(HOUR);
    expect(at({ failures: 1, fault: fault('http'), retryAfter: HOUR }, { random: () => 1 })).toBe(66 * MINUTE);
    expect(at({ failures: 9, fault: fault('http'), retryAfter: MINUTE }, { random: () => 1 })).toBe(4 * HOUR);
  });

  it('never comes where the feed is gone', () => {
    expect(at({ failures: 1, fault: fault('gone') })).toBe(0);
  });
});

describe('with a rhythm the next poll', () => {
  it('rests until a few minutes after the next slot', () => {
    expect([0, 1].map((random) => at({ rhythm }, { now: 10 * MINUTE, random: () => random }))).toEqual([4 * HOUR + 2 * MINUTE, 4 * HOUR + 8 * MINUTE]);
  });

  it('climbs a ladder while the edition has not come, then rests', () => {
    const looks = [4 * HOUR + 4 * MINUTE];
    for (let i = 0; i < 5; i++) looks.push(at({ rhythm }, { now: looks.at(-1), random: () => 0 }));
    expect(looks.map((look) => (look - 4 * HOUR) / MINUTE)).toEqual([4, 10, 18, 34, 66, 242]);
  });

  it('is asked for twice only in a slot after a missed one', () => {
    const first = 8 * HOUR + 4 * MINUTE;
    const second = at({ rhythm }, { now: first, random: () => 0 });
    expect([second, at({ rhythm }, { now: second, random: () => 0 })]).toEqual([first + 25 * MINUTE, 12 * HOUR + 2 * MINUTE]);
  });

  it('climbs no faster than the publisher asks, but never leaves a slot out', () => {
    expect(at({ rhythm, publisherInterval: 20 * MINUTE }, { now: 4 * HOUR + 4 * MINUTE, random: () => 0 })).toBe(4 * HOUR + 24 * MINUTE);
    expect(at({ rhythm, publisherInterval: 4 * HOUR }, { now: 10 * MINUTE, random: () => 0 })).toBe(4 * HOUR + 2 * MINUTE);
  });

  it('comes no later than an interval that was built in below the default', () => {
    expect(at({ rhythm }, { now: 10 * MINUTE, intervalMs: MINUTE / 2 })).toBe(10.5 * MINUTE);
    expect(at({ rhythm }, { now: 10 * MINUTE, intervalMs: 60 * MINUTE })).toBe(4 * HOUR + 5 * MINUTE);
  });

  it('comes after the plain interval while the rhythm keeps missing', () => {
    expect(at({ rhythm: { ...rhythm, lost: 2 } }, { now: 10 * MINUTE })).toBe(40 * MINUTE);
  });
});

describe('what a publisher asks for', () => {
  it('is the longer of ttl and max-age, capped at four hours and one', () => {
    expect([askedInterval(undefined, null), askedInterval(60, null), askedInterval(5, 10 * MINUTE), askedInterval(100_000, null), askedInterval(undefined, 365 * 24 * HOUR)]).toEqual([null, HOUR, 10 * MINUTE, 4 * HOUR, HOUR]);
  });

  it('is a pause of a day at most', () => {
    expect([retryAfterTime(null, 5), retryAfterTime(60_000, 5), retryAfterTime(99 * 24 * HOUR, 5)]).toEqual([null, 60_005, 24 * HOUR + 5]);
  });
});

describe('a feed is due', () => {
  const now = 1000 * HOUR;
  const due = (fields: Partial<Row>) => isDue({ ...freshRow(0), checkedAt: now - HOUR, ...fields }, now);

  it('when its time has come, however long ago', () => {
    expect([due({ nextPollAt: now }), due({ nextPollAt: now - 900 * HOUR }), due({ nextPollAt: now + 5 * MINUTE })]).toEqual([true, true, false]);
  });

  it('when the clock that planned it has been turned back since', () => {
    expect(due({ nextPollAt: now + HOUR, checkedAt: now + 30 * MINUTE })).toBe(true);
    expect(due({ nextPollAt: now + 8 * HOUR, rhythm })).toBe(true);
    expect(due({ nextPollAt: now + 3 * HOUR, rhythm })).toBe(false);
    expect(due({ nextPollAt: now + 20 * HOUR, failures: 3 })).toBe(false);
  });

  it('never where it is gone', () => {
    expect(due({ nextPollAt: 0, fault: fault('gone') })).toBe(false);
  });
});
