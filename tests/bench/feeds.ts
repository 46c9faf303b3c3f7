// What the intake reads out of ../shared/feeds: the samples' items against those counted by hand, and the peers' test suites.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readEntry } from '../../lib/feed/digest.ts';
import { type ParsedFeed, resolveLink } from '../../lib/feed/entry.ts';
import { parseFeed } from '../../lib/feed/parse.ts';

const feeds = path.resolve(import.meta.dirname, '../../../shared/feeds');
/** False where ../shared is not at hand. */
export const feedsHere: boolean = existsSync(feeds);

export interface SampleRow {
  file: string;
  kind: string;
  /** Items counted by hand. */
  expected: number;
  found: number;
  /** Count-based: min(found, expected) / found. It cannot see a wrong item that stands for a right one. */
  precision: number;
  recall: number;
  note: string;
}

/** What the counts do not say, from reading the files. */
const SAMPLE_NOTES: Record<string, string> = {
  'md_aivora_2026-01-10.md': 'found also holds the linked story under "AI趣闻", which the count leaves out',
  'md_doss_zh.md': '23 stories by reading; the count takes "发生了什么" and "为什么重要" of each for items',
  'html_doss.html': 'the page shows one card a bullet, 49 for 23 stories; found are the cards',
  'html_wubaiqing_2019-03-12.html': 'the sixth story is raw Markdown in the page, without a link',
  'html_wubaiqing_2019-05-08_ol.html': '4 stories by reading; the count takes the chapters of one of them, an <ol> of 7',
  'rss_juya_old.xml': 'inner items were not counted; entries are compared',
};

/** Reads every sample as a poll does. Inner items are compared where they were counted, entries where not. */
export function measureSamples(): SampleRow[] {
  const dir = path.join(feeds, 'samples');
  return readFileSync(path.join(dir, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => {
    const [file = '', , , kind = '', items, inner] = line.split('\t');
    const url = `https://harbour.example/${file}`;
    const { entries } = parseFeed({ bytes: new Uint8Array(readFileSync(path.join(dir, file))), contentType: kind === 'md' ? 'text/markdown' : '', url });
    const feed = /^(?:rss|atom)/.test(kind);
    const stories = entries.reduce((sum, entry) => sum + (readEntry(entry, url, [], 0)?.stories.length ?? 0), 0);
    const expected = Number(inner || items);
    const found = feed && !inner ? entries.length : stories;
    const right = Math.min(found, expected);
    return { file, kind, expected, found, precision: found ? right / found : 1, recall: expected ? right / expected : 1, note: SAMPLE_NOTES[file] ?? '' };
  });
}

/** Micro-averages over some rows. */
export function total(rows: readonly SampleRow[]): { precision: number; recall: number } {
  const sum = (value: (row: SampleRow) => number) => rows.reduce((all, row) => all + value(row), 0);
  const right = sum((row) => Math.min(row.found, row.expected));
  return { precision: right / sum((row) => row.found), recall: right / sum((row) => row.expected) };
}

export const isHtmlSample = (row: SampleRow): boolean => row.kind.startsWith('html');

const ASPECTS = ['items', 'titles', 'links', 'dates', 'categories'] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface ConformanceFailure {
  file: string;
  aspect: Aspect;
  detail: string;
  judgement: string;
}

/** Why what we read differs, by file; "not judged" would be a failure nobody has looked at. */
const JUDGEMENTS: [RegExp, Aspect, string][] = [
  [/^feed-rs\/.*/, 'categories', 'ours: the label where there is one, the name meant for people (RFC 4287 §4.2.2.3), each once; the suite wants the term'],
  [/craigslist\.rss$/, 'titles', 'ours: entities escaped twice are decoded; the suite wants them as they stand'],
  [/(?:guardian|heraldsun)\.rss$/, 'categories', 'ours: the names; the suite wants that library’s objects with attributes'],
  [/(?:incomplete|missing)-fields\.atom$/, 'items', 'ours: an entry without title, link and body is counted as skipped, since nothing of it can be shown'],
  [/instant-article\.rss$/, 'links', 'ours: a link to the development server means the feed’s own site'],
];

interface Neutral {
  file: string;
  n_items: number;
  items?: { title?: string; link?: string; date?: string; categories?: unknown[] }[];
}

/** Runs the parser over the peers' suites: passed and total by aspect, over files (all items right) and over items. */
export function measureConformance(): { files: Record<Aspect, [passed: number, total: number]>; items: Record<Aspect, [passed: number, total: number]>; failures: ConformanceFailure[] } {
  const base = 'https://base.example/feed.xml';
  const zero = () => Object.fromEntries(ASPECTS.map((aspect) => [aspect, [0, 0]])) as Record<Aspect, [number, number]>;
  const files = zero();
  const items = zero();
  const failures: ConformanceFailure[] = [];
  const plain = (text: string) => text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ').trim();
  for (const line of readFileSync(path.join(feeds, 'conformance/neutral.jsonl'), 'utf8').trim().split('\n')) {
    const wanted = JSON.parse(line) as Neutral;
    let feed: Pick<ParsedFeed, 'entries'> = { entries: [] };
    try {
      feed = parseFeed({ bytes: new Uint8Array(readFileSync(path.join(feeds, 'conformance', wanted.file))), contentType: '', url: base });
    } catch {
      // counts as a feed without entries
    }
    const results: [Aspect, boolean, string][] = [['items', feed.entries.length === wanted.n_items, `${wanted.n_items} wanted, ${feed.entries.length} read`]];
    for (const [i, item] of (wanted.items ?? []).entries()) {
      const entry = feed.entries[i];
      if (item.title !== undefined && item.title !== null) results.push(['titles', plain(entry?.title ?? '') === plain(item.title), `${item.title} | ${entry?.title}`]);
      if (item.link) results.push(['links', entry?.url === item.link || entry?.url === resolveLink(item.link, base), `${item.link} | ${entry?.url}`]);
      if (item.date) results.push(['dates', Math.abs((entry?.date?.ms ?? Number.NaN) - Date.parse(item.date)) < 1000, `${item.date} | ${entry?.date?.iso}`]);
      if (item.categories) results.push(['categories', JSON.stringify(item.categories) === JSON.stringify(entry?.categories), `${JSON.stringify(item.categories)} | ${JSON.stringify(entry?.categories)}`]);
    }
    for (const aspect of ASPECTS) {
      const own = results.filter(([name]) => name === aspect);
      const wrong = own.find(([, ok]) => !ok);
      if (own.length) files[aspect][1]++;
      if (own.length && !wrong) files[aspect][0]++;
      items[aspect][1] += own.length;
      items[aspect][0] += own.filter(([, ok]) => ok).length;
      if (wrong) failures.push({ file: wanted.file, aspect, detail: wrong[2].slice(0, 160), judgement: JUDGEMENTS.find(([file, what]) => what === aspect && file.test(wanted.file))?.[2] ?? 'not judged' });
    }
  }
  return { files, items, failures };
}

/** Prints both tables. */
export function printFeeds(): void {
  const rows = measureSamples();
  const round = (value: number) => Math.round(value * 1000) / 1000;
  console.table(rows.map((row) => ({ ...row, precision: round(row.precision), recall: round(row.recall) })));
  console.log('Markdown and feeds', total(rows.filter((row) => !isHtmlSample(row))), 'HTML pages', total(rows.filter(isHtmlSample)));
  const { files, items, failures } = measureConformance();
  console.table(ASPECTS.map((aspect) => ({ aspect, files: files[aspect].join('/'), items: items[aspect].join('/') })));
  console.table(failures);
}

if (import.meta.main) printFeeds();
