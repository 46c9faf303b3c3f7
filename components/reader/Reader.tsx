// The reader: the list by category or digest, how the feeds are doing, and what can be done about both.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { count, formatTime, say } from '../../lib/i18n.ts';
import type { Found, Group, Highlight, List, Row, RowRef, View } from '../../lib/list.ts';
import type { Category, Item, Rule, Settings } from '../../lib/model.ts';
import { painted } from '../../lib/paint.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { Bell, Icon } from '../Icon.tsx';
import { later } from '../later.tsx';
import type { ItemActions } from './actions.ts';
import { ItemRow } from './ItemRow.tsx';
import type { Done } from './Journal.tsx';
import { readKey } from './keys.ts';
import type { NoticeProps } from './Notice.tsx';
import { currentItem, focusItem, focusOn, type Held, keepPlace, setCurrent } from './roving.ts';

/** What the reader shows. */
interface ReaderState {
  /** Null until the first read. */
  list: List | null;
  view: View;
  settings: Pick<Settings, 'categoryNames' | 'categoryColors' | 'hiddenCategories'>;
  /** What is typed into the search box; null where it is closed. */
  query: string | null;
  /** Null where nothing is searched. */
  found: Found | null;
  highlight: Highlight | null;
  /** Muted rows are in the list, too. */
  withMuted: boolean;
  /** The packaged sample is subscribed. */
  sample: boolean;
  refreshing: boolean;
  /** Something that was done; `undo` where it can be undone. */
  toast: { words: string; undo: boolean } | null;
  /** What was done lately; null until asked for. */
  journal: Done[] | null;
  /** The database does not answer. */
  failed: boolean;
  /** What is wrong with the database, or what there is to tell of what is stored. */
  notice: NoticeProps['notice'];
  canShare: boolean;
  now: number;
  /** What stands above the list until it is done with. */
  welcome: ComponentChildren;
}

/** What can be done in it. */
export interface ReaderActions extends Omit<ItemActions, 'onMenu'> {
  onView: (view: View) => void;
  /** Null closes the search. */
  onSearch: (query: string | null) => void;
  onMuted: (shown: boolean) => void;
  onMore: () => void;
  onMove: (row: Row, category: Category) => void;
  onRule: (rule: Pick<Rule, 'action' | 'field' | 'value'>) => void;
  onCopy: (item: Item) => void;
  onShare: (item: Item) => void;
  /** Opens items in background tabs. */
  onOpenAll: (rows: readonly Row[]) => void;
  onUndo: (id?: number) => void;
  onDismiss: () => void;
  onJournal: (open: boolean) => void;
  onRefresh: () => void;
  /** Opens the side panel; null where there is none, or this is it. */
  onPanel: (() => void) | null;
  onOptions: () => void;
  onDismissNotice: () => void;
}

export type ReaderProps = ReaderState & ReaderActions;

const [FeedStatus, Empty, Hits, Notice, ItemMenu, Help, Journal, OpenMany] = [
  later(async () => (await import('./FeedStatus.tsx')).FeedStatus),
  later(async () => (await import('./Empty.tsx')).Empty),
  later(async () => (await import('./Hits.tsx')).Hits),
  later(async () => (await import('./Notice.tsx')).Notice),
  later(async () => (await import('./ItemMenu.tsx')).ItemMenu),
  later(async () => (await import('./Help.tsx')).Help),
  later(async () => (await import('./Journal.tsx')).Journal),
  later(async () => (await import('./OpenMany.tsx')).OpenMany),
];

/** Loads what the first paint went without, so that it is there when it is asked for. */
export const loadRest = (): Promise<unknown> => Promise.all([FeedStatus, Empty, Hits, Notice, ItemMenu, Help, Journal, OpenMany].map(({ load }) => load()));

/** Rows rendered for the first paint: as many as a popup shows, and one or two. */
const FIRST = 10;
/** Rows rendered after that, and then each time the end comes near. */
const CHUNK = 20;
/** More tabs than this are opened only after asking. */
const MANY = 10;

export function Reader(props: ReaderProps) {
  const words = say(readerWords);
  const { list, view, now, settings } = props;
  const [menu, setMenu] = useState<Row | null>(null);
  const [help, setHelp] = useState(false);
  const [many, setMany] = useState<readonly Row[] | null>(null);
  const main = useRef<HTMLElement>(null);
  const held = useRef<Held | null>(null);
  /** Rows a key asked for, though they have not come near the view yet, and the group of which it asked for the first. */
  const [reach, setReach] = useState(0);
  const wanted = useRef(-1);
  /** A search that was kept has found nothing yet: the list is not what stands under it. */
  const kept = useRef(Boolean(props.query?.trim()));
  if (props.found || !props.query || props.failed || props.notice) kept.current = false;
  const rows = useMemo(() => (props.found ? props.found.rows : (list?.groups.flatMap((group) => group.rows) ?? [])), [list, props.found]);
  const unlisted = useMemo(() => (props.found || !list ? [] : list.groups.flatMap(toRefs)), [list, props.found]);
  const nameOf = (category: Category) => nameCategory(category, settings);
  const categories = (list?.categories ?? []).map((category) => ({ category, name: nameOf(category) }));
  const openAll = (group: readonly Row[]) => (group.length > MANY ? setMany(group) : props.onOpenAll(group));
  const closing = <T extends unknown[]>(work: (...args: T) => void) => (...args: T) => {
    work(...args);
    setMenu(null);
  };

  // One item is always in the tab order, also after the one that was has gone, and with all its buttons, of which some come later.
  useEffect(() => {
    const current = main.current && (currentItem(main.current) ?? main.current.querySelector('li.item'));
    if (main.current && current) setCurrent(main.current, current);
    if (main.current) held.current = keepPlace(main.current, held.current);
  });

  const focusGroup = (n: number) => {
    const item = main.current?.querySelectorAll('.group')[n]?.querySelector<HTMLElement>('li.item');
    if (item && main.current) focusOn(main.current, item);
    return Boolean(item);
  };
  useEffect(() => {
    if (wanted.current >= 0) focusGroup(wanted.current);
    wanted.current = -1;
  }, [reach]);
  useEffect(() => setReach(0), [view.show, view.by]);

  // Before the first paint: whoever opens the popup by its shortcut types at once.
  useLayoutEffect(() => {
    const answer = (event: KeyboardEvent) => {
      const command = readKey(event);
      const root = main.current;
      if (command === null || !root) return;
      const current = currentItem(root);
      const row = rows.find(({ item }) => item.id === current?.dataset.id);
      event.preventDefault();
      if (typeof command === 'number') {
        if (focusGroup(command) || props.found || !list?.groups[command]) return;
        wanted.current = command;
        setReach(list.groups.slice(0, command).reduce((sum, group) => sum + group.rows.length, 1));
      } else if (command === 'next' || command === 'previous') focusItem(root, command === 'next' ? 1 : -1);
      else if (command === 'readAll') props.onRead([...rows, ...unlisted], true);
      else if (command === 'undo') props.onUndo();
      else if (command === 'search') {
        props.onSearch(props.query ?? '');
        document.querySelector<HTMLInputElement>('search input')?.select(); // where it is open already: what is typed takes the place of what stands there
      }
      else if (command === 'help') setHelp(true);
      else if (command === 'refresh') props.onRefresh();
      else if (row && command === 'open') props.onOpen(row.item, false);
      else if (row && command === 'openBehind') props.onOpen(row.item, true);
      else if (row && command === 'toggleRead') props.onRead([row], !row.read);
      else if (row && command === 'star') props.onStar(row, !row.starred);
      else if (row && command === 'menu') setMenu(row);
      else if (command === 'expand') current?.querySelector<HTMLElement>('[aria-expanded]')?.click();
    };
    document.addEventListener('keydown', answer);
    return () => document.removeEventListener('keydown', answer);
  });

  return (
    <>
      <header class="bar">
        <h1>
          <Bell />
          {words.name}
        </h1>
        <p class="count" role="status">{list ? words.unread(list.unread) : ''}</p>
        <button type="button" class="icon" aria-label={words.markAllRead} title={`${words.markAllRead} (M)`} disabled={unlisted.length === 0 && !rows.some(({ read }) => !read)} onClick={() => props.onRead([...rows, ...unlisted], true)}>
          <Icon name="checks" />
        </button>
        <button type="button" class="icon" aria-label={words.search} title={`${words.search} (/)`} aria-expanded={props.query !== null} onClick={() => props.onSearch(props.query === null ? '' : null)}>
          <Icon name="search" />
        </button>
        <button type="button" class={props.refreshing ? 'icon turning' : 'icon'} aria-label={props.refreshing ? words.refreshing : words.refresh} title={`${words.refresh} (r)`} aria-busy={props.refreshing} onClick={props.onRefresh}>
          <Icon name="refresh" />
        </button>
        <button type="button" class="icon" aria-label={words.journal} title={words.journal} aria-haspopup="dialog" onClick={() => props.onJournal(true)}>
          <Icon name="history" />
        </button>
        {props.onPanel && (
          <button type="button" class="icon" aria-label={words.panel} title={words.panel} onClick={props.onPanel}>
            <Icon name="panel" />
          </button>
        )}
        <button type="button" class="icon" aria-label={words.options} title={words.options} onClick={props.onOptions}>
          <Icon name="gear" />
        </button>
      </header>
      {props.query === null ? <ViewBar view={view} onView={props.onView} /> : <SearchBar query={props.query} onSearch={props.onSearch} onDown={() => main.current && focusItem(main.current, 0)} />}
      <main ref={main} onFocusIn={(event) => { const item = (event.target as Element).closest('li.item'); if (item && main.current) setCurrent(main.current, item); }}>
        {props.welcome}
        {props.failed && <p class="notice fault" role="alert">{words.storageFailed}</p>}
        {props.sample && (
          <p class="notice">
            {words.sample}{' '}
            <button type="button" class="plain link" onClick={props.onOptions}>{words.sampleAction}</button>
          </p>
        )}
        {props.notice && <Notice notice={props.notice} onOptions={props.onOptions} onDismiss={props.onDismissNotice} />}
        {props.found ? <Hits {...props} found={props.found} nameOf={nameOf} onMenu={setMenu} /> : list === null || kept.current ? !props.failed && <p class="empty hint">{words.loading}</p> : list.groups.length ? <Groups {...props} list={list} reach={reach} nameOf={nameOf} onMenu={setMenu} onOpenAll={openAll} /> : <Empty list={list} view={view} filtered={settings.hiddenCategories.length > 0} onOptions={props.onOptions} />}
        {!props.found && list && list.muted > 0 && (
          <p class="mutedline hint">
            {words.muted(list.muted)} <button type="button" class="plain link" aria-expanded={props.withMuted} onClick={() => props.onMuted(!props.withMuted)}>{props.withMuted ? words.hideMuted : words.showMuted}</button>
          </p>
        )}
      </main>
      <div class="foot">
        {/* Always there, so that screen readers announce what comes into it. */}
        <div role="status">
          {props.toast && (
            <div class="toast">
              <span dir="auto">{props.toast.words}</span>
              {props.toast.undo && <button type="button" class="plain link" title={`${words.undo} (u)`} onClick={() => props.onUndo()}>{words.undo}</button>}
              <button type="button" class="icon" aria-label={words.dismiss} onClick={props.onDismiss}>
                <Icon name="close" />
              </button>
            </div>
          )}
        </div>
        {list && list.feeds.length > 0 && <footer class="status"><FeedStatus feeds={list.feeds} refreshing={props.refreshing} now={now} /></footer>}
      </div>
      {menu && (
        <ItemMenu
          row={menu}
          categories={categories}
          canShare={props.canShare}
          onMove={closing((category) => props.onMove(menu, category))}
          onRule={closing(props.onRule)}
          onOpenBehind={closing(() => props.onOpen(menu.item, true))}
          onCopy={closing(() => props.onCopy(menu.item))}
          onShare={closing(() => props.onShare(menu.item))}
          onClose={() => setMenu(null)}
        />
      )}
      {help && <Help onClose={() => setHelp(false)} />}
      {props.journal && <Journal entries={props.journal} now={now} onUndo={props.onUndo} onClose={() => props.onJournal(false)} />}
      {many && <OpenMany count={many.length} onOpen={() => { props.onOpenAll(many); setMany(null); }} onClose={() => setMany(null)} />}
    </>
  );
}

function SearchBar({ query, onSearch, onDown }: { query: string; onSearch: ReaderProps['onSearch']; onDown: () => void }) {
  const words = say(readerWords);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const { current } = field;
    current?.focus(); // before the next key
    current?.select(); // what was searched when the reader was left: whoever wants another types at once
    return () => {
      if (current?.parentElement?.contains(document.activeElement)) document.querySelector<HTMLElement>('.bar [aria-expanded]')?.focus();
    };
  }, []);
  return (
    <search class="views">
      <input
        ref={field}
        type="search"
        value={query}
        aria-label={words.searchHint}
        placeholder={words.searchHint}
        onInput={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            onDown();
          }
          if (event.key !== 'Escape') return;
          event.preventDefault(); // or the popup closes
          onSearch(query ? '' : null);
        }}
      />
      <button type="button" class="icon" aria-label={words.closeSearch} title={words.closeSearch} onClick={() => onSearch(null)}>
        <Icon name="close" />
      </button>
    </search>
  );
}

function ViewBar({ view, onView }: Pick<ReaderProps, 'view' | 'onView'>) {
  const words = say(readerWords);
  const shows: [View['show'], string][] = [['unread', words.showUnread], ['all', words.showAll], ['starred', words.showStarred]];
  const groupings: [View['by'], string][] = [['category', words.byCategory], ['digest', words.byDigest]];
  return (
    <nav class="views" aria-label={words.view}>
      <div role="group" aria-label={words.view}>
        {shows.map(([show, label]) => (
          <button key={show} type="button" class="view" aria-pressed={view.show === show} onClick={() => onView({ ...view, show })}>{label}</button>
        ))}
      </div>
      <div role="group" aria-label={words.grouping}>
        {groupings.map(([by, label]) => (
          <button key={by} type="button" class="view" aria-pressed={view.by === by} onClick={() => onView({ ...view, by })}>{label}</button>
        ))}
      </div>
    </nav>
  );
}

type GroupsProps = ReaderProps & { list: List; nameOf: (category: Category) => string; onMenu: (row: Row) => void; /** Rows to render at least. */ reach: number };

/** The groups, rendered as they come into view: a thousand rows at once would be a long task. */
function Groups(props: GroupsProps) {
  const { list, view, settings, now, nameOf, reach, ...on } = props;
  const words = say(readerWords);
  const [limit, setLimit] = useState(FIRST);
  const end = useRef<HTMLDivElement>(null);
  const rendered = list.groups.reduce((sum, group) => sum + group.rows.length, 0);
  const bare = limit === FIRST;
  useEffect(() => {
    if (!end.current || rendered <= limit || bare) return undefined;
    // Frames of a busy page are told of together: only the last may have the end in sight, and nothing tells of it again.
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && setLimit(limit + CHUNK), { rootMargin: '800px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [limit, rendered]);
  useEffect(() => void painted().then(() => setLimit(CHUNK)), [view.show, view.by]);
  // A row that is there already is left alone when more come: else each would cost what all before it did.
  const made = useMemo(() => new Map<Row, ComponentChildren>(), [props, bare]);
  // The first rows are in view from the start. One that may be left out while it is not (content-visibility) has a guessed height for a frame: they would jump.
  const near = useRef(new Set<string>()).current;
  const show = (row: Row, n: number) => {
    if (n < FIRST) near.add(row.item.id);
    if (!made.has(row)) made.set(row, <ItemRow key={row.item.id} row={row} bare={bare} far={!near.has(row.item.id)} category={view.by === 'digest' ? nameOf(row.item.category) : null} now={now} onOpen={on.onOpen} onRead={on.onRead} onStar={on.onStar} onMenu={on.onMenu} onDetails={on.onDetails} />);
    return made.get(row);
  };
  const most = Math.max(limit, reach);
  let shown = 0;
  return (
    <>
      {list.groups.map((group) => {
        const before = shown;
        const rows = group.rows.slice(0, most - before);
        shown += rows.length;
        if (rows.length === 0 && group.rows.length > 0) return null; // comes with the next chunk
        const heading = headGroup(group, nameOf, now);
        return (
          <section class="group" key={group.key} aria-label={heading} data-color={view.by === 'category' ? settings.categoryColors[group.key] : undefined}>
            <div class="head">
              <h2 dir="auto">{heading}</h2>
              <span class="size">{count(group.count)}</span>
              <button type="button" class="icon" aria-label={words.openGroup(heading)} title={words.openGroup(heading)} onClick={() => on.onOpenAll(group.rows)}>
                <Icon name="leave" />
              </button>
              <button type="button" class="icon" aria-label={words.markGroupRead(heading)} title={words.markGroupRead(heading)} disabled={group.unlisted.length === 0 && !group.rows.some(({ read }) => !read)} onClick={() => on.onRead([...group.rows, ...toRefs(group)], true)}>
                <Icon name="checks" />
              </button>
            </div>
            <ul>{rows.map((row, n) => show(row, before + n))}</ul>
          </section>
        );
      })}
      <div ref={end} />
      {list.more && limit >= rendered && <p class="mutedline"><button type="button" class="button" onClick={on.onMore}>{words.loadMore}</button></p>}
    </>
  );
}

/** Items of a group of which no more than the id is known. */
const toRefs = ({ unlisted }: Group): RowRef[] => unlisted.map((id) => ({ item: { id } }));

/** What stands over a group: a category's name, or a digest's title and time. */
const headGroup = ({ key, digest }: Group, nameOf: (category: Category) => string, now: number) => (digest ? digest.title || formatTime(digest.publishedMs, now) : nameOf(key));
