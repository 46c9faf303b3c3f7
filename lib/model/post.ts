// A post on X: its id, the addresses that lead to it, and when it was posted.

/** An X status id. Always a string: 64 bits do not fit a number. */
export type PostId = string;

/** The id of the item whose own link is this post. */
export const postItem = (postId: PostId): string => `post:${postId}`;

/** Own hosts of X, and mirrors whose paths carry the same ids (../shared facts: 55,477 measured links). */
const X_HOST = /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/;
const MIRROR_HOST = /^(?:[a-z]\.)?(?:fxtwitter|fixupx|vxtwitter|fixvx|twittpr|xcancel)\.com$|^(?:www\.)?nitter\.[a-z.]+$/;
const STATUS_PATH = /^\/(?:(?:i\/(?:web\/)?)|(\w{1,20})\/)status(?:es)?\/(\d{1,19})(?=[^\w]|$)/;

/**
 * The X post an address leads to, or null. Whole path segments are matched, so a handle may contain "status";
 * trailing segments, queries and stray punctuation after the id are ignored.
 * `handle` is empty for /i/status/ links.
 */
export function readPostLink(address: string): { postId: PostId; handle: string } | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/\.$/, '');
  if (!X_HOST.test(host) && !MIRROR_HOST.test(host)) return null;
  const m = STATUS_PATH.exec(url.pathname);
  return m?.[2] ? { postId: m[2], handle: m[1] ?? '' } : null;
}

/** X's ids count from here, ms since the epoch (4 November 2010); older posts are numbered without a time. */
export const SNOWFLAKE_EPOCH = 1_288_834_974_657;
const FIRST_SNOWFLAKE_DIGITS = 11;

/**
 * The second in which a post was posted, s since the epoch, as its `<time datetime>` on X says it; null for posts older
 * than such ids. An id is `(ms - epoch) << 22` and some low bits.
 */
export function secondOfPost(postId: PostId): number | null {
  if (postId.length < FIRST_SNOWFLAKE_DIGITS) return null;
  const ms = Number(postId) / 2 ** 22; // off by 1/16384 at most, as the id does not fit a number
  const fraction = ms % 1;
  const whole = fraction > 0.001 && fraction < 0.999 ? Math.floor(ms) : Number(BigInt(postId) >> 22n);
  return Math.floor((whole + SNOWFLAKE_EPOCH) / 1000);
}
