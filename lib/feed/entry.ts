// What every feed format is read into, before anyone asks what its entries hold.
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
  /** Bodies, fullest first. */
  bodies: EntryBody[];
}

export interface EntryBody {
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
}

/**
 * Resolves a link against its document; empty where it does not come out as http(s), or as a neighbour of the packaged
 * sample. Quotes and braces that a broken template left around an address are not part of it.
 */
export function resolveLink(href: string, base: string): string {
  const text = href.trim().replace(/^[{[(<"'\s]+(https?:.*?)[\s"'>)\]}]+$/i, '$1');
  if (!text) return '';
  try {
    const url = new URL(text, base);
    const from = new URL(base);
    const neighbour = /^(?:chrome|moz)-extension:$/.test(from.protocol) && url.protocol === from.protocol && url.host === from.host;
    return neighbour || /^https?:$/.test(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}
