// One HTTP request for a feed or a page, bounded in time and size, with the validators of the last answer.
import { isPrivateAddress } from '../host.ts';
import { isWebAddress, isXPage } from '../link.ts';
import { readDate } from './date.ts';
import { FeedError } from './error.ts';
import { hashBytes } from './hash.ts';

/** Time for a whole answer, headers and body, ms. */
export const TIMEOUT_MS = 15_000;
/** Bytes of a body after which reading stops. A year of full-text digests in one feed is 24 MB. */
export const MAX_BYTES = 25 * 2 ** 20;

interface Validators {
  etag: string | null;
  lastModified: string | null;
  /** Hash of the body, which tells what servers without the other two do not. */
  bodyHash: string | null;
}

interface Answered {
  /** After redirects. */
  url: string;
  /** How long the answer may be taken as current (Cache-Control: max-age), ms; null where that is not said, or not at all. */
  maxAge: number | null;
  /** To be sent with the next request, once what they vouch for is stored. */
  validators: Validators;
}

/** `notModified`: a 304, or a body that is the same as the last. */
export type FetchAnswer = Answered & ({ status: 'notModified' } | { status: 'ok'; bytes: Uint8Array; contentType: string });

/** An answer with a status that is no success. `detail` is the status. */
export class HttpError extends FeedError {
  /** How long the server asks to be left alone (Retry-After of a 429 or 503), ms; null where it does not. */
  readonly retryAfter: number | null;

  constructor(status: number, retryAfter: number | null) {
    super(status === 410 ? 'gone' : 'http', String(status));
    this.retryAfter = retryAfter;
  }
}

/** How a request is made, and which may be. */
export interface FetchOptions {
  fetch: typeof fetch;
  /** Whether an address may be asked. It is put for the first one and for where redirects ended; on the same host they may go. */
  allowed: (address: string) => Promise<boolean>;
  /** The address the reader gave, which alone may lie in a private network, with others of its origin; the one asked where not given. */
  home?: string;
  validators?: Validators;
  timeoutMs?: number;
  maxBytes?: number;
  /** Ends the request early. */
  signal?: AbortSignal;
  now?: () => number;
}

/**
 * Fetches an address without cookies, bypassing the HTTP cache (the validators are ours: RFC 9110 §13.1).
 * The cap is enforced while streaming. What a redirect brought from a host that is not allowed is thrown away unread.
 * Nothing outside a private network leads into it: neither a feed's link nor a redirect. The browser follows redirects by
 * itself, so a request may have been made by then (to X none, see lib/fence); its answer is not read. Told not to follow (`redirect:
 * 'manual'`), Chromium and Firefox say that there is a redirect, and hide its Location from extensions, too; what sees it is
 * `webRequest`, a permission to watch requests, which is more than this is worth.
 * Throws FeedError: address, x, private, permission, network, timeout, tooLarge, empty; HttpError: http, gone.
 */
export async function fetchDocument(address: string, { fetch, allowed, home = address, validators, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, signal, now = Date.now }: FetchOptions): Promise<FetchAnswer> {
  if (!isWebAddress(address) && !/^(?:chrome|moz)-extension:/.test(address)) throw new FeedError('address', address);
  if (isXPage(address)) throw new FeedError('x');
  if (isPrivateAddress(address) && !isSamePlace(address, home)) throw new FeedError('private', new URL(address).host);
  if (!(await allowed(address))) throw new FeedError('permission', new URL(address).host);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new FeedError('timeout', String(timeoutMs))), timeoutMs);
  const stop = () => limit.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  try {
    const headers = new Headers({ accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/markdown;q=0.8, text/html;q=0.7, */*;q=0.5' });
    if (validators?.etag) headers.set('if-none-match', validators.etag);
    if (validators?.lastModified) headers.set('if-modified-since', validators.lastModified);
    const response = await fetch(address, { headers, credentials: 'omit', cache: 'no-store', redirect: 'follow', signal: limit.signal });
    const url = response.url || address;
    const drop = () => response.body?.cancel().catch(() => {});
    const refusal = await refuse(url, address, home, allowed);
    if (refusal) {
      await drop();
      throw refusal;
    }
    const maxAge = readMaxAge(response.headers.get('cache-control'));
    const sent = { etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified') };
    if (response.status === 304) return { status: 'notModified', url, maxAge, validators: { etag: sent.etag ?? validators?.etag ?? null, lastModified: sent.lastModified ?? validators?.lastModified ?? null, bodyHash: validators?.bodyHash ?? null } };
    if (!response.ok) {
      await drop();
      throw new HttpError(response.status, [429, 503].includes(response.status) ? readRetryAfter(response.headers, now()) : null);
    }
    const bytes = await readCapped(response, maxBytes, limit.signal);
    if (bytes.length === 0) throw new FeedError('empty');
    const bodyHash = validators ? await hashBytes(bytes) : null;
    const answered = { url, maxAge, validators: { ...sent, bodyHash } };
    if (bodyHash !== null && bodyHash === validators?.bodyHash) return { status: 'notModified', ...answered };
    return { status: 'ok', bytes, contentType: response.headers.get('content-type') ?? '', ...answered };
  } catch (error) {
    if (error instanceof FeedError) throw error;
    if (limit.signal.reason instanceof FeedError) throw limit.signal.reason;
    throw new FeedError('network', error instanceof Error ? error.message : '', { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Of the same origin, or the same host by https instead of http. */
function isSamePlace(address: string, other: string): boolean {
  const [a, b] = [new URL(address), new URL(other)];
  return a.origin === b.origin || (a.hostname === b.hostname && a.protocol === 'https:' && b.protocol === 'http:');
}

/** Why what a redirect led to may not be read; null where it may. */
async function refuse(url: string, address: string, home: string, allowed: FetchOptions['allowed']): Promise<FeedError | null> {
  if (isSamePlace(url, address)) return null;
  if (isXPage(url)) return new FeedError('x');
  if (isPrivateAddress(url) && !isSamePlace(url, home)) return new FeedError('private', new URL(url).host);
  return isWebAddress(url) && (await allowed(url)) ? null : new FeedError('permission', new URL(url).host);
}

/** RFC 9111 §5.2.2; no-store and no-cache want every request to reach the server, so they ask for no wait. */
function readMaxAge(cacheControl: string | null): number | null {
  if (!cacheControl || /\bno-(?:store|cache)\b/i.test(cacheControl)) return null;
  const seconds = Number(/(?:^|[,\s])max-age\s*=\s*"?(\d+)/i.exec(cacheControl)?.[1] ?? 0);
  return seconds > 0 ? seconds * 1000 : null;
}

/** RFC 9110 §10.2.3: seconds, or a date. A date is measured by the server's own clock where it tells its time. */
function readRetryAfter(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = (readDate(text)?.ms ?? NaN) - (readDate(headers.get('date') ?? '')?.ms ?? now);
  return wait > 0 ? wait : null;
}

async function readCapped(response: Response, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const declared = Number(response.headers.get('content-length'));
  if (declared > maxBytes) {
    await response.body?.cancel().catch(() => {});
    throw new FeedError('tooLarge', String(maxBytes));
  }
  if (!response.body) return new Uint8Array(0);
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => {}); // ends a read that hangs
  signal.addEventListener('abort', cancel);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel().catch(() => {});
      throw new FeedError('tooLarge', String(maxBytes));
    }
    chunks.push(value);
  }
  signal.removeEventListener('abort', cancel);
  signal.throwIfAborted();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
