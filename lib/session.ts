// One opening of the reader, in popup or side panel: what it lists, what was done in it, how it looked when it was last
// left. Paints from the kept rows; the database is loaded after that, and everything that needs it waits for it.
import type { JournalEntry } from './action.ts';
import { type Signal, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import { toMarkdown } from './excerpt.ts';
import { readGlance } from './glance.ts';
import { say } from './i18n.ts';
import type { Details, Found, Highlight, List, Row, View } from './list.ts';
import { type Category, DEFAULT_SETTINGS, type Item, type Rule, type Settings } from './model.ts';
import { announcePage } from './page.ts';
import { readSettings, watchSettings } from './store/settings.ts';
import { describeAction } from './words/action.ts';
import { nameCategory } from './words/category.ts';
import { readerWords } from './words/reader.ts';
import type { StoreNotice } from './desk.ts';
import type { Wish } from './reading.ts';
import type { StorageTrouble } from './store/open.ts';

/** How the reader was left; kept for this browser alone. */
interface Left extends View {
  query: string;
  /** The first item then listed, how far it was scrolled, px, and the item in the tab order. */
  first: string;
  scroll: number;
  current: string;
}

const LEFT_KEY = 'reader';
const NOTHING_LEFT: Left = { show: 'unread', by: 'category', query: '', first: '', scroll: 0, current: '' };
/** Of "all" so many at first, and so many more each time. */
const PAGE = 200;
/** Of what a search finds so many at first. */
const HITS = 60;
/** A search is repeated so long after the store was written to, ms. */
const SEARCH_AGAIN_MS = 400;

export interface Session {
  settings: Signal<Settings>;
  view: Signal<View>;
  list: Signal<List | null>;
  /** What is typed into the search box; null where it is closed. */
  query: Signal<string | null>;
  /** What is found; null where nothing is searched. */
  found: Signal<Found | null>;
  highlight: Signal<Highlight | null>;
  withMuted: Signal<boolean>;
  toast: Signal<{ words: string; entry: number | null } | null>;
  journal: Signal<{ id: number; at: number; words: string; undone: boolean }[] | null>;
  refreshing: Signal<boolean>;
  failed: Signal<boolean>;
  /** What is wrong with the database, or else what there is to tell of what is stored. */
  notice: Signal<StorageTrouble | StoreNotice | null>;
  dismissNotice(): Promise<void>;
  /** Where to take up again once the whole list stands; null where it has changed since, or that has been done. */
  resume: Signal<{ scroll: number; current: string } | null>;
  setView(view: View): void;
  setMuted(shown: boolean): void;
  /** Null closes the search. */
  search(query: string | null): Promise<void>;
  showMore(): void;
  read(rows: readonly Row[], read: boolean): Promise<void>;
  star(row: Row, starred: boolean): Promise<void>;
  move(row: Row, to: Category): Promise<void>;
  addRule(rule: Pick<Rule, 'action' | 'field' | 'value'>): Promise<void>;
  open(item: Item, behind: boolean): Promise<void>;
  openAll(rows: readonly Row[]): Promise<void>;
  copy(item: Item): Promise<void>;
  undo(id?: number): Promise<void>;
  setJournal(open: boolean): Promise<void>;
  details(item: Item): Promise<Details>;
  refresh(): Promise<void>;
  /** Notes how it looks now, for the next opening. */
  leave(scroll: number, current: string): void;
}

/** Begins a session; resolves as soon as there is something to paint. */
export async function openSession(): Promise<Session> {
  const [stored, glance] = await Promise.all([readSettings().catch(() => DEFAULT_SETTINGS), readGlance().catch(() => null)]);
  const left = readLeft();
  const settings = signal(stored);
  const view = signal<View>({ show: left.show, by: left.by });
  const list = signal<List | null>(isDefault(view.value) ? glance : null);
  const query: Session['query'] = signal(left.query || null);
  const found: Session['found'] = signal(null);
  const highlight: Session['highlight'] = signal(null);
  const withMuted = signal(false);
  const toast: Session['toast'] = signal(null);
  const journal: Session['journal'] = signal(null);
  const refreshing = signal(false);
  const failed = signal(false);
  const notice: Session['notice'] = signal(null);
  const resume: Session['resume'] = signal(null);
  /** Items listed as unread since the opening, from the first paint on: they stay in view when they are read. */
  const kept = new Set(list.value?.groups.flatMap((group) => group.rows.map(({ item }) => item.id)));
  let limit = PAGE;
  let hits = HITS;
  let searching = new AbortController();
  let again: ReturnType<typeof setTimeout> | undefined;
  let whole = false;

  const desk = painted().then(() => {
    announcePage('reader');
    return import('./desk.ts').then(({ openDesk }) => openDesk(searchAgain));
  });
  desk.catch(() => (failed.value = true));

  const opened = desk.then(async (store) => {
    await store.open((trouble) => (notice.value = trouble));
    if (notice.value === null) store.watchNotice((found) => typeof notice.value !== 'string' || notice.value === 'remind' ? void (notice.value = found) : undefined);
    // What was painted stays; where nothing was, there are the stars of the mirror.
    if (notice.value === 'closed') list.value ??= await store.readKept(settings.value);
    return store;
  });
  opened.catch(() => (failed.value = true));

  let stop = () => {};
  async function watch(): Promise<void> {
    const { watchList } = await opened;
    if (notice.value === 'closed') return;
    stop();
    stop = watchList(
      () => [settings.value, { ...view.value, kept, withMuted: withMuted.value, limit }],
      (result) => {
        if (view.value.show === 'unread') for (const { item } of result.groups.flatMap((group) => group.rows)) kept.add(item.id);
        list.value = result;
        failed.value = false;
        if (whole) return;
        whole = true;
        if (left.first && result.groups[0]?.rows[0]?.item.id === left.first) resume.value = { scroll: left.scroll, current: left.current };
        void look();
      },
      () => (failed.value = true),
    );
  }

  /** The newest search alone goes on; what it finds stands until the next has found something. */
  async function search(): Promise<void> {
    searching.abort();
    const text = query.value?.trim();
    if (!text) {
      found.value = null;
      highlight.value = null;
      return;
    }
    const { signal: stopped } = (searching = new AbortController());
    const { find, highlight: mark } = await desk;
    for await (const result of find(text, settings.value, { limit: hits, signal: stopped })) {
      if (stopped.aborted) return;
      highlight.value = mark(text);
      found.value = result;
    }
  }

  /** What is found may have changed; not at each of a hundred writes. */
  function searchAgain(): void {
    if (!query.value) return;
    clearTimeout(again);
    again = setTimeout(() => void search(), SEARCH_AGAIN_MS);
  }

  /** Opening the reader is looking: nothing is new after it. Only once the list stands, which must not wait for it; where the reader is closed before, the background does it. */
  async function look(): Promise<void> {
    if (notice.value !== 'newer') await (await desk).markSeen();
  }

  const told = ({ action }: JournalEntry) => describeAction(action, (category) => nameCategory(category, settings.value));

  async function act(wish: Wish): Promise<void> {
    announcePage('reader');
    const { act: done, update } = await desk;
    const entry = await done(wish, Date.now()).catch((error: unknown) => {
      console.error('Eight Bells: nothing could be written', error);
      failed.value = notice.value !== 'closed' && notice.value !== 'newer'; // these say so themselves
      return null;
    });
    if (entry) toast.value = { words: told(entry), entry: entry.id };
    await update();
  }

  async function readJournal(): Promise<void> {
    const entries = await (await desk).listEntries();
    journal.value = entries.map((entry) => ({ id: entry.id, at: entry.at, words: told(entry), undone: entry.undone === 1 }));
  }

  watchSettings((changed) => {
    settings.value = changed;
    void watch();
    searchAgain();
  });
  void watch().catch(() => (failed.value = true));
  void search().catch(() => (failed.value = true));

  const session: Session = {
    settings, view, list, query, found, highlight, withMuted, toast, journal, refreshing, failed, notice, resume,
    setView(next) {
      view.value = next;
      limit = PAGE;
      list.value = null;
      writeLeft({ ...NOTHING_LEFT, ...next });
      void watch();
    },
    setMuted(shown) {
      withMuted.value = shown;
      void watch();
    },
    async search(text) {
      const opened = query.value === null && text !== null;
      query.value = text;
      hits = HITS;
      if (opened) void desk.then(({ warmSearch }) => warmSearch());
      await search();
    },
    showMore() {
      if (found.value) {
        hits += HITS;
        void search();
        return;
      }
      limit += PAGE;
      void watch();
    },
    read: (rows, read) => act({ kind: read ? 'read' : 'unread', ids: rows.map(({ item }) => item.id) }),
    star: (row, starred) => act({ kind: starred ? 'star' : 'unstar', ids: [row.item.id] }),
    move: ({ item }, to) => act({ kind: 'move', id: item.id, title: item.title, to }),
    addRule: (rule) => act({ kind: 'addRule', rule: { ...rule, id: crypto.randomUUID(), expiresAt: null, addedAt: Date.now() } }),
    async open(item, behind) {
      await act({ kind: 'read', ids: [item.id] }); // before the tab: a popup that loses focus is closed at once
      await browser.tabs.create({ url: item.url, active: !behind });
    },
    async openAll(rows) {
      await session.read(rows, true);
      for (const { item } of rows) await browser.tabs.create({ url: item.url, active: false });
    },
    async copy(item) {
      await navigator.clipboard.writeText(toMarkdown(item));
      toast.value = { words: say(readerWords).copied, entry: null };
    },
    async undo(id = toast.value?.entry ?? undefined) {
      announcePage('reader');
      const { undo, update } = await desk;
      await undo(id);
      toast.value = null;
      if (journal.value) await readJournal();
      await update();
    },
    async setJournal(open) {
      if (open) await readJournal();
      else journal.value = null;
    },
    async dismissNotice() {
      const told = notice.value;
      if (told === 'remind' || (told && typeof told === 'object')) await (await desk).dismiss(told);
    },
    details: async (item) => (await desk).readDetails(item),
    async refresh() {
      if (refreshing.value) return;
      refreshing.value = true;
      try {
        await browser.runtime.sendMessage({ type: 'refresh' });
      } finally {
        refreshing.value = false;
      }
    },
    leave: (scroll, current) => writeLeft({ ...view.value, query: query.value ?? '', first: list.value?.groups[0]?.rows[0]?.item.id ?? '', scroll, current }),
  };
  return session;
}

const isDefault = ({ show, by }: View) => show === NOTHING_LEFT.show && by === NOTHING_LEFT.by;

/** After the first paint of what stands by then; a page that is not shown paints nothing, so not for ever. */
const painted = () => new Promise<void>((later) => {
  setTimeout(later, 100);
  requestAnimationFrame(() => setTimeout(later));
});

/** localStorage, for a page that is about to close can still write there. */
function readLeft(): Left {
  try {
    const { show, by, query, first, scroll, current } = { ...NOTHING_LEFT, ...(JSON.parse(localStorage.getItem(LEFT_KEY) ?? '{}') as Partial<Left>) };
    const known = /^(?:unread|all|starred)$/.test(show) && /^(?:category|digest)$/.test(by) && typeof scroll === 'number';
    return known ? { show, by, query: String(query), first: String(first), scroll, current: String(current) } : NOTHING_LEFT;
  } catch {
    return NOTHING_LEFT;
  }
}

function writeLeft(left: Left): void {
  try {
    localStorage.setItem(LEFT_KEY, JSON.stringify(left));
  } catch {
    // storage is off or full: the next opening begins at the top
  }
}
