// Every message one of our contexts sends another, with what it answers. All go to the background: from our pages, and from our script on X.
// Checked by hand: zod made a tenth of what a worker reads whenever it wakes.
import { isOwnPage, type Speaker } from './speaker.ts';
import type { Fault } from './model/fault.ts';
import type { CardAct, PageRequest } from './page-request.ts';

/** A message of one of our own pages. */
export type Request =
  /** Poll these feeds now, or every one; answers when all are done. */
  | { type: 'refresh'; feedIds?: string[] }
  /** Sync now, and bring what is derived from the store up to date; answers when that is done. */
  | { type: 'sync' }
  /** Fetch and read an address and, only if that works, subscribe to it. */
  | { type: 'addFeed'; url: string };

/** Reads each kind of message from its fields: those it knows, and no others; null where one is not as it should be. */
type Readers<M extends { type: string }> = { [T in M['type']]: (fields: Record<string, unknown>) => Extract<M, { type: T }> | null };

/** A message as one of these kinds; null where it is none. */
function readMessage<M extends { type: string }>(message: unknown, readers: Readers<M>): M | null {
  if (typeof message !== 'object' || message === null) return null;
  const fields = message as Record<string, unknown>;
  return typeof fields.type === 'string' && Object.hasOwn(readers, fields.type) ? readers[fields.type as M['type']](fields) : null;
}

const MAX_URL = 4096;

const REQUESTS: Readers<Request> = {
  refresh({ feedIds }) {
    if (feedIds === undefined) return { type: 'refresh' };
    return Array.isArray(feedIds) && feedIds.every((id) => typeof id === 'string') ? { type: 'refresh', feedIds } : null;
  },
  sync: () => ({ type: 'sync' }),
  addFeed: ({ url }) => (typeof url === 'string' && url.length <= MAX_URL ? { type: 'addFeed', url } : null),
};

/** A feed that a web page announces. */
interface FeedChoice {
  url: string;
  /** Empty where the page gives it none. */
  title: string;
}

/** `choices`: the address is a web page of several feeds, or of one on a host that has to be asked for; nothing is stored yet. */
export type AddFeedAnswer = { ok: true; title: string; known: boolean } | { ok: false; fault: Fault } | { ok: false; choices: FeedChoice[] };

/** A message as a request; null where it is none, or none of our pages sent it (see isOwnPage). */
export function readRequest(message: unknown, sender: Speaker | undefined, own: { id: string; base: string }): Request | null {
  if (!isOwnPage(sender, own)) return null;
  return readMessage(message, REQUESTS);
}

const isPostId = (value: unknown): value is string => typeof value === 'string' && /^\d{1,19}$/.test(value);
const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): value is number => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

const ACTS: Record<CardAct, true> = { read: true, unread: true, star: true, unstar: true, mute: true, undo: true };
const isAct = (value: unknown): value is CardAct => typeof value === 'string' && Object.hasOwn(ACTS, value);

const MAX_COUNT = 100_000;

/** What the script on X may send: these and no other, as a page could have taken its process over. */
const FROM_X: Readers<PageRequest> = {
  card: ({ postId }) => (isPostId(postId) ? { type: 'card', postId } : null),
  cardAct: ({ postId, act, entry }) => (isPostId(postId) && isAct(act) && (entry === undefined || isCount(entry)) ? { type: 'cardAct', postId, act, entry } : null),
  opened: ({ postId }) => (isPostId(postId) ? { type: 'opened', postId } : null),
  count: ({ count }) => (isCount(count, MAX_COUNT) ? { type: 'count', count } : null),
};

/** A message of our own script in a tab of X, and the tab's id; null for any other message and any other sender. */
export function parsePageRequest(message: unknown, { id, url, tab }: Speaker, ownId: string): { request: PageRequest; tabId: number } | null {
  if (id !== ownId || tab?.id === undefined || !/^https?:\/\/(?:[\w-]+\.)*(?:x|twitter)\.com(?:[:/]|$)/.test(url ?? '')) return null;
  const request = readMessage(message, FROM_X);
  return request && { request, tabId: tab.id };
}
