// `npm run bench`: what the project promises in figures, each beside its goal. Beside it stands the ratio to a floor or a
// baseline of the same run.
// With --json, one JSON line.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../../scripts/launch.ts';
import { measureCategories, measureSimilar } from './category.ts';
import { feedsHere, isHtmlSample, measureConformance, measureSamples, total } from './feeds.ts';
import { type Figure, median, met, printFigures, ratioOf } from './figure.ts';
import { measureLoad } from './load.ts';
import { measureParse } from './parse.ts';
import { FLOOR_POPUP, measurePopup } from './popup.ts';
import { measureSchedule } from './schedule.ts';
import { measureScroll } from './scroll.ts';
import { measureSearch } from './search.ts';
import { FLOOR_MARKER, measureTimeline } from './timeline.ts';
import { measureQuietPoll, measureWaking } from './waking.ts';
import { measureWorker } from './worker.ts';
import { chinaTime, type Edition, lastSlots, readSampleEditions, type Site, startSite } from '../../scripts/site.ts';

const root = path.resolve(import.meta.dirname, '../..');
const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-bench-'));
const figures: Figure[] = [];
const json = process.argv.includes('--json');
const kB = (bytes: number) => Math.round(bytes / 10) / 100;

function build(outDir: string, env: Record<string, string> = {}): string {
  execFileSync(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build'], { cwd: root, env: { ...process.env, NODE_ENV: 'production', EIGHT_BELLS_OUT_DIR: outDir, ...env }, stdio: 'ignore' });
  return path.join(outDir, 'chrome-mv3');
}

/** A file and all it refers to: tags in HTML, static imports in scripts; with `lazy`, dynamic imports too. */
function closure(dir: string, entry: string, lazy: boolean, seen = new Set<string>()): Set<string> {
  const file = path.join(dir, entry);
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const refs = [
    ...[...text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((m) => m[1] as string),
    ...(lazy ? [...(/\bdata-scripts="([^"]+)"/.exec(text)?.[1]?.split(' ') ?? [])] : []),
    ...(file.endsWith('.js') ? [...text.matchAll(/(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+)["'`]/g)].map((m) => path.join(path.dirname(entry), m[1] as string)) : []),
    ...(lazy && file.endsWith('.js') ? [...text.matchAll(/import\(\s*["'`](\.{1,2}\/[^"'`]+)["'`]/g)].map((m) => path.join(path.dirname(entry), m[1] as string)) : []),
  ];
  for (const ref of refs) closure(dir, ref, lazy, seen);
  return seen;
}

const gzipped = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);

/** What the libraries a part is built on weigh as they are published. */
const published = (...files: string[]) => kB(gzipped(files.map((file) => path.join(root, 'node_modules', file))));

function measureBundle(dir: string): void {
  const marker = { value: kB(gzipSync(FLOOR_MARKER).length), what: 'the least marker' };
  const dexie = { value: published('dexie/dist/dexie.min.js'), what: 'Dexie alone' };
  const size = (name: string, entry: string, beside: Figure['beside'], goal?: number, lazy = false, note?: string) => figures.push({ name, value: kB(gzipped(closure(dir, entry, lazy))), unit: 'kB gzip', goal, beside, note });
  figures.push({ name: 'bundle: content script', value: kB(gzipped(['content-scripts/x.js', 'mark.css'].map((file) => path.join(dir, file)))), unit: 'kB gzip', goal: 12, beside: marker, note: 'with its style' });
  size('bundle: script for embedded posts', 'content-scripts/embed.js', marker, 6);
  size('bundle: popup, before its first paint', 'popup.html', { value: kB(gzipSync(FLOOR_POPUP).length), what: 'a static popup' }, 20, false, 'page, scripts and style');
  size('bundle: popup, with all it ever loads', 'popup.html', dexie, undefined, true, 'nobody waits for it: its own script and the database after the first paint, the Markdown reader with the first opened summary');
  size('bundle: background, as it wakes', 'background.js', dexie, 110);
  size('bundle: intake, when something new has come', 'intake.js', { value: published('htmlparser2/dist/Parser.js', 'htmlparser2/dist/Tokenizer.js', 'entities/dist/decode.js', 'entities/dist/generated/decode-data-html.js'), what: 'the parser’s own files' }, 80);
}

/** 100 editions of 17 items, from the sample's words with ids of their own. */
function makeEditions(count: number): Edition[] {
  const samples = readSampleEditions();
  const texts = samples.flatMap((edition) => edition.items);
  return lastSlots(Date.now(), count).map((ms, n) => ({
    slug: `e${n}`,
    title: `${chinaTime(ms).slice(0, 13)} 过去4小时全球AI发生了什么？`,
    date: chinaTime(ms),
    items: Array.from({ length: 17 }, (_, i) => ({ ...(texts[(n + i) % texts.length] as (typeof texts)[0]), title: `第 ${n}-${i} 条`, url: `https://x.com/someone/status/${1_900_000_000_000_000_000n + BigInt(n * 100 + i)}` })),
  }));
}

/** From the install's first request to the last digest stored; beside it the same fetches and a raw put of the same rows in the same browser. */
async function measurePoll(name: string, file: string, site: Site, digests: number): Promise<void> {
  const ratios: number[] = [];
  const times: number[] = [];
  const dir = build(path.join(work, file), { WXT_DEFAULT_FEED_URL: `${site.origin}/${file}` });
  for (let round = 0; round < 3; round++) {
    const launched = await launch('chromium');
    try {
      site.log.length = 0;
      await launched.install(dir);
      const page = await launched.openPage('options.html');
      const done = await page.evaluate(async (wanted) => {
        const open = () => new Promise<IDBDatabase>((ok, no) => { const r = indexedDB.open('eight-bells'); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
        const count = (db: IDBDatabase, store: string) => new Promise<number>((ok) => { const r = db.transaction(store).objectStore(store).count(); r.onsuccess = () => ok(r.result); });
        const db = await open();
        while ((await count(db, 'digests')) < wanted) await new Promise((later) => setTimeout(later, 5));
        return Date.now();
      }, digests);
      const took = done - (site.log[0]?.at ?? done);
      const paths = site.log.map((entry) => entry.path);
      const floor = await page.evaluate(async (origin, wantedPaths) => {
        const read = (store: string, db: IDBDatabase) => new Promise<unknown[]>((ok) => { const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => ok(r.result); });
        const open = (name: string, stores: string[]) => new Promise<IDBDatabase>((ok) => { const r = indexedDB.open(name); r.onupgradeneeded = () => stores.forEach((s) => r.result.createObjectStore(s, { keyPath: 'id' })); r.onsuccess = () => ok(r.result); });
        const db = await open('eight-bells', []);
        const stores = ['digests', 'items', 'statuses'];
        const rows = await Promise.all(stores.map((store) => read(store, db)));
        const raw = await open('floor', stores);
        const began = Date.now();
        const queue = [...wantedPaths];
        const fetchSome = async () => { for (let p = queue.shift(); p; p = queue.shift()) await (await fetch(origin + p, { cache: 'no-store' })).text(); };
        await Promise.all([fetchSome(), fetchSome(), fetchSome(), fetchSome()]);
        await new Promise<void>((ok) => { const t = raw.transaction(stores, 'readwrite'); stores.forEach((store, i) => rows[i]?.forEach((row) => t.objectStore(store).put(row))); t.oncomplete = () => ok(); });
        return Date.now() - began;
      }, site.origin, paths);
      times.push(took);
      ratios.push(took / floor);
    } finally {
      await launched.close();
    }
  }
  figures.push({ name, value: Math.round(median(ratios) * 10) / 10, unit: '× floor', note: `median of 3, ${median(times)} ms; floor: the same fetches and a raw IndexedDB put` });
}

function measureFeeds(): void {
  if (!feedsHere) return console.error('left out: feeds, ../shared/feeds is not here');
  const rows = measureSamples();
  const round = (value: number) => Math.round(value * 1000) / 1000;
  for (const [name, goal, list] of [['Markdown and feeds', 0.95, rows.filter((row) => !isHtmlSample(row))], ['HTML pages', 0.9, rows.filter(isHtmlSample)]] as const) {
    const { precision, recall } = total(list);
    figures.push({ name: `intake: precision, ${name}`, value: round(precision), unit: `of ${list.length} files`, goal, atLeast: true }, { name: `intake: recall, ${name}`, value: round(recall), unit: `of ${list.length} files`, goal, atLeast: true });
  }
  const { files } = measureConformance();
  for (const [aspect, [passed, all]] of Object.entries(files)) figures.push({ name: `intake: peers’ suites, ${aspect}`, value: passed, unit: `of ${all} files`, note: 'node tests/bench/feeds.ts names and judges each failure' });
}

function measureManners(): void {
  const { ours, plain } = measureSchedule();
  const round = (value: number) => Math.round(value * 100) / 100;
  const beside = (value: number) => ({ value, what: 'a plain 30-minute poller' });
  figures.push(
    { name: 'schedule: freshness, median', value: round(ours.freshnessMedian), unit: 'min', goal: 5, beside: beside(plain.freshnessMedian) },
    { name: 'schedule: freshness, p95', value: round(ours.freshnessP95), unit: 'min', beside: beside(plain.freshnessP95) },
    { name: 'schedule: requests a day, mean', value: round(ours.requestsADay), unit: '', goal: 15, beside: beside(plain.requestsADay) },
    { name: 'schedule: requests, busiest day of any reader', value: ours.requestsBusiestDay, unit: '', goal: 15, beside: beside(plain.requestsBusiestDay) },
    { name: 'schedule: busiest 10 s, a million readers', value: round(ours.peakRatio), unit: '× mean', goal: 2, beside: beside(plain.peakRatio) },
  );
}

/** A part that fails says so, and takes no other with it. */
async function add(part: string, measure: () => Promise<Figure[] | void> | Figure[] | void): Promise<void> {
  console.error(`${part}…`);
  try {
    figures.push(...((await measure()) ?? []));
  } catch (error) {
    console.error(`left out: ${part}:`, error);
    process.exitCode = 1;
  }
}

try {
  console.error('building…');
  const sample = build(path.join(work, 'sample'));
  measureBundle(sample);
  await add('opening the popup', () => measurePopup(sample));
  await add('scrolling the popup', () => measureScroll(sample));
  const DIGESTS = 100;
  const site = await startSite(makeEditions(DIGESTS));
  await add('parsing', async () => measureParse(new Uint8Array(await (await fetch(`${site.origin}/full.xml`)).arrayBuffer()), site.feedUrl, DIGESTS));
  await add('polling a full feed', () => measurePoll(`poll: ${DIGESTS} digests in one full feed`, 'full.xml', site, DIGESTS));
  await add('polling pages', () => measurePoll(`poll: ${DIGESTS} digests by their pages`, 'index.xml', site, DIGESTS));
  await add('polling in vain', () => measureQuietPoll(path.join(work, 'full.xml/chrome-mv3'), site));
  await site.close();
  await add('reading', measureFeeds);
  await add('keeping a schedule', measureManners);
  await add('waking', () => measureWaking(sample));
  await add('sorting in a worker', () => measureWorker());
  await add('sorting', () => [...measureCategories({ quick: true, print: !json }), ...measureSimilar({ print: !json })]);
  for (const known of [5000, 40_000]) await add(`scrolling X, ${known} known`, () => measureTimeline(sample, known));
  await add('searching', () => measureSearch({ print: !json }));
  await add('storing', () => measureLoad(10, 220));
} finally {
  for (const entry of readdirSync(work)) rmSync(path.join(work, entry), { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
}

if (json) console.log(JSON.stringify({ date: new Date().toISOString(), figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) || undefined, met: met(figure) || undefined })) }));
else printFigures(figures);
