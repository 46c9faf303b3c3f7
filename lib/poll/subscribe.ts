// Subscribing to an address a reader gives.
import { FeedError, isFeedError, toFault } from '../feed/error.ts';
import { fetchDocument } from '../feed/fetch.ts';
import type { ParsedFeed } from '../feed/entry.ts';
import type { Document } from '../feed/parse.ts';
import { isPrivateAddress } from '../host.ts';
import { isWebAddress } from '../link.ts';
import type { Category } from '../model/category.ts';
import { feedName } from '../model/feed.ts';
import type { AddFeedAnswer } from '../messages.ts';
import type { Database } from '../store/database.ts';
import { addFeed, listFeeds, newFeed } from '../store/feeds.ts';
import type { PollContext } from './context.ts';

/** Addresses tried where a page announces no feed. */
const MOST_TRIES = 10;
const TRY_TIMEOUT_MS = 5000;

/** What the reader is answered, and the feed's id where it is subscribed to now. */
export type Subscribed = AddFeedAnswer & { feedId?: string };

/**
 * Reads an address and, only if a feed stands there, subscribes to it; stores nothing otherwise. A web page leads to the
 * feed it announces, else it is read as a digest itself, else the usual addresses of its site are tried.
 * The caller has asked for the host's permission before.
 */
export async function subscribe(address: string, categories: Category[], context: PollContext): Promise<Subscribed> {
  try {
    const url = address.trim();
    if (!isWebAddress(url)) throw new FeedError('address', url);
    const { href } = new URL(url);
    const known = await findKnown(context.db, href);
    if (known) return known;
    const answer = await read(href, context);
    const { isWebPage, parseFeed } = await context.loadIntake();
    return isWebPage(answer) ? await subscribePage(href, answer, categories, context) : await add(href, parseFeed(answer), categories, context);
  } catch (error) {
    return { ok: false, fault: toFault(error, context.now()) };
  }
}

async function subscribePage(href: string, page: Document, categories: Category[], context: PollContext): Promise<Subscribed> {
  const { decode, discoverFeeds, parseFeed, usualFeedAddresses } = await context.loadIntake();
  const found = discoverFeeds(decode(page.bytes, page.contentType), page.url);
  const [only] = found;
  if (only) {
    // A page outside names no address inside the reader's network without being asked about it.
    const inside = isPrivateAddress(only.url) && new URL(only.url).origin !== new URL(page.url).origin;
    if (found.length > 1 || inside || !(await context.allowed(only.url))) return { ok: false, choices: found.map(({ url, title }) => ({ url, title })) };
    const known = await findKnown(context.db, only.url);
    if (known) return known;
    try {
      return await add(only.url, parseFeed(await read(only.url, context)), categories, context);
    } catch (error) {
      if (!isFeedError(error)) throw error; // the store's
      // A page may go on announcing a feed that is gone: it is looked at as one that announces none.
    }
  }
  try {
    return await add(href, parseFeed(page), categories, context);
  } catch (error) {
    for (const url of usualFeedAddresses(page.url).slice(0, MOST_TRIES)) {
      const tried = await tryAddress(url, categories, context);
      if (tried) return tried;
    }
    throw error;
  }
}

/** Subscribes to an address if a feed stands there; null otherwise. */
async function tryAddress(url: string, categories: Category[], context: PollContext): Promise<Subscribed | null> {
  try {
    const answer = await read(url, { ...context, timeoutMs: Math.min(context.timeoutMs ?? TRY_TIMEOUT_MS, TRY_TIMEOUT_MS) });
    const { isWebPage, parseFeed } = await context.loadIntake();
    if (isWebPage(answer)) return null; // many sites answer any address with a page
    const feed = parseFeed(answer);
    return (await findKnown(context.db, url)) ?? (await add(url, feed, categories, context));
  } catch {
    return null;
  }
}

async function read(url: string, { fetch, allowed, timeoutMs }: PollContext) {
  const answer = await fetchDocument(url, { fetch, allowed, timeoutMs });
  if (answer.status === 'notModified') throw new FeedError('http', '304');
  return answer;
}

async function findKnown(db: Database, url: string): Promise<Subscribed | null> {
  const known = (await listFeeds(db)).find((feed) => feed.url === url);
  return known ? { ok: true, title: feedName(known), known: true } : null;
}

async function add(url: string, { title, homepage }: ParsedFeed, categories: Category[], { db, now }: PollContext): Promise<Subscribed> {
  const feed = await addFeed(db, newFeed(url, { title: title || new URL(url).host, homepage, categories }, now()));
  return { ok: true, title: feed.title, known: false, feedId: feed.id };
}
