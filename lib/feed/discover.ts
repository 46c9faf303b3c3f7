// From a web page to the feeds it announces.
import { resolveLink } from './entry.ts';
import { readMarkup } from './markup.ts';

/** A feed that a page announces. */
export interface FeedCandidate {
  url: string;
  /** Empty where the page gives it none. */
  title: string;
}

const TYPES = ['application/rss+xml', 'application/rdf+xml', 'application/atom+xml', 'application/feed+json'];
/** Types that say feed only together with rel="alternate" and an address that does. */
const VAGUE = /^(?:(?:application|text)\/xml|application\/json)$/;

/** Where sites usually keep a feed they do not announce; the likeliest first. Relative to the page's folder, then to the site. */
const USUAL = ['index.xml', 'feed', 'feed.xml', 'rss.xml', 'atom.xml', 'feed.json', 'rss', 'index.rss', 'feed/index.xml'];

/**
 * The feeds a page names in <link rel="alternate"> (https://www.rssboard.org/rss-autodiscovery), in its order, each once.
 * `url` is the page's own address, after redirects; a <base> counts. Never throws.
 */
export function discoverFeeds(html: string, url: string): FeedCandidate[] {
  const found = new Map<string, FeedCandidate>();
  let base = url;
  readMarkup(html, {
    onopentag(name, { rel = '', href = '', type = '', title = '' }) {
      if (name === 'base' && base === url) base = resolveLink(href, url) || url;
      if (name !== 'link' || !/(?:^|\s)(?:alternate|feed)(?:\s|$)/i.test(rel) || /(?:^|\s)stylesheet(?:\s|$)/i.test(rel)) return;
      const mime = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
      const isFeed = TYPES.includes(mime) || (VAGUE.test(mime) && /rss|atom|feed|index\.xml/i.test(href));
      const address = isFeed ? resolveLink(href, base) : '';
      if (address && !found.has(address)) found.set(address, { url: address, title: title.trim() });
    },
  }, {});
  return [...found.values()];
}

/** Addresses to try where a page announces no feed, likeliest first: in its own folder, then at the root of its site. */
export function usualFeedAddresses(url: string): string[] {
  const folder = new URL(url).pathname.replace(/[^/]*$/, '');
  return [...new Set([folder, '/'].flatMap((path) => USUAL.map((name) => new URL(path + name, url).href)))];
}
