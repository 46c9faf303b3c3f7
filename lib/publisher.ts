// What a digest's publisher builds in, read from the environment at build time (wxt.config) and from the bundle at run time.
import { DEFAULT_CATEGORIES } from './model/category.ts';
import type { Settings } from './model/settings.ts';
import { SAMPLE_FEED_URL } from './sample.ts';

/** The pages marks stand on. */
export const X_PATTERNS = ['*://x.com/*', '*://*.x.com/*', '*://twitter.com/*', '*://*.twitter.com/*'];

/** The frames in which X shows a post on another site's page. */
export const EMBED_PATTERNS = ['https://platform.twitter.com/*', 'https://platform.x.com/*'];

/** Where embedded posts are to be marked, as match patterns of whole hosts. */
export const embedPatterns = ({ markEmbeds, markSites }: Pick<Settings, 'markEmbeds' | 'markSites'>): string[] => (markEmbeds ? [...EMBED_PATTERNS, ...markSites] : []);

/** Minutes between polls of a feed without a rhythm. A publisher who builds in less wants every wait that short at most. */
export const DEFAULT_POLL_MINUTES = 30;

/** Firefox's longest name for an add-on; Chrome and Edge take more. */
const MOST_NAME = 45;
/** What Firefox takes for an add-on's id: like an address of mail, or a GUID in braces. */
const FIREFOX_ID = /^(?:[\w.-]{0,60}@[\w.-]{1,60}|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\})$/i;

/** What is built in. */
export interface PublisherOptions {
  /** The extension's name in every language; null for our own, which each language has its own form of. */
  name: string | null;
  /** Its id in Firefox; each extension on addons.mozilla.org has one of its own. */
  firefoxId: string;
  feedUrl: string;
  categories: string[];
  /** Match patterns of the feed's host, for host_permissions; empty for the sample. */
  origins: string[];
  /** Minutes between polls where no rhythm is seen; below the default, the longest wait whatever the rhythm. */
  pollMinutes: number;
}

/**
 * Reads WXT_NAME, WXT_FIREFOX_ID, WXT_DEFAULT_FEED_URL, WXT_DEFAULT_CATEGORIES (comma-separated) and WXT_POLL_MINUTES.
 * Throws with a plain sentence where one makes no sense, so that a wrong build fails instead of shipping.
 */
export function readPublisherOptions(env: Record<string, string | undefined>): PublisherOptions {
  const name = env.WXT_NAME?.trim() || null;
  if (name && (Array.from(name).length > MOST_NAME || name.startsWith('__MSG_'))) throw new Error(`WXT_NAME must be a name of at most ${MOST_NAME} characters, not "${name}"`);
  const firefoxId = env.WXT_FIREFOX_ID?.trim() || 'eight-bells@eight-bells.invalid';
  if (!FIREFOX_ID.test(firefoxId)) throw new Error(`WXT_FIREFOX_ID must be like name@site.example, not "${firefoxId}"`);
  const address = env.WXT_DEFAULT_FEED_URL?.trim();
  const minutes = env.WXT_POLL_MINUTES?.trim();
  const pollMinutes = minutes ? Number(minutes) : DEFAULT_POLL_MINUTES;
  if (!(pollMinutes >= 0.5 && pollMinutes <= 24 * 60)) throw new Error(`WXT_POLL_MINUTES must be a number from 0.5 to 1440, not "${minutes}"`);
  const listed = env.WXT_DEFAULT_CATEGORIES ?? '';
  const named = listed.split(/[,，]/).map((name) => name.trim()).filter(Boolean);
  if (listed && named.length === 0) throw new Error(`WXT_DEFAULT_CATEGORIES must name categories, separated by commas, not "${listed}"`);
  const categories = named.length ? [...new Set(named)] : [...DEFAULT_CATEGORIES];
  if (!address) return { name, firefoxId, feedUrl: SAMPLE_FEED_URL, categories, origins: [], pollMinutes };
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new Error(`WXT_DEFAULT_FEED_URL is not an address: "${address}"`);
  }
  if (!/^https?:$/.test(url.protocol)) throw new Error(`WXT_DEFAULT_FEED_URL must start with https:// or http://, not "${address}"`);
  return { name, firefoxId, feedUrl: url.href, categories, origins: [hostPattern(url.href)], pollMinutes };
}

/** The match pattern that covers an address's host. Without the port: Firefox knows no ports in patterns. */
export function hostPattern(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.hostname}/*`;
}
