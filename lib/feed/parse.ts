// A document of any format to a feed: what it is decides its first characters, not its label.
import { withForeignHost } from '../host.ts';
import { decode } from './decode.ts';
import { findDate, readDate } from './date.ts';
import { type Entry, type ParsedFeed, resolveLink, settleTags } from './entry.ts';
import { FeedError } from './error.ts';
import { splitDigests, splitFrontMatter } from './frontmatter.ts';
import { parseHtml } from './html.ts';
import { parseJsonFeed } from './json.ts';
import { parseMarkdown } from './markdown.ts';
import { findStories } from './story.ts';
import { namesOf, titleOf } from './wording.ts';
import { parseXmlFeed } from './xml.ts';

/** What a server answered or a file holds, and under which address. */
export interface Document {
  bytes: Uint8Array;
  contentType: string;
  url: string;
}

/**
 * Reads a feed document: RSS, RDF, Atom, JSON Feed, raw Markdown (a feed of one entry, or of one
 * for each digest in the file), or a web page that is a digest itself (parsePage).
 * Throws FeedError: empty, html (a web page), malformed.
 */
export function parseFeed(document: Document): ParsedFeed {
  const feed = parseFormat(document);
  const entries = feed.entries.map((entry) => ({ ...entry, url: rebase(entry.url, document.url), title: titleOf(entry.title), author: titleOf(entry.author), categories: namesOf(entry.categories) }));
  return { ...feed, title: withForeignHost(titleOf(feed.title), document.url), entries: settleTags(entries) };
}

/** Whether a document is a web page; feeds, Markdown and anything else are none. */
export function isWebPage(document: Document): boolean {
  const root = rootElement(decode(document.bytes, document.contentType).replace(LEADING, ''));
  return HTML_ROOT.test(root);
}

/** Sites are published with links to the development server they were built on; those mean the feed's own site. */
function rebase(link: string, feedUrl: string): string {
  if (!link) return link;
  const url = new URL(link);
  const feed = new URL(feedUrl);
  if (!/^https?:$/.test(feed.protocol) || url.host === feed.host || !isLoopback(link)) return link;
  return new URL(url.pathname + url.search, feed.origin).href;
}

/** Whether an address leads to the machine it is opened on. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(URL.parse(address)?.hostname ?? '');
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$/;

/** What a document is read as. */
export type FeedFormat = 'JSON Feed' | 'RSS' | 'RDF' | 'Atom' | 'Markdown' | 'web page';

/** What parseFeed reads a document as, by its first characters; null where it is none of ours. */
export function detectFormat(document: Document): FeedFormat | null {
  return formatOf(decode(document.bytes, document.contentType).replace(LEADING, ''), document);
}

const LEADING = /^[\s\uFEFF]+/;

function formatOf(trimmed: string, document: Document): FeedFormat | null {
  const start = trimmed.slice(0, 2000);
  if (start.startsWith('{')) return 'JSON Feed';
  const root = rootElement(trimmed);
  if (HTML_ROOT.test(root)) return 'web page';
  const name = root.toLowerCase().replace(/^\w+:/, '');
  if (start.startsWith('<?xml') || /^(?:rss|feed|\w+:(?:rdf|feed))$/i.test(root)) return name === 'feed' ? 'Atom' : name === 'rdf' ? 'RDF' : 'RSS';
  if (isMarkdown(start, document)) return 'Markdown';
  return root && /^text\/html/i.test(document.contentType) ? 'web page' : null;
}

function parseFormat(document: Document): ParsedFeed {
  const text = decode(document.bytes, document.contentType);
  const trimmed = text.replace(LEADING, '');
  if (!trimmed) throw new FeedError('empty');
  switch (formatOf(trimmed, document)) {
    case 'JSON Feed':
      return parseJsonFeed(trimmed, document.url);
    case 'RSS':
    case 'RDF':
    case 'Atom':
      return parseXmlFeed(trimmed, document.url);
    case 'Markdown':
      return parseMarkdownFeed(text, document.url);
    case 'web page':
      return parsePage(trimmed, document.url);
    case null: // not `default`: so the types ask for every format
      throw new FeedError('malformed', 'unknown format');
  }
}

/** The name of the first element after XML declaration, comments and doctype; empty where something else comes first. */
function rootElement(text: string): string {
  const prolog = /\s*<(?:\?[\s\S]*?\?>|!--[\s\S]*?-->|!doctype[^>[]*(?:\[[\s\S]*?\]\s*)?>)/iy;
  let at = 0;
  while (prolog.test(text)) {
    if (/^\s*<!doctype\s+html\b/i.test(text.slice(at, prolog.lastIndex))) return 'html';
    at = prolog.lastIndex;
  }
  const name = /\s*<([a-z][\w:.-]*)/iy;
  name.lastIndex = at;
  return name.exec(text)?.[1] ?? '';
}

const HTML_ROOT = /^(?:html|head|body|title|meta|link|script|style)$/i;

/** True for a document that can be read as a Markdown digest. */
export function isMarkdown(start: string, { contentType, url }: Pick<Document, 'contentType' | 'url'>): boolean {
  if (/^(?:---|\+\+\+)\s*\n/.test(start) || /^text\/(?:x-)?markdown/i.test(contentType)) return true;
  if (/\.(?:md|markdown)$/i.test(new URL(url).pathname) && (!start.startsWith('<') || start.startsWith('<!--'))) return true;
  return !start.startsWith('<') && /^(?:[-*]|\d+[.)])\s+\[[^\]]+\]\(https?:/m.test(start);
}

/** Fewer told stories than this do not make a page a digest. */
const MIN_TOLD = 3;

/**
 * A web page is a digest, and thereby a feed of one entry, where it tells stories that lie elsewhere: three at least that lead
 * to other sites (or have no link of their own) and are told, not merely listed, and they are most of what it lists. A blog's
 * front page leads around its own site, a page of links tells nothing; both are no feeds. Throws FeedError: html.
 */
function parsePage(html: string, url: string): ParsedFeed {
  const body = parseHtml(html, url);
  const stories = findStories(body.blocks, url, body.cards);
  const { host } = new URL(url);
  const told = stories.filter((story) => story.told && (story.url === url || new URL(story.url).host !== host));
  const away = told.filter((story) => story.url !== url);
  if (away.length < MIN_TOLD || told.length * 2 <= stories.length) throw new FeedError('html');
  const date = readDate(body.date) ?? findDate(body.title) ?? findDate(new URL(url).pathname) ?? body.blocks.reduce<ReturnType<typeof findDate>>((found, block) => found ?? (block.kind === 'heading' ? findDate(block.runs.map((run) => run.text).join('')) : null), null);
  const entry: Entry = { guid: date ? `${url}#${date.iso}` : url, url, title: body.title, date, author: '', categories: body.categories, bodies: [{ type: 'html', text: html }] };
  return { title: body.title, homepage: url, entries: [entry], skipped: 0 };
}

function parseMarkdownFeed(source: string, url: string): ParsedFeed {
  return { title: '', homepage: null, entries: splitDigests(source).map((digest) => readMarkdownEntry(digest, url)), skipped: 0 };
}

function readMarkdownEntry(source: string, url: string): Entry {
  const { matter, body } = splitFrontMatter(source);
  const title = matter?.title || parseMarkdown(body, url).title;
  const entry: Entry = {
    guid: url,
    url: resolveLink(matter?.url ?? '', url) || url,
    title,
    date: readDate(matter?.date ?? '') ?? findDate(title || firstHeading(body)),
    author: matter?.author ?? '',
    categories: matter?.categories ?? [],
    bodies: [{ type: 'markdown', text: body }],
  };
  // A file has no name of its own as a feed; the next edition replaces this one at the same address.
  if (entry.date) entry.guid = `${url}#${entry.date.iso}`;
  if (!entry.title) entry.title = firstHeading(body);
  return entry;
}

const firstHeading = (markdown: string) => /^#{1,6}[ \t]+([^\n]{1,300})/m.exec(markdown)?.[1]?.replace(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, '$1').trim() ?? '';
