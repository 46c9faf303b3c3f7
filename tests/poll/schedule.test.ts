// When a feed is asked next.
import { describe, expect, it } from 'vitest';
import { nextPollAt } from '../../lib/poll/schedule.ts';

const MINUTE = 60_000;
const at = (fields: Partial<Parameters<typeof nextPollAt>[0]>) => nextPollAt({ now: 0, intervalMs: 30 * MINUTE, failures: 0, pagesLeft: false, random: () => 0.5, ...fields });

describe('the next poll', () => {
  it('comes after the interval, a tenth sooner or later', () => {
    expect([at({ random: () => 0 }), at({}), at({ random: () => 1 })]).toEqual([27 * MINUTE, 30 * MINUTE, 33 * MINUTE]);
  });

  it('comes soon while pages are left to read', () => {
    expect(at({ pagesLeft: true })).toBe(1.5 * MINUTE);
  });

  it('doubles its wait with each failure, up to four hours', () => {
    const most = Array.from({ length: 12 }, (_, i) => at({ failures: i + 1, random: () => 1 }) / MINUTE);
    expect(most).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]);
    expect(at({ failures: 3, random: () => 0 })).toBe(2 * MINUTE);
  });
});
