// What the intake's tests share: documents made of text or of fixture files, and the way a poll reads them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type DigestContent, readDigestPage, readEntry } from '../../lib/feed/digest.ts';
import type { Entry } from '../../lib/feed/entry.ts';
import { FeedError } from '../../lib/feed/error.ts';
import { type Document, parseFeed } from '../../lib/feed/parse.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import type { FaultKind } from '../../lib/model/fault.ts';

export const SITE = 'https://harbour.example';
/** When the test's poll runs: after every date in the fixtures. */
export const NOW = Date.parse('2026-03-05T00:00:00Z');

const fixtures = path.resolve(import.meta.dirname, '../fixtures/feeds');

/** A text in UTF-8. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file of tests/fixtures/feeds. */
export const readFixture = (name: string): string => readFileSync(path.join(fixtures, name), 'utf8');

/** A document as it would come from an address of the fixtures' site. */
export function documentOf(text: string, { url = `${SITE}/index.xml`, contentType = '' }: Partial<Document> = {}): Document {
  return { bytes: bytesOf(text), contentType, url };
}

/** The first entry of a feed; the test fails where there is none. */
function firstEntry(document: Document): Entry {
  const [entry] = parseFeed(document).entries;
  if (!entry) throw new Error('the feed has no entries');
  return entry;
}

/** Reads the first entry as a poll would, from its page where its bodies hold no list. */
export function readFirst(document: Document, page: Document | null = null, defaults: string[] = [...DEFAULT_CATEGORIES]): DigestContent {
  const entry = firstEntry(document);
  const content = readEntry(entry, document.url, defaults, NOW);
  if (content) return content;
  if (!page) throw new Error('the entry leads to its page');
  return readDigestPage(entry, page, document.url, defaults, NOW);
}

/** The kind of FeedError something ends with; "none" where it does not fail, and whatever else is thrown goes on. */
export async function faultOf(run: () => unknown): Promise<FaultKind | 'none'> {
  try {
    await run();
    return 'none';
  } catch (error) {
    if (error instanceof FeedError) return error.kind;
    throw error;
  }
}
