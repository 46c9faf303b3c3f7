// Addresses: which may be opened, which are X's own, how they are shown, linked and compared, and which item they stand for.
import { postItem, readPostLink } from './model/post.ts';

/** An address as a URL where it is one of the web's; null for any other. */
function readWeb(address: string): URL | null {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

/** True for addresses that may be opened or fetched: http and https only. */
export const isWebAddress = (address: string): boolean => readWeb(address) !== null;

/** The host of an address as it is shown: in punycode, so that no letter passes for another; without user name and www. Empty where there is none. */
export const hostOf = (address: string): string => (URL.parse(address)?.host ?? '').replace(/^www\./, '');

/** An address as it may be linked: http(s), without the user name that could pass for a host (https://x.com@evil.example). Null for any other. */
export function linkOf(address: string): string | null {
  const url = readWeb(address);
  if (!url) return null;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Every host of X, its media, API and short links too; a name may end with the root's dot. */
const X_SITE = /(?:^|\.)(?:x\.com|twitter\.com|twimg\.com|t\.co)\.?$/;

/** True for a page of X itself: never requested, whatever a reader or a feed asks for. */
export const isXPage = (address: string): boolean => X_SITE.test(URL.parse(address)?.hostname ?? '');

/** True for a match pattern of one whole host that is not X's, which marks have anyway. No more than a pattern's parts, for the browser takes none of a list that holds what is no pattern. */
export function isSite(pattern: string): boolean {
  const url = URL.parse(pattern);
  return url !== null && /^https?:\/\/[^/*]+\/\*$/.test(pattern) && pattern === `${url.protocol}//${url.hostname}/*` && !isXPage(pattern);
}

/** An address without what does not change the page it leads to: scheme, www, case of the host, fragment, campaign parameters, final slash. */
export function normaliseLink(address: string): string {
  const url = new URL(address);
  for (const name of Array.from(url.searchParams.keys())) if (/^(?:utm_\w+|fbclid|gclid|spm|ref_src)$/.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  const host = url.host.replace(/^www\./, '').replace(/\.(?=:|$)/, '');
  const path = url.pathname.replace(/\/+$/, '');
  const query = url.searchParams.size ? `?${url.searchParams}` : '';
  return `${host}${path}${query}`;
}

/** An item's identity: its post where its own link is one, else the normalised link. Never the position or the title. */
export function itemId(url: string): string {
  const post = readPostLink(url);
  return post ? postItem(post.postId) : `link:${normaliseLink(url)}`;
}
