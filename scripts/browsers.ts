// Finds the browsers tests and `npm start` run in, and installs them where that can be done without asking.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/** A browser we run in. */
export type BrowserName = 'chromium' | 'firefox';

/** Where each browser usually is; the first that exists is taken, after the environment variable. */
const PLACES: Record<BrowserName, { variable: string; commands: string[]; files: string[]; packages: string[] }> = {
  chromium: {
    variable: 'CHROME_PATH',
    // Branded Chrome refuses --load-extension since 137, but not the extension commands of DevTools that puppeteer uses.
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'],
    files: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    packages: ['chromium'],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    commands: ['firefox', 'firefox-esr', 'firefox-developer-edition'],
    files: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    packages: ['firefox-esr'],
  },
};

/** The path of an installed browser. Throws with one line that says what to install. */
export function findBrowser(name: BrowserName): string {
  const found = lookUp(name);
  if (found) return found;
  const { variable, commands } = PLACES[name];
  throw new Error(`No ${name === 'chromium' ? 'Chromium, Chrome or Edge' : 'Firefox'} found: install one (on Debian or Ubuntu: sudo apt-get install ${PLACES[name].packages.join(' ')}), or set ${variable} to its path. Looked for: ${commands.join(', ')}.`);
}

/** Installs missing browsers, and fonts for Chinese, by apt where we are root on Debian; elsewhere does nothing. */
export function installBrowsers(names: BrowserName[]): void {
  const missing = names.filter((name) => !lookUp(name)).flatMap((name) => PLACES[name].packages);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const packages = [...missing, 'fonts-noto-cjk'];
  console.log(`Installing ${packages.join(', ')} by apt-get…`);
  const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  if (!apt('update', '-qq') || !apt('install', '-y', '-qq', '--no-install-recommends', ...packages)) console.error('apt-get could not install them; see above.');
}

function lookUp(name: BrowserName): string | null {
  const { variable, commands, files } = PLACES[name];
  const named = process.env[variable];
  if (named) {
    if (!existsSync(named)) throw new Error(`${variable} is set to ${named}, where there is no file.`);
    return named;
  }
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap((dir) => commands.map((command) => path.join(dir, command)));
  // By order of the commands, not of the folders: Chromium before Chrome wherever they are.
  const byCommand = commands.flatMap((command) => onPath.filter((file) => path.basename(file) === command));
  return [...byCommand, ...files].find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
