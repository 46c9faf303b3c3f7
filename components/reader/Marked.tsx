// A text with the parts that answer the search marked.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Highlight } from '../../lib/list.ts';

/** Of the search whose hits are shown; null elsewhere. */
export const Highlighting = createContext<Highlight | null>(null);

/** The text; plain where nothing is searched. */
export function Marked({ text, field }: { text: string; field?: 'text' | 'author' }) {
  const ranges = useContext(Highlighting)?.(text, field) ?? [];
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    pieces.push(text.slice(at, start), <mark>{text.slice(start, end)}</mark>);
    at = end;
  }
  return <>{[...pieces, text.slice(at)]}</>;
}
