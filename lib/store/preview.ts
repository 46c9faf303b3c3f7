// What rules meet among the stored items: for one while it is being typed, and for each that stands. Thousands of items are
// read in chunks, so that the page stays responsive, and reading stops as soon as the answer is no longer wanted.
import type { Category } from '../model/category.ts';
import type { Item } from '../model/item.ts';
import type { Rule } from '../model/rule.ts';
import { findRules, type RulePreview } from '../rules.ts';
import type { Database } from './database.ts';

/** Items read and judged at once: a few milliseconds of work. */
const CHUNK = 250;
/** Titles a preview shows. */
const TITLES = 5;
/** Newest items looked through for names to suggest: some weeks of one feed. */
const RECENT = 2000;
const SUGGESTIONS = 200;

/** Names found in the newest items, most frequent first. Handles without @. */
export interface Suggestions {
  authors: string[];
  handles: string[];
  categories: Category[];
}

/**
 * Every stored item, newest first, a chunk at a time; ends early once `signal` is aborted. The order is taken from the
 * index's keys in one go: an index walked backwards costs a cursor step an item.
 */
async function* readChunks(db: Database, signal: AbortSignal): AsyncGenerator<{ items: Item[]; total: number; done: boolean }> {
  if (signal.aborted) return;
  const ids = (await db.items.orderBy('publishedMs').primaryKeys()).reverse();
  for (let at = 0; at < ids.length || at === 0; at += CHUNK) {
    if (signal.aborted) return;
    const rows = await db.items.bulkGet(ids.slice(at, at + CHUNK));
    if (signal.aborted) return;
    yield { items: rows.filter((item) => item !== undefined), total: ids.length, done: at + CHUNK >= ids.length }; // one may have been pruned meanwhile
  }
}

/** What a rule would meet, told after each chunk; nothing more once `signal` is aborted. */
export async function* previewRule(db: Database, { field, value }: Pick<Rule, 'field' | 'value'>, signal: AbortSignal): AsyncGenerator<RulePreview> {
  const meeting = findRules([{ field, value }]);
  let met = 0;
  const newest: RulePreview['newest'] = [];
  for await (const { items, total, done } of readChunks(db, signal)) {
    const found = items.filter((item) => meeting(item).length > 0);
    met += found.length;
    newest.push(...found.slice(0, TITLES - newest.length).map(({ id, title }) => ({ id, title })));
    yield { field, value, met, total, newest: [...newest], done };
  }
}

/** How many stored items each rule meets, by rule id, whether or not it has expired; null where `signal` was aborted before all were read. */
export async function countMet(db: Database, rules: readonly Rule[], signal: AbortSignal): Promise<Map<string, number> | null> {
  const counts = new Map(rules.map(({ id }) => [id, 0]));
  if (rules.length === 0) return counts;
  const meeting = findRules(rules);
  for await (const { items } of readChunks(db, signal)) for (const item of items) for (const { id } of meeting(item)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return signal.aborted ? null : counts;
}

/** Names in the newest items; null where `signal` was aborted. */
export async function readSuggestions(db: Database, signal: AbortSignal): Promise<Suggestions | null> {
  const recent: Item[] = [];
  for await (const { items } of readChunks(db, signal)) if (recent.push(...items) >= RECENT) break;
  if (signal.aborted) return null;
  const frequent = (field: 'author' | 'handle' | 'category') => {
    const counts = new Map<string, number>();
    for (const { [field]: name } of recent) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, SUGGESTIONS).map(([name]) => name);
  };
  return { authors: frequent('author'), handles: frequent('handle'), categories: frequent('category') };
}

/**
 * A function that does the last work it was given, once no other has come for `delay` ms; of those before it, what waits
 * is dropped and what runs is told to stop by its signal. What goes wrong is handed to `onError`.
 */
export function createLatest(delay: number, onError: (error: unknown) => void): (work: (signal: AbortSignal) => Promise<void>) => void {
  let last = new AbortController();
  return (work) => {
    last.abort();
    const { signal } = (last = new AbortController());
    setTimeout(() => {
      if (!signal.aborted) void work(signal).catch(onError);
    }, delay);
  };
}
