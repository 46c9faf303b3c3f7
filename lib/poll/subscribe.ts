// Subscribing: to what the publisher built in, and to an address a reader gives.
import { FeedError, toFault } from '../feed/error.ts';
import { fetchDocument } from '../feed/fetch.ts';
import { parseFeed } from '../feed/parse.ts';
import { type Category, isWebAddress } from '../model.ts';
import type { AddFeedAnswer } from '../messages.ts';
import type { Database } from '../store/database.ts';
import { addFeed, listFeeds, newFeed } from '../store/feeds.ts';
import type { PollContext } from './refresh.ts';

/** Subscribes to the built-in feed. Repeating it changes nothing. */
export async function subscribeDefault(db: Database, url: string, title: string, categories: Category[], now: number): Promise<void> {
  await addFeed(db, newFeed(url, { title, categories }, now));
}

/**
 * Reads an address and, only if a feed stands there, subscribes to it; stores nothing otherwise.
 * The caller has asked for the host's permission before.
 */
export async function subscribe(address: string, categories: Category[], context: PollContext): Promise<AddFeedAnswer & { feedId?: string }> {
  try {
    const url = address.trim();
    if (!isWebAddress(url)) throw new FeedError('address', url);
    const { href } = new URL(url);
    const known = (await listFeeds(context.db)).find((feed) => feed.url === href);
    if (known) return { ok: true, title: known.title || href, known: true };
    const answer = await fetchDocument(href, { fetch: context.fetch, allowed: context.allowed, timeoutMs: context.timeoutMs });
    if (answer.status === 'notModified') throw new FeedError('http', '304');
    const { title, homepage } = parseFeed(answer);
    const feed = await addFeed(context.db, newFeed(href, { title: title || new URL(href).host, homepage, categories }, context.now()));
    return { ok: true, title: feed.title, known: false, feedId: feed.id };
  } catch (error) {
    return { ok: false, fault: toFault(error, context.now()) };
  }
}
