// What an opening of the reader begins with: the kept rows, and how it was left. Known to the script that paints first and to the
// one that takes over from it; both must draw the same.
import type { StorageTrouble, StoreNotice } from './desk.ts';
import { beginGlance, readGlance } from './glance.ts';
import { recallTimes } from './i18n.ts';
import type { Found, Highlight, List, View } from './list.ts';
import { DEFAULT_SETTINGS, type Settings } from './model/settings.ts';

/** What stands on the page. */
export interface State {
  settings: Settings;
  view: View;
  /** Null until the first read. */
  list: List | null;
  /** What is typed into the search box; null where it is closed. */
  query: string | null;
  /** What is found; null where nothing is searched. */
  found: Found | null;
  highlight: Highlight | null;
  withMuted: boolean;
  toast: { words: string; entry: number | null } | null;
  journal: { id: number; at: number; words: string; undone: boolean }[] | null;
  refreshing: boolean;
  failed: boolean;
  /** What is wrong with the database, or else what there is to tell of what is stored. */
  notice: StorageTrouble | StoreNotice | null;
  /** ms; what is told as "ago" is so long ago. */
  now: number;
}

/** How the reader was left; kept for this browser alone. */
export interface Left extends View {
  query: string;
  /** The first item then listed, how far it was scrolled, px, and the item in the tab order. */
  first: string;
  scroll: number;
  current: string;
}

const LEFT_KEY = 'reader';
/** How a reader begins that was never left. */
export const NOTHING_LEFT: Left = { show: 'unread', by: 'category', query: '', first: '', scroll: 0, current: '' };

/** What one script of a page has read, for the next. */
const page = globalThis as { eightBellsLeft?: Left };

/** Has all scripts of this page begin with what is kept now: another open reader may note at any moment how it was left. */
export function beginOpening(): void {
  beginGlance();
  page.eightBellsLeft = readLeft();
}

/** The state of a reader that is being opened, and how it was left. Its list is null where nothing was kept that could be shown at once. */
export async function readOpening(): Promise<{ state: State; left: Left }> {
  const glance = await readGlance().catch(() => null);
  if (glance) recallTimes(glance.times);
  const left = page.eightBellsLeft ?? readLeft();
  const view: View = { show: left.show, by: left.by };
  const state: State = {
    settings: glance?.settings ?? DEFAULT_SETTINGS, // where nothing is kept, no item is painted before they are read
    view,
    list: isDefault(view) && glance ? glance.list : null,
    query: left.query || null,
    found: null,
    highlight: null,
    withMuted: false,
    toast: null,
    journal: null,
    refreshing: false,
    failed: false,
    notice: null,
    now: Date.now(),
  };
  return { state, left };
}

const isDefault = ({ show, by }: View) => show === NOTHING_LEFT.show && by === NOTHING_LEFT.by;

/** From localStorage, for a page that is about to close can still write there. */
function readLeft(): Left {
  try {
    const { show, by, query, first, scroll, current } = { ...NOTHING_LEFT, ...(JSON.parse(localStorage.getItem(LEFT_KEY) ?? '{}') as Partial<Left>) };
    const known = /^(?:unread|all|starred)$/.test(show) && /^(?:category|digest)$/.test(by) && typeof scroll === 'number';
    return known ? { show, by, query: String(query), first: String(first), scroll, current: String(current) } : NOTHING_LEFT;
  } catch {
    return NOTHING_LEFT;
  }
}

/** Keeps how the reader is left. */
export function writeLeft(left: Left): void {
  try {
    localStorage.setItem(LEFT_KEY, JSON.stringify(left));
  } catch {
    // storage is off or full: the next opening begins at the top
  }
}
