// Front matter of a Markdown file: YAML between --- lines, TOML between +++ lines.
import { findDate } from './date.ts';
import { CORE_SCHEMA, load } from 'js-yaml';
import { parse as parseToml } from 'smol-toml';

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

const FENCED = /^\uFEFF?\s*(---|\+\+\+)[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??\1[ \t]*(?:\r?\n|$)/;

/**
 * Splits a Markdown file into front matter and body. Broken front matter is read line by line for what can be had, never
 * thrown: the list below it is still worth reading. Null where there is none.
 */
export function splitFrontMatter(source: string): { matter: FrontMatter | null; body: string } {
  const m = FENCED.exec(source);
  if (!m) return { matter: null, body: source };
  const fields = readFields(m[1] ?? '', m[2] ?? '') ?? readLoosely(m[2] ?? '');
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

function readFields(fence: string, text: string): Record<string, unknown> | null {
  try {
    // The core schema has no timestamps, so a date stays the string it was, with its offset.
    const value: unknown = fence === '---' ? load(text, { schema: CORE_SCHEMA }) : parseToml(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** What a person would read out of front matter with a syntax error, such as an unquoted title with a colon. Null where it is other text. */
function readLoosely(text: string): Record<string, unknown> | null {
  const fields: Record<string, string | string[]> = {};
  let name = '';
  for (const line of text.split(/\r?\n/)) {
    const field = /^(\w+)\s*[:=]\s*(.*)$/.exec(line);
    const item = /^\s*-\s+(.+)$/.exec(line)?.[1];
    if (field) {
      const value = (field[2] ?? '').trim();
      name = field[1] ?? '';
      fields[name] = /^\[.*\]$/.test(value) ? value.slice(1, -1).split(/[,，]/).map(unquote) : /^[>|][-+]?$/.test(value) ? '' : unquote(value);
    } else if (item && name) fields[name] = [...[fields[name] ?? []].flat().filter(Boolean), unquote(item)];
  }
  return 'title' in fields || 'date' in fields ? fields : null;
}

const unquote = (text: string) => text.trim().replace(/^(["'])([^"']*)\1?$/, '$2');

function scalar(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (value instanceof Date) return value.toISOString(); // a TOML date; smol-toml keeps its offset
  return typeof value === 'number' ? String(value) : '';
}

function list(value: unknown): string[] {
  const values = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return [...new Set(values.map(scalar).filter(Boolean))];
}
