// The store as a reader's page uses it: everything of it that is loaded only after the first paint.
import type { JournalEntry, Wish } from './action.ts';
import { shareRuns, updateDerived } from './derived.ts';
import { toMarkdown } from './excerpt.ts';
import { Finder } from './finder.ts';
import type { Details, Found, Highlight, List } from './list.ts';
import type { Item } from './model/item.ts';
import type { Rule } from './model/rule.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from './model/settings.ts';
import { groupItems, passesFilters } from './model/shown.ts';
import { act, undo } from './reading.ts';
import { highlight } from './search/highlight.ts';
import { Database } from './store/database.ts';
import { mapFeeds } from './store/feeds.ts';
import { listEntries } from './store/journal.ts';
import { type ListOptions, readDetails, readList, readRows } from './store/list.ts';
import { watchQuery } from './store/live.ts';
import { dismissNotice, readNotice, type Restored } from './store/meta.ts';
import { openPatiently, type StorageTrouble, watchTrouble } from './store/open.ts';
import { changeSettings, readSettings, watchSettings } from './store/settings.ts';
import { openTab } from './tabs.ts';
import { describeAction, describeKnown } from './words/action.ts';
import { nameCategory } from './words/category.ts';

/** What there is to tell the reader of what is stored. */
export type StoreNotice = { restored: Restored } | 'remind';
export type { StorageTrouble };

/** What the reader's page asks of the store. What reads or writes rejects where the database does not answer. */
export interface Desk {
  /** Opens the database, if need be after some attempts; what is wrong with it, now or later, goes to `onTrouble`. */
  open(onTrouble: (trouble: StorageTrouble) => void): Promise<void>;
  /** Calls back with what there is to tell the reader of what is stored, now and whenever that changes. */
  watchNotice(onNotice: (notice: StoreNotice | null) => void): void;
  dismiss(notice: StoreNotice): Promise<unknown>;
  /** The starred items that the mirror has, for a reader whose database does not open. */
  readKept(settings: Settings): Promise<List>;
  /** Calls back with the list, now and whenever it changes; `options` is asked each time. Returns how to stop. */
  watchList(options: () => [Settings, ListOptions], onList: (list: List) => void, onError: (error: unknown) => void): () => void;
  /** What the reader chose; the defaults where the browser does not say. */
  readSettings(): Promise<Settings>;
  watchSettings(onChange: (settings: Settings) => void): void;
  changeSettings(change: SettingsChange): Promise<Settings>;
  act(wish: Wish, now: number): Promise<JournalEntry | null>;
  undo(id?: number): Promise<JournalEntry | null>;
  openTab: typeof openTab;
  toMarkdown: typeof toMarkdown;
  listEntries(): Promise<JournalEntry[]>;
  /** What was done, in words. */
  describe(entry: JournalEntry, settings: Settings): string;
  /** That there is such a rule already, in words. */
  describeKnown(rule: Rule): string;
  readDetails(item: Item): Promise<Details>;
  /** Searches everything stored that passes the filters; tells what has been found whenever it is more. */
  find(query: string, settings: Settings, options: { limit: number; signal: AbortSignal }): AsyncGenerator<Found>;
  /** Reads ahead for the first search. */
  warmSearch(): Promise<void>;
  highlight(query: string): Highlight;
  /** Brings badge, marks and kept rows up to date. */
  update(): Promise<void>;
}

/** Opens the database. `onWrite`: it has been written to, here or elsewhere. */
export function openDesk(onWrite: () => void): Desk {
  const db = new Database();
  let finder: Finder | null = null; // watches every write, so not before it is wanted
  const openFinder = () => (finder ??= new Finder(db, { onChange: onWrite }));
  return {
    async open(onTrouble) {
      watchTrouble(db, onTrouble);
      const trouble = await openPatiently(db);
      if (trouble) onTrouble(trouble);
    },
    watchNotice: (onNotice) => void watchQuery(() => readNotice(db, Date.now()), onNotice, () => {}),
    dismiss: (notice) => dismissNotice(db, notice, Date.now()),
    // Seldom wanted, and all of sync with it.
    readKept: async (settings) => toList((await import('./mirror.ts').then(({ readKept }) => readKept()))?.items ?? [], settings),
    changeSettings,
    watchList: (options, onList, onError) => watchQuery(() => readList(db, ...options(), Date.now()), onList, onError),
    readSettings: () => readSettings().catch(() => DEFAULT_SETTINGS),
    watchSettings,
    act: (wish, now) => act(db, wish, now),
    undo: (id) => undo(db, id),
    openTab,
    toMarkdown,
    listEntries: () => listEntries(db),
    describe: ({ action }, settings) => describeAction(action, (category) => nameCategory(category, settings)),
    describeKnown,
    readDetails: (item) => readDetails(db, item),
    async *find(query, settings, options) {
      const feeds = await mapFeeds(db);
      for await (const { hits, count, complete } of openFinder().find(query, { ...options, shows: (kind) => passesFilters(kind, settings, feeds) })) {
        const rows = await readRows(db, hits.map(({ id }) => id), settings, Date.now());
        if (options.signal.aborted) return;
        yield { query, rows, count, complete };
      }
    },
    warmSearch: () => openFinder().warm(),
    highlight: (query) => (text, field) => highlight(text, query, { field }),
    update: shareRuns(() => updateDerived(db)).ask, // of ten items read in a row each would wait for the one before
  };
}

/** Starred items as a list, of which nothing else is known. */
function toList(items: readonly Omit<Item, 'similar'>[], { categoryOrder }: Settings): List {
  const groups = groupItems(items.map((item) => ({ ...item, similar: [] })), categoryOrder);
  return {
    groups: groups.map(({ category, items: own }) => ({ key: category, digest: null, count: own.length, unlisted: [], rows: own.map((item) => ({ item, read: 1, starred: 1, muted: null, watched: null })) })),
    unread: 0,
    muted: 0,
    more: false,
    feeds: [],
    categories: groups.map(({ category }) => category),
  };
}
