// A query that is asked again when what it read changes, and one that is let rest.
import { expect, it, vi } from 'vitest';
import { watchQuery } from '../../lib/store/live.ts';
import { noteFact } from '../../lib/store/meta.ts';
import { freshDatabase } from './database.ts';

async function start(restMs: number) {
  const { db } = await freshDatabase();
  const told: number[] = [];
  const seen: number[] = [];
  let asked = 0;
  const read = async () => Number((await db.meta.get('savedAt'))?.value ?? 0);
  const stop = watchQuery(() => (asked++, read()), (value) => told.push(value), () => {}, restMs);
  const other = watchQuery(read, (value) => seen.push(value), () => {}); // tells when a write has been told to all
  const write = async (value: number) => {
    await noteFact(db, 'savedAt', value);
    await vi.waitFor(() => expect(seen.at(-1)).toBe(value));
  };
  await vi.waitFor(() => expect([told, seen]).toEqual([[0], [0]]));
  return { told, write, asked: () => asked, stop: () => (stop(), other()) };
}

it('is asked again for each write', async () => {
  const { told, write, stop } = await start(0);
  for (const value of [1, 2, 3]) {
    await write(value);
    await vi.waitFor(() => expect(told.at(-1)).toBe(value));
  }
  stop();
});

it('is not asked while it rests', async () => {
  const { told, write, asked, stop } = await start(3_600_000);
  for (const value of [1, 2, 3]) await write(value);
  expect([asked(), told.every((value) => value === 0)]).toEqual([1, true]);
  stop();
});

it('tells what was written meanwhile once it has rested, and goes on', async () => {
  const { told, write, stop } = await start(100);
  for (const value of [1, 2, 3]) await write(value);
  await vi.waitFor(() => expect(told.at(-1)).toBe(3));
  await write(4);
  await vi.waitFor(() => expect(told.at(-1)).toBe(4));
  stop();
  const told4 = told.length;
  await new Promise((later) => setTimeout(later, 150));
  expect(told.length).toBe(told4);
});
