// Where a term stands in a folded text: Chinese anywhere, words of other scripts from their beginnings.
import { isWordCode } from './fold.ts';
import type { Term } from './query.ts';

/** A folded text, or many in one string, with its humps in any list of numbers. */
export interface Searchable {
  text: string;
  humps: ArrayLike<number>;
}

/** The first place at or after `from` where the term stands, or -1. */
export function findTerm(searched: Searchable, { text: term, whole }: Pick<Term, 'text' | 'whole'>, from = 0): number {
  const { text } = searched;
  const opens = isWordCode(term.charCodeAt(0));
  const closes = whole && isWordCode(term.charCodeAt(term.length - 1));
  let at = text.indexOf(term, from);
  while (at >= 0) {
    const begins = !opens || at === 0 || !isWordCode(text.charCodeAt(at - 1)) || (!whole && isHump(searched.humps, at));
    const end = at + term.length;
    if (begins && !(closes && end < text.length && isWordCode(text.charCodeAt(end)))) return at;
    at = text.indexOf(term, at + 1);
  }
  return -1;
}

function isHump(humps: ArrayLike<number>, at: number): boolean {
  let low = 0;
  let high = humps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((humps[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return humps[low] === at;
}
