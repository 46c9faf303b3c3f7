// One opening of the reader, in popup or side panel: what it lists, what was done in it, how it looked when it was last
// left. Begins with the kept rows, which stand painted; the database is loaded after that, and everything that needs it waits for it.
import { browser } from 'wxt/browser';
import type { Wish } from './action.ts';
import { say } from './i18n.ts';
import type { Details, Row, RowRef, View } from './list.ts';
import type { Category } from './model/category.ts';
import type { Item } from './model/item.ts';
import type { Rule } from './model/rule.ts';
import type { SettingsChange } from './model/settings.ts';
import { NOTHING_LEFT, readOpening, type State, writeLeft } from './opening.ts';
import { announcePage, noteLook } from './page.ts';
import { painted } from './paint.ts';
import { readerWords } from './words/reader.ts';
import type { StorageTrouble } from './desk.ts';
import { noteWish, type TabsWish } from './wishes.ts';

/** Of "all" so many at first, and so many more each time. */
const PAGE = 200;
/** Of what a search finds so many at first. */
const HITS = 60;
/** A search is repeated so long after the store was written to, ms. */
const SEARCH_AGAIN_MS = 400;
/** What takes longer than this is told to be under way, ms. */
const BUSY_MS = 300;

export interface Session {
  state: Readonly<State>;
  /** Resolves when the database is open and the first paint is long past. */
  ready: Promise<unknown>;
  setView(view: View): void;
  setMuted(shown: boolean): void;
  /** Null closes the search. */
  search(query: string | null): Promise<void>;
  showMore(): void;
  read(rows: readonly RowRef[], read: boolean): Promise<void>;
  star(row: Row, starred: boolean): Promise<void>;
  move(row: Row, to: Category): Promise<void>;
  addRule(rule: Pick<Rule, 'action' | 'field' | 'value'>): Promise<void>;
  change(change: SettingsChange): Promise<void>;
  open(item: Item, behind: boolean): Promise<void>;
  openAll(rows: readonly Row[]): Promise<void>;
  copy(item: Item): Promise<void>;
  undo(id?: number): Promise<void>;
  setJournal(open: boolean): Promise<void>;
  dismiss(): void;
  /** Notes that the reader has read the notice, unless it tells of trouble. */
  dismissNotice(): Promise<void>;
  details(item: Item): Promise<Details>;
  refresh(): Promise<void>;
  /** Notes how it looks now, for the next opening. */
  leave(scroll: number, current: string): void;
}

/**
 * Begins a session; resolves as soon as there is something to paint. `onChange` is told of every change of its state,
 * `onResume` where to take up again once the whole list stands, unless that has changed since.
 */
export async function openSession(onChange: () => void, onResume: (left: { scroll: number; current: string }) => void): Promise<Session> {
  const { state, left } = await readOpening();
  const set = (changes: Partial<State>): void => {
    Object.assign(state, changes);
    onChange();
  };
  setInterval(() => set({ now: Date.now() }), 30_000);
  /** Items listed as unread since the opening, from the first paint on: they stay in view when they are read. */
  const kept = new Set(state.list?.groups.flatMap(({ rows, unlisted }) => [...rows.map(({ item }) => item.id), ...unlisted]));
  let limit = PAGE;
  let hits = HITS;
  let searching = new AbortController();
  let again: ReturnType<typeof setTimeout> | undefined;
  let whole = false;
  let looked = false;

  const desk = painted().then(() => {
    announcePage('reader');
    if (state.list) look();
    return import('./desk.ts');
  }).then(async ({ openDesk }) => {
    const opened = openDesk(searchAgain);
    opened.watchSettings((changed) => {
      set({ settings: changed });
      void watch();
      searchAgain();
    });
    state.settings = await opened.readSettings(); // drawn with the list, which is read under them next
    return opened;
  });
  desk.catch(() => set({ failed: true }));

  const store = desk.then(async (opened) => {
    await opened.open((trouble) => set({ notice: trouble }));
    if (!isTrouble(state.notice))
      opened.watchNotice((notice) => {
        if (!isTrouble(state.notice)) set({ notice });
      });
    // What was painted stays; where nothing was, there are the stars of the mirror.
    if (state.notice === 'closed' && !state.list) set({ list: await opened.readKept(state.settings) });
    return opened;
  });
  store.catch(() => set({ failed: true }));

  let stop = () => {};
  async function watch(): Promise<void> {
    const { watchList } = await store;
    if (state.notice === 'closed') return;
    stop();
    stop = watchList(
      () => [state.settings, { ...state.view, kept, withMuted: state.withMuted, limit }],
      (result) => {
        if (state.view.show === 'unread') for (const { item } of result.groups.flatMap((group) => group.rows)) kept.add(item.id);
        set({ list: result, failed: false });
        if (whole) return;
        whole = true;
        if (left.first && result.groups[0]?.rows[0]?.item.id === left.first) onResume({ scroll: left.scroll, current: left.current });
        if (state.notice !== 'newer') look();
      },
      () => set({ failed: true }),
    );
  }

  /** The newest search alone goes on; what it finds stands until the next has found something. */
  async function search(): Promise<void> {
    searching.abort();
    const text = state.query?.trim();
    if (!text) {
      set({ found: null, highlight: null });
      return;
    }
    const { signal: stopped } = (searching = new AbortController());
    const { find, highlight: mark } = await desk;
    for await (const result of find(text, state.settings, { limit: hits, signal: stopped })) {
      if (stopped.aborted) return;
      set({ highlight: mark(text), found: result });
    }
  }

  /** What is found may have changed; not at each of a hundred writes. */
  function searchAgain(): void {
    if (!state.query) return;
    clearTimeout(again);
    again = setTimeout(() => void search(), SEARCH_AGAIN_MS);
  }

  /** Opening the reader is looking: nothing is new after it. The background sees to it, for the list must not wait for it, and a popup may be closed the next moment. */
  function look(): void {
    if (!looked) void noteLook().catch(() => {});
    looked = true;
  }

  /** `tabs`: what the caller opens after it. Where the page is closed first, the background does both. */
  async function act(wish: Wish, tabs: TabsWish | null = null): Promise<void> {
    announcePage('reader');
    const at = Date.now();
    const note = noteWish({ wish, at, tabs });
    let done = false;
    try {
      await guard(() => perform(wish, at));
      done = true;
      // Each leaves the note before it is opened: that may close this page.
      for (const [i, url] of tabs?.urls.entries() ?? []) {
        await note.leave(tabs?.urls.slice(i + 1) ?? []);
        await (await desk).openTab(url, tabs as TabsWish);
      }
    } finally {
      await note.settle();
      // Tabs do not wait for it, and of a page that is closed the background does it.
      if (done) await guard(async () => (await desk).update());
    }
  }

  async function perform(wish: Wish, at: number): Promise<void> {
    const { act: done, describe, describeKnown } = await desk;
    const entry = await signal(done(wish, at));
    if (entry) set({ toast: { words: describe(entry, state.settings), entry: entry.id } });
    else if (wish.kind === 'addRule') set({ toast: { words: describeKnown(wish.rule), entry: null } });
  }

  /** Tells the reader that work is under way, should it take long. */
  async function signal<T>(work: Promise<T>): Promise<T> {
    const sign = { words: say(readerWords).working, entry: null };
    const timer = setTimeout(() => set({ toast: sign }), BUSY_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      if (state.toast === sign) set({ toast: null });
    }
  }

  async function guard(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      console.error('Eight Bells: nothing could be written', error);
      if (isTrouble(state.notice)) return; // it says so itself, and what is listed can be opened all the same
      set({ failed: true });
      throw error; // what would have followed, an opened tab for one, must not
    }
  }

  /** Reads, then opens: a popup that loses focus is closed at once. */
  const openTabs = (items: readonly Item[], behind: boolean, reuse: boolean) => act({ kind: 'read', ids: items.map(({ id }) => id) }, { urls: items.map(({ url }) => url), behind, reuse });

  async function readJournal(): Promise<void> {
    const { listEntries, describe } = await desk;
    const entries = await listEntries();
    set({ journal: entries.map((entry) => ({ id: entry.id, at: entry.at, words: describe(entry, state.settings), undone: entry.undone === 1 })) });
  }

  void watch().catch(() => set({ failed: true }));
  void search().catch(() => set({ failed: true }));

  const session: Session = {
    state,
    ready: desk.catch(() => {}),
    setView(next) {
      limit = PAGE;
      set({ view: next, list: null });
      writeLeft({ ...NOTHING_LEFT, ...next });
      void watch();
    },
    setMuted(shown) {
      set({ withMuted: shown });
      void watch();
    },
    async search(text) {
      const opened = state.query === null && text !== null;
      set({ query: text });
      hits = HITS;
      if (opened) void desk.then(({ warmSearch }) => warmSearch());
      await search();
    },
    showMore() {
      if (state.found) {
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
    async change(change) {
      announcePage('reader');
      const { changeSettings, update } = await desk;
      await changeSettings(change);
      await update();
    },
    open: (item, behind) => openTabs([item], behind, state.settings.reuseTab),
    openAll: (rows) => openTabs(rows.map(({ item }) => item), true, false),
    async copy(item) {
      await navigator.clipboard.writeText((await desk).toMarkdown(item));
      set({ toast: { words: say(readerWords).copied, entry: null } });
    },
    async undo(id = state.toast?.entry ?? undefined) {
      announcePage('reader');
      const { undo, update } = await desk;
      await signal(undo(id));
      set({ toast: null });
      if (state.journal) await readJournal();
      await update();
    },
    async setJournal(open) {
      if (open) await readJournal();
      else set({ journal: null });
    },
    dismiss: () => set({ toast: null }),
    async dismissNotice() {
      const told = state.notice;
      if (told === 'remind' || (told && typeof told === 'object')) await (await desk).dismiss(told);
    },
    details: async (item) => (await desk).readDetails(item),
    async refresh() {
      if (state.refreshing) return;
      set({ refreshing: true });
      try {
        await browser.runtime.sendMessage({ type: 'refresh' });
      } finally {
        set({ refreshing: false, now: Date.now() });
      }
    },
    leave: (scroll, current) => writeLeft({ ...state.view, query: state.query ?? '', first: state.list?.groups[0]?.rows[0]?.item.id ?? '', scroll, current }),
  };
  return session;
}

const isTrouble = (notice: State['notice']): notice is StorageTrouble => notice === 'closed' || notice === 'newer';
