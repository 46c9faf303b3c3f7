// The folded texts of many items as one string, scanned from end to end: `indexOf` goes through ten million characters in some milliseconds.
import type { Folded } from './fold.ts';
import { findTerm } from './match.ts';
import type { Term } from './query.ts';

/** One text after another. Each is its fields, each of them closed by a line break, which no folded text and no term holds. */
export interface Column {
  text: string;
  /** Where each item's text ends. */
  ends: Uint32Array;
  humps: Uint32Array;
}

/** Joins the fields of each item. */
export function joinColumn(items: readonly (readonly Folded[])[]): Column {
  const pieces: string[] = [];
  const ends = new Uint32Array(items.length);
  const humps: number[] = [];
  let at = 0;
  items.forEach((fields, i) => {
    for (const field of fields) {
      for (const hump of field.humps) humps.push(at + hump);
      pieces.push(field.text, '\n');
      at += field.text.length + 1;
    }
    ends[i] = at;
  });
  return { text: pieces.join(''), ends, humps: Uint32Array.from(humps) };
}

const startOf = ({ ends }: Column, item: number): number => (item === 0 ? 0 : (ends[item - 1] as number));

/** Calls `visit` with the number of each item that holds the term, ascending; with `afterFirst` outside of its first field. */
export function scanColumn(column: Column, term: Term, afterFirst: boolean, visit: (item: number) => void): void {
  let item = 0;
  let at = findTerm(column, term);
  while (at >= 0) {
    while ((column.ends[item] as number) <= at) item++;
    const from = afterFirst ? column.text.indexOf('\n', startOf(column, item)) : 0;
    if (at >= from) {
      visit(item);
      at = findTerm(column, term, column.ends[item]);
    } else at = findTerm(column, term, from);
  }
}

/** Whether this one item's text holds all of these terms. */
export function itemHolds(column: Column, item: number, terms: readonly Term[]): boolean {
  const [start, end] = [startOf(column, item), column.ends[item] as number];
  const text = column.text.slice(start, end); // a view, not a copy; a search in it ends where the item does
  let humps: number[] | null = null;
  return terms.every((term) => {
    if (!text.includes(term.text)) return false;
    humps ??= humpsWithin(column.humps, start, end);
    return findTerm({ text, humps }, term) >= 0;
  });
}

function humpsWithin(humps: Uint32Array, start: number, end: number): number[] {
  const within: number[] = [];
  let [low, high] = [0, humps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((humps[middle] as number) < start) low = middle + 1;
    else high = middle;
  }
  for (; low < humps.length && (humps[low] as number) < end; low++) within.push((humps[low] as number) - start);
  return within;
}
