// What waking costs: how soon a stopped worker answers a message, beside an empty worker in the same browser; and what a poll
// costs that brings nothing. `node tests/bench/waking.ts DIR [ORIGIN]` prints the former for a built extension.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CDPSession, launch as launchBrowser } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.ts';
import type { Site } from '../../scripts/site.ts';
import { type Figure, median, printFigures } from './figure.ts';

const PAIRS = 30;
const POLLS = 9;
/** After its answer a poll still brings things up to date, ms. */
const REST_MS = 1500;
/** A sample counts for no longer, µs: what is longer is time in which the machine did something else. */
const LONGEST_SAMPLE = 400;

const sleep = (ms: number) => new Promise((later) => setTimeout(later, ms));

function writeFloor(dir: string): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'options.html'), '<!doctype html><title>Floor</title>');
  writeFileSync(path.join(dir, 'worker.js'), 'chrome.runtime.onMessage.addListener(() => {});');
  writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'Floor', version: '1', background: { service_worker: 'worker.js' }, options_ui: { page: 'options.html' } }));
}

/** A browser to which nothing is attached but what is asked for: a worker that is attached to starts otherwise. */
async function open(dirs: string[]) {
  const profile = mkdtempSync(path.join(tmpdir(), 'eight-bells-waking-'));
  const browser = await launchBrowser({ executablePath: findBrowser('chromium'), headless: true, pipe: true, enableExtensions: true, userDataDir: profile, targetFilter: () => false, waitForInitialPage: false, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--no-first-run', '--disable-background-networking', '--disable-sync'] });
  const cdp = await browser.target().createCDPSession();
  const attach = async (targetId: string): Promise<CDPSession> => {
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true });
    const session = cdp.connection()?.session(sessionId);
    if (!session) throw new Error('a target cannot be asked');
    return session;
  };
  const workers = async (id: string) => (await cdp.send('Target.getTargets', { filter: [{ type: 'service_worker' }] })).targetInfos.filter(({ url }) => url.includes(id));
  const sides = [];
  for (const dir of dirs) {
    const id = await browser.installExtension(dir);
    const page = await attach((await cdp.send('Target.createTarget', { url: `chrome-extension://${id}/options.html` })).targetId);
    sides.push({ id, run: async <T>(expression: string): Promise<T> => (await page.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value as T });
  }
  const close = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { cdp, attach, workers, sides, close };
}

const ASK = (message: object) => `(async () => { const began = performance.now(); await chrome.runtime.sendMessage(${JSON.stringify(message)}).catch(() => {}); return performance.now() - began; })()`;

/** How soon a stopped worker answers, of the extension built in `dir`. */
export async function measureWaking(dir: string): Promise<Figure[]> {
  const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-floor-'));
  writeFloor(path.join(work, 'floor'));
  const { cdp, workers, sides, close } = await open([dir, path.join(work, 'floor')]);
  try {
    await sleep(5000); // the sample is read
    const times: [number[], number[]] = [[], []];
    for (let n = -1; n < PAIRS; n++)
      for (const side of n % 2 ? ([0, 1] as const) : ([1, 0] as const)) {
        const { id, run } = sides[side] as (typeof sides)[0];
        for (const { targetId } of await workers(id)) await cdp.send('Target.closeTarget', { targetId });
        while ((await workers(id)).length > 0) await sleep(20);
        await sleep(300);
        const took = await run<number>(ASK({ type: 'ping' }));
        if ((await workers(id)).length === 0) throw new Error('the worker was not woken');
        if (n >= 0) times[side].push(took);
      }
    const [own, least] = [median(times[0]), median(times[1])];
    return [{ name: 'worker: stopped, its first answer', value: Math.round((own / least) * 100) / 100, unit: '× empty worker', goal: 3, note: `medians of ${PAIRS} pairs: ${Math.round(own)} and ${Math.round(least)} ms` }];
  } finally {
    await close();
    rmSync(work, { recursive: true, force: true });
  }
}

/** What a poll costs to which the site answers 304, of the extension built in `dir` with a feed of that site. */
export async function measureQuietPoll(dir: string, site: Site): Promise<Figure[]> {
  const { attach, workers, sides, close } = await open([dir]);
  try {
    const [side] = sides;
    if (!side) throw new Error('not installed');
    for (let before = -1; before !== site.log.length; await sleep(4000)) before = site.log.length; // all has been read
    const poll = () => side.run<number>(ASK({ type: 'refresh' }));
    await poll();
    await sleep(REST_MS);
    const [target] = await workers(side.id);
    if (!target) throw new Error('the worker has stopped');
    const worker = await attach(target.targetId); // attached to, it stays awake
    await worker.send('Profiler.enable');
    await worker.send('Profiler.setSamplingInterval', { interval: 200 });
    const url = `${site.origin}${site.log.at(-1)?.path ?? ''}`;
    /** The floor: the same question asked by hand. */
    const ask = () => worker.send('Runtime.evaluate', { expression: `(async () => { const etag = (globalThis.benchEtag ??= (await fetch('${url}')).headers.get('etag')); await (await fetch('${url}', { cache: 'no-store', credentials: 'omit', headers: { 'If-None-Match': etag } })).text(); })()`, awaitPromise: true });
    await ask();
    /** ms of CPU of the worker. */
    const profile = async (work: () => Promise<unknown>): Promise<number> => {
      await worker.send('Profiler.start');
      await work();
      await sleep(REST_MS);
      const { nodes, samples = [], timeDeltas = [] } = (await worker.send('Profiler.stop')).profile;
      const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id));
      return samples.reduce((us, id, i) => us + (idle.has(id) ? 0 : Math.min(Math.max(timeDeltas[i] ?? 0, 0), LONGEST_SAMPLE)), 0) / 1000;
    };
    const times: number[] = [];
    const floors: number[] = [];
    const requests: number[] = [];
    for (let n = 0; n < POLLS; n++) {
      let asked = site.log.length;
      times.push(await profile(poll));
      const answers = site.log.slice(asked).map(({ status }) => status);
      if (answers.some((status) => status !== 304)) throw new Error(`not quiet: ${answers.join()}`);
      requests.push(answers.length);
      asked = site.log.length;
      floors.push(await profile(ask));
      if (site.log.slice(asked).some(({ status }) => status !== 304)) throw new Error('the floor is not quiet');
    }
    return [
      { name: 'poll: nothing new, requests', value: Math.max(...requests), unit: '', goal: 1, note: 'a poll, each answered 304' },
      { name: 'poll: nothing new, CPU of the worker', value: Math.round(median(times) * 10) / 10, unit: 'ms', goal: 30, beside: { value: median(floors), what: 'the same fetch by hand' }, note: `median of ${POLLS}, asked for by a page` },
    ];
  } finally {
    await close();
  }
}

if (import.meta.main) printFigures(await measureWaking(path.resolve(process.argv[2] ?? '.output/chrome-mv3')));
