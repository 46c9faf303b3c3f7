// The soak: some days of it in `npm test`, a month and more by `npm run soak` (scripts/soak.ts), which gives seed and days.
import { expect, it, vi } from 'vitest';
import { soak } from './soak.ts';

const [seed = 3, days = 2] = process.env.EIGHT_BELLS_SOAK?.split(' ').map(Number) ?? [];

it(`stays sound for ${days} days of seed ${seed}`, { timeout: 3_600_000 }, async () => {
  const clock = { now: 0 };
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now);
  const tally = await soak(seed, days, clock);
  if (process.env.EIGHT_BELLS_SOAK) console.info(tally);
  expect(tally.deaths).toBeGreaterThan(days);
});
