// Opens a real browser with the extension in it, for e2e tests, screenshots and `npm start`.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, launch as launchBrowser, type Page } from 'puppeteer-core';
import { readPublisherOptions } from '../lib/publisher.ts';
import { type BrowserName, findBrowser } from './browsers.ts';

/** The extension's id where no publisher built in another, and the host we give it so that its pages have a known address. */
const GECKO_ID = readPublisherOptions({}).firefoxId;
const FIREFOX_HOST = '8be11580-0000-4000-8000-000000000008';

/** How the browser is started. */
export interface LaunchOptions {
  headless?: boolean;
  /** Browser language, like zh-CN. */
  language?: string;
  dark?: boolean;
  /** Time after which Firefox stops an idle background, ms; it has no other way to be stopped. */
  idleMs?: number;
  /** Lets pages other than 127.0.0.1 be reached; tests do not. */
  network?: boolean;
  /** The port of a proxy on this machine that answers for all hosts but 127.0.0.1, with whatever certificate. */
  proxyPort?: number;
  /** Another name for a site on this machine, for pictures: no reader's feed is at 127.0.0.1. Chromium only. */
  alias?: { host: string; port: string };
  /** The caller closes the browser on SIGINT and its like; otherwise the process ends there and then, and the profile stays. */
  ownSignals?: boolean;
  /** A profile of the caller's, that stays when the browser closes; without one a new profile is made and goes. */
  profile?: string;
}

/** A browser that may have the extension in it. */
export interface Launched {
  name: BrowserName;
  browser: Browser;
  /** Installs the unpacked extension and returns the address of its pages. */
  install: (dir: string) => Promise<string>;
  uninstall: () => Promise<void>;
  /** Opens one of the extension's pages in a tab. */
  openPage: (file: string) => Promise<Page>;
  close: () => Promise<void>;
}

/** Opens a browser, without the extension yet. Throws where none is installed (findBrowser). */
export async function launch(name: BrowserName, { headless = true, language, dark, idleMs, network = false, proxyPort, alias, ownSignals = false, profile: own }: LaunchOptions = {}): Promise<Launched> {
  const profile = own ?? mkdtempSync(path.join(tmpdir(), 'eight-bells-'));
  const executablePath = findBrowser(name);
  const signals = ownSignals && { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser =
    name === 'chromium'
      ? await launchBrowser({
          ...signals,
          executablePath,
          headless,
          pipe: true,
          enableExtensions: true,
          userDataDir: profile,
          defaultViewport: null,
          env: { ...process.env, ...(language && { LANGUAGE: language.replace('-', '_'), LANG: `${language.replace('-', '_')}.UTF-8` }) },
          args: [
            ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
            ...(language ? [`--lang=${language}`, `--accept-lang=${language}`] : []),
            ...(dark ? ['--force-dark-mode'] : []),
            // Everything but 127.0.0.1 is answered from memory, by the caller's proxy, or not at all.
            ...(network ? [] : [`--proxy-server=http://127.0.0.1:${proxyPort ?? 9}`, `--proxy-bypass-list=127.0.0.1${alias ? `;${alias.host}` : ''}`]),
            ...(proxyPort ? ['--ignore-certificate-errors'] : []),
            ...(alias ? [`--host-resolver-rules=MAP ${alias.host} 127.0.0.1:${alias.port}`] : []),
            '--window-size=1280,900',
            '--no-first-run',
            '--no-default-browser-check',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--disable-quic',
            '--password-store=basic',
            '--mute-audio',
          ],
        })
      : await launchBrowser({
          ...signals,
          browser: 'firefox',
          executablePath,
          headless,
          userDataDir: profile,
          defaultViewport: null,
          args: ['--remote-allow-system-access'],
          acceptInsecureCerts: proxyPort !== undefined,
          extraPrefsFirefox: {
            'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: FIREFOX_HOST }),
            'extensions.webextOptionalPermissionPrompts': false,
            'browser.shell.checkDefaultBrowser': false,
            ...(language && { 'intl.accept_languages': language }),
            'datareporting.policy.dataSubmissionEnabled': false,
            'ui.systemUsesDarkTheme': dark ? 1 : 0,
            ...(idleMs && { 'extensions.background.idle.timeout': idleMs }),
            ...(!network && { 'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': proxyPort ?? 9, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': proxyPort ?? 9, 'network.proxy.no_proxies_on': '127.0.0.1' }),
          },
        });
  let id = '';
  const origin = () => (name === 'chromium' ? `chrome-extension://${id}` : `moz-extension://${FIREFOX_HOST}`);
  return {
    name,
    browser,
    async install(dir) {
      id = await browser.installExtension(path.resolve(dir));
      return origin();
    },
    uninstall: () => browser.uninstallExtension(id),
    async openPage(file) {
      const page = await browser.newPage();
      // Firefox loads an extension's page in another process and never settles the navigation it was asked for.
      await Promise.race([page.goto(`${origin()}/${file}`).catch(() => {}), new Promise((later) => setTimeout(later, 5000))]);
      await page.waitForSelector('#app > *');
      return page;
    },
    async close() {
      const running = browser.process();
      const ended = running && running.exitCode === null && running.signalCode === null && once(running, 'exit');
      await browser.close().catch(() => {}); // it may have been closed by hand
      await ended; // until then it writes to its profile
      if (!own) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
