// The first rows of the list, kept ready in storage.session, so that the popup has something right to paint before the
// database is even loaded. Only this file knows where they are kept; lib/derived.ts brings them up to date.
import { browser } from 'wxt/browser';
import { tellTimes } from './i18n.ts';
import type { FeedState, List } from './list.ts';
import type { Settings } from './model/settings.ts';

/** As JSON. In the session's storage, not the local one: of that every X page is told of every change. */
const KEY = 'glance';
/** More than any popup shows at once. */
const ROWS = 24;

/** All that the first paint needs, so that it waits for one reading only. */
export interface Glance {
  /** The unread list by category, every heading with its count but only the first rows; of the others the ids. */
  list: List;
  /** Under which it was read. */
  settings: Settings;
  /** The times it tells, in words: see `tellTimes`. */
  times: Record<string, string>;
}

const read = async () => (await browser.storage.session.get(KEY))[KEY];

/** What one script of a page has read, for the next. */
const page = globalThis as { eightBellsGlance?: Promise<unknown> };

/** Has `readGlance` give what is kept now to all scripts of this page: they are to draw the same, and to read it once. */
export function beginGlance(): void {
  page.eightBellsGlance = read();
}

/** What was kept; null where nothing has been since the browser started. */
export async function readGlance(): Promise<Glance | null> {
  const stored = await (page.eightBellsGlance ?? read());
  return typeof stored === 'string' ? (JSON.parse(stored) as Glance) : null;
}

/** Keeps the first rows of a list, read at `now` (ms), and the settings, unless they are kept already. */
export async function writeGlance({ list, settings }: Omit<Glance, 'times'>, now: number): Promise<void> {
  const groups = cutRows(list.groups);
  const times = tellTimes(groups.flatMap(({ rows }) => rows.map(({ item }) => item.publishedMs)), now);
  const glance = JSON.stringify({ list: { ...list, groups }, settings, times } satisfies Glance);
  if ((await read()) !== glance) await browser.storage.session.set({ [KEY]: glance });
}

/** Keeps other states of the feeds with the rows that are kept. False where none are. */
export async function renewGlance(feeds: FeedState[]): Promise<boolean> {
  const stored = await read();
  if (typeof stored !== 'string') return false;
  const glance = JSON.parse(stored) as Glance;
  await browser.storage.session.set({ [KEY]: JSON.stringify({ ...glance, list: { ...glance.list, feeds } } satisfies Glance) });
  return true;
}

function cutRows(groups: List['groups']): List['groups'] {
  let left = ROWS;
  return groups.map((group) => {
    const rows = group.rows.slice(0, left);
    left -= rows.length;
    // Of the others the ids, for what is marked read must be all that the heading counts.
    const unlisted = group.rows.slice(rows.length).flatMap(({ item, read }) => (read ? [] : [item.id]));
    return { ...group, rows, unlisted };
  });
}
