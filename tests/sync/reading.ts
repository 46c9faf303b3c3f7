// A reader who has read everything for long: states of posts spread as X's ids are.
import { seeded } from '../feed/garbage.ts';
import { PERIOD, type State, stateKey } from '../../lib/sync/status.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
/** X's ids count ms from here. */
const EPOCH = 1_288_834_974_657;

/** So many posts a day for so many days, all read. Of 178 sample ids machines spread over 57 numbers below 450, sequences over 512. */
export function readingYears(perDay: number, days: number): Map<string, State> {
  const random = seeded(20260305);
  const states = new Map<string, State>();
  for (let day = 0; day < days; day++)
    for (let i = 0; i < perDay; i++) {
      const ms = NOW - day * 86_400_000 - Math.floor(random() * 86_400_000);
      const id = (BigInt(ms - EPOCH) << 22n) + (BigInt(360 + Math.floor(random() * 90)) << 12n) + BigInt(Math.floor(random() * 512));
      states.set(stateKey(`post:${id}`), { reads: 1, stars: 0, period: Math.floor(ms / PERIOD) });
    }
  return states;
}
