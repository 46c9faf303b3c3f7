// How long the classifier takes where it runs: in an extension's service worker in Chromium, whose sources are the project's own.
// `node tests/bench/worker.ts` prints it (some seconds).
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MOST_MOVES } from '../../lib/category/correction.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import type { Move } from '../../lib/model/move.ts';
import { launch } from '../../scripts/launch.ts';
import { LABELLED_FILE, MODEL_FILE, readLabelled } from '../../scripts/train.ts';
import { type Figure, printFigures } from './figure.ts';

const root = path.resolve(import.meta.dirname, '../..');
const PASSES = 5;
/** Workers started anew, so that what is cold is measured more than once. Of all times the least counts: whatever else the machine does only adds. */
const WORKERS = 3;

/** What the worker tells, in ms. */
interface Times {
  /** Fetching and unpacking the weights, the first time. */
  load: number;
  /** All items, pass by pass; the first is cold. */
  passes: number[];
  /** Every item of the last pass. */
  items: number[];
  /** Making the classifier that has learnt from as many moves as ever teach. */
  teach: number;
  /** All items by the one that has learnt, pass by pass. */
  taught: number[];
  /** The floors: the weights fetched and left; all pairs of letters in the items met once, pass by pass; those in the moves. */
  fetched: number;
  pairs: number[];
  movedPairs: number;
}

/** The worker's own script: what `refreshFeed` does about categories, without feed and store. */
const SCRIPT = `
import { loadClassifier } from './lib/category/classifier.js';
import { classify } from './lib/category/classify.js';
import { correctClassifier } from './lib/category/correction.js';
globalThis.measure = async (items, moves, categories, passes) => {
  const timed = (work) => { const began = performance.now(); const result = work(); return [performance.now() - began, result]; };
  const began = performance.now();
  const shipped = await loadClassifier('/category-model.bin', fetch);
  const load = performance.now() - began;
  const pass = (classifier) => timed(() => items.map((item) => timed(() => classify(item, { kind: 'digest', categories }, false, classifier))[0]));
  const plain = Array.from({ length: passes }, () => pass(shipped));
  const [teach, corrected] = timed(() => correctClassifier(shipped, moves));
  if (!shipped || corrected === shipped) throw new Error('nothing was learnt: the times would be of nothing');
  const fetching = performance.now();
  await (await fetch('/category-model.bin')).arrayBuffer();
  const fetched = performance.now() - fetching;
  const countPairs = (texts) => timed(() => {
    const pairs = new Set();
    for (const { title, summary } of texts) {
      const text = (title + ' ' + summary).normalize('NFKC').toLowerCase();
      for (let at = 1; at < text.length; at++) pairs.add(text.slice(at - 1, at + 1));
    }
    return pairs.size;
  })[0];
  const pairs = Array.from({ length: passes }, () => countPairs(items));
  return { fetched, pairs, movedPairs: countPairs(moves), load, passes: plain.map(([all]) => all), items: plain.at(-1)[1], teach, taught: Array.from({ length: passes }, () => pass(corrected)[0]) };
};
`;

/** An unpacked extension whose service worker is SCRIPT, with our modules beside it: the same text less its types. */
function writeExtension(dir: string): void {
  for (const file of ['lib/model', 'lib/category'].flatMap((dir) => readdirSync(path.join(root, dir)).map((name) => `${dir}/${name}`))) {
    const target = path.join(dir, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, stripTypeScriptTypes(readFileSync(path.join(root, file), 'utf8')).replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
  copyFileSync(MODEL_FILE, path.join(dir, 'category-model.bin'));
  writeFileSync(path.join(dir, 'worker.js'), SCRIPT);
  writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'bench', version: '1', background: { service_worker: 'worker.js', type: 'module' } }));
}

/** The classifier's times in a service worker. Empty where ../shared is not there. */
export async function measureWorker(): Promise<Figure[]> {
  if (!existsSync(LABELLED_FILE)) {
    console.error(`left out: the classifier in a worker, ${LABELLED_FILE} is not here`);
    return [];
  }
  const { examples } = readLabelled();
  const items = examples.slice(0, 1000).map(({ title, summary }) => ({ title, summary, section: '' }));
  const moves = examples.slice(-MOST_MOVES).map(({ title, summary }, at): Move => ({ id: String(at), title, summary, from: DEFAULT_CATEGORIES[at % 4] as string, to: DEFAULT_CATEGORIES[(at + 1) % 4] as string, declared: [...DEFAULT_CATEGORIES], at }));
  const dir = mkdtempSync(path.join(tmpdir(), 'eight-bells-worker-'));
  try {
    writeExtension(dir);
    const all: Times[] = [];
    for (let n = 0; n < WORKERS; n++) all.push(await runWorker(dir, items, moves));
    return toFigures(all, items.length);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runWorker(dir: string, items: object[], moves: Move[]): Promise<Times> {
  const launched = await launch('chromium');
  try {
    const origin = await launched.install(dir);
    const target = await launched.browser.waitForTarget((one) => one.type() === 'service_worker' && one.url().startsWith(origin));
    const worker = await target.worker();
    if (!worker) throw new Error('the service worker cannot be reached');
    return await worker.evaluate((...given) => (globalThis as unknown as { measure: (...all: typeof given) => Promise<Times> }).measure(...given), items, moves, [...DEFAULT_CATEGORIES], PASSES);
  } finally {
    await launched.close();
  }
}

function toFigures(all: Times[], count: number): Figure[] {
  const least = (read: (times: Times) => number | number[]) => Number(Math.min(...all.flatMap(read)).toFixed(1));
  const where = `least of ${WORKERS} service workers in Chromium`;
  const [cold, warm] = [least(({ pairs }) => pairs[0] as number), least(({ pairs }) => pairs)];
  const beside = (value: number) => ({ value, what: 'all pairs of letters met once' });
  return [
    { name: 'worker: reading the weights', value: least(({ load }) => load), unit: 'ms', beside: { value: least(({ fetched }) => fetched), what: 'the file fetched and left' }, note: `${where}; once in a worker’s life` },
    { name: `worker: ${count} items, cold`, value: least(({ passes }) => passes[0] as number), unit: 'ms', goal: 200, beside: beside(cold), note: 'a worker’s very first' },
    { name: `worker: ${count} items`, value: least(({ passes }) => passes), unit: 'ms', goal: 200, beside: beside(warm), note: `least of ${PASSES * WORKERS} passes` },
    { name: 'worker: one item', value: least(({ items }) => items.toSorted((a, b) => a - b)[Math.floor(items.length * 0.99)] as number), unit: 'ms', goal: 1, beside: beside(warm / count), note: '99 of 100 take no longer (a clock of .1 ms)' },
    { name: `worker: learning from ${MOST_MOVES} moves`, value: least(({ teach }) => teach), unit: 'ms', beside: beside(least(({ movedPairs }) => movedPairs)), note: 'once a poll that brings something' },
    { name: `worker: ${count} items, with ${MOST_MOVES} moves`, value: least(({ taught }) => taught), unit: 'ms', goal: 200, beside: beside(warm), note: `as many as ever teach; the first pass ${least(({ taught }) => taught[0] as number)} ms` },
  ];
}

if (import.meta.main) printFigures(await measureWorker());
