// JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/).
import * as z from 'zod/mini';
import { readDate } from './date.ts';
import { type Entry, type EntryBody, type ParsedFeed, resolveLink } from './entry.ts';
import { FeedError } from './error.ts';

const text = z.catch(z.optional(z.string()), undefined);
const author = z.catch(z.optional(z.looseObject({ name: text })), undefined);

const Wire = z.looseObject({
  version: z.string().check(z.regex(/jsonfeed\.org/)),
  title: text,
  home_page_url: text,
  items: z.array(z.unknown()),
});

const WireItem = z.looseObject({
  id: z.catch(z.optional(z.union([z.string(), z.number()])), undefined),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  tags: z.catch(z.array(z.catch(z.string(), '')), []),
  author,
  authors: z.catch(z.array(z.looseObject({ name: text })), []),
});

/** Reads a JSON Feed. Throws FeedError('malformed'); a single broken item is counted, not thrown. */
export function parseJsonFeed(source: string, base: string): ParsedFeed {
  const { json, ...report } = readJson(source);
  const feed = Wire.safeParse(json);
  if (!feed.success) throw new FeedError('malformed', 'JSON without a JSON Feed version');
  const entries: Entry[] = [];
  let skipped = report.skipped;
  for (const raw of feed.data.items) {
    const item = WireItem.safeParse(raw);
    const made = item.success ? adapt(item.data, base) : null;
    if (made) entries.push(made);
    else skipped++;
  }
  return { title: feed.data.title?.trim() ?? '', homepage: resolveLink(feed.data.home_page_url ?? '', base) || null, entries, skipped, ...(report.broken ? { broken: report.broken } : {}) };
}

/** Reads JSON; where it broke off or one item is broken, what was whole of it. Throws FeedError('malformed') where nothing was. */
function readJson(source: string): { json: unknown; skipped: number; broken?: ParsedFeed['broken'] } {
  try {
    return { json: JSON.parse(source), skipped: 0 };
  } catch (error) {
    // Control characters stand raw in strings that were put together by hand.
    // oxlint-disable-next-line no-control-regex
    const text = source.replace(/[\u0000-\u001f]/g, ' ');
    try {
      return { json: JSON.parse(text), skipped: 0, broken: 'repaired' };
    } catch {
      const start = /"items"\s*:\s*\[/.exec(text);
      const version = /"version"\s*:\s*"([^"]{1,80})"/.exec(text)?.[1];
      const items = start ? wholeObjects(text, start.index + start[0].length) : null;
      if (!version || !items?.whole.length) throw new FeedError('malformed', 'JSON', { cause: error });
      const field = (name: string) => new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]{1,500})"`).exec(text.slice(0, start?.index))?.[1];
      return { json: { version, title: field('title'), home_page_url: field('home_page_url'), items: items.whole }, skipped: items.broken, broken: items.open ? 'truncated' : 'repaired' };
    }
  }
}

/** The objects of an array that can be read, one by one from `at`; how many cannot; whether the last one broke off. */
function wholeObjects(text: string, at: number): { whole: unknown[]; broken: number; open: boolean } {
  const whole: unknown[] = [];
  let broken = 0;
  let depth = 0;
  let start = at;
  let quoted = false;
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '{') {
      if (depth++ === 0) start = i;
    } else if (c === '}' && --depth === 0) {
      try {
        whole.push(JSON.parse(text.slice(start, i + 1)));
      } catch {
        broken++;
      }
    } else if (depth < 0 || (c === ']' && depth === 0)) return { whole, broken, open: false };
  }
  return { whole, broken: broken + (depth > 0 ? 1 : 0), open: true };
}

function adapt(item: z.infer<typeof WireItem>, base: string): Entry | null {
  const url = resolveLink(item.url ?? '', base) || resolveLink(item.external_url ?? '', base);
  const title = item.title?.trim() ?? '';
  const bodies: EntryBody[] = [];
  if (item.content_html?.trim()) bodies.push({ type: 'html', text: item.content_html });
  if (item.content_text?.trim()) bodies.push({ type: 'text', text: item.content_text });
  if (item.summary?.trim()) bodies.push({ type: 'text', text: item.summary });
  const id = item.id === undefined ? '' : String(item.id);
  if (!id && !url && !title && bodies.length === 0) return null;
  const date = readDate(item.date_published ?? '') ?? readDate(item.date_modified ?? '');
  return {
    guid: id || url || `${title} ${date?.iso ?? ''}`,
    url,
    title,
    date,
    author: item.authors[0]?.name?.trim() ?? item.author?.name?.trim() ?? '',
    categories: [...new Set(item.tags.map((tag) => tag.trim()).filter(Boolean))],
    bodies,
  };
}
