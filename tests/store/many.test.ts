// Many rows read in ranges are the rows that one by one would be, wherever they stand.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getMany } from '../../lib/store/many.ts';
import { freshDatabase } from './database.ts';

const status = (n: number) => ({ id: `post:${String(n).padStart(5, '0')}`, read: 0 as const, seen: 0 as const, starred: 0 as const });

describe('many rows', () => {
  it('are those of bulkGet: in order, with gaps and doubles, close together or far apart', async () => {
    const { db } = await freshDatabase();
    await db.statuses.bulkPut(Array.from({ length: 3000 }, (_, n) => status(n)).filter((_, n) => n % 7 !== 3));
    const run = fc.tuple(fc.nat(3100), fc.nat(200), fc.integer({ min: 1, max: 40 })).map(([from, length, step]) => Array.from({ length }, (_, i) => status(from + i * step).id));
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 5 }), async (runs) => {
        const keys = runs.flat();
        expect(await getMany(db.statuses, keys)).toEqual(await db.statuses.bulkGet(keys));
      }),
      { numRuns: 60 },
    );
  });
});
