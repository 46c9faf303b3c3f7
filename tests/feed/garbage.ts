// Broken feeds out of a seed: what the fuzz tests and `npm run fuzz` feed the intake.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDigestPage, readEntry } from '../../lib/feed/digest.ts';
import { FeedError } from '../../lib/feed/error.ts';
import { parseFeed } from '../../lib/feed/parse.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures/feeds');

/** Every fixture of a feed or its page, in whatever format: one that is added is broken along with the others. */
export const wholes: readonly string[] = readdirSync(fixtures).filter((name) => name !== 'expected.json').map((name) => readFileSync(path.join(fixtures, name), 'utf8'));

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SHARDS = ['<', '>', '&', '&nbsp;', '&#0;', '&#x110000;', ']]>', '<![CDATA[', '<!--', '<item>', '</item>', '<entry', '<li>', '</ul>', '<a href="', '"', "'", '\u0000', '\u0008', '\ufeff', '\ud800', '[', '](', '**', '`', '> ', '- ', '1. ', '1、', '\n---\n', '+++', '| a |', '{"', '},', '\\', '\t', '来源: ', '#'.repeat(7), 'https://x.com/a/status/1', 'javascript:alert(1)', 'http://', '2026-99-99', '9'.repeat(400)];

/** A whole document, broken at some places. */
export function mangle(whole: string, random: () => number): string {
  let text = whole;
  for (let times = 1 + Math.floor(random() * 6); times > 0; times--) {
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() ** 3 * 200);
    const shard = SHARDS[Math.floor(random() * SHARDS.length)] ?? '';
    const kind = random();
    if (kind < 0.3) text = text.slice(0, at) + shard.repeat(1 + Math.floor(random() ** 4 * 50)) + text.slice(at);
    else if (kind < 0.6) text = text.slice(0, at) + text.slice(at + length);
    else if (kind < 0.8) text = text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    else if (kind < 0.95) text = text.slice(0, at) + shard + text.slice(at + length);
    else text = text.slice(0, at);
  }
  return text;
}

const URL_OF_FEED = 'https://harbour.example/index.xml';

/**
 * Runs the intake over a text as a poll would. Throws what must never happen: anything but a FeedError, a link that is
 * not http(s), a story without an id or title, a date that is none, two stories of one digest with one id.
 */
export function takeIn(text: string, url = URL_OF_FEED, contentType = ''): number {
  const bytes = new TextEncoder().encode(text);
  let stories = 0;
  try {
    const feed = parseFeed({ bytes, contentType, url });
    for (const entry of feed.entries) {
      if (entry.url && !/^https?:/.test(entry.url)) throw new Error(`link ${entry.url}`);
      const content = readEntry(entry, url, ['甲'], 0) ?? readDigestPage(entry, { bytes, contentType: 'text/html', url: entry.url }, url, ['甲'], 0);
      if (Number.isNaN(content.digest.publishedMs) || Number.isNaN(Date.parse(content.digest.publishedAt))) throw new Error('date');
      if (new Set(content.stories.map((story) => story.id)).size !== content.stories.length) throw new Error('two stories with one id');
      for (const story of content.stories) {
        if (!story.id || !story.title || !/^https?:/.test(story.url)) throw new Error(`story ${JSON.stringify(story)}`);
        if (story.postIds.some((id) => !/^\d{1,19}$/.test(id))) throw new Error(`post ${story.postIds}`);
      }
      stories += content.stories.length;
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
  }
  return stories;
}

/** A shorter text that still fails, found by leaving out ever smaller pieces. */
export function minimise(text: string, fails: (text: string) => boolean): string {
  let least = text;
  for (let piece = Math.ceil(least.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let at = 0; at < least.length; ) {
      const shorter = least.slice(0, at) + least.slice(at + piece);
      if (fails(shorter)) least = shorter;
      else at += piece;
    }
  }
  return least;
}
