// One HTTP request for a feed or a page, bounded in time and size, with the validators of the last answer.
import { isWebAddress } from '../model.ts';
import { FeedError } from './error.ts';

/** Time for a whole answer, headers and body, ms. */
export const TIMEOUT_MS = 15_000;
/** Bytes of a body after which reading stops. A year of full-text digests in one feed is 24 MB. */
export const MAX_BYTES = 25 * 2 ** 20;

export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export type FetchAnswer =
  | { status: 'notModified' }
  | ({ status: 'ok'; bytes: Uint8Array; contentType: string; /** After redirects. */ url: string } & Validators);

export interface FetchOptions {
  fetch: typeof fetch;
  validators?: Validators;
  timeoutMs?: number;
  maxBytes?: number;
  /** Ends the request early. */
  signal?: AbortSignal;
}

/**
 * Fetches an address without cookies, bypassing the HTTP cache (the validators are ours: RFC 9110 §13.1).
 * The cap is enforced while streaming. Throws FeedError: address, network, timeout, http, tooLarge, empty.
 */
export async function fetchDocument(address: string, { fetch, validators, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, signal }: FetchOptions): Promise<FetchAnswer> {
  if (!isWebAddress(address) && !/^(?:chrome|moz)-extension:/.test(address)) throw new FeedError('address', address);
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
    if (response.status === 304) return { status: 'notModified' };
    if (!response.ok) {
      await response.body?.cancel().catch(() => {});
      throw new FeedError('http', String(response.status));
    }
    const bytes = await readCapped(response, maxBytes, limit.signal);
    if (bytes.length === 0) throw new FeedError('empty');
    return {
      status: 'ok',
      bytes,
      contentType: response.headers.get('content-type') ?? '',
      url: response.url || address,
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
    };
  } catch (error) {
    if (error instanceof FeedError) throw error;
    if (limit.signal.reason instanceof FeedError) throw limit.signal.reason;
    throw new FeedError('network', error instanceof Error ? error.message : '', { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
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
