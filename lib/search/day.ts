// The search index of one day's items: what is shown of each in a line (the head), and its summary (the body), each as a column.
import type { Item } from '../model.ts';
import { type Column, itemHolds, joinColumn, scanColumn } from './column.ts';
import { fold } from './fold.ts';
import type { Term } from './query.ts';

/** What decides whether an item is shown at all. */
export type Kind = Pick<Item, 'category' | 'feedIds'>;

/** Titles and authors of a day's items, and what is needed to sort and filter what is found. Small: it is read first and kept. */
export interface Head {
  ids: string[];
  publishedMs: Float64Array;
  position: Uint32Array;
  /** The different kinds of the day's items, and the number of each item's own. */
  kinds: Kind[];
  kindOf: Uint32Array;
  /** Per item: title, author, @handle. */
  column: Column;
  /** Characters of the day's body. */
  bodyLength: number;
}

/** Summaries of a day's items, in the order of its head. */
export interface Body {
  column: Column;
}

/** A link or picture, of which the words are read; marks of stress and code; marks at the beginning of a line; an escape. */
const LINK = /!?\[([^\][]*)\]\([^()\s]*(?:\s"[^"\n]*")?\)/g;
const STRESS = /[*`]|~~/g;
const LINE_MARK = /^[ \t]*(?:#{1,6}|>|[-+]|\d+\.)[ \t]+/gm;
const ESCAPE = /\\([!-/:-@[-`{-~])/g;

/** The words of Markdown as a reader sees them, near enough: addresses of links are not read, so they are not found. */
export const readableWords = (markdown: string): string => markdown.replace(LINK, '$1').replace(LINE_MARK, '').replace(STRESS, '').replace(ESCAPE, '$1');

/** Indexes the items of a day. */
export function indexDay(items: readonly Item[]): { head: Head; body: Body } {
  const kinds = new Map<string, { number: number; kind: Kind }>();
  const kindOf = Uint32Array.from(items, ({ category, feedIds }) => {
    const key = JSON.stringify([category, feedIds]);
    const known = kinds.get(key) ?? { number: kinds.size, kind: { category, feedIds } };
    kinds.set(key, known);
    return known.number;
  });
  const body = joinColumn(items.map((item) => [fold(readableWords(item.summary))]));
  const head: Head = {
    ids: items.map(({ id }) => id),
    publishedMs: Float64Array.from(items, (item) => item.publishedMs),
    position: Uint32Array.from(items, (item) => item.position),
    kinds: [...kinds.values()].map(({ kind }) => kind),
    kindOf,
    column: joinColumn(items.map((item) => [fold(item.title), fold(item.author), fold(item.handle && `@${item.handle}`)])),
    bodyLength: body.text.length,
  };
  return { head, body: { column: body } };
}

/** Of each item, which of the terms its head holds: bit n for term n. */
export function matchHead({ column }: Head, terms: readonly Term[]): Uint16Array {
  const held = new Uint16Array(column.ends.length);
  terms.forEach((term, n) => scanColumn(column, term, term.author, (item) => void ((held[item] as number) |= 1 << n)));
  return held;
}

/** The numbers of the items whose heads hold every term. */
export function itemsWith(held: Uint16Array, terms: readonly Term[]): number[] {
  const all = (1 << terms.length) - 1;
  const items: number[] = [];
  for (let item = 0; item < held.length; item++) if (held[item] === all) items.push(item);
  return items;
}

/**
 * The numbers of the items that hold every term in head and body together, but not in the head alone. `held`: from matchHead.
 * `among`: the only ones that can, where known.
 */
export function matchBody({ column }: Body, terms: readonly Term[], held: Uint16Array, among: readonly number[] | null): number[] {
  const all = (1 << terms.length) - 1;
  const missingOf = (item: number): Term[] => terms.filter((_, n) => !((held[item] as number) & (1 << n)));
  const fits = (item: number): boolean => {
    if (held[item] === all) return false;
    const missing = missingOf(item);
    return !missing.some((term) => term.author) && itemHolds(column, item, missing);
  };
  const free = terms.filter((term) => !term.author);
  if (free.length === 0) return [];
  if (among) return among.filter(fits);
  // The longest term is the rarest, as a rule: one scan finds who holds it, and only they are asked for the others.
  const rare = free.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const bit = 1 << terms.indexOf(rare);
  if (terms.length === 1) return scanned(column, rare).filter((item) => !held[item]);
  const holders = new Uint8Array(held.length);
  for (const item of scanned(column, rare)) holders[item] = 1;
  const found: number[] = [];
  for (let item = 0; item < held.length; item++) if ((holders[item] || (held[item] as number) & bit) && fits(item)) found.push(item);
  return found;
}

function scanned(column: Column, term: Term): number[] {
  const items: number[] = [];
  scanColumn(column, term, false, (item) => items.push(item));
  return items;
}
