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
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    throw new FeedError('malformed', 'JSON', { cause: error });
  }
  const feed = Wire.safeParse(json);
  if (!feed.success) throw new FeedError('malformed', 'JSON without a JSON Feed version');
  const entries: Entry[] = [];
  let skipped = 0;
  for (const raw of feed.data.items) {
    const item = WireItem.safeParse(raw);
    const made = item.success ? adapt(item.data, base) : null;
    if (made) entries.push(made);
    else skipped++;
  }
  return { title: feed.data.title?.trim() ?? '', homepage: resolveLink(feed.data.home_page_url ?? '', base) || null, entries, skipped };
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
