// One opening of the reader, in popup or side panel: what it lists, what was done in it, how it looked when it was last
// left. Begins with the kept rows, which stand painted; the database is loaded after that, and everything that needs it waits for it.
// Its parts (lib/session) change the state; the page draws that, and calls the session.
import { browser } from 'wxt/browser';
import { say } from './i18n.ts';
import type { Details, Row, RowRef, View } from './list.ts';
import type { Category } from './model/category.ts';
import type { Item } from './model/item.ts';
import type { Rule } from './model/rule.ts';
import type { SettingsChange } from './model/settings.ts';
import { NOTHING_LEFT, readOpening, type State, writeLeft } from './opening.ts';
import { announcePage } from './own-page.ts';
import { painted } from './paint.ts';
import { createDeeds } from './session/deeds.ts';
import { createListing } from './session/listing.ts';
import { createSearch } from './session/search.ts';
import { isTrouble } from './session/stage.ts';
import { readerWords } from './words/reader.ts';

/** What the page asks of its session. */
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

  const desk = painted().then(() => {
    announcePage('reader');
    if (state.list) listing.look();
    return import('./desk.ts');
  }).then(async ({ openDesk }) => {
    const opened = openDesk(search.again);
    opened.watchSettings((changed) => {
      set({ settings: changed });
      void listing.watch();
      search.again();
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

  const stage = { state, set, desk };
  const listing = createListing(stage, store, left, onResume);
  const search = createSearch(stage);
  const { act, undo, setJournal } = createDeeds(stage);

  /** Reads, then opens: a popup that loses focus is closed at once. */
  const openTabs = (items: readonly Item[], behind: boolean, reuse: boolean) => act({ kind: 'read', ids: items.map(({ id }) => id) }, { urls: items.map(({ url }) => url), behind, reuse });

  void listing.watch().catch(() => set({ failed: true }));
  void search.run().catch(() => set({ failed: true }));

  return {
    state,
    ready: desk.catch(() => {}),
    setView(next) {
      set({ view: next, list: null });
      writeLeft({ ...NOTHING_LEFT, ...next });
      listing.restart();
    },
    setMuted(shown) {
      set({ withMuted: shown });
      void listing.watch();
    },
    search: search.type,
    showMore: () => (state.found ? search.more() : listing.more()),
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
    undo: (id = state.toast?.entry ?? undefined) => undo(id),
    setJournal,
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
}
