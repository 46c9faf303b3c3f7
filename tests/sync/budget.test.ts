// How bytes are counted, and that no course of events writes more often than the browsers allow.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRESH_PACE, itemBytes, MAX_WRITES_PER_HOUR, MAX_WRITES_PER_MINUTE, nextWriteAt, noteWrites, type Pace, writesLeft } from '../../lib/sync/budget.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const MINUTE = 60_000;

describe('an item', () => {
  it('is counted in UTF-8, key and JSON, and as Chrome escapes it', () => {
    expect(itemBytes('k', 'a')).toBe(4);
    expect(itemBytes('钟', ['钟'])).toBe(3 + 7);
    expect(itemBytes('', '<')).toBe('"\\u003C"'.length);
    expect(itemBytes('', '\u2028')).toBe('"\\u2028"'.length);
  });
});

describe('writes', () => {
  it('never exceed what a minute and an hour allow', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(3 * MINUTE)), { maxLength: 300, minLength: 50, size: 'max' }), (bursts) => {
      let pace: Pace = FRESH_PACE;
      let now = NOW;
      const all: number[] = [];
      for (const [wanted, pause] of bursts) {
        now += pause;
        if (nextWriteAt(pace, now) > now) continue;
        const count = Math.min(wanted, writesLeft(pace, now));
        pace = noteWrites(pace, count, now);
        for (let i = 0; i < count; i++) all.push(now);
      }
      for (const [most, span] of [[MAX_WRITES_PER_MINUTE, MINUTE], [MAX_WRITES_PER_HOUR, 60 * MINUTE]] as const) expect(all.every((at, i) => i < most || at - (all[i - most] as number) >= span)).toBe(true);
      expect(all.length).toBeGreaterThan(0);
    }), { seed: 20260306, numRuns: 20 });
  });

  it('wait a minute after the last burst, and are let through when the wait is over', () => {
    const pace = noteWrites(FRESH_PACE, 100, NOW);
    expect(nextWriteAt(FRESH_PACE, NOW)).toBe(NOW);
    expect(nextWriteAt(pace, NOW + 1)).toBe(NOW + MINUTE);
    expect(writesLeft(pace, NOW + 1)).toBe(0);
    expect(writesLeft(pace, NOW + MINUTE)).toBe(100);
    expect(nextWriteAt(pace, NOW + MINUTE)).toBe(NOW + MINUTE);
  });

  it('that are refused are tried again ever later, an hour at most', () => {
    const after = (failures: number) => nextWriteAt({ writes: [], failures, failedAt: NOW }, NOW) - NOW;
    expect([1, 2, 3, 50].map(after)).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, 60 * MINUTE]);
  });

  it('are not held up by a clock that was set back', () => {
    const pace = { ...noteWrites(FRESH_PACE, 5, NOW), failures: 1, failedAt: NOW };
    expect(nextWriteAt(pace, NOW - 86_400_000)).toBe(NOW - 86_400_000);
  });
});
