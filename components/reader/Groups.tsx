// The list: its groups, each under its heading with what can be done with all of it.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { count, formatTime, say } from '../../lib/i18n.ts';
import type { Group, List, Row, RowRef, View } from '../../lib/list.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { painted } from '../../lib/paint.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { Icon } from '../Icon.tsx';
import type { ItemActions, ReaderActions } from './actions.ts';
import { ItemRow } from './ItemRow.tsx';

/** Rows rendered for the first paint: as many as a popup shows, and one or two. */
const FIRST = 10;
/** Rows rendered after that, and then each time the end comes near. */
const CHUNK = 20;

/** A list, and what can be done with its items and groups. */
interface GroupsProps extends ItemActions, Pick<ReaderActions, 'onOpenAll' | 'onMore'> {
  list: List;
  view: View;
  settings: Pick<Settings, 'categoryColors'>;
  /** ms. */
  now: number;
  /** Rows to render at least, though they have not come near the view. */
  reach: number;
  /** The shown name of a category. */
  nameOf: (category: Category) => string;
}

/** Items of a group of which no more than the id is known. */
export const toRefs = ({ unlisted }: Group): RowRef[] => unlisted.map((id) => ({ item: { id } }));

/** What stands over a group: a category's name, or a digest's title and time. */
const headGroup = ({ key, digest }: Group, nameOf: (category: Category) => string, now: number) => (digest ? digest.title || formatTime(digest.publishedMs, now) : nameOf(key));

/** The groups, rendered as they come into view: a thousand rows at once would be a long task. */
export function Groups(props: GroupsProps) {
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
