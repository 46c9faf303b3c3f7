// RSS 0.9x/1.0/2.0 and Atom, read as a stream of tags: forgives truncation, needs no DOM (workers have none).
import { readDate } from './date.ts';
import { type Entry, type EntryBody, type ParsedFeed, resolveLink } from './entry.ts';
import { FeedError } from './error.ts';
import { decodeEntities } from './html.ts';
import { readMarkup } from './markup.ts';

interface Draft {
  guid: string;
  link: string;
  permalink: string;
  title: string;
  date: string;
  updated: string;
  author: string;
  categories: string[];
  content: EntryBody | null;
  summary: EntryBody | null;
}

interface FeedHead {
  title: string;
  homepage: string;
  root: string;
  ttl: string;
  updatePeriod: string;
  updateFrequency: string;
}

const draft = (): Draft => ({ guid: '', link: '', permalink: '', title: '', date: '', updated: '', author: '', categories: [], content: null, summary: null });

/** Fields that may hold markup as elements: Atom's XHTML, and feeds that forgot to escape theirs. */
const RICH = new Set(['title', 'description', 'summary', 'content', 'content:encoded']);
const isEntry = (name: string) => name === 'item' || name === 'entry';

/**
 * Reads RSS, RDF or Atom. `base` is the document's address, for relative links.
 * Throws FeedError('malformed') where there is no feed element, or a document broke off before its first entry.
 */
export function parseXmlFeed(xml: string, base: string): ParsedFeed {
  const feed: FeedHead = { title: '', homepage: '', root: '', ttl: '', updatePeriod: '', updateFrequency: '' };
  const entries: Entry[] = [];
  let skipped = 0;
  let entry: Draft | null = null;
  let text = '';
  /** Open elements, by name; the last is the current one. */
  const path: string[] = [];
  /** Attributes of the element whose text is being gathered. */
  let attributes: Record<string, string> = {};
  /** The rich field that is open: its depth, and its content as HTML once an element has been met in it. */
  let rich: { depth: number; html: string; nested: boolean } | null = null;
  let brokeOff = false;
  /** A root like <rss/> closes itself, which the parser reports as it does a document that breaks off. */
  const selfClosed = xml.trimEnd().endsWith('/>');

  const flush = () => {
    if (!entry) return;
    const made = finish(entry, base);
    if (made) entries.push(made);
    else skipped++;
    entry = null;
  };

  readMarkup(
    // Characters that XML forbids stand in real feeds; a NUL would end a title early in some readers.
    // oxlint-disable-next-line no-control-regex
    xml.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''),
    {
      onopentag(name, attribs) {
        const parent = path.at(-1) ?? '';
        path.push(name);
        if (rich && !isEntry(name)) {
          rich.nested = true;
          rich.html += `<${name.replace(/^\w+:/, '')}${Object.entries(attribs).map(([k, v]) => ` ${k}="${escapeHtml(v)}"`).join('')}>`;
          return;
        }
        rich = null;
        if (name === 'rss' || name === 'rdf:rdf' || name === 'feed' || name === 'channel') feed.root ||= name;
        if (isEntry(name)) {
          flush(); // an entry that was never closed
          entry = draft();
        }
        text = '';
        attributes = attribs;
        if (name === 'link' && attribs.href && (isEntry(parent) || !entry)) readAtomLink(attribs, entry, feed, parent);
        if (name === 'category' && attribs.term && entry && isEntry(parent)) entry.categories.push(attribs.label?.trim() || attribs.term.trim());
        if (RICH.has(name) && isEntry(parent)) rich = { depth: path.length, html: '', nested: false };
      },
      ontext(chunk) {
        text += chunk;
        if (rich) rich.html += escapeHtml(chunk);
      },
      onclosetag(name, implied) {
        if (rich && path.length > rich.depth) {
          if (!/^(?:br|hr|img)$/.test(name)) rich.html += `</${name.replace(/^\w+:/, '')}>`;
          path.pop();
          return;
        }
        path.pop();
        if (implied && path.length === 0 && !selfClosed) brokeOff = true;
        const markup = rich?.nested ? rich.html.trim() : null;
        if (isEntry(name)) flush();
        else if (entry) readEntryField(entry, name, markup ?? text.trim(), path.at(-1) ?? '', markup === null ? attributes : { ...attributes, type: 'html' });
        else readFeedField(feed, name, text.trim(), path.at(-1) ?? '');
        rich = null;
        text = '';
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true, recognizeCDATA: true },
  );
  flush();
  if (brokeOff && entries.length === 0) throw new FeedError('malformed', 'the document breaks off');
  if (!feed.root && entries.length === 0) throw new FeedError('malformed', 'no feed element');
  return { title: plain(feed.title), homepage: resolveLink(feed.homepage, base) || null, entries, skipped, ttlMinutes: readTtl(feed), ...(brokeOff ? { broken: 'truncated' as const } : {}) };
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function readAtomLink(attribs: Record<string, string>, entry: Draft | null, feed: { homepage: string }, parent: string): void {
  const rel = attribs.rel ?? 'alternate';
  if (rel !== 'alternate') return;
  const href = attribs.href ?? '';
  if (entry) entry.link ||= href;
  else if (parent === 'feed' || parent === 'channel') feed.homepage ||= href;
}

function readFeedField(feed: FeedHead, name: string, value: string, parent: string): void {
  if (parent !== 'channel' && parent !== 'feed') return; // <image> has a title and a link too
  if (name === 'title') feed.title ||= value;
  if (name === 'link' && value) feed.homepage ||= value;
  if (name === 'ttl') feed.ttl ||= value;
  if (name === 'sy:updateperiod') feed.updatePeriod ||= value;
  if (name === 'sy:updatefrequency') feed.updateFrequency ||= value;
}

/** Minutes of the periods of RSS 1.0's syndication module; what it leaves out means daily, once. */
const PERIODS: Record<string, number> = { hourly: 60, daily: 24 * 60, weekly: 7 * 24 * 60, monthly: 30 * 24 * 60, yearly: 365 * 24 * 60 };

/** Minutes the feed asks to be left alone for; undefined where it says nothing that makes sense. */
function readTtl({ ttl, updatePeriod, updateFrequency }: FeedHead): number | undefined {
  const period = PERIODS[updatePeriod.toLowerCase()] ?? (updateFrequency ? PERIODS.daily : undefined);
  const times = Number(updateFrequency || 1);
  const asked = [Number(ttl || 0), period && times > 0 ? period / times : 0].filter((minutes) => minutes > 0 && Number.isFinite(minutes));
  return asked.length ? Math.max(...asked) : undefined;
}

function readEntryField(entry: Draft, name: string, value: string, parent: string, attributes: Record<string, string>): void {
  if (parent === 'author' && name === 'name') entry.author ||= value;
  if (!isEntry(parent)) return; // media:group, source and the like repeat these names
  switch (name) {
    case 'title':
      entry.title ||= value;
      break;
    case 'link':
      if (value) entry.link ||= value;
      break;
    case 'guid':
    case 'id':
      entry.guid ||= value;
      if (name === 'guid' && attributes.ispermalink !== 'false' && /^https?:/.test(value)) entry.permalink = value;
      break;
    case 'pubdate':
    case 'published':
    case 'dc:date':
    case 'issued':
      entry.date ||= value;
      break;
    case 'updated':
    case 'modified':
      entry.updated ||= value;
      break;
    case 'category':
    case 'dc:subject':
      if (value) entry.categories.push(value);
      break;
    case 'dc:creator':
      if (value) entry.author = value;
      break;
    case 'author':
      entry.author ||= value.replace(/^\S+@\S+\s*\((.+)\)$/, '$1'); // RSS: "address (name)"
      break;
    case 'content:encoded':
      if (value) entry.content = { type: 'html', text: value };
      break;
    case 'content':
      if (value) entry.content ??= { type: bodyType(attributes.type, value), text: value };
      break;
    case 'description':
    case 'summary':
      if (value) entry.summary ??= { type: bodyType(attributes.type, value), text: value };
      break;
  }
}

/** RSS never says whether a description is text or HTML; Atom does, not always rightly. */
function bodyType(type: string | undefined, value: string): EntryBody['type'] {
  if (type === 'html' || type === 'xhtml' || type === 'text/html') return 'html';
  if (type === 'text/markdown') return 'markdown';
  return /<\/?(?:p|a|ul|ol|li|div|br|h[1-6]|strong|em|b|i|img|table|blockquote)\b[^<>]*>/i.test(value) ? 'html' : 'text';
}

function finish(d: Draft, base: string): Entry | null {
  const url = resolveLink(d.link, base) || resolveLink(d.permalink, base);
  const title = plain(d.title);
  const bodies = [d.content, d.summary].filter((b): b is EntryBody => b !== null);
  if (!url && !title && bodies.length === 0) return null;
  const date = readDate(d.date) ?? readDate(d.updated);
  return {
    guid: d.guid || url || `${title} ${date?.iso ?? ''}`,
    url,
    title,
    date,
    author: plain(d.author),
    categories: [...new Set(d.categories.map(plain).filter(Boolean))],
    bodies,
  };
}

/** Titles hold escaped entities and sometimes markup; both go. What only looks like a tag ("a<b", "List<T>") stays. */
const plain = (text: string) => decodeEntities(text.replace(TAG, '')).replace(/\s+/g, ' ').trim();
const TAG = /<\/?(?:a|abbr|b|bdi|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?\/?>/gi;
