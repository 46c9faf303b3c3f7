// Items the reader moved to another category: a decision that outlives the item, and a lesson for the classifier.
import type { UndoMove } from '../action.ts';
import type { Category } from '../model/category.ts';
import type { Item } from '../model/item.ts';
import { type Move, teaches } from '../model/move.ts';
import type { Database } from './database.ts';
import { staleDaysOf } from './items.ts';
import { staleSearchDaysOf } from './search.ts';

/** What a lesson keeps of an item's texts, in UTF-16 units; the classifier reads no more of a summary (lib/category/features). */
const KEPT_TITLE = 200;
const KEPT_SUMMARY = 480;

/**
 * Moves an item to a category, for good: however its digest is read again, there it stays. What moves it back to where it
 * first stood takes the lesson away, but not the decision. `now` in ms. Returns what undoes it; null where the item is gone,
 * or this very move has been made.
 */
export async function moveItem(db: Database, id: string, to: Category, now: number): Promise<UndoMove | null> {
  return db.transaction('rw', [db.items, db.moves, db.digests, db.feeds, db.toldItems, db.staleDays, db.staleSearchDays], async () => {
    const item = await db.items.get(id);
    if (!item) return null;
    const [move, told] = [(await db.moves.get(id)) ?? null, await db.toldItems.get(id)];
    if (move?.at === now && move.to === to) return null; // done already, by the page or by the background for it
    const { category, categorySource, confidence } = item;
    const from = move?.from ?? category;
    const texts = from === to ? { title: '', summary: '' } : { title: item.title.slice(0, KEPT_TITLE), summary: item.summary.slice(0, KEPT_SUMMARY) };
    await db.moves.put({ id, from, to, declared: await declaredBy(db, item), ...texts, at: now });
    await placeItem(db, id, { category: to, categorySource: 'reader', confidence: null }, to);
    return { id, own: { category, categorySource, confidence }, move, told: told?.category ?? null };
  });
}

/** Takes a move back: the item stands where it stood, for the same reason, and teaches what it taught. What polls brought meanwhile stays. */
export async function undoMove(db: Database, { id, own, move, told }: UndoMove): Promise<void> {
  await db.transaction('rw', [db.items, db.moves, db.toldItems, db.staleDays, db.staleSearchDays], async () => {
    if (move) await db.moves.put(move);
    else await db.moves.delete(id);
    await placeItem(db, id, own, told ?? own.category);
  });
}

/** Writes where an item stands, and what is left of it from before it was last pruned; and on which days marks and search show either. */
export async function placeItem(db: Database, id: string, own: UndoMove['own'], toldCategory: Category): Promise<void> {
  const shown = [await db.items.get(id), await db.toldItems.get(id)].filter((one) => one !== undefined);
  await db.items.update(id, own);
  await db.toldItems.update(id, { category: toldCategory });
  await db.staleDays.bulkPut(staleDaysOf(shown));
  await db.staleSearchDays.bulkPut(staleSearchDaysOf(shown));
}

/** The categories an item was given one of: its newest digest's, or its feed's. */
async function declaredBy(db: Database, { digestIds, feedIds }: Item): Promise<Category[]> {
  const digest = await db.digests.get(digestIds[0] ?? '');
  return digest?.categories.length ? digest.categories : ((await db.feeds.get(feedIds[0] ?? ''))?.categories ?? []);
}

/** Every decision of the reader's, oldest first. */
export const listMoves = (db: Database): Promise<Move[]> => db.moves.orderBy('at').toArray();

/** How many moves teach. */
export const countLessons = (db: Database): Promise<number> => db.moves.filter(teaches).count();

/** Has the classifier forget what it was taught. What was moved stays where it is. Returns the lessons, for undo. */
export async function forgetLessons(db: Database): Promise<Move[]> {
  return db.transaction('rw', db.moves, async () => {
    const lessons = await db.moves.filter(teaches).toArray();
    await db.moves.bulkPut(lessons.map((move) => ({ ...move, title: '', summary: '' })));
    return lessons;
  });
}

/** Teaches forgotten lessons again, save those of items that were moved anew meanwhile. */
export async function restoreLessons(db: Database, lessons: readonly Move[]): Promise<void> {
  await db.transaction('rw', db.moves, async () => {
    const now = await db.moves.bulkGet(lessons.map(({ id }) => id));
    await db.moves.bulkPut(lessons.filter(({ at }, i) => now[i]?.at === at));
  });
}

/** Where the reader put those of these items that were ever moved, by id. Few are, so that one look at the keys spares a read per item. */
export async function readDecisions(db: Database, ids: readonly string[]): Promise<Map<string, Category>> {
  const moved = new Set(await db.moves.toCollection().primaryKeys());
  const moves = await db.moves.bulkGet(ids.filter((id) => moved.has(id)));
  return new Map(moves.flatMap((move) => (move ? [[move.id, move.to]] : [])));
}
