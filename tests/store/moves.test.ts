// What the reader moves stays where it was put, for good, and can be taken back exactly.
import { describe, expect, it } from 'vitest';
import { OTHER_CATEGORY } from '../../lib/model/category.ts';
import { savePoll } from '../../lib/store/digests.ts';
import { clearStaleDays, listStaleDays, listToldOn } from '../../lib/store/items.ts';
import type { UndoMove } from '../../lib/action.ts';
import { countLessons, forgetLessons, listMoves, moveItem, undoMove } from '../../lib/store/moves.ts';
import { prune } from '../../lib/store/retention.ts';
import { digest, freshDatabase, HOUR, item, START } from './database.ts';

const DAY = 24 * HOUR;
const READER = { categorySource: 'reader', confidence: null } as const;

async function start() {
  const { db, feedId } = await freshDatabase();
  const save = (hour: number, ...items: ReturnType<typeof item>[]) => savePoll(db, feedId, { digests: [digest(feedId, hour, items)], listed: [`${feedId} d${hour}`], feed: { succeededAt: START + hour * HOUR } });
  await save(0, item(1, { confidence: 0.4 }), item(2));
  return { db, feedId, save, stored: async (id = 'post:1') => db.items.get(id) };
}

describe('an item that was moved', () => {
  it('is made once, though page and background both make it', async () => {
    const { db } = await start();
    const [first, again] = await Promise.all([moveItem(db, 'post:1', 'AI应用', 5), moveItem(db, 'post:1', 'AI应用', 5)]);
    expect([first?.own.category, again]).toEqual(['AI模型', null]);
    expect(await moveItem(db, 'post:1', '行业洞察', 5)).not.toBeNull();
  });

  it('stands where the reader put it, and what was learnt of it is kept', async () => {
    const { db, stored } = await start();
    await moveItem(db, 'post:1', 'AI应用', 5);
    expect(await stored()).toMatchObject({ category: 'AI应用', ...READER });
    expect(await listMoves(db)).toEqual([{ id: 'post:1', from: 'AI模型', to: 'AI应用', declared: ['AI模型', 'AI应用'], title: '第 1 条', summary: '**第 1 条**的摘要', at: 5 }]);
    expect(await stored('post:2')).toMatchObject({ category: 'AI模型', categorySource: 'classifier' });
  });

  it('is kept with its feed’s categories where its digest names none, and with no more text than teaches', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1, { title: '长'.repeat(900), summary: '长'.repeat(9000) })], { fields: { categories: [] } })] });
    await moveItem(db, 'post:1', 'AI应用', 0);
    const [move] = await listMoves(db);
    expect(move).toMatchObject({ declared: ['AI模型', 'AI应用'] });
    expect([move?.title.length, move?.summary.length]).toEqual([200, 480]);
  });

  it('stays there when its digest is edited, and when it appears in another', async () => {
    const { db, save, stored } = await start();
    await moveItem(db, 'post:1', 'AI应用', 0);
    await save(0, item(1, { title: '改过的标题', category: OTHER_CATEGORY, categorySource: 'feed' }));
    expect(await stored()).toMatchObject({ title: '改过的标题', category: 'AI应用', ...READER });
    await save(4, item(1, { category: OTHER_CATEGORY, categorySource: 'section' }));
    expect(await stored()).toMatchObject({ category: 'AI应用', ...READER });
  });

  it('stays there after it was pruned, in its marks and when it comes back', async () => {
    const { db, feedId, save, stored } = await start();
    await moveItem(db, 'post:1', 'AI应用', 0);
    for (const hour of [4, 8, 12, 16]) await save(hour, item(100 + hour));
    await db.statuses.toCollection().modify({ read: 1 });
    while (await prune(db, { keepDays: 30 }, START + 40 * DAY));
    expect(await stored()).toBeUndefined();
    expect(await db.toldItems.get('post:1')).toMatchObject({ category: 'AI应用' });
    await savePoll(db, feedId, { digests: [digest(feedId, 41 * 24, [item(1)])] });
    expect(await stored()).toMatchObject({ category: 'AI应用', ...READER });

    // Moved once more, it is told of in one category only.
    const undo = await moveItem(db, 'post:1', OTHER_CATEGORY, 9);
    expect((await listToldOn(db, '2026-03-01')).find(({ id }) => id === 'post:1')?.category).toBe(OTHER_CATEGORY);
    await undoMove(db, undo as UndoMove);
    expect(await db.toldItems.get('post:1')).toMatchObject({ category: 'AI应用' });
  });

  it('has the marks of its day derived again', async () => {
    const { db } = await start();
    await clearStaleDays(db, await listStaleDays(db));
    const undo = await moveItem(db, 'post:1', 'AI应用', 0);
    const days = await listStaleDays(db);
    expect(days.map(({ day }) => day)).toEqual(['2026-03-01']);
    await clearStaleDays(db, days);
    await undoMove(db, undo as UndoMove);
    expect((await listStaleDays(db)).map(({ day }) => day)).toEqual(['2026-03-01']);
  });

  it('that is gone is not moved', async () => {
    const { db } = await start();
    expect(await moveItem(db, 'post:99', 'AI应用', 0)).toBeNull();
    expect(await listMoves(db)).toEqual([]);
  });
});

describe('a second move', () => {
  it('teaches from where the item first stood', async () => {
    const { db } = await start();
    await moveItem(db, 'post:1', 'AI应用', 1);
    await moveItem(db, 'post:1', OTHER_CATEGORY, 2);
    expect(await listMoves(db)).toMatchObject([{ from: 'AI模型', to: OTHER_CATEGORY, at: 2 }]);
    expect(await countLessons(db)).toBe(1);
  });

  it('back takes the lesson away, and still sticks', async () => {
    const { db, save, stored } = await start();
    await moveItem(db, 'post:1', 'AI应用', 1);
    await moveItem(db, 'post:1', 'AI模型', 2);
    expect(await countLessons(db)).toBe(0);
    expect(await listMoves(db)).toMatchObject([{ from: 'AI模型', to: 'AI模型', title: '', summary: '' }]);
    await save(4, item(1, { category: 'AI应用' }));
    expect(await stored()).toMatchObject({ category: 'AI模型', ...READER });
    await moveItem(db, 'post:1', 'AI应用', 3);
    expect(await listMoves(db)).toMatchObject([{ from: 'AI模型', to: 'AI应用', title: '第 1 条' }]);
  });
});

describe('taking a move back', () => {
  it('restores item and lessons exactly, a first move’s and a second’s', async () => {
    const { db, stored } = await start();
    const rows = async () => [await stored(), await listMoves(db)];
    const before = await rows();
    const first = (await moveItem(db, 'post:1', 'AI应用', 1)) as UndoMove;
    const between = await rows();
    const second = (await moveItem(db, 'post:1', OTHER_CATEGORY, 2)) as UndoMove;
    await undoMove(db, second);
    expect(await rows()).toEqual(between);
    await undoMove(db, first);
    expect(await rows()).toEqual(before);
    expect((await stored())?.confidence).toBe(0.4);
  });

  it('keeps what a poll brought meanwhile', async () => {
    const { db, save, stored } = await start();
    const undo = (await moveItem(db, 'post:1', 'AI应用', 1)) as UndoMove;
    await save(4, item(1, { title: '新标题' }));
    await undoMove(db, undo);
    const after = await stored();
    expect(after).toMatchObject({ title: '新标题', category: 'AI模型', categorySource: 'classifier' });
    expect(after?.appearances).toHaveLength(2);
  });
});

describe('forgetting', () => {
  it('leaves every item where the reader put it, and teaches nothing', async () => {
    const { db, save, stored } = await start();
    await moveItem(db, 'post:1', 'AI应用', 1);
    await moveItem(db, 'post:2', 'AI应用', 2);
    expect(await countLessons(db)).toBe(2);
    await forgetLessons(db);
    expect(await countLessons(db)).toBe(0);
    await save(4, item(1), item(2));
    expect([(await stored())?.category, (await stored('post:2'))?.category]).toEqual(['AI应用', 'AI应用']);
  });
});
