// A text with the parts that answer the search marked.
import type { ComponentChildren } from 'preact';
import type { Highlight } from '../../lib/list.ts';

export function Marked({ text, field, highlight }: { text: string; field?: 'text' | 'author'; highlight: Highlight | null }) {
  return <>{markText(text, highlight, field)}</>;
}

/** The text, in pieces where parts of it are marked. */
export function markText(text: string, highlight: Highlight | null, field?: 'text' | 'author'): ComponentChildren {
  const ranges = highlight?.(text, field) ?? [];
  if (ranges.length === 0) return text;
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    pieces.push(text.slice(at, start), <mark>{text.slice(start, end)}</mark>);
    at = end;
  }
  return [...pieces, text.slice(at)];
}
