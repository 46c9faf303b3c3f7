// What scrolling a thousand unread rows costs in the reader, beside the same rows as a page without a script in the same browser.
// `node tests/bench/scroll.ts DIR` prints it for a built extension.
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { launch } from '../../scripts/launch.ts';
import { type Figure, median, printFigures } from './figure.ts';

const ROWS = 1000;
const ROUNDS = 5;

interface Scrolled {
  /** Tasks of over 50 ms (Long Tasks). */
  longTasks: number;
  longestMs: number;
  rows: number;
}

/** Runs in the page: to the end, half a screen a frame. */
async function scroll(): Promise<Scrolled> {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const moving = [document.scrollingElement, ...document.querySelectorAll('main, [class]')].filter((one): one is Element => one !== null).find((one) => one.scrollHeight > one.clientHeight + 400 && (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowY)));
  if (!moving) throw new Error('nothing to scroll');
  const end = performance.now() + 30_000;
  for (let still = 0, before = -1; still < 90 && performance.now() < end; ) {
    moving.scrollTop += innerHeight / 2;
    await frame();
    still = moving.scrollTop === before ? still + 1 : 0; // rows may still come
    before = moving.scrollTop;
  }
  await new Promise((told) => setTimeout(told, 200));
  tasks.push(...observer.takeRecords().map(({ duration }) => duration));
  observer.disconnect();
  return { longTasks: tasks.length, longestMs: Math.max(0, ...tasks), rows: document.querySelectorAll('li.item, li').length };
}

/** Clones what is stored until so many items are unread. */
async function fill(rows: number): Promise<void> {
  const db = await new Promise<IDBDatabase>((ok) => Object.assign(indexedDB.open('eight-bells'), { onsuccess: (event: Event) => ok((event.target as IDBOpenDBRequest).result) }));
  const all = (store: string) => new Promise<Record<string, unknown>[]>((ok) => Object.assign(db.transaction(store).objectStore(store).getAll(), { onsuccess: (event: Event) => ok((event.target as IDBRequest).result) }));
  const items = await all('items');
  const writing = db.transaction(['items', 'statuses'], 'readwrite');
  for (let n = 0; n < rows; n++) {
    const item = items[n % items.length] as Record<string, unknown>;
    const id = `${String(item.id)}-${n}`;
    writing.objectStore('items').put({ ...item, id, postIds: [], similar: [], title: `${n} ${String(item.title)}` });
    writing.objectStore('statuses').put({ id, read: 0, seen: 0, starred: 0, lists: ['unread'] }); // as the database writes it (lib/store/database)
  }
  await new Promise((done) => Object.assign(writing, { oncomplete: done }));
  db.close();
}


/** Scrolling in the reader of the extension built in `dir`, which has its sample digest inside. */
export async function measureScroll(dir: string): Promise<Figure[]> {
  const launched = await launch('chromium');
  try {
    await launched.install(dir);
    const options = await launched.openPage('options.html');
    await new Promise((later) => setTimeout(later, 3000)); // the sample is read
    await options.evaluate(fill, ROWS);
    await options.close();
    const open = async (ready: (page: Page) => Promise<unknown>): Promise<Scrolled> => {
      const page = await launched.openPage('popup.html');
      await page.setViewport({ width: 420, height: 600 });
      await page.bringToFront(); // or it has no frames
      await ready(page);
      await new Promise((later) => setTimeout(later, 4000)); // what was looked at is noted, and the list follows
      const scrolled = await page.evaluate(scroll);
      await page.close();
      return scrolled;
    };
    const settled = (page: Page) => page.waitForFunction(() => document.querySelectorAll('li.item .more').length > 9);
    /** The rows that were rendered, without what moves them. */
    const freeze = async (page: Page) => {
      await settled(page);
      await page.evaluate(async (rows) => {
        const row = document.querySelector('li.item')?.outerHTML ?? '';
        const head = document.querySelector('style')?.outerHTML ?? '';
        document.open();
        document.write(`<!doctype html><html><head>${head}</head><body><main><ul>${row.repeat(rows)}</ul></main></body></html>`);
        document.close();
      }, ROWS);
    };
    const rounds: { ours: Scrolled; floor: Scrolled }[] = [];
    for (let n = 0; n < ROUNDS; n++) rounds.push({ ours: await open(settled), floor: await open(freeze) });
    const rows = Math.min(...rounds.map(({ ours }) => ours.rows));
    if (rows < ROWS) throw new Error(`only ${rows} rows came`);
    const of = (side: 'ours' | 'floor', what: 'longTasks' | 'longestMs') => median(rounds.map((round) => round[side][what]));
    return [{ name: `popup: long tasks while scrolling ${ROWS.toLocaleString('en')} rows`, value: of('ours', 'longTasks'), unit: 'over 50 ms', goal: 0, beside: { value: of('floor', 'longTasks'), what: 'the same rows without a script' }, note: `median of ${ROUNDS}; the longest ${Math.round(of('ours', 'longestMs'))} and ${Math.round(of('floor', 'longestMs'))} ms` }];
  } finally {
    await launched.close();
  }
}

if (import.meta.main) printFigures(await measureScroll(path.resolve(process.argv[2] ?? '.output/chrome-mv3')));
