// The search index of one day's items: what is shown of each in a line (the head), and its summary (the body), each as a column.
import type { Item } from '../model/item.ts';
import { type Column, Cursor, joinColumn, scanColumn } from './column.ts';
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
const readableWords = (markdown: string): string => markdown.replace(LINK, '$1').replace(LINE_MARK, '').replace(STRESS, '').replace(ESCAPE, '$1');

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

/** The others of these items. */
export const itemsWithout = (held: Uint16Array, terms: readonly Term[], among: readonly number[]): number[] => among.filter((item) => held[item] !== (1 << terms.length) - 1);

/**
 * The numbers of the items that hold every term in head and body together, but not in the head alone. `held`: from matchHead.
 * `among`: the only ones that can, ascending, where known.
 */
export function matchBody({ column }: Body, terms: readonly Term[], held: Uint16Array, among: readonly number[] | null): number[] {
  const all = (1 << terms.length) - 1;
  const authors = terms.reduce((bits, term, n) => (term.author ? bits | (1 << n) : bits), 0);
  // The longest term is the rarest, as a rule: where it is missing, the others need not be looked for.
  const cursors = terms.map((term, n) => ({ bit: 1 << n, term, cursor: new Cursor(column, term) })).filter(({ term }) => !term.author).sort((a, b) => b.term.text.length - a.term.text.length);
  const found: number[] = [];
  const count = among?.length ?? held.length;
  for (let i = 0; i < count; i++) {
    const item = among ? (among[i] as number) : i;
    const has = held[item] as number;
    if (has === all || (has & authors) !== authors) continue;
    if (cursors.every(({ bit, cursor }) => (has & bit) !== 0 || cursor.holds(item))) found.push(item);
  }
  return found;
}
