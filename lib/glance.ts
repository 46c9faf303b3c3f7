// The first rows of the list, kept ready in storage.session, so that the popup has something right to paint before the
// database is even loaded. Only this file knows where they are kept; lib/derived.ts brings them up to date.
import { browser } from 'wxt/browser';
import type { List } from './list.ts';

/** As JSON. In the session's storage, not the local one: of that every X page is told of every change. */
const KEY = 'glance';
/** More than any popup shows at once. */
const ROWS = 24;

const read = async () => (await browser.storage.session.get(KEY))[KEY];

/** The unread list by category, every heading with its count but only the first rows; null where none has been kept since the browser started. */
export async function readGlance(): Promise<List | null> {
  const stored = await read();
  return typeof stored === 'string' ? (JSON.parse(stored) as List) : null;
}

/** Keeps the first rows of a list, unless they are kept already. */
export async function writeGlance(list: List): Promise<void> {
  const glance = JSON.stringify({ ...list, groups: cutRows(list.groups) });
  if ((await read()) !== glance) await browser.storage.session.set({ [KEY]: glance });
}

function cutRows(groups: List['groups']): List['groups'] {
  let left = ROWS;
  return groups.map((group) => {
    const rows = group.rows.slice(0, left);
    left -= rows.length;
    return { ...group, rows };
  });
}
