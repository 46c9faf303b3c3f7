// What every feed format is read into, before anyone asks what its entries hold.
import { linkOf } from '../link.ts';
import type { FeedDate } from './date.ts';

/** One entry of a feed, as the feed wrote it. */
export interface Entry {
  /** The entry's own id, else its link, else made from title and date. */
  guid: string;
  /** Absolute http(s) address, or empty. */
  url: string;
  title: string;
  date: FeedDate | null;
  author: string;
  categories: string[];
  /** The feed tags its entries freely, so that the tags of a story are no categories (settleTags). Absent where they are. */
  freeTags?: true;
  /** Bodies, fullest first. */
  bodies: EntryBody[];
}

/** A text of an entry in which stories may stand. */
export interface EntryBody {
  /** markdown: a raw file, which is its own page. text: may hold Markdown, and is read as such. */
  type: 'html' | 'text' | 'markdown';
  text: string;
}

/** A feed document. */
export interface ParsedFeed {
  title: string;
  homepage: string | null;
  entries: Entry[];
  /** Entries that were broken and left out. */
  skipped: number;
  /** Least time between polls the feed asks for by `ttl` or `sy:updatePeriod`, minutes; uncapped. */
  ttlMinutes?: number;
  /** The document broke off, or was broken in itself; `entries` is what could be saved. Absent where it was whole. */
  broken?: 'truncated' | 'repaired';
}

/** More names than this are tags, not categories. */
const MAX_CATEGORIES = 12;

/**
 * Marks the entries of a feed that tags freely. Names of categories are few and recur; a feed whose names are more than
 * twelve, or mostly stand on one entry only, uses tags. Decided over the whole feed; digests, which name the categories of
 * their own stories, do not ask for the mark.
 */
export function settleTags(entries: Entry[]): Entry[] {
  const counts = new Map<string, number>();
  for (const name of entries.flatMap((entry) => entry.categories)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const recurring = [...counts.values()].filter((count) => count > 1).length;
  if (counts.size === 0 || (counts.size <= MAX_CATEGORIES && recurring * 2 > counts.size)) return entries;
  return entries.map((entry) => (entry.categories.length ? { ...entry, freeTags: true as const } : entry));
}

/** No server takes a longer one, and a page's every link would be resolved against it. */
const MAX_LINK = 8192;

/**
 * Resolves a link against its document; empty where it does not come out as http(s), or as a neighbour of the packaged
 * sample, or is longer than any server takes. Quotes and braces that a broken template left around an address are not part
 * of it, nor is a user name, which could pass for the host.
 */
export function resolveLink(href: string, base: string): string {
  if (href.length > MAX_LINK) return '';
  const text = href.trim().replace(/^[{[(<"'\s]+(https?:.*?)[\s"'>)\]}]+$/i, '$1');
  if (!text) return '';
  try {
    const url = new URL(text, base);
    const from = new URL(base);
    const neighbour = /^(?:chrome|moz)-extension:$/.test(from.protocol) && url.protocol === from.protocol && url.host === from.host;
    return neighbour ? url.href : (linkOf(url.href) ?? '');
  } catch {
    return '';
  }
}
