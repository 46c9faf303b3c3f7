// What search costs over 40,000 items in Chromium's own IndexedDB, beside plain floors in the same browser.
// `node tests/bench/search.ts [items]` prints it all (about a minute).
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch as launchBrowser, type Page } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.ts';
import { type Figure, printFigures } from './figure.ts';
import type { SearchBench } from './search-page.ts';
import { serve } from './serve.ts';

/** Frequent and rare, Chinese and English, one word and several, none at all. */
const QUERIES = ['大模型', '智能体 开源', 'langchain', 'gpt-5 推理', '的', 'author:user_12', '"agent model"', 'a 模', '不存在的词', 'deepseek 芯片 训练'];

const round = (value: number, digits = 1) => Number(value.toFixed(digits));
const MB = (bytes: number) => round(bytes / 1e6);
const quantile = (list: number[], share: number) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] as number;

/** Figures of the search; `print` also writes every keystroke to stderr. */
export async function measureSearch({ items = 40_000, print }: { items?: number; print: boolean }): Promise<Figure[]> {
  const server = await serve('/tests/bench/search-page.ts');
  const profile = mkdtempSync(path.join(tmpdir(), 'eight-bells-search-'));
  const browser = await launchBrowser({ executablePath: findBrowser('chromium'), headless: true, pipe: true, userDataDir: profile, protocolTimeout: 300_000, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--no-first-run', '--disable-background-networking', '--disable-sync'] });
  try {
    /** A page as fresh as a popup that was just opened, with nothing read and nothing compiled. */
    const inPage = async <T>(work: (page: Page) => Promise<T>): Promise<T> => {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => 'bench' in globalThis);
      const result = await work(page);
      await page.close();
      return result;
    };
    const call = <K extends keyof SearchBench>(name: K, ...args: Parameters<SearchBench[K]>) =>
      inPage((page) => page.evaluate(async (key, given) => (globalThis as unknown as { bench: Record<string, (...all: unknown[]) => unknown> }).bench[key]?.(...given), name, args as unknown[])) as Promise<Awaited<ReturnType<SearchBench[K]>>>;
    const built = await call('build', items);
    const rounds: { firstMs: number; wholeMs: number; floorMs: number }[] = [];
    for (const query of ['大', 'l', '智能体', 'deepseek', '模']) {
      const { firstMs, wholeMs } = await call('cold', query);
      rounds.push({ firstMs: firstMs ?? wholeMs, wholeMs, floorMs: await call('readFloor') });
    }
    // Three pages, each with everything to be compiled again; of each keystroke the median.
    const typings = [await call('type', QUERIES), await call('type', QUERIES), await call('type', QUERIES)];
    const strokes = (typings[0] ?? []).map((stroke, n) => ({ ...stroke, ms: quantile(typings.map((all) => all[n]?.ms ?? NaN), 0.5), floorMs: quantile(typings.map((all) => all[n]?.floorMs ?? NaN), 0.5) }));
    const heap = await inPage(async (page) => {
      const client = await page.createCDPSession();
      const weigh = async () => {
        await client.send('HeapProfiler.collectGarbage');
        const { usedSize, backingStorageSize } = (await client.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
        return usedSize + (backingStorageSize ?? 0);
      };
      const empty = await weigh();
      await page.evaluate(() => (globalThis as unknown as { bench: SearchBench }).bench.hold());
      return (await weigh()) - empty;
    });
    if (print) {
      console.error(built);
      console.table(rounds.map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, round(value)]))));
      console.table(strokes.map(({ typed, ms, floorMs, count }) => ({ typed, ms: round(ms), floorMs: round(floorMs), count })));
    }
    const times = strokes.map(({ ms }) => ms);
    const middle = (key: keyof (typeof rounds)[0]) => quantile(rounds.map((one) => one[key]), 0.5);
    const scan = (share: number) => ({ value: quantile(strokes.map(({ floorMs }) => floorMs), share), what: 'one scan of all text' });
    const texts = { value: MB(built.textBytes), what: 'the items’ texts' };
    const of = `${items.toLocaleString('en')} items`;
    return [
      { name: `search: a keystroke, ${of}, median`, value: round(quantile(times, 0.5)), unit: 'ms', goal: 30, beside: scan(0.5), note: `${times.length} keystrokes, each the median of three pages` },
      { name: 'search: a keystroke, the slowest of twenty', value: round(quantile(times, 0.95)), unit: 'ms', goal: 30, beside: scan(0.95), note: `the slowest of all: ${round(Math.max(...times))} ms` },
      { name: 'search: fresh page, first result', value: round(middle('firstMs')), unit: 'ms', goal: 300, beside: { value: middle('floorMs'), what: 'the index read and left' }, note: `slowest of ${rounds.length}: ${round(Math.max(...rounds.map(({ firstMs }) => firstMs)))} ms; all results: ${round(middle('wholeMs'))} ms` },
      { name: 'search: index on disk', value: MB(built.headBytes + built.bodyBytes), unit: 'MB', beside: texts, note: `before the browser compresses it; titles and authors ${MB(built.headBytes)} MB of it` },
      { name: 'search: index in memory', value: MB(heap), unit: 'MB', beside: texts, note: 'of a page that has read all of it' },
      { name: 'search: index built', value: round(built.buildMs / 1000), unit: 's', beside: { value: built.readMs / 1000, what: 'the items read and left' }, note: of },
      { name: 'search: what a poll pays for it', value: round((built.pollMs / built.plainPollMs - 1) * 100), unit: '% more', goal: 10, note: `saving 17 items: ${round(built.plainPollMs)} ms without, ${round(built.pollMs)} ms with; after the poll, ${round(built.afterPollMs)} ms to index its day` },
    ];
  } finally {
    await browser.close();
    await new Promise((closed) => server.close(closed));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.main) printFigures(await measureSearch({ items: Number(process.argv[2] ?? 40_000), print: true }));
