// Front matter of a Markdown file: YAML between --- lines, TOML between +++ lines.
import { findDate } from './date.ts';

/** The fields we read; empty where the file has none. */
export interface FrontMatter {
  title: string;
  date: string;
  url: string;
  author: string;
  categories: string[];
}

/**
 * Splits a file of several digests: at each front matter after the first, else at headings of one level that each name
 * another day. A file of one digest comes back whole. What stands before the first dated heading belongs to no digest.
 */
export function splitDigests(source: string): string[] {
  const lines = source.split(/\r?\n/);
  const fences = lines.flatMap((line, i) => (/^(?:---|\+\+\+)[ \t]*$/.test(line) && /^(?:title|date|layout)\s*[:=]/.test(lines[i + 1] ?? '') ? [i] : []));
  if (fences.length > 1) return cut(lines, fences);
  let code = false;
  const headings = lines.flatMap((line, i) => {
    if (/^(?:```|~~~)/.test(line)) code = !code;
    const m = code ? null : /^(#{1,3})[ \t]+(\S[^\n]{0,300})$/.exec(line);
    return m ? [{ i, level: m[1]?.length ?? 0, date: findDate(m[2] ?? '')?.iso }] : [];
  });
  for (const level of [1, 2, 3]) {
    const alike = headings.filter((heading) => heading.level === level);
    const dated = alike.filter((heading) => heading.date);
    if (dated.length > 1 && dated.length === alike.length && new Set(dated.map((heading) => heading.date)).size === dated.length) return cut(lines, dated.map((heading) => heading.i));
  }
  return [source];
}

const cut = (lines: string[], at: number[]) => at.map((start, n) => lines.slice(start, at[n + 1]).join('\n'));

/** Longer than any front matter; reading one takes time that grows faster than its length. */
const MAX_MATTER = 32_768;

const FENCED = /^\uFEFF?\s*(---|\+\+\+)[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??\1[ \t]*(?:\r?\n|$)/;

/**
 * Splits a Markdown file into front matter and body. Broken front matter is read line by line for what can be had, never
 * thrown: the list below it is still worth reading. Null where there is none.
 */
export function splitFrontMatter(source: string): { matter: FrontMatter | null; body: string } {
  const m = FENCED.exec(source);
  if (!m || (m[2]?.length ?? 0) > MAX_MATTER) return { matter: null, body: source };
  const fields = readFields(m[2] ?? '', m[1] === '+++' ? TOML : YAML);
  if (!fields) return { matter: null, body: m[1] === '+++' ? source.slice(m[0].length) : source };
  const string = (name: string) => scalar(fields[name]);
  return {
    matter: {
      title: string('title'),
      date: string('date') || string('publishDate') || string('published'),
      url: string('url') || string('permalink') || string('link'),
      author: string('author'),
      categories: list(fields.categories ?? fields.category),
    },
    body: source.slice(m[0].length),
  };
}

type Value = string | string[];

/** How a format writes a field, and what begins a comment behind a value. */
const YAML = { field: /^([\w-]+)[ \t]*:(?:[ \t]+(.*)|)$/, table: null };
const TOML = { field: /^[ \t]*"?([\w-]+)"?[ \t]*=[ \t]*(.*)$/, table: /^[ \t]*\[\[?[ \t]*([\w."-]+)[ \t]*\]\]?/ };
/** Zola's table for categories; what stands in others is not about the digest itself. */
const TABLES = ['taxonomies'];

/**
 * The fields of front matter that are strings or lists of strings, read line by line; others are left out. Whole parsers
 * of YAML and TOML are 19 kB of background for five fields, and refuse what a person still reads, such as an unquoted
 * title with a colon. tests/feed/frontmatter.test.ts holds it against js-yaml. Null where it is other text.
 */
function readFields(text: string, format: typeof YAML | typeof TOML): Record<string, Value> | null {
  const fields: Record<string, Value> = {};
  const lines = text.split(/\r?\n/);
  let table = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const opened = format.table?.exec(line)?.[1];
    if (opened !== undefined) table = opened;
    const [, name = '', first = ''] = format.field.exec(line) ?? [];
    if (!name || (table && !TABLES.includes(table)) || name in fields) continue;
    /** Lines that belong to the value: indented ones, those of a list, and blanks between them. */
    const more = format === YAML ? lines.slice(at + 1, at + 1 + countBelow(lines, at + 1)) : lines.slice(at + 1);
    const value = readValue(first.trim(), more, format === YAML);
    if (value !== null) fields[name] = value;
  }
  // Text between two rules may hold a colon too: then a line that is no field shows what it is.
  const foreign = lines.some((line) => /^[^\s#\-\]}]/.test(line) && !format.field.test(line) && !format.table?.test(line));
  return Object.keys(fields).length > 0 && (!foreign || 'title' in fields || 'date' in fields) ? fields : null;
}

function countBelow(lines: string[], from: number): number {
  const end = lines.findIndex((line, i) => i >= from && line.trim() !== '' && !/^(?:[ \t#]|-[ \t])/.test(line) && !/^[\]}]/.test(line));
  return (end < 0 ? lines.length : end) - from;
}

function readValue(first: string, more: string[], yaml: boolean): Value | null {
  if (yaml && /^[|>][-+\d]*(?:[ \t]+#.*)?$/.test(first)) return foldBlock(more, first.startsWith('>'));
  const rest = [first, ...more].join('\n');
  if (first.startsWith('[')) return readList(rest);
  if (/^["']/.test(first)) return readQuoted(rest, !yaml) ?? unquoteLoosely(first);
  if (first.startsWith('{')) return null;
  const plain = stripComment(first);
  if (!yaml) return plain;
  const items = more.map(stripComment).filter((line) => line.trim());
  if (plain === '') {
    const list = more.flatMap((line) => /^[ \t]*-[ \t]+(.*)$/.exec(line)?.[1] ?? []);
    return list.length ? list.filter((item) => !/^(?:[\w-]+:[ \t]|[[{])/.test(item)).map((item) => readQuoted(item) ?? unquoteLoosely(item)) : items.every((line) => !/^[ \t]+[\w-]+:/.test(line)) ? items.map((line) => line.trim()).join(' ') : null;
  }
  return [plain, ...items.map((line) => line.trim())].join(' '); // goes on in the next lines
}

/** YAML 1.2 §8.1: | keeps line breaks, > folds them. */
function foldBlock(lines: string[], fold: boolean): string {
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  const text = lines.map((line) => line.slice(Math.min(indent, line.length))).join('\n').trim();
  return fold ? text.replace(/([^\n])\n(?!\n)/g, '$1 ').replace(/\n\n/g, '\n') : text;
}

/** A list in brackets, over one line or several; what is no string in it is left out. Null where it is none. */
function readList(text: string): Value | null {
  const items: string[] = [];
  const item = /\s*(?:#.*)?([,\]]|"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|\{[^}]*\}|[^\s,\]#"'](?:[^,\]\n#]|(?<=\S)#)*)/y;
  item.lastIndex = 1;
  for (let m = item.exec(text); m; m = item.exec(text)) {
    const [, found = ''] = m;
    if (found === ']') return items;
    if (!/^[,{]/.test(found)) items.push(readQuoted(found) ?? found.trim());
  }
  return null;
}

const QUOTED = /^(?:"(?<double>(?:[^"\\]|\\[\s\S])*)"|'(?<single>(?:[^']|'')*)')[ \t]*(?:#.*)?(?:\n|$)/;
/** TOML's strings over several lines. */
const TRIPLE = /^(?:"{3}(?<double>[\s\S]*?)"{3}|'{3}(?<single>[\s\S]*?)'{3})[ \t]*(?:#.*)?(?:\n|$)/;
const ESCAPE = /\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|\n\s*|([\s\S]))/gi;

/** A string in quotes, over one line or several, when nothing but a comment follows it; else null. */
function readQuoted(text: string, triple = false): string | null {
  const { double, single } = ((triple && TRIPLE.exec(text)) || QUOTED.exec(text))?.groups ?? {};
  if (double === undefined && single === undefined) return null;
  const unescaped = double?.replace(ESCAPE, (_, u?: string, long?: string, x?: string, sign?: string) => {
    const code = u ?? long ?? x;
    return code ? safePoint(code) : sign ? (ESCAPES[sign] ?? sign) : '';
  });
  return (unescaped ?? single?.replaceAll("''", "'") ?? '').replace(/\s*\n\s*/g, ' ').trim();
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '', b: '', f: '', 0: '' };
const safePoint = (hex: string) => (Number.parseInt(hex, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(hex, 16)) : '');

/** A value with a quote that never closes, or text after the one that does. */
const unquoteLoosely = (text: string) => stripComment(text).replace(/^(["'])([^"']*)\1?$/, '$2');

function stripComment(text: string): string {
  const at = text.search(/(?<![^ \t])#/);
  return (at < 0 ? text : text.slice(0, at)).trimEnd();
}

function scalar(value: unknown): string {
  return typeof value === 'string' && !/^(?:~|null)$/.test(value) ? value.trim() : '';
}

function list(value: unknown): string[] {
  const values = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return [...new Set(values.map(scalar).filter(Boolean))];
}
