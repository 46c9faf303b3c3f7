// A document of any format to a feed: what it is decides its first characters, not its label.
import { decode } from './decode.ts';
import { readDate } from './date.ts';
import { type Entry, type ParsedFeed, resolveLink } from './entry.ts';
import { FeedError } from './error.ts';
import { splitFrontMatter } from './frontmatter.ts';
import { parseJsonFeed } from './json.ts';
import { parseMarkdown } from './markdown.ts';
import { parseXmlFeed } from './xml.ts';

export interface Document {
  bytes: Uint8Array;
  contentType: string;
  url: string;
}

/**
 * Reads a feed document: RSS, RDF, Atom, JSON Feed, or a raw Markdown digest (a feed of one entry).
 * Throws FeedError: empty, html (a web page), malformed.
 */
export function parseFeed(document: Document): ParsedFeed {
  const feed = parseFormat(document);
  return { ...feed, entries: feed.entries.map((entry) => ({ ...entry, url: rebase(entry.url, document.url) })) };
}

/** Sites are published with links to the development server they were built on; those mean the feed's own site. */
function rebase(link: string, feedUrl: string): string {
  if (!link) return link;
  const url = new URL(link);
  const feed = new URL(feedUrl);
  if (!/^https?:$/.test(feed.protocol) || url.host === feed.host || !LOOPBACK.test(url.hostname)) return link;
  return new URL(url.pathname + url.search, feed.origin).href;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$/;

function parseFormat(document: Document): ParsedFeed {
  const text = decode(document.bytes, document.contentType);
  const trimmed = text.replace(/^[\s\uFEFF]+/, '');
  const start = trimmed.slice(0, 2000);
  if (!start) throw new FeedError('empty');
  if (start.startsWith('{')) return parseJsonFeed(trimmed, document.url);
  const root = rootElement(trimmed);
  if (HTML_ROOT.test(root)) throw new FeedError('html');
  if (start.startsWith('<?xml') || /^(?:rss|feed|\w+:(?:rdf|feed))$/i.test(root)) return parseXmlFeed(trimmed, document.url);
  if (isMarkdown(start, document)) return parseMarkdownFeed(text, document.url);
  if (root && /^text\/html/i.test(document.contentType)) throw new FeedError('html');
  throw new FeedError('malformed', 'unknown format');
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

function parseMarkdownFeed(source: string, url: string): ParsedFeed {
  const { matter, body } = splitFrontMatter(source);
  const title = matter?.title || parseMarkdown(body, url).title;
  const entry: Entry = {
    guid: url,
    url: resolveLink(matter?.url ?? '', url) || url,
    title,
    date: readDate(matter?.date ?? ''),
    author: matter?.author ?? '',
    categories: matter?.categories ?? [],
    bodies: [{ type: 'markdown', text: body }],
  };
  // A file has no name of its own as a feed; the next edition replaces this one at the same address.
  if (entry.date) entry.guid = `${url}#${entry.date.iso}`;
  return { title: '', homepage: null, entries: [entry], skipped: 0 };
}
