// The first rows of the list, kept ready in storage.local, so that the popup has something right to paint before the
// database is even loaded. Only this file knows where they are kept; lib/derived.ts brings them up to date.
import { browser } from 'wxt/browser';
import type { List } from './list.ts';

const KEY = 'glance';
/** More than any popup shows at once. */
const ROWS = 24;

/** The unread list by category, every heading with its count but only the first rows; null where none has been kept yet. */
export async function readGlance(): Promise<List | null> {
  const stored = (await browser.storage.local.get(KEY))[KEY] as List | undefined;
  return Array.isArray(stored?.groups) && Array.isArray(stored.feeds) ? stored : null;
}

/** Keeps the first rows of a list, unless they are kept already. */
export async function writeGlance(list: List): Promise<void> {
  const glance = { ...list, groups: cutRows(list.groups) };
  const stored = (await browser.storage.local.get(KEY))[KEY];
  if (JSON.stringify(stored) !== JSON.stringify(glance)) await browser.storage.local.set({ [KEY]: glance });
}

function cutRows(groups: List['groups']): List['groups'] {
  let left = ROWS;
  return groups.map((group) => {
    const rows = group.rows.slice(0, left);
    left -= rows.length;
    return { ...group, rows };
  });
}
