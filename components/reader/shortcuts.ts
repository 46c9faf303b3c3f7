// What the keyboard's commands do in the reader.
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Row } from '../../lib/list.ts';
import type { ReaderActions } from './actions.ts';
import { readKey } from './keys.ts';
import { currentItem, focusItem, focusOn } from './roving.ts';
import type { ReaderState } from './state.ts';

/** The reader's props that commands need. */
type Commanded = Pick<ReaderState, 'query'> & Pick<ReaderActions, 'onOpen' | 'onRead' | 'onStar' | 'onUndo' | 'onSearch' | 'onRefresh'>;

/** What the reader itself does for a command. */
interface Own {
  onReadAll: () => void;
  onMenu: (row: Row) => void;
  onHelp: () => void;
}

/** Answers the keyboard while the reader stands; `list` holds the items that commands move through, `rows` are all of the list. */
export function useShortcuts(list: RefObject<HTMLElement | null>, rows: readonly Row[], props: Commanded, own: Own): void {
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
        const item = root.querySelectorAll('.group')[command]?.querySelector<HTMLElement>('li.item');
        if (item) focusOn(root, item);
      } else if (command === 'next' || command === 'previous') focusItem(root, command === 'next' ? 1 : -1);
      else if (command === 'readAll') own.onReadAll();
      else if (command === 'undo') props.onUndo();
      else if (command === 'search') {
        props.onSearch(props.query ?? '');
        document.querySelector<HTMLElement>('search input')?.focus(); // where it is open already
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
}
