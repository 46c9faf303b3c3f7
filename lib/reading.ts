// What a reader does with items, rules and feeds, wherever it is done: at once, written into the journal, and undone again.
// The popup loads this, and the database with it, only after its first paint.
import type { JournalEntry, Wish } from './action.ts';
import type { Rule } from './model/rule.ts';
import { refuseRule, restoreRule } from './rules.ts';
import type { Database } from './store/database.ts';
import { removeFeed, restoreFeed } from './store/feeds.ts';
import { setRead, setStarred } from './store/items.ts';
import { addEntry, getEntry, getLastEntry, listEntries, markUndone } from './store/journal.ts';
import { moveItem, undoMove } from './store/moves.ts';
import { changeSettings, readSettings } from './store/settings.ts';

/**
 * Does it and notes in the journal how to undo it, in one transaction where the database holds it all; rules are settings,
 * so there the note comes first and undoing what never happened changes nothing. Null where nothing was changed.
 */
export async function act(db: Database, wish: Wish, now: number): Promise<JournalEntry | null> {
  switch (wish.kind) {
    case 'read':
    case 'unread':
    case 'star':
    case 'unstar': {
      const { kind, ids } = wish;
      return db.transaction('rw', [db.statuses, db.items, db.journal], async () => {
        const changed = kind === 'read' || kind === 'unread' ? await setRead(db, ids, kind === 'read') : await setStarred(db, ids, kind === 'star');
        return changed.length ? addEntry(db, { kind, ids: changed }, now) : null;
      });
    }
    case 'move': {
      const { kind, id, title, to } = wish;
      return db.transaction('rw', [db.items, db.moves, db.digests, db.feeds, db.toldItems, db.staleDays, db.staleSearchDays, db.journal], async () => {
        const undo = await moveItem(db, id, to, now);
        return undo && addEntry(db, { kind, title, to, undo }, now);
      });
    }
    case 'addRule':
    case 'removeRule': {
      const { kind, rule } = wish;
      if (kind === 'addRule' && refuseRule((await readSettings()).rules, rule, now)) return null;
      const entry = await addEntry(db, { kind, rule }, now);
      await changeRules((rules) => (kind === 'addRule' ? restoreRule(rules, rule) : withoutRule(rules, rule)));
      return entry;
    }
    case 'removeFeed': {
      const { kind, feedId, name } = wish;
      return db.transaction('rw', [db.feeds, db.journal], async () => {
        await removeFeed(db, feedId, now);
        return addEntry(db, { kind, feedId, name }, now);
      });
    }
  }
}

/**
 * Does what a page set out to do at `at` (ms) and may have done before it was closed. What the database holds it did whole
 * or not at all, and the journal tells, save where nothing had to be changed: so what was turned round later is left as it
 * is. A rule that is there already is refused, and one that was taken back is not added again.
 */
export async function finish(db: Database, wish: Wish, at: number): Promise<JournalEntry | null> {
  const entries = await listEntries(db);
  const own = entries.find((entry) => entry.at === at && entry.action.kind === wish.kind);
  if (own && (own.undone || (wish.kind !== 'addRule' && wish.kind !== 'removeRule'))) return null;
  if (!('ids' in wish)) return act(db, wish, at);
  const turned = new Set(entries.flatMap(({ at: then, action, undone }) => (then > at && !undone && action.kind === OPPOSITES[wish.kind] ? action.ids : [])));
  return act(db, { ...wish, ids: wish.ids.filter((id) => !turned.has(id)) }, at);
}

const OPPOSITES = { read: 'unread', unread: 'read', star: 'unstar', unstar: 'star' } as const;

/** Undoes an entry of the journal, the newest one where none is named. Returns it; null where there was nothing to undo. */
export async function undo(db: Database, id?: number): Promise<JournalEntry | null> {
  const entry = id === undefined ? await getLastEntry(db) : await getEntry(db, id);
  if (!entry || entry.undone) return null;
  const { action } = entry;
  // Rules are settings, outside the transaction: they go first, so that an undoing that broke off can be repeated.
  if (action.kind === 'addRule') await changeRules((rules) => withoutRule(rules, action.rule));
  if (action.kind === 'removeRule') await changeRules((rules) => restoreRule(rules, action.rule));
  await db.transaction('rw', [db.feeds, db.items, db.statuses, db.moves, db.toldItems, db.staleDays, db.staleSearchDays, db.journal], async () => {
    if (action.kind === 'read' || action.kind === 'unread') await setRead(db, action.ids, action.kind === 'unread');
    if (action.kind === 'star' || action.kind === 'unstar') await setStarred(db, action.ids, action.kind === 'unstar');
    if (action.kind === 'move') await undoMove(db, action.undo);
    if (action.kind === 'removeFeed') await restoreFeed(db, action.feedId);
    await markUndone(db, entry.id);
  });
  return entry;
}

const changeRules = (change: (rules: Rule[]) => Rule[]) => changeSettings(({ rules }) => ({ rules: change(rules) }));
const withoutRule = (rules: Rule[], { id }: Rule): Rule[] => rules.filter((other) => other.id !== id);
