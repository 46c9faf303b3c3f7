// What is derived from the store after each commit: marks, badge, the popup's first rows, links between editions. Never counted up or down.
import { renewBadge, updateBadge } from './badge.ts';
import { renewGlance, writeGlance } from './glance.ts';
import { chooseLanguage } from './i18n.ts';
import { buildPiece, type MarkPiece, noteFilter, piecesFit, writePieces, writeWays } from './mark-list.ts';
import { quietEnd } from './quiet.ts';
import type { Database } from './store/database.ts';
import { mapFeeds } from './store/feeds.ts';
import { clearStaleDays, listDays, listStaleDays, listToldOn, listUnreadByDay, markDaysStale } from './store/items.ts';
import { linkEditions } from './store/similar.ts';
import { readFeedStates, readList } from './store/list.ts';
import { readSettings } from './store/settings.ts';

/** Days derived and written at once. */
const BATCH = 30;

/** Brings the marks of stale days up to date. Safe to repeat and to be killed in: a day stays stale until its piece is written. */
export async function updateMarks(db: Database): Promise<void> {
  await navigator.locks.request('marks', async () => {
    const settings = await readSettings();
    chooseLanguage(settings.language); // marks name what fits no category
    const now = Date.now();
    const feeds = [...(await mapFeeds(db)).values()];
    await writeWays(settings);
    if (!(await piecesFit(settings, feeds, now))) await markDaysStale(db);
    const stale = await listStaleDays(db);
    // Read states change on any day and without a word; unread items are few, and the badge reads them all as well.
    if (settings.markUnread) {
      const unread = await listUnreadByDay(db);
      const days = new Set([...(await listDays(db)), ...stale.map(({ day }) => day)]);
      await writePieces(new Map(Array.from(days, (day) => [day, buildPiece(unread.get(day) ?? [], settings, feeds, now)])));
      await clearStaleDays(db, stale);
      return noteFilter(settings, feeds, now);
    }
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
  await navigator.locks.request('glance', async () => {
    const settings = await readSettings();
    chooseLanguage(settings.language);
    const now = Date.now();
    await writeGlance({ list: await readList(db, settings, { show: 'unread', by: 'category' }, now), settings }, now);
  });
}

/** Brings all of them up to date with the store. The kept rows tell of links, too, but do not wait for them: a long archive takes its time. */
export async function updateDerived(db: Database): Promise<void> {
  const linked = linkEditions(db);
  await Promise.all([updateBadge(db), updateGlance(db), updateMarks(db), linked.then((any) => (any ? updateGlance(db) : undefined))]);
}

/**
 * Brings up to date what tells when the feeds were last asked, and reads no items for it. False where that is not enough: something is
 * stale, or what was derived at `derivedAt` (ms) counts by rules that have ended since.
 */
async function renewDerived(db: Database, derivedAt: number): Promise<boolean> {
  const settings = await readSettings();
  const { language, rules } = settings;
  chooseLanguage(language);
  const now = Date.now();
  // What quiet holds back has an alarm of its own for its end; ended sooner, or with notifications off, something is to be done of it.
  const quiet = settings.notify !== 'off' && quietEnd(now, settings) !== null;
  if (now < derivedAt || rules.some(({ expiresAt }) => expiresAt !== null && expiresAt > derivedAt && expiresAt <= now)) return false;
  return navigator.locks.request('glance', async () => {
    const feeds = await readFeedStates(db, quiet);
    return feeds !== null && (await renewBadge(feeds, now)) && (await renewGlance(feeds));
  });
}

/** Lets calls while one runs share the next one, so that a hundred do not cost a hundred; `last` is the last of those under way. */
export function shareRuns(run: () => Promise<void>): { ask: () => Promise<void>; last: () => Promise<void> | null } {
  let running: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;
  const begin = () => (running = run().finally(() => (running = null)));
  const next = () => {
    waiting = null;
    return begin();
  };
  return { ask: () => (running ? (waiting ??= running.then(next, next)) : begin()), last: () => waiting ?? running };
}

/**
 * Functions that bring marks and badge up to date and never reject: what was derived last stays, and the next call
 * tries again. `onSaved` is for after a commit: calls while one runs share the next one, so that a hundred commits do not cost a hundred readings.
 * `before`, `beside` and `after` are done around it, each whatever became of the others; only what is beside it does not wait for it.
 * `onQuiet` is for after a poll without news, and does little unless the last `onSaved` here has left something to do.
 */
export function keepDerived(db: Database, { before, beside, after }: { before?: () => Promise<void>; beside?: () => Promise<void>; after?: () => Promise<void> } = {}): { onSaved: () => Promise<void>; onQuiet: () => Promise<void> } {
  /** When what is derived by now was begun, ms; null where that went wrong, or has not been done in this worker's life. */
  let derivedAt: number | null = null;
  const fail = (what: string, error: unknown) => console.error(`Eight Bells: ${what} could not be brought up to date`, error);
  const run = async () => {
    const began = Date.now();
    derivedAt = null;
    let whole = true;
    const done = async (what: string, work: (() => Promise<void>) | undefined) =>
      work?.().catch((error: unknown) => {
        whole = false;
        fail(what, error);
      });
    await done('sync', before);
    await Promise.all([done('badge or marks', () => updateDerived(db)), done('notifications', beside)]);
    await done('mirror', after);
    if (whole) derivedAt = began;
  };
  const { ask: onSaved, last } = shareRuns(run);
  return {
    onSaved,
    async onQuiet() {
      await last();
      const enough = derivedAt !== null && (await renewDerived(db, derivedAt).catch((error: unknown) => fail('the time of the last poll', error)));
      if (!enough) await onSaved();
    },
  };
}
