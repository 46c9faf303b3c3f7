// Items of different editions that tell one story find each other, however and in whatever order they come.
import { describe, expect, it } from 'vitest';
import type { Database } from '../../lib/store/database.ts';
import { savePoll } from '../../lib/store/digests.ts';
import { linkEditions } from '../../lib/store/similar.ts';
import { prune } from '../../lib/store/retention.ts';
import { linkSimilar } from '../../lib/similar.ts';
import { digest, freshDatabase, HOUR, item, START } from './database.ts';

const STORY = '海牛实验室发布多模态模型 Dugong-2';
const AGAIN = '海牛实验室正式推出多模态模型 Dugong-2';

async function start() {
  const { db, feedId } = await freshDatabase();
  const save = async (hour: number, ...titles: [n: number, title: string][]) => {
    await savePoll(db, feedId, { digests: [digest(feedId, hour, titles.map(([n, title]) => item(n, { title })))] });
    await linkEditions(db);
  };
  return { db, feedId, save };
}

const links = async (db: Database) => Object.fromEntries((await db.items.toArray()).filter(({ similar }) => similar.length).map(({ id, similar }) => [id, similar]));
const BOTH = { 'post:1': ['post:2'], 'post:2': ['post:1'] };

describe('links between editions', () => {
  it('stand on both items, whichever came first, and neither is taken away', async () => {
    for (const order of [[0, 4], [4, 0]]) {
      const { db, save } = await start();
      for (const hour of order) await save(hour, [hour === 0 ? 1 : 2, hour === 0 ? STORY : AGAIN], [10 + hour, `第 ${hour} 期的另一条消息说了别的`]);
      expect(await links(db)).toEqual(BOTH);
      expect(await db.items.count()).toBe(4);
    }
  });

  it('do not stand within one digest, nor over more than four days', async () => {
    const { db, save } = await start();
    await save(0, [1, STORY], [2, AGAIN]);
    expect(await links(db)).toEqual({});
    await save(8 + 4 * 24, [3, STORY]);
    expect(await links(db)).toEqual({});
    await save(4 * 24, [4, STORY]);
    expect(await links(db)).toEqual({ 'post:1': ['post:4'], 'post:2': ['post:4'], 'post:3': ['post:4'], 'post:4': ['post:1', 'post:2', 'post:3'] });
  });

  it('are the same when the same comes again, and nothing is left to do', async () => {
    const { db, feedId, save } = await start();
    await save(0, [1, STORY]);
    await save(4, [2, AGAIN]);
    const before = await db.items.toArray();
    await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(2, { title: AGAIN })])] });
    expect(await db.staleLinks.count()).toBe(0);
    await save(4, [2, AGAIN]);
    expect(await db.items.toArray()).toEqual(before);
  });

  it('come and go with an edited title', async () => {
    const { db, save } = await start();
    await save(0, [1, STORY]);
    await save(4, [2, '完全不同的一条消息，讲的是别的事情']);
    expect(await links(db)).toEqual({});
    await save(4, [2, AGAIN]);
    expect(await links(db)).toEqual(BOTH);
    await save(0, [1, '海牛实验室发布多模态模型 Dugong-3']);
    expect(await links(db)).toEqual({});
  });

  it('go where the two meet in one digest, or one comes again much later', async () => {
    for (const hour of [8, 20 * 24]) {
      const { db, save } = await start();
      await save(0, [1, STORY]);
      await save(4, [2, AGAIN]);
      await save(hour, [2, AGAIN], ...(hour === 8 ? [[1, STORY] as [number, string]] : []));
      expect(await links(db)).toEqual({});
    }
  });

  it('go where the date of one is put right, by much', async () => {
    for (const day of [-12, 12]) {
      const { db, feedId, save } = await start();
      await save(0, [1, STORY]);
      await save(36, [2, AGAIN]);
      expect(await links(db)).toEqual(BOTH);
      await savePoll(db, feedId, { digests: [digest(feedId, 36, [item(2, { title: AGAIN })], { fields: { publishedMs: START + day * 24 * HOUR } })] });
      await linkEditions(db);
      expect(await links(db)).toEqual({});
    }
  });

  it.each([37, 101])('follow from what is stored alone, though more are alike than are looked at, and in whatever order they come and go (%i)', { timeout: 30_000 }, async (step) => {
    const told = (n: number): [number, string] => [n, n % 3 === 0 ? STORY : n % 3 === 1 ? AGAIN : `第 ${n % 7} 条消息反复出现，说的是同一件事`];
    const { db, feedId, save } = await start();
    for (let i = 0; i < 110; i++) {
      const n = (i * step) % 110;
      await save(n, told(n + 1), ...(n % 10 === 0 ? [told(((n * 7) % 110) + 1)] : [])); // now and then one comes again, later or earlier
      if (i % 25 !== 24) continue;
      await db.digests.update(`${feedId} d${(n * 3) % 110}`, { listed: 0, listedAt: 0 });
      while (await prune(db, { keepDays: 30 }, START));
      await linkEditions(db);
    }
    const wanted = linkSimilar(await db.items.toArray()).flatMap(({ earlier, later }) => [`${earlier} ${later}`, `${later} ${earlier}`]);
    expect((await db.items.toArray()).flatMap(({ id, similar }) => similar.map((other) => `${id} ${other}`)).sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeGreaterThan(500);
  });

  it('are made later where the worker was stopped after the commit', async () => {
    const { db, feedId } = await start();
    for (const [n, hour] of [[1, 0], [2, 4], [3, 60 * 24], [4, 60 * 24 + 4]] as const) await savePoll(db, feedId, { digests: [digest(feedId, hour, [item(n, { title: STORY })])] });
    expect(await links(db)).toEqual({});
    await linkEditions(db);
    expect(await links(db)).toEqual({ ...BOTH, 'post:3': ['post:4'], 'post:4': ['post:3'] });
  });

  it('are the same whether an archive comes at once or edition by edition', async () => {
    const hours = Array.from({ length: 60 }, (_, i) => i * 12);
    const told = (hour: number): [number, string][] => [[hour + 1, STORY], [hour + 2, `另一条消息在第 ${Math.floor(hour / 48)} 天反复出现`]];
    const [one, other] = [await start(), await start()];
    for (const hour of hours) await one.save(hour, ...told(hour));
    await savePoll(other.db, other.feedId, { digests: hours.map((hour) => digest(other.feedId, hour, told(hour).map(([n, title]) => item(n, { title })))) });
    await linkEditions(other.db);
    expect(await links(other.db)).toEqual(await links(one.db));
    expect(Object.keys(await links(one.db)).length).toBeGreaterThan(100);
  });
});
