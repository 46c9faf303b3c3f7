// Which parts of a shown text a query found.
import { foldPlaced } from './fold.ts';
import { findTerm } from './match.ts';
import { parseQuery } from './query.ts';

/**
 * The parts of a text as it is shown that answer a query: [start, end) in UTF-16 units, ascending, never touching. For a title, an
 * author or `@handle`, or one text node of a rendered summary; a phrase that runs over several nodes is not seen.
 * `field` tells what the text is: terms of `author:` are marked in authors only.
 */
export function highlight(text: string, query: string, { field = 'text' }: { field?: 'text' | 'author' } = {}): [start: number, end: number][] {
  const terms = parseQuery(query).filter((term) => field === 'author' || !term.author);
  if (terms.length === 0 || !text) return [];
  const folded = foldPlaced(text);
  const found: [number, number][] = [];
  for (const term of terms)
    for (let at = findTerm(folded, term); at >= 0; at = findTerm(folded, term, at + 1)) found.push([folded.from[at] as number, folded.to[at + term.text.length - 1] as number]);
  found.sort((a, b) => a[0] - b[0]);
  const ranges: [number, number][] = [];
  for (const [start, end] of found) {
    const last = ranges.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}
