// Many rows read in ranges are the rows that one by one would be, wherever they stand; many written leave the page its breath.
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { setRead } from '../../lib/store/items.ts';
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

  it('are written a few at a time, all or none', async () => {
    const { db } = await freshDatabase();
    const ids = Array.from({ length: 3000 }, (_, n) => status(n).id);
    await db.statuses.bulkPut(ids.map((_, n) => status(n)));
    let [sent, most] = [0, 0];
    let turn = setImmediate(function next() {
      sent = 0;
      turn = setImmediate(next);
    });
    const { put } = IDBObjectStore.prototype;
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      most = Math.max(most, ++sent);
      return put.apply(this, row);
    });
    expect(await setRead(db, ids.slice(1000), true)).toEqual(ids.slice(1000));
    expect(most).toBeLessThanOrEqual(250);
    const read = () => db.statuses.filter(({ read, starred }) => read === 1 && starred === 0).count();
    expect(await read()).toBe(2000);
    clearImmediate(turn);
    sent = 0;
    spy.mockImplementation(function (this: IDBObjectStore, ...row) {
      if (++sent > 700) throw new DOMException('no space', 'QuotaExceededError');
      return put.apply(this, row);
    });
    await expect(setRead(db, ids, true)).rejects.toThrow('no space');
    spy.mockRestore();
    expect(await read()).toBe(2000);
  });
});
