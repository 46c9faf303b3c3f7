// Where check-feed gets documents from: an address, asked as the extension asks it, or a file beside which its site lies.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { decode } from '../../lib/feed/decode.ts';
import { discoverFeeds } from '../../lib/feed/discover.ts';
import { FeedError } from '../../lib/feed/error.ts';
import { fetchDocument, MAX_BYTES } from '../../lib/feed/fetch.ts';
import { type Document, isWebPage, parseFeed } from '../../lib/feed/parse.ts';
import { isWebAddress, isXPage } from '../../lib/link.ts';
import { MAX_PAGE_BYTES } from '../../lib/poll/pages.ts';

/** What the server said of the feed besides the document. */
export interface Serving {
  /** Redirects on the way, in order. */
  hops: { status: number; from: string; to: string }[];
  etag: string | null;
  lastModified: string | null;
  cacheControl: string | null;
  /** Least time between polls that Cache-Control asks for, ms; null where none. */
  maxAge: number | null;
  /** Content-Encoding; null where the answer came uncompressed. */
  compression: string | null;
  /**
   * What a second, conditional request met: 304, the same body in full, another body, or no good answer (then `status`
   * or 0 for none).
   */
  second: { answer: 'notModified' | 'same' | 'changed' | 'failed'; status: number };
}

/** A document, and how it was come by. */
export interface Source {
  /** What was asked for: an address or a file. */
  name: string;
  document: Document;
  /** Null for a file. */
  serving: Serving | null;
  /** The page the feed was found on, where a page was asked for. */
  foundOn: string | null;
  /** Reads the page an entry leads to. Throws FeedError; null where there is nothing to read it from. */
  readPage: (address: string) => Promise<Document | null>;
}

/** Several feeds stand at a page; its publisher has to say which. */
export class FeedChoice extends Error {
  readonly addresses: string[];

  constructor(addresses: string[]) {
    super('several feeds');
    this.addresses = addresses;
  }
}

/** The feed that a page announces cannot be read. */
export class AnnouncedFault extends FeedError {
  readonly address: string;

  constructor(address: string, { kind, detail }: FeedError) {
    super(kind, detail);
    this.address = address;
  }
}

/** As many as the Fetch standard follows. */
const MOST_REDIRECTS = 20;

interface Exchange {
  hops: Serving['hops'];
  response: Response | null;
}

/** A `fetch` that follows redirects itself, so that each can be told of, and never goes to X. */
function recordingFetch(fetcher: typeof fetch): { fetch: typeof fetch; last: () => Exchange } {
  let exchange: Exchange = { hops: [], response: null };
  const recording = async (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    exchange = { hops: [], response: null };
    let address = String(input);
    for (;;) {
      const response = await fetcher(address, { ...init, redirect: 'manual' });
      const location = response.status >= 300 && response.status < 400 && response.status !== 304 ? response.headers.get('location') : null;
      if (location === null) {
        exchange.response = response;
        return response;
      }
      await response.body?.cancel();
      const to = new URL(location, address).href;
      if (isXPage(to)) throw new FeedError('x');
      exchange.hops.push({ status: response.status, from: address, to });
      if (exchange.hops.length > MOST_REDIRECTS) throw new FeedError('network', 'redirects in a circle');
      address = to;
    }
  };
  return { fetch: recording as typeof fetch, last: () => exchange };
}

const allowed = async () => true;

/**
 * Gets a feed from its address, by two requests as the extension makes them: a plain one, then one with the validators.
 * A page that announces one feed leads to that feed. Throws FeedError, and FeedChoice for a page of several.
 */
export async function openAddress(address: string, { fetch: fetcher = fetch, timeoutMs }: { fetch?: typeof fetch; timeoutMs?: number } = {}): Promise<Source> {
  const { fetch, last } = recordingFetch(fetcher);
  const first = await fetchDocument(address, { fetch, allowed, timeoutMs, validators: { etag: null, lastModified: null, bodyHash: null } });
  if (first.status === 'notModified') throw new FeedError('http', '304');
  const { hops, response } = last();
  if (isWebPage(first)) {
    const announced = discoverFeeds(decode(first.bytes, first.contentType), first.url);
    const [only] = announced;
    if (announced.length > 1) throw new FeedChoice(announced.map(({ url }) => url));
    if (only && only.url !== address) return { ...(await openAnnounced(only.url)), foundOn: address };
  }
  const second = await askAgain();
  return {
    name: address,
    document: first,
    serving: {
      hops,
      etag: first.validators.etag,
      lastModified: first.validators.lastModified,
      cacheControl: response?.headers.get('cache-control') ?? null,
      maxAge: first.maxAge,
      compression: response?.headers.get('content-encoding') ?? null,
      second,
    },
    foundOn: null,
    readPage: async (url) => {
      const page = await fetchDocument(url, { fetch, allowed, timeoutMs, maxBytes: MAX_PAGE_BYTES });
      if (page.status === 'notModified') throw new FeedError('http', '304');
      return page;
    },
  };

  async function openAnnounced(feed: string): Promise<Source> {
    try {
      return await openAddress(feed, { fetch: fetcher, timeoutMs });
    } catch (error) {
      throw error instanceof FeedError ? new AnnouncedFault(feed, error) : error;
    }
  }

  async function askAgain(): Promise<Serving['second']> {
    try {
      if (first.status === 'notModified') throw new FeedError('http', '304');
      const again = await fetchDocument(address, { fetch, allowed, timeoutMs, validators: first.validators });
      const status = last().response?.status ?? 0;
      return { answer: status === 304 ? 'notModified' : again.status === 'notModified' ? 'same' : 'changed', status };
    } catch {
      return { answer: 'failed', status: last().response?.status ?? 0 };
    }
  }
}

/**
 * Gets a feed from a file as if it were published at `address`. Where that is not given, the feed's own links say which
 * site it belongs to. An entry's page is looked for under the folders the file lies in, as in Hugo's `public/`.
 * Throws FeedError (tooLarge), an error in words where the file is empty, and the system's where it cannot be read.
 */
export function openFile(file: string, address?: string): Source {
  const bytes = new Uint8Array(readFileSync(file));
  if (decode(bytes, '').trim() === '') throw new Error(`Not readable. The file is empty: ${file}`); // FeedError's words for it are of a server
  if (bytes.length > MAX_BYTES) throw new FeedError('tooLarge', String(MAX_BYTES));
  const document: Document = { bytes, contentType: '', url: address ?? guessAddress(file, bytes) };
  return { name: file, document, serving: null, foundOn: null, readPage: async (url) => findPage(file, url) };
}

/** Stands for a site nobody has named. */
const UNKNOWN_SITE = 'https://site.invalid';

function guessAddress(file: string, bytes: Uint8Array): string {
  const name = encodeURIComponent(path.basename(file));
  const unknown = `${UNKNOWN_SITE}/${name}`;
  try {
    const { homepage, entries } = parseFeed({ bytes, contentType: '', url: unknown });
    const own = [homepage, ...entries.map(({ url }) => url)].find((link) => link && isWebAddress(link) && !link.startsWith(UNKNOWN_SITE));
    return own ? new URL(`/${name}`, own).href : unknown;
  } catch {
    return unknown; // what is wrong with it is told when it is read in earnest
  }
}

/** How many folders up from the feed its site's root may lie. */
const MOST_FOLDERS = 4;

function findPage(file: string, address: string): Document | null {
  const pathname = decodeURIComponent(new URL(address).pathname);
  let root = path.resolve(path.dirname(file));
  for (let up = 0; up < MOST_FOLDERS; up++, root = path.dirname(root)) {
    const bare = path.join(root, pathname);
    if (!bare.startsWith(root + path.sep)) return null;
    for (const candidate of [path.join(bare, 'index.html'), `${bare.replace(/[/\\]$/, '')}.html`, bare]) {
      if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return { bytes: new Uint8Array(readFileSync(candidate)), contentType: '', url: address };
    }
  }
  return null;
}
