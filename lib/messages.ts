// Every message one of our contexts sends another, with what it answers. All go from pages to the background.
import * as z from 'zod/mini';
import type { Fault } from './model.ts';

const Request = z.discriminatedUnion('type', [
  /** Poll these feeds now, or every one; answers when all are done. */
  z.object({ type: z.literal('refresh'), feedIds: z.optional(z.array(z.string())) }),
  /** Sync now, and bring what is derived from the store up to date; answers when that is done. */
  z.object({ type: z.literal('sync') }),
  /** Fetch and read an address and, only if that works, subscribe to it. */
  z.object({ type: z.literal('addFeed'), url: z.string().check(z.maxLength(4096)) }),
]);

export type Request = z.infer<typeof Request>;

/** A feed that a web page announces. */
export interface FeedChoice {
  url: string;
  /** Empty where the page gives it none. */
  title: string;
}

/** `choices`: the address is a web page of several feeds, or of one on a host that has to be asked for; nothing is stored yet. */
export type AddFeedAnswer = { ok: true; title: string; known: boolean } | { ok: false; fault: Fault } | { ok: false; choices: FeedChoice[] };

/** A message as a request, or null where it is none of ours. */
export function parseRequest(message: unknown): Request | null {
  const parsed = Request.safeParse(message);
  return parsed.success ? parsed.data : null;
}
