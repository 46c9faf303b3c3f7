// What a reader types into the search box, as terms that must all be found.
import { fold } from './fold.ts';

/** One thing that must be found. */
export interface Term {
  /** Folded, never empty. */
  text: string;
  /** Quoted to the end: it stands for whole words, not for their beginnings. */
  whole: boolean;
  /** Looked for in the author's name and handle alone. */
  author: boolean;
}

/** Terms taken of a query; each is a bit of a number while searching. */
const MOST_TERMS = 16;
const LONGEST_TERM = 200;

/** author:"…", author:…, "…" (closed or still being typed), or anything else without spaces. */
const TERM = /(?:(author|作者)[:：])?["“”]([^"“”]*)(["“”])?|(author|作者)[:：](\S*)|(\S+)/giu;
/** What Markdown writes for stress and code, which the indexed summaries have lost; also the star of those who type `lang*`. */
const STRESS = /[*`]/g;

/**
 * Reads a query: words are joined by AND; `"quoted words"` are a phrase; `author:name` (`作者:`) looks at authors only; `@handle`
 * needs no rule, since handles are indexed with their @. Never fails: what cannot be read is looked for as it stands.
 */
export function parseQuery(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, quotedAuthor, phrase, closed, author, name, word] of query.matchAll(TERM)) {
    const text = fold((phrase ?? name ?? word ?? '').replace(STRESS, '').slice(0, LONGEST_TERM)).text;
    const term = { text, whole: closed !== undefined, author: (quotedAuthor ?? author) !== undefined };
    if (text && !terms.some((other) => implies(other, term))) terms.push(term);
  }
  return terms.slice(0, MOST_TERMS);
}

/** Whether whatever holds `one` holds `other` too. */
const implies = (one: Term, other: Term): boolean => (other.whole ? one.whole && one.text === other.text : one.text.startsWith(other.text)) && (one.author || !other.author);

/** Whether whatever answers `later` answered `earlier` too, as when a reader types on: then only those need be looked at. */
export const narrows = (earlier: readonly Term[], later: readonly Term[]): boolean => earlier.every((term) => later.some((other) => implies(other, term)));
