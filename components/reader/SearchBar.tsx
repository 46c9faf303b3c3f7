// The search box, in place of the views while something is searched.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { Icon } from '../Icon.tsx';
import type { ReaderActions } from './actions.ts';

/** `onDown`: from the box into what was found. */
export function SearchBar({ query, onSearch, onDown }: { query: string; onSearch: ReaderActions['onSearch']; onDown: () => void }) {
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
