// What marking costs on X: a timeline of our own in Chromium that recycles its cells, by remounting and in place, with the built
// extension, and in turn with a floor in another browser. The floor is the least
// a marker can do: one observer, one look-up a post, one element a match; it knows no quotes.
// `node tests/bench/timeline.ts DIR [KNOWN]` prints it (some 40 seconds); DIR is a built extension.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Protocol } from 'puppeteer-core';
import { type Launched, launch } from '../../scripts/launch.ts';
import { pageHtml, postHtml, type PostSpec } from '../fixtures/x/page.ts';
import { type Figure, median, printFigures } from './figure.ts';

const POSTS = 480;
const ROUNDS = 5;
/** On the page at a time. */
const CELLS = 14;
/** One post in so many is in a digest. */
const EVERY = 10;
/** A sample counts for no longer, µs: what is longer is time in which the machine did something else. */
const LONGEST_SAMPLE = 400;

const idOf = (n: number, salt = 0n) => String(1_900_000_000_000_000_000n + BigInt(n) * 7_919_000_003_123n + salt);
const isTold = (n: number) => n % EVERY === 3;
/** The n-th post: most are plain, some reposts and promoted ones; with `quotes` one in ten quotes (with and without a link, told and not). */
function makePost(n: number, quotes: boolean): PostSpec {
  const kind = n % 10 === 5 ? 'promoted' : n % 10 === 6 ? 'repost' : 'plain';
  if (!quotes) return { id: idOf(n), handle: 'someone', kind };
  const quoted = { handle: 'quoted', id: n % 20 === 7 ? idOf(3) : idOf(n, 5n) };
  return { id: idOf(n), handle: 'someone', kind, ...(n % 10 === 7 && { quote: { ...quoted, linked: n % 40 === 7 ? 'photo' : false } }) };
}

/** Elements that tell nothing, some hundred of them as in X's own posts, where X has its picture, menus and buttons: to look through them is most of the work. */
const swell = (html: string): string => {
  const filling = (times: number) => '<div><div><div><span></span></div></div></div>'.repeat(times);
  return html.replace('<div class="head">', `${filling(12)}<div class="head">`).replace('<div role="group">', `<div role="group">${filling(16)}`);
};

/** The script of the floor. */
export const FLOOR_MARKER = `chrome.storage.local.get('ids').then(({ ids }) => {
  const known = new Set(ids), marks = new WeakMap();
  const check = (post) => {
    const href = post.querySelector('a[href*="/status/"] > time')?.parentNode.getAttribute('href') ?? '';
    const isKnown = known.has(href.slice(href.lastIndexOf('/') + 1)), mark = marks.get(post);
    if (isKnown === Boolean(mark)) return;
    if (mark) { mark.remove(); marks.delete(post); return; }
    const fresh = document.createElement('floor-mark');
    marks.set(post, fresh);
    post.append(fresh);
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') { if (target.firstElementChild?.localName === 'time') { const post = target.closest('article'); if (post) check(post); } continue; }
      for (const node of addedNodes) if (node.nodeType === 1 && node.firstElementChild) for (const post of node.getElementsByTagName('article')) check(post);
    }
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
  for (const post of document.getElementsByTagName('article')) check(post);
});`;

function writeFloor(dir: string, ids: string[]): void {
  mkdirSync(dir);
  writeFileSync(path.join(dir, 'content.js'), FLOOR_MARKER);
  writeFileSync(path.join(dir, 'worker.js'), `chrome.storage.local.set({ ids: ${JSON.stringify(ids)} });`);
  writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'floor', version: '1', permissions: ['storage'], background: { service_worker: 'worker.js' }, content_scripts: [{ matches: ['https://x.com/*'], js: ['content.js'], run_at: 'document_end' }] }));
}

interface Shown extends PostSpec {
  html: string;
  /** The ids that are to be marked in it. */
  marked: string[];
}

interface Count { missing: number; wrong: number; duplicate: number; stale: number; heightChanges: number }

/** The stored list of these posts as digests of 17 in four categories make it, six of them a day. */
function makePieces(ids: readonly string[]): Record<string, string> {
  const lines = Array.from({ length: Math.ceil(ids.length / 17) * 4 }, (_, line) => {
    const digest = Math.floor(line / 4);
    const posts = ids.slice(digest * 17, digest * 17 + 17).filter((_, i) => i % 4 === line % 4);
    return posts.length ? `${1_770_000_000_000 + digest * 14_400_000}\t${line % 4}\t${posts.map((id) => `------${id}`).join(' ')}` : '';
  });
  return Object.fromEntries(Array.from({ length: Math.ceil(lines.length / 24) }, (_, day) => [`marks:${day}`, lines.slice(day * 24, day * 24 + 24).filter(Boolean).join('\n')]));
}

/** Time with a script of each extension on the stack, µs. */
function timeOf({ nodes, samples = [], timeDeltas = [] }: Protocol.Profiler.Profile): Map<string, number> {
  const owner = new Map<number, string>();
  const walk = (id: number, from: string) => {
    const node = byId.get(id);
    const own = /^chrome-extension:\/\/\w+/.exec(node?.callFrame.url ?? '')?.[0] ?? from;
    owner.set(id, own);
    for (const child of node?.children ?? []) walk(child, own);
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (nodes[0]) walk(nodes[0].id, '');
  const times = new Map<string, number>();
  samples.forEach((id, i) => {
    const own = owner.get(id);
    if (own) times.set(own, (times.get(own) ?? 0) + Math.min(Math.max(timeDeltas[i] ?? 0, 0), LONGEST_SAMPLE));
  });
  return times;
}

/** A browser with one extension in it, before a timeline. Who comes to a page's nodes first pays for both, so the two are never on one page. */
async function openTimeline(install: (launched: Launched) => Promise<string>) {
  const launched = await launch('chromium');
  const origin = await install(launched);
  const page = await launched.browser.newPage();
  let requests = 0;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.isNavigationRequest()) return void request.respond({ contentType: 'text/html; charset=utf-8', body: pageHtml([]) });
    if (/^(?:data|chrome-extension):/.test(request.url())) return void request.continue();
    if (!request.url().endsWith('/favicon.ico')) requests++; // the browser's own
    return void request.abort();
  });
  await page.goto('https://x.com/home');
  await new Promise((later) => setTimeout(later, 1500));
  const session = await page.createCDPSession();
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 100 });
  return {
    close: launched.close,
    requests: () => requests,
    /** Scrolls by; ms of the extension's script per thousand posts. */
    async measure(posts: Shown[]): Promise<{ ms: number; count: Count }> {
      await page.bringToFront();
      await page.evaluate(scroll, posts.slice(0, 80), CELLS); // what is done once is no matter of posts
      await session.send('Profiler.start');
      const count = await page.evaluate(scroll, posts, CELLS);
      const us = timeOf((await session.send('Profiler.stop')).profile).get(origin);
      if (!us) throw new Error('a script did not run: the ratio would be of nothing');
      return { ms: us / POSTS, count };
    },
  };
}

/** Marking's cost and its mistakes, of the extension built in `dir`, where so many posts are known. */
export async function measureTimeline(dir: string, known: number): Promise<Figure[]> {
  const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-timeline-'));
  const told = Array.from({ length: POSTS }, (_, n) => n).filter(isTold).map((n) => idOf(n));
  const ids = [...told, ...Array.from({ length: known - told.length }, (_, n) => idOf(n, 100_000_000_000_000_007n))];
  writeFloor(path.join(work, 'floor'), ids);
  const opened: Awaited<ReturnType<typeof openTimeline>>[] = [];
  try {
    const ours = await openTimeline(async (launched) => {
      const origin = await launched.install(dir);
      const options = await launched.openPage('options.html');
      await options.evaluate((list) => (globalThis as unknown as { chrome: { storage: { local: { set: (o: object) => Promise<void> } } } }).chrome.storage.local.set(list), makePieces(ids));
      await options.close();
      return origin;
    });
    opened.push(ours);
    const floor = await openTimeline(async ({ browser }) => `chrome-extension://${await browser.installExtension(path.join(work, 'floor'))}`);
    opened.push(floor);
    const round = async (quotes: boolean) => {
      const posts = Array.from({ length: POSTS }, (_, n) => ({ ...makePost(n, quotes), html: swell(postHtml(makePost(n, quotes))), marked: [...(isTold(n) ? [idOf(n)] : []), ...(quotes && n % 40 === 7 ? [idOf(3)] : [])] }));
      return { ours: await ours.measure(posts), floor: await floor.measure(posts) };
    };
    const plain: Awaited<ReturnType<typeof round>>[] = [];
    const quoting: typeof plain = [];
    for (let n = 0; n < ROUNDS; n++) {
      plain.push(await round(false));
      quoting.push(await round(true));
    }
    const describe = (rounds: typeof plain) => ({ value: Number(median(rounds.map((one) => one.ours.ms / one.floor.ms)).toFixed(2)), unit: '× floor', note: `median of ${ROUNDS} rounds; ${median(rounds.map((one) => one.ours.ms)).toFixed(0)} ms a thousand posts, floor ${median(rounds.map((one) => one.floor.ms)).toFixed(0)}` });
    const counts = [...plain, ...quoting].map((one) => one.ours.count);
    const sum = (what: keyof Count) => counts.reduce((all, count) => all + count[what], 0);
    const of = `of ${POSTS * counts.length} posts`;
    const name = `x, ${known.toLocaleString('en')} known:`;
    return [
      { name: `${name} script time, no quotes`, goal: 1.5, ...describe(plain) },
      { name: `${name} script time, one in ten quotes`, ...describe(quoting) },
      ...(['missing', 'wrong', 'duplicate', 'stale'] as const).map((what) => ({ name: `${name} marks ${what}`, value: sum(what), unit: of, goal: 0 })),
      { name: `${name} posts a mark made higher`, value: sum('heightChanges'), unit: of, goal: 0 },
      { name: `${name} requests`, value: ours.requests(), unit: '', goal: 0 },
    ];
  } finally {
    for (const { close } of opened) await close();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Runs in the page: a frame for every two posts; every other arriving cell is a leaving one of the same build, filled in place. */
async function scroll(posts: Shown[], cells: number): Promise<Count> {
  const count: Count = { missing: 0, wrong: 0, duplicate: 0, stale: 0, heightChanges: 0 };
  const list = document.querySelector('section') as Element;
  list.replaceChildren();
  const shown: { cell: HTMLElement; n: number; refilled: boolean; height: number }[] = [];
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const build = (html: string): HTMLElement => {
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content.firstElementChild as HTMLElement;
  };
  const heightOf = (cell: HTMLElement) => Math.round(cell.getBoundingClientRect().height * 100);
  const judge = ({ cell, n, refilled, height }: (typeof shown)[0]) => {
    const due = posts[n]?.marked ?? [];
    const marks = [...cell.querySelectorAll<HTMLElement>('eight-bells-mark')].map((mark) => mark.dataset.postId);
    count.missing += due.filter((id) => !marks.includes(id)).length;
    count.duplicate += marks.length - new Set(marks).size;
    count[refilled ? 'stale' : 'wrong'] += marks.filter((id) => !due.includes(id ?? '')).length;
    if (heightOf(cell) !== height) count.heightChanges++;
  };
  for (let n = 0; n < posts.length; n++) {
    const { kind, html, quote } = posts[n] as (typeof posts)[0];
    const leaving = shown.length >= cells ? shown.shift() : undefined;
    if (leaving) judge(leaving);
    let cell: HTMLElement;
    const before = leaving && posts[leaving.n];
    const refilled = n % 2 === 0 && before !== undefined && !quote && !before.quote && before.kind === kind;
    if (leaving && refilled) {
      ({ cell } = leaving);
      const [mine, next] = [cell, build(html)].map((one) => [...one.querySelectorAll('a, time')]) as [Element[], Element[]];
      for (const [i, element] of mine.entries()) for (const name of ['href', 'datetime']) {
        const value = next[i]?.getAttribute(name);
        if (value && element.getAttribute(name) !== value) element.setAttribute(name, value);
      }
    } else {
      leaving?.cell.remove();
      cell = build(html);
    }
    list.append(cell);
    shown.push({ cell, n, refilled, height: heightOf(cell) });
    if (n % 2) await frame();
  }
  await frame();
  shown.forEach(judge);
  return count;
}

if (import.meta.main) printFigures(await measureTimeline(path.resolve(process.argv[2] ?? '.output/chrome-mv3'), Number(process.argv[3] ?? 5000)));
