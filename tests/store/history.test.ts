// What the store keeps of the last weeks: when digests came, and one bounded read of all of it.
import { describe, expect, it, vi } from 'vitest';
import type { History } from '../../lib/history.ts';
import { readHistory, watchHistory } from '../../lib/store/history.ts';
import { listPendingPages, savePoll } from '../../lib/store/digests.ts';
import { watchQuery } from '../../lib/store/live.ts';
import { removeFeed } from '../../lib/store/feeds.ts';
import { setRead } from '../../lib/store/items.ts';
import { readOverview } from '../../lib/store/overview.ts';
import { digest, freshDatabase, HOUR, item, START } from './database.ts';

const NOW = START + 48 * HOUR;
const ALL = { hiddenCategories: [] };

describe('when a digest came', () => {
  const seen = (hour: number, seenAt: number) => ({ fields: { seenAt: START + seenAt * HOUR, publishedMs: START + hour * HOUR } });

  it('is kept with the good answer before, and not moved when it is edited', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)], seen(0, 1))], feed: { succeededAt: START + HOUR } });
    expect(await db.digests.get(`${feedId} d0`)).toMatchObject({ seenAt: START + HOUR, soughtAt: null });
    await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(2)], seen(4, 5)), digest(feedId, 0, [item(1), item(3)], seen(0, 5))], feed: { succeededAt: START + 5 * HOUR } });
    expect(await db.digests.get(`${feedId} d4`)).toMatchObject({ seenAt: START + 5 * HOUR, soughtAt: START + HOUR });
    expect(await db.digests.get(`${feedId} d0`)).toMatchObject({ seenAt: START + HOUR, soughtAt: null });
  });

  it('is told by the feed where its page is read later', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [], feed: { succeededAt: START } });
    const page = { id: `${feedId} d4`, feedId, entry: {}, fingerprint: '', publishedMs: START + 4 * HOUR, unread: true, attempts: 0, rings: false };
    await savePoll(db, feedId, { digests: [], pending: [page], feed: { succeededAt: START + 5 * HOUR } });
    await savePoll(db, feedId, { digests: [], pending: [page], feed: { succeededAt: START + 6 * HOUR } }); // its entry was edited meanwhile
    expect(await listPendingPages(db, feedId)).toMatchObject([{ soughtAt: START }]);
    expect((await readOverview(db)).pendingOf.get(feedId)).toBe(1);
    await savePoll(db, feedId, { digests: [digest(feedId, 4, [item(1)], seen(4, 7))] });
    expect(await db.digests.get(`${feedId} d4`)).toMatchObject({ seenAt: START + 7 * HOUR, soughtAt: START });
    expect((await readOverview(db)).pendingOf.get(feedId)).toBe(0);
  });
});

describe('the last weeks', () => {
  it('hold read and unread items, without those of hidden categories', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 24, [item(1), item(2, { category: 'AI应用' }), item(3)])] });
    await setRead(db, ['post:1'], true);
    const { read, unread, days, arrivals } = await readHistory(db, ALL, NOW);
    expect([read, unread, days.length, arrivals.length]).toEqual([1, 2, 28, 1]);
    expect((await readHistory(db, { hiddenCategories: ['AI应用'] }, NOW)).categories).toEqual([{ category: 'AI模型', count: 2 }]);
  });

  it('are not counted for each of many writes', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 24, Array.from({ length: 20 }, (_, n) => item(n + 1)))] });
    const told: History[] = [];
    const seen: number[] = [];
    const stops = [watchHistory(db, () => ALL, () => NOW, (history) => told.push(history), () => {}), watchQuery(() => db.statuses.filter(({ read }) => read === 1).count(), (count) => seen.push(count), () => {})];
    await vi.waitFor(() => expect([told.length, seen.length]).toEqual([1, 1]));
    for (let n = 1; n <= 20; n++) {
      await setRead(db, [`post:${n}`], true);
      await vi.waitFor(() => expect(seen.at(-1)).toBe(n));
    }
    expect(told.length).toBeLessThan(10);
    await vi.waitFor(() => expect(told.at(-1)?.read).toBe(20), 5000);
    stops.forEach((stop) => stop());
  });

  it('are told again whenever items come or are read, until that is stopped', async () => {
    const { db, feedId } = await freshDatabase();
    const told: History[] = [];
    const stop = watchHistory(db, () => ALL, () => NOW, (history) => told.push(history), () => {});
    const latest = () => [told.at(-1)?.read, told.at(-1)?.unread, told.at(-1)?.arrivals.length];
    await vi.waitFor(() => expect(latest()).toEqual([0, 0, 0]));
    await savePoll(db, feedId, { digests: [digest(feedId, 24, [item(1), item(2)])] });
    await vi.waitFor(() => expect(latest()).toEqual([0, 2, 1]), 5000);
    await setRead(db, ['post:1'], true);
    await vi.waitFor(() => expect(latest()).toEqual([1, 1, 1]), 5000);
    stop();
    const before = told.length;
    await setRead(db, ['post:2'], true);
    await new Promise((later) => setTimeout(later, 50));
    expect(told).toHaveLength(before);
  });

  it('hold nothing of a removed feed, nor what is older', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 24, [item(1)]), digest(feedId, -24 * 40, [item(2)])] });
    expect((await readHistory(db, ALL, NOW)).unread).toBe(1);
    await removeFeed(db, feedId, NOW);
    expect(await readHistory(db, ALL, NOW)).toMatchObject({ read: 0, unread: 0, arrivals: [] });
  });

  it('are fewer days where there are too many items, and every day shown is whole', async () => {
    const { db, feedId } = await freshDatabase();
    for (const [i, hour] of [0, 24, 48].entries()) await savePoll(db, feedId, { digests: [digest(feedId, hour, [item(10 * i + 1), item(10 * i + 2)])] });
    expect((await readHistory(db, ALL, NOW, 3)).days.filter(({ unread }) => unread > 0).map(({ unread }) => unread)).toEqual([2]);
    expect((await readHistory(db, ALL, NOW, 7)).days.filter(({ unread }) => unread > 0).map(({ unread }) => unread)).toEqual([2, 2, 2]);
  });
});
