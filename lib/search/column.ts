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

/** Asks a column item by item, in ascending order, whether it holds a term; all questions together scan it once at most. */
export class Cursor {
  readonly #column: Column;
  readonly #term: Term;
  /** The first place of the term from where it was last asked. */
  #at = -1;

  constructor(column: Column, term: Term) {
    this.#column = column;
    this.#term = term;
  }

  holds(item: number): boolean {
    const start = startOf(this.#column, item);
    if (this.#at < start) {
      const at = findTerm(this.#column, this.#term, start);
      this.#at = at < 0 ? Infinity : at;
    }
    return this.#at < (this.#column.ends[item] as number);
  }
}
