// The reader: the list by category or digest, how the feeds are doing, and what can be done about both.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import type { Row } from '../../lib/list.ts';
import type { Category } from '../../lib/model/category.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { Icon } from '../Icon.tsx';
import { later } from '../later.tsx';
import type { ReaderActions } from './actions.ts';
import { Bar } from './Bar.tsx';
import { Groups, toRefs } from './Groups.tsx';
import { currentItem, focusItem, type Held, keepPlace, setCurrent } from './roving.ts';
import { SearchBar } from './SearchBar.tsx';
import { useShortcuts } from './shortcuts.ts';
import type { ReaderState } from './state.ts';
import { ViewBar } from './ViewBar.tsx';

/** What the reader shows, and what can be done in it. */
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

/** More tabs than this are opened only after asking. */
const MANY = 10;

/** The whole reader. What opens over the list (menu, help, journal, the question before many tabs) it opens and closes itself; all else is its props'. */
export function Reader(props: ReaderProps) {
  const words = say(readerWords);
  const { list, view, now, settings } = props;
  const [menu, setMenu] = useState<Row | null>(null);
  const [help, setHelp] = useState(false);
  const [many, setMany] = useState<readonly Row[] | null>(null);
  const main = useRef<HTMLElement>(null);
  const held = useRef<Held | null>(null);
  /** A search that was kept has found nothing yet: the list is not what stands under it. */
  const kept = useRef(Boolean(props.query?.trim()));
  if (props.found || !props.query || props.failed || props.notice) kept.current = false;
  const rows = useMemo(() => (props.found ? props.found.rows : (list?.groups.flatMap((group) => group.rows) ?? [])), [list, props.found]);
  const unlisted = useMemo(() => (props.found || !list ? [] : list.groups.flatMap(toRefs)), [list, props.found]);
  const readAll = () => props.onRead([...rows, ...unlisted], true);
  const nameOf = (category: Category) => nameCategory(category, settings);
  const categories = (list?.categories ?? []).map((category) => ({ category, name: nameOf(category) }));
  const openAll = (group: readonly Row[]) => (group.length > MANY ? setMany(group) : props.onOpenAll(group));

  // One item is always in the tab order, also after the one that was has gone, and with all its buttons, of which some come later.
  useEffect(() => {
    const current = main.current && (currentItem(main.current) ?? main.current.querySelector('li.item'));
    if (main.current && current) setCurrent(main.current, current);
    if (main.current) held.current = keepPlace(main.current, held.current);
  });

  const reach = useShortcuts(main, rows, props, { onReadAll: readAll, onMenu: setMenu, onHelp: () => setHelp(true) });

  return (
    <>
      <Bar {...props} allRead={unlisted.length === 0 && !rows.some(({ read }) => !read)} onReadAll={readAll} />
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
      {menu && <ItemMenu {...props} row={menu} categories={categories} onClose={() => setMenu(null)} />}
      {help && <Help onClose={() => setHelp(false)} />}
      {props.journal && <Journal entries={props.journal} now={now} onUndo={props.onUndo} onClose={() => props.onJournal(false)} />}
      {many && <OpenMany count={many.length} onOpen={() => { props.onOpenAll(many); setMany(null); }} onClose={() => setMany(null)} />}
    </>
  );
}
