// Quiet over midnight, weekdays and changed clocks, as the wall clock in Berlin and New York shows it.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QuietHours } from '../lib/model/settings.ts';
import { grantQuiet, nextMorning, quietEnd, readTime, writeTime } from '../lib/quiet.ts';

const DAILY = [0, 1, 2, 3, 4, 5, 6];
const hours = (from: string, to: string, days = DAILY): QuietHours => ({ on: true, from: readTime(from) as number, to: readTime(to) as number, days });
const at = (time: string) => new Date(time).getTime(); // without an offset: local time
const end = (now: string, quiet: QuietHours, until = '') => {
  const ms = quietEnd(at(now), { quiet, quietUntil: until ? at(until) : 0 });
  return ms === null ? null : new Date(ms).toISOString();
};
const iso = (time: string) => new Date(time).toISOString();

function live(zone: string): void {
  vi.stubEnv('TZ', zone);
  expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
}

afterEach(() => vi.unstubAllEnvs());

describe('quiet hours', () => {
  it('within a day hold from their first minute to before their last', () => {
    live('Europe/Berlin');
    const lunch = hours('12:00', '13:30');
    expect(['11:59:59', '12:00:00', '13:29:59', '13:30:00'].map((time) => end(`2026-03-02T${time}`, lunch))).toEqual([null, iso('2026-03-02T13:30'), iso('2026-03-02T13:30'), null]);
    expect(end('2026-03-02T12:30', { ...lunch, on: false })).toBeNull();
  });

  it('over midnight end on the next day, over the turn of the year too', () => {
    live('Europe/Berlin');
    const night = hours('22:00', '08:00');
    expect(end('2026-12-31T23:30', night)).toBe(iso('2027-01-01T08:00'));
    expect(end('2027-01-01T07:59', night)).toBe(iso('2027-01-01T08:00'));
    expect([end('2027-01-01T08:00', night), end('2027-01-01T21:59', night)]).toEqual([null, null]);
  });

  it('belong to the weekday they begin on', () => {
    live('America/New_York');
    const fridays = hours('22:00', '08:00', [5]);
    expect(end('2026-11-27T23:00', fridays)).toBe(iso('2026-11-28T08:00')); // Friday evening
    expect(end('2026-11-28T07:00', fridays)).toBe(iso('2026-11-28T08:00')); // Saturday morning
    expect(end('2026-11-27T07:00', fridays)).toBeNull(); // Friday morning
    expect(end('2026-11-28T23:00', fridays)).toBeNull();
    expect(end('2026-11-27T23:00', hours('22:00', '08:00', []))).toBeNull();
  });

  it('that end as they begin are a whole day, and days on end are one quiet', () => {
    live('Europe/Berlin');
    expect(end('2026-11-28T00:00', hours('00:00', '00:00', [6, 0]))).toBe(iso('2026-11-30T00:00')); // the weekend
    const always = end('2026-11-28T12:00', hours('06:00', '06:00'));
    expect(Date.parse(always as string)).toBeGreaterThan(at('2026-12-05T12:00'));
  });

  it('last as long as the clock on the wall says where clocks go forward in them, or back', () => {
    live('Europe/Berlin');
    const night = hours('22:00', '08:00');
    const spring = quietEnd(at('2026-03-28T22:00'), { quiet: night, quietUntil: 0 }) as number;
    expect((spring - at('2026-03-28T22:00')) / 3_600_000).toBe(9);
    const autumn = quietEnd(at('2026-10-24T22:00'), { quiet: night, quietUntil: 0 }) as number;
    expect((autumn - at('2026-10-24T22:00')) / 3_600_000).toBe(11);
    expect(quietEnd(autumn, { quiet: night, quietUntil: 0 })).toBeNull();
  });

  it('that begin or end in a skipped hour do so as much later', () => {
    live('Europe/Berlin'); // 02:00 to 03:00 is skipped on 29 March 2026
    expect(end('2026-03-29T00:30', hours('00:00', '02:30'))).toBe('2026-03-29T01:30:00.000Z'); // shown as 03:30
    expect(end('2026-03-29T03:45', hours('02:30', '05:00'))).toBe(iso('2026-03-29T05:00'));
    expect(end('2026-03-29T03:15', hours('02:30', '03:00'))).toBeNull();
  });

  it('take a time that is shown twice for the first', () => {
    live('America/New_York'); // 01:00 to 02:00 is shown twice on 1 November 2026
    expect(end('2026-11-01T00:15', hours('00:00', '01:30'))).toBe('2026-11-01T05:30:00.000Z');
    expect(quietEnd(Date.parse('2026-11-01T06:15:00Z'), { quiet: hours('00:00', '01:30'), quietUntil: 0 })).toBeNull(); // 01:15 again
  });
});

describe('quiet for a while', () => {
  const none = { ...hours('22:00', '08:00'), on: false };

  it('holds until its end, and goes over into quiet hours', () => {
    live('Europe/Berlin');
    expect(end('2026-03-02T21:30', none, '2026-03-02T22:30')).toBe(iso('2026-03-02T22:30'));
    expect(end('2026-03-02T22:30', none, '2026-03-02T22:30')).toBeNull();
    expect(end('2026-03-02T21:30', hours('22:00', '08:00'), '2026-03-02T22:30')).toBe(iso('2026-03-03T08:00'));
  });

  it('is an hour, until morning, or over', () => {
    live('Europe/Berlin');
    const evening = at('2026-03-28T23:00');
    expect(grantQuiet('hour', evening) - evening).toBe(3_600_000);
    expect(grantQuiet('morning', evening)).toBe(at('2026-03-29T08:00')); // clocks go forward in between
    expect([nextMorning(at('2026-03-29T07:59')), nextMorning(at('2026-03-29T08:00'))]).toEqual([at('2026-03-29T08:00'), at('2026-03-30T08:00')]);
    expect(grantQuiet('end', evening)).toBe(0);
  });
});

it('reads and writes times of the day', () => {
  expect(['00:00', '08:05', '23:59'].map(readTime)).toEqual([0, 485, 1439]);
  expect([0, 485, 1439].map(writeTime)).toEqual(['00:00', '08:05', '23:59']);
  expect(['24:00', '8:00', '', '12:60', '12:00:30'].map(readTime)).toEqual([null, null, null, null, null]);
});
