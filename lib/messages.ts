// Every message one of our contexts sends another, with what it answers. All go to the background: from our pages, and from our script on X.
import * as z from 'zod/mini';
import { isOwnPage, type Speaker } from './speaker.ts';
import type { Fault } from './model/fault.ts';
import type { PageRequest } from './page-request.ts';

const Request = z.discriminatedUnion('type', [
  /** Poll these feeds now, or every one; answers when all are done. */
  z.object({ type: z.literal('refresh'), feedIds: z.optional(z.array(z.string())) }),
  /** Sync now, and bring what is derived from the store up to date; answers when that is done. */
  z.object({ type: z.literal('sync') }),
  /** Fetch and read an address and, only if that works, subscribe to it. */
  z.object({ type: z.literal('addFeed'), url: z.string().check(z.maxLength(4096)) }),
]);

/** A message of one of our own pages. */
export type Request = z.infer<typeof Request>;

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
  const parsed = Request.safeParse(message);
  return parsed.success ? parsed.data : null;
}

const PostId = z.string().check(z.regex(/^\d{1,19}$/));

/** What the script on X may send: these and no other, as a page could have taken its process over. */
const FromX = z.discriminatedUnion('type', [
  z.object({ type: z.literal('card'), postId: PostId }),
  z.object({ type: z.literal('cardAct'), postId: PostId, act: z.enum(['read', 'unread', 'star', 'unstar', 'mute', 'undo']), entry: z.optional(z.int().check(z.nonnegative())) }),
  z.object({ type: z.literal('opened'), postId: PostId }),
  z.object({ type: z.literal('count'), count: z.int().check(z.nonnegative(), z.maximum(100_000)) }),
]);

/** A message of our own script in a tab of X, and the tab's id; null for any other message and any other sender. */
export function parsePageRequest(message: unknown, { id, url, tab }: Speaker, ownId: string): { request: PageRequest; tabId: number } | null {
  if (id !== ownId || tab?.id === undefined || !/^https?:\/\/(?:[\w-]+\.)*(?:x|twitter)\.com(?:[:/]|$)/.test(url ?? '')) return null;
  const parsed = FromX.safeParse(message);
  return parsed.success ? { request: parsed.data, tabId: tab.id } : null;
}
