// What the keyboard's commands do in the reader.
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Row } from '../../lib/list.ts';
import type { ReaderActions } from './actions.ts';
import { readKey } from './keys.ts';
import { currentItem, focusItem, focusOn } from './roving.ts';
import type { ReaderState } from './state.ts';

/** The reader's props that commands need. */
type Commanded = Pick<ReaderState, 'query' | 'found' | 'list' | 'view'> & Pick<ReaderActions, 'onOpen' | 'onRead' | 'onStar' | 'onUndo' | 'onSearch' | 'onRefresh'>;

/** What the reader itself does for a command. */
interface Own {
  onReadAll: () => void;
  onMenu: (row: Row) => void;
  onHelp: () => void;
}

/**
 * Answers the keyboard while the reader stands; `list` holds the items that commands move through, `rows` are all of the list.
 * Returns how many rows have to be rendered, though they have not come near the view: a key asked for one of them.
 */
export function useShortcuts(list: RefObject<HTMLElement | null>, rows: readonly Row[], props: Commanded, own: Own): number {
  const [reach, setReach] = useState(0);
  /** The group of which a key asked for the first row, which is yet to be rendered. */
  const wanted = useRef(-1);
  const focusGroup = (n: number) => {
    const item = list.current?.querySelectorAll('.group')[n]?.querySelector<HTMLElement>('li.item');
    if (item && list.current) focusOn(list.current, item);
    return Boolean(item);
  };
  useEffect(() => {
    if (wanted.current >= 0) focusGroup(wanted.current);
    wanted.current = -1;
  }, [reach]);
  useEffect(() => setReach(0), [props.view.show, props.view.by]);

  // Before the first paint: whoever opens the popup by its shortcut types at once.
  useLayoutEffect(() => {
    const answer = (event: KeyboardEvent) => {
      const command = readKey(event);
      const root = list.current;
      if (command === null || !root) return;
      const current = currentItem(root);
      const row = rows.find(({ item }) => item.id === current?.dataset.id);
      event.preventDefault();
      if (typeof command === 'number') {
        const groups = props.list?.groups;
        if (focusGroup(command) || props.found || !groups?.[command]) return;
        wanted.current = command;
        setReach(groups.slice(0, command).reduce((sum, group) => sum + group.rows.length, 1));
      } else if (command === 'next' || command === 'previous') focusItem(root, command === 'next' ? 1 : -1);
      else if (command === 'readAll') own.onReadAll();
      else if (command === 'undo') props.onUndo();
      else if (command === 'search') {
        props.onSearch(props.query ?? '');
        document.querySelector<HTMLInputElement>('search input')?.select(); // where it is open already: what is typed takes the place of what stands there
      }
      else if (command === 'help') own.onHelp();
      else if (command === 'refresh') props.onRefresh();
      else if (row && command === 'open') props.onOpen(row.item, false);
      else if (row && command === 'openBehind') props.onOpen(row.item, true);
      else if (row && command === 'toggleRead') props.onRead([row], !row.read);
      else if (row && command === 'star') props.onStar(row, !row.starred);
      else if (row && command === 'menu') own.onMenu(row);
      else if (command === 'expand') current?.querySelector<HTMLElement>('[aria-expanded]')?.click();
    };
    document.addEventListener('keydown', answer);
    return () => document.removeEventListener('keydown', answer);
  });
  return reach;
}
