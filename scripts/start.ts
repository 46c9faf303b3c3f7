// `npm start`: builds the extension, serves a sample digest site on 127.0.0.1, opens a browser with both, and publishes a
// new digest after about a minute. Ends when the browser is closed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserName, findBrowser, installBrowsers } from './browsers.ts';
import { launch } from './launch.ts';
import { readSampleEditions, recentEditions, redate, startSite } from './site.ts';

const PUBLISH_AFTER_MS = 60_000;

const root = path.resolve(import.meta.dirname, '..');
const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};
const USAGE = 'npm start -- [--browser chromium|firefox] [--headless]';
const readArguments = () => {
  try {
    return parseArgs({ options: { browser: { type: 'string', default: 'chromium' }, headless: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
};
const values = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const name: BrowserName | null = /^(?:chrom|edge)/.test(values.browser) ? 'chromium' : values.browser === 'firefox' ? 'firefox' : null;
if (!name) fail(`--browser takes chromium or firefox, not "${values.browser}".`);
const browserName = name as BrowserName;

try {
  installBrowsers([browserName]);
  findBrowser(browserName);
} catch (error) {
  fail((error as Error).message);
}
// Without a screen the browser runs unseen; what it would show is still said here.
const headless = values.headless || (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY);

const samples = readSampleEditions();
const editions = recentEditions(samples.slice(0, -1));
const site = await startSite(editions);

const outDir = mkdtempSync(path.join(tmpdir(), 'eight-bells-start-'));
process.on('exit', () => rmSync(outDir, { recursive: true, force: true, maxRetries: 5 }));
let stop = (): void => process.exit(130);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
let closing = false;
const end = async (code: number): Promise<never> => {
  if (!closing) {
    closing = true;
    await site.close();
  }
  process.exit(code);
};

console.log('Building the extension…');
const built = spawnSync(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build', '-b', browserName === 'chromium' ? 'chrome' : 'firefox', '--mv3'], {
  cwd: root,
  env: { ...process.env, EIGHT_BELLS_OUT_DIR: outDir, WXT_DEFAULT_FEED_URL: site.feedUrl, WXT_POLL_MINUTES: '0.5' },
  encoding: 'utf8',
});
if (built.status !== 0) {
  console.error(built.stdout, built.stderr);
  await end(1);
}

const launched = await launch(browserName, { headless, network: true, ownSignals: true }).catch((error: unknown) => {
  console.error(`${browserName} did not start: ${(error as Error).message}`);
  return end(1);
});
launched.browser.on('disconnected', () => {
  console.log('The browser was closed. Goodbye.');
  void launched.close().catch(() => {}).then(() => end(0));
});
stop = () => void launched.browser.close();

const options = await launched
  .install(path.join(outDir, browserName === 'chromium' ? 'chrome-mv3' : 'firefox-mv3'))
  .then(() => launched.openPage('options.html'))
  .catch((error: unknown) => {
    if (!launched.browser.connected) return new Promise<never>(() => {}); // closed meanwhile: what is said and done then is under way
    console.error((error as Error).message);
    return launched.close().then(() => end(1));
  });
const badge = () =>
  options.evaluate(() => {
    const api = globalThis as unknown as Record<'browser' | 'chrome', { action: { getBadgeText(d: object): Promise<string> } }>;
    return (api.browser ?? api.chrome).action.getBadgeText({});
  });
const [told] = editions.at(-1)?.items ?? [];

console.log(`
${headless ? 'There is no screen here, so the browser runs unseen; what its badge shows is said below. With a screen, this is what to try.' : 'A browser has opened with Eight Bells in it.'}
A sample digest site runs at ${site.origin}/

  1. Look at the toolbar: the bell's badge counts the items of the newest digest. (Hidden behind the puzzle piece? Pin it.)
  2. Click the bell: unread items by category. Open a summary, mark an item read, undo it.
  3. In about a minute a new digest is published; the badge strikes again within 30 seconds after it.
  4. Posts a digest told of carry a small bell on X, for example
     ${told?.url}
  5. The page that is open now is the options page: hide a category, choose what the badge counts.

${headless ? 'Ctrl+C ends' : 'Close the browser to end'} everything.
`);

let shown = '';
const watch = setInterval(() => {
  void badge()
    .then((text) => {
      if (text && text !== shown) console.log(`The badge shows ${text}.`);
      shown = text;
    })
    .catch(() => {}); // the options page was closed: there is nothing to look through
}, 500);
watch.unref();

setTimeout(() => {
  site.publish(redate(samples.at(-1) as (typeof samples)[0], Date.now()));
  console.log('A new digest has been published.');
}, PUBLISH_AFTER_MS).unref();
