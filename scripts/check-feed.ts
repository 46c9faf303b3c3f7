// `npm run check-feed -- <address or file>`: tells a publisher what the extension makes of their feed, item by item, and what
// to improve. Ends with 0 where nothing is lost, 1 where items or text are or no story was read, 2 where the feed cannot be read at all.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createClassifier } from '../lib/category/classifier.ts';
import { FeedError } from '../lib/feed/error.ts';
import { isWebAddress } from '../lib/link.ts';
import { readPublisherOptions } from '../lib/publisher.ts';
import { faultWords } from '../lib/words/fault.ts';
import { examineFeed, isUnread } from './feed-check/examine.ts';
import { findFaults } from './feed-check/findings.ts';
import { printReport } from './feed-check/print.ts';
import { AnnouncedFault, FeedChoice, openAddress, openFile } from './feed-check/source.ts';

const MODEL_FILE = path.resolve(import.meta.dirname, '../public/category-model.bin');

const USAGE = `npm run check-feed -- <address or file> [--pages 5] [--all] [--url <address>]

  --pages N   read at most N digest pages, where the feed itself holds no stories
  --all       show every story
  --url       where a file will be published; otherwise its own links say it

Categories of digests that name none: WXT_DEFAULT_CATEGORIES, as for the build.
Exit code: 0 nothing is lost, 1 readers lose items or text, or no story was read, 2 not readable.`;

/** Checks what the arguments name and says what it finds, line by line; returns the exit code. */
export async function checkFeed(args: string[], say: (text: string) => void): Promise<number> {
  try {
    return await run(args, say);
  } catch (error) {
    if (error instanceof FeedChoice) say(`This page announces several feeds; check each by its own address:\n${error.addresses.map((address) => `  ${address}`).join('\n')}`);
    else if (error instanceof FeedError) say(`Not readable. ${error instanceof AnnouncedFault ? `The page announces ${error.address} as its feed. ` : ''}${faultWords.en[error.kind](error.detail)}.${error.kind === 'malformed' || error.kind === 'network' ? ` (${error.detail})` : ''}`);
    else say((error as Error).message);
    return 2;
  }
}

async function run(args: string[], say: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { pages: { type: 'string', default: '5' }, all: { type: 'boolean' }, url: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  const [name] = positionals;
  if (values.help || !name || positionals.length > 1) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  const pages = Number(values.pages);
  if (!Number.isInteger(pages) || pages < 0) throw new Error(`--pages takes a number, not "${values.pages}"`);
  if (values.url !== undefined && !isWebAddress(values.url)) throw new Error(`--url takes an http(s) address, not "${values.url}"`);
  if (!isWebAddress(name) && !statSync(name, { throwIfNoEntry: false })?.isFile()) throw new Error(`${name} is neither an http(s) address nor a file`);
  const source = isWebAddress(name) ? await openAddress(name) : openFile(name, values.url);
  const { categories } = readPublisherOptions({ WXT_DEFAULT_CATEGORIES: process.env.WXT_DEFAULT_CATEGORIES });
  const report = await examineFeed(source, { defaults: categories, classifier: createClassifier(readFileSync(MODEL_FILE)), now: Date.now(), pages });
  const findings = findFaults(report);
  say(printReport(report, findings, { all: values.all }));
  return isUnread(report) || findings.some(({ level }) => level === 'problem') ? 1 : 0;
}

if (import.meta.main) process.exitCode = await checkFeed(process.argv.slice(2), (text) => console.log(text));
