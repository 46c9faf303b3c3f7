// How long the real toolbar popup takes from the call to its first item on screen, beside a popup of 50 static rows in the
// same browser, with the worker running and stopped. `node tests/bench/popup.ts DIR` prints it for a built extension.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CDPSession, launch as launchBrowser } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.ts';
import { type Figure, median, printFigures } from './figure.ts';

/** Openings of each popup that count, taking turns; the first of each is for the browser to warm up. */
const REPS = 15;
/** So long after the call a popup is looked at, ms: before, nothing is attached to it that could slow it down. */
const SETTLE_MS = 900;

/** What the probe in a popup remembers: when it began, and when its first item was on screen; ms. */
interface Probe {
  origin: number;
  shown: number | null;
}

/** Runs in the popup before all else. The browser tells when the marked text was painted (Element Timing). */
const PROBE = `
const probe = (globalThis.probe = { origin: performance.timeOrigin, shown: null });
new PerformanceObserver((list) => { probe.shown ??= list.getEntries()[0].renderTime; }).observe({ type: 'element', buffered: true });
const look = new MutationObserver(() => {
  const first = document.querySelector('li .title');
  if (!first) return;
  look.disconnect();
  first.closest('li').setAttribute('elementtiming', 'item');
  first.setAttribute('elementtiming', 'item');
  first.parentElement.setAttribute('elementtiming', 'item');
});
look.observe(document, { childList: true, subtree: true });
`;

const FLOOR_ROWS = Array.from({ length: 50 }, (_, i) => `<li><div><span class="title">第 ${i} 条：某公司发布新模型，推理更快</span></div><small>作者 · 11月25日 12:00</small></li>`).join('\n');
/** The floor: rows as ours are wide and high, without a script. */
export const FLOOR_POPUP = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Floor</title><style>body{width:420px;margin:0;font:14px/1.5 system-ui}ul{margin:0;padding:0;list-style:none}li{padding:6px 16px}small{color:#666}</style></head><body><ul>${FLOOR_ROWS}</ul></body></html>`;

function writeFloor(dir: string): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'popup.html'), FLOOR_POPUP.replace('<style>', '<script src="probe.js"></script><style>'));
  writeFileSync(path.join(dir, 'worker.js'), 'chrome.runtime.onMessage.addListener(() => {});');
  writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'Floor', version: '1', background: { service_worker: 'worker.js' }, action: { default_popup: 'popup.html' } }));
  writeFileSync(path.join(dir, 'probe.js'), PROBE);
}

const sleep = (ms: number) => new Promise((later) => setTimeout(later, ms));
const now = () => performance.timeOrigin + performance.now();

/** The id Chromium gives an unpacked extension: its absolute path, hashed. */
const idOf = (dir: string) => createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

/** Presses an extension's button and waits; ms from there to its popup's first item on screen. `cold`: its worker is stopped first. */
async function openOnce(cdp: CDPSession, id: string, cold: boolean): Promise<number> {
  const targets = async (type: string) => (await cdp.send('Target.getTargets', { filter: [{ type }] })).targetInfos;
  if (cold) {
    for (const { targetId, url } of await targets('service_worker')) if (url.includes(id)) await cdp.send('Target.closeTarget', { targetId });
    await sleep(400);
  }
  const tab = (await targets('tab'))[0]?.targetId;
  const called = now();
  await cdp.send('Extensions.triggerAction' as 'Target.getTargets', { id, targetId: tab } as object);
  await sleep(SETTLE_MS);
  const popup = (await targets('page')).find(({ url }) => url === `chrome-extension://${id}/popup.html`);
  if (!popup) throw new Error('the popup did not open');
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId: popup.targetId, flatten: true });
  const session = cdp.connection()?.session(sessionId);
  if (!session) throw new Error('the popup cannot be asked');
  let told: Probe | undefined;
  for (let tries = 0; tries < 40 && !told?.shown; tries++) {
    told = (await session.send('Runtime.evaluate', { expression: 'globalThis.probe', returnByValue: true })).result.value as Probe | undefined;
    await sleep(50);
  }
  await cdp.send('Target.closeTarget', { targetId: popup.targetId });
  await sleep(250);
  if (!told?.shown) throw new Error('the popup showed no item');
  return told.origin + told.shown - called;
}

/** The popup of a built extension (unpacked, its sample digest inside) beside the floor. */
export async function measurePopup(built: string): Promise<Figure[]> {
  const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-popup-'));
  const [ours, floor, profile] = ['ours', 'floor', 'profile'].map((name) => path.join(work, name)) as [string, string, string];
  cpSync(built, ours, { recursive: true });
  writeFileSync(path.join(ours, 'probe.js'), PROBE);
  const page = path.join(ours, 'popup.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<head>', '<head><script src="/probe.js"></script>'));
  writeFloor(floor);
  // Both buttons pinned: another first slides into view, which takes longer than the popup.
  mkdirSync(path.join(profile, 'Default'), { recursive: true });
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify({ extensions: { pinned_extensions: [idOf(ours), idOf(floor)] } }));
  // Nothing but what is asked for is attached to: puppeteer would hold every new page until it has set itself up.
  const browser = await launchBrowser({ executablePath: findBrowser('chromium'), headless: true, pipe: true, enableExtensions: true, userDataDir: profile, defaultViewport: null, targetFilter: () => false, waitForInitialPage: false, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--window-size=1280,900', '--no-first-run', '--disable-background-networking', '--disable-sync', '--proxy-server=http://127.0.0.1:9'] });
  try {
    const ids = [await browser.installExtension(ours), await browser.installExtension(floor)] as const;
    await sleep(4000); // the sample is read, badge and kept rows are written
    const cdp = await browser.target().createCDPSession();
    // A worker that is attached to is not stopped: without, the floor's would be after half a minute, and its openings no longer warm.
    for (const { targetId } of (await cdp.send('Target.getTargets', { filter: [{ type: 'service_worker' }] })).targetInfos) await cdp.send('Target.attachToTarget', { targetId, flatten: true });
    const figures: Figure[] = [];
    for (const cold of [false, true]) {
      const times: [number[], number[]] = [[], []];
      for (let n = -1; n < REPS; n++)
        for (const side of n % 2 ? ([0, 1] as const) : ([1, 0] as const)) {
          const took = await openOnce(cdp, ids[side], cold);
          if (n >= 0) times[side].push(took);
        }
      const [own, least] = [median(times[0]), median(times[1])];
      figures.push({ name: `popup: call to first item, ${cold ? 'worker stopped' : 'warm'}`, value: Math.round((own / least) * 100) / 100, unit: '× static popup', goal: cold ? 1.4 : 1.3, note: `medians of ${REPS}: ${Math.round(own)} and ${Math.round(least)} ms` });
    }
    return figures;
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.main) printFigures(await measurePopup(path.resolve(process.argv[2] ?? '.output/chrome-mv3')));
