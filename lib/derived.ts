// What is derived from the store after each commit: marks, badge, the popup's first rows, links between editions. Never counted up or down.
import { updateBadge } from './badge.ts';
import { writeGlance } from './glance.ts';
import { buildPiece, type MarkPiece, noteFilter, piecesFit, writePieces } from './marks.ts';
import type { Database } from './store/database.ts';
import { mapFeeds } from './store/feeds.ts';
import { clearStaleDays, listStaleDays, listToldOn, markDaysStale } from './store/items.ts';
import { linkEditions } from './store/links.ts';
import { readList } from './store/list.ts';
import { readSettings } from './store/settings.ts';

/** Days derived and written at once. */
const BATCH = 30;

/** Brings the marks of stale days up to date. Safe to repeat and to be killed in: a day stays stale until its piece is written. */
export async function updateMarks(db: Database): Promise<void> {
  await navigator.locks.request('marks', async () => {
    const settings = await readSettings();
    const now = Date.now();
    const feeds = [...(await mapFeeds(db)).values()];
    if (!(await piecesFit(settings, feeds, now))) await markDaysStale(db);
    const stale = await listStaleDays(db);
    for (let i = 0; i < stale.length; i += BATCH) {
      const batch = stale.slice(i, i + BATCH);
      const pieces = new Map<string, MarkPiece | null>();
      for (const { day } of batch) pieces.set(day, buildPiece(await listToldOn(db, day), settings, feeds, now));
      await writePieces(pieces);
      await clearStaleDays(db, batch);
    }
    await noteFilter(settings, feeds, now);
  });
}

/** Brings the popup's first rows up to date. One at a time across contexts: the last to run has seen every commit before it. */
async function updateGlance(db: Database): Promise<void> {
  await navigator.locks.request('glance', async () => writeGlance(await readList(db, await readSettings(), { show: 'unread', by: 'category' }, Date.now())));
}

/** Brings all of them up to date with the store. */
export async function updateDerived(db: Database): Promise<void> {
  await Promise.all([updateBadge(db), updateGlance(db), updateMarks(db), linkEditions(db)]);
}

/**
 * A function that brings marks and badge up to date and never rejects: what was derived last stays, and the next commit
 * tries again. Calls while one runs share the next one, so that a hundred commits do not cost a hundred readings.
 * `before` and `after` are done around it, each whatever became of the others.
 */
export function keepDerived(db: Database, { before, after }: { before?: () => Promise<void>; after?: () => Promise<void> } = {}): () => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;
  const steps: [string, (() => Promise<void>) | undefined][] = [['sync', before], ['badge or marks', () => updateDerived(db)], ['mirror', after]];
  const run = async () => {
    for (const [what, work] of steps) await work?.().catch((error: unknown) => console.error(`Eight Bells: ${what} could not be brought up to date`, error));
  };
  return () => {
    if (!running) return (running = run().finally(() => (running = null)));
    return (waiting ??= running.then(() => {
      waiting = null;
      return (running = run().finally(() => (running = null)));
    }));
  };
}
