// A year of digests, and ten times the items, in Chromium's own IndexedDB: what importing costs beside a raw put of the same
// rows, and what all that is stored adds to badge, popup and polls. `node tests/bench/load.ts
// [times] [digests]` (some minutes for a year).
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch as launchBrowser } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.ts';
import { type Figure, printFigures } from './figure.ts';
import type { LoadBench } from './load-page.ts';
import { serve } from './serve.ts';

const YEAR = 17;
const SETTLE_MS = 10_000;
const HOT = new Set(['badge', 'unread list']);
const round = (value: number) => Number(value.toFixed(2));

/** Figures of a year's digests (or so many) of `YEAR` items against those of `times` as many. */
export async function measureLoad(times = 10, digests = 2190): Promise<Figure[]> {
  const server = await serve('/tests/bench/load-page.ts');
  const profile = mkdtempSync(path.join(tmpdir(), 'eight-bells-load-'));
  const start = () => launchBrowser({ executablePath: findBrowser('chromium'), headless: true, pipe: true, userDataDir: profile, protocolTimeout: 1_200_000, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--no-first-run', '--disable-background-networking', '--disable-sync'] });
  let browser = await start();
  const open = async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'bench' in globalThis);
    return page;
  };
  try {
    let page = await open();
    const fill = (each: number) => page.evaluate((...given) => (globalThis as unknown as { bench: LoadBench }).bench.fill(...given), each, digests);
    const items = await fill(YEAR);
    const { importMs, floorMs, indexedFloorMs } = await page.evaluate((each) => (globalThis as unknown as { bench: LoadBench }).bench.compareImport(each), YEAR);
    const many = await fill(YEAR * times);
    // A database just filled is still being tidied up: a reader's has been for long.
    await new Promise((later) => setTimeout(later, SETTLE_MS));
    await browser.close();
    browser = await start();
    page = await open();
    const figures = await page.evaluate((...given) => (globalThis as unknown as { bench: LoadBench }).bench.measure(...given), digests, [YEAR, YEAR * times]);
    const seconds = (ms: number) => `${round(ms / 1000)} s`;
    return [
      { name: `load: ${digests.toLocaleString('en')} digests imported`, value: round(importMs / floorMs), unit: '× floor', goal: 1.3, note: `${items.toLocaleString('en')} items, ${seconds(importMs)}; floor, a raw put of the same rows: ${seconds(floorMs)}, into stores with the same indexes ${seconds(indexedFloorMs)}` },
      ...Object.entries(figures).map(([name, [one = 0, ten = 0]]): Figure => ({ name: `load: ${name}`, value: round(ten / one), unit: `× at ${times} times the items`, goal: HOT.has(name) ? 1.2 : undefined, note: `${round(one)} ms of ${items.toLocaleString('en')} items, ${round(ten)} ms of ${many.toLocaleString('en')}` })),
    ];
  } finally {
    await browser.close();
    await new Promise((closed) => server.close(closed));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.main) printFigures(await measureLoad(...process.argv.slice(2).map(Number)));
