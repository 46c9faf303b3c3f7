// The extension in a real browser, as a test sees it: badge, popup, options, X pages, and the power to stop its worker.
import { inject } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { BrowserName } from '../../scripts/browsers.ts';
import { launch, type Launched, type LaunchOptions } from '../../scripts/launch.ts';

// Functions handed to `evaluate` run in the extension's pages, where this is the browser's API.
interface Api {
  action: { getBadgeText(d: object): Promise<string>; getBadgeBackgroundColor(d: object): Promise<number[]>; getTitle(d: object): Promise<string>; openPopup(): Promise<void> };
  alarms: { getAll(): Promise<{ name: string }[]>; create(name: string, info: { when: number }): Promise<void> };
  scripting: { getRegisteredContentScripts(): Promise<{ matches: string[] }[]> };
  storage: { session: { get(key: string): Promise<object> } };
  extension: { getViews(filter: { type: string }): Window[]; getBackgroundPage(): Window | null };
}
declare global {
  // oxlint-disable-next-line no-var
  var chrome: Api;
  // oxlint-disable-next-line no-var
  var browser: Api | undefined;
}

/** Firefox's background is stopped after so long without an event. Shorter, and on a busy machine it is stopped in the middle of every poll. */
const IDLE_MS = 1500;
const sleep = (ms: number) => new Promise((later) => setTimeout(later, ms));

/** Waits until `read` gives what `fits`; fails with the last value. */
export async function until<T>(what: string, read: () => Promise<T>, fits: (value: T) => boolean, timeoutMs = 15_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}; last: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}

export class Extension {
  private constructor(
    readonly launched: Launched,
    /** The options page in a tab; the tests look through it, so that they never wake the worker. */
    readonly options: Page,
  ) {}

  /** `kind`: built with the test's feed, or with the packaged sample; `folder`: a build of the test's own in its place. `before` runs in the browser before the install. */
  static async start(name: BrowserName, kind: 'feed' | 'sample', { before, folder, ...options }: LaunchOptions & { before?: (launched: Launched) => Promise<void>; folder?: string } = {}): Promise<Extension> {
    const launched = await launch(name, { idleMs: IDLE_MS, ...options });
    await before?.(launched);
    await launched.install(folder ?? `${inject('builds')}/${kind}/${name === 'chromium' ? 'chrome' : 'firefox'}-mv3`);
    return new Extension(launched, await launched.openPage('options.html'));
  }

  /** In the same browser, after it was uninstalled. */
  async installAgain(kind: 'feed' | 'sample'): Promise<Extension> {
    await this.launched.install(`${inject('builds')}/${kind}/${this.name === 'chromium' ? 'chrome' : 'firefox'}-mv3`);
    return new Extension(this.launched, await this.launched.openPage('options.html'));
  }

  get name(): BrowserName {
    return this.launched.name;
  }

  badge(): Promise<string> {
    return this.options.evaluate(() => (globalThis.browser ?? chrome).action.getBadgeText({}));
  }

  tooltip(): Promise<string> {
    return this.options.evaluate(() => (globalThis.browser ?? chrome).action.getTitle({}));
  }

  waitForBadge(text: string, timeoutMs?: number): Promise<string> {
    return until(`badge "${text}"`, () => this.badge(), (badge) => badge === text, timeoutMs);
  }

  /** How many rows one of the extension's tables holds. */
  countStored(table: 'digests' | 'items' | 'pendingPages' | 'statuses'): Promise<number> {
    return this.options.evaluate(
      (store) =>
        new Promise<number>((counted, failed) => {
          const open = indexedDB.open('eight-bells');
          open.addEventListener('error', () => failed(open.error));
          open.addEventListener('success', () => {
            const count = open.result.transaction(store).objectStore(store).count();
            count.addEventListener('success', () => {
              open.result.close();
              counted(count.result);
            });
          });
        }),
      table,
    );
  }

  /** Waits until so many digests are stored. */
  async waitForDigests(count: number, timeoutMs?: number): Promise<void> {
    await until('every digest', () => this.countStored('digests'), (stored) => stored === count, timeoutMs);
  }

  /** Opens the real toolbar popup and waits for its list, or for what stands in its place. */
  async openPopup(): Promise<void> {
    await this.options.bringToFront();
    await this.options.evaluate(() => (globalThis.browser ?? chrome).action.openPopup());
    await until('the popup', () => this.popup((document) => Boolean(document.querySelector('.item .more, .empty:not(.hint)'))).catch(() => false), Boolean); // of an item all, not only what is painted first
    if (this.name === 'firefox') await sleep(400); // it moves what it has loaded into the panel it shows, and the focus is lost in between
  }

  /** Runs a function on the open popup's document. */
  popup<T>(fn: (document: Document, ...args: never[]) => T, ...args: unknown[]): Promise<T> {
    return this.options.evaluate(`(() => {
      const [view] = (globalThis.browser ?? chrome).extension.getViews({ type: 'popup' });
      if (!view) throw new Error('no popup is open');
      return (${fn})(view.document, ...${JSON.stringify(args)});
    })()`) as Promise<T>;
  }

  async closePopup(): Promise<void> {
    await this.options.evaluate(() => (globalThis.browser ?? chrome).extension.getViews({ type: 'popup' })[0]?.close());
    await until('the popup to close', () => this.options.evaluate(() => (globalThis.browser ?? chrome).extension.getViews({ type: 'popup' }).length), (n) => n === 0);
  }

  /** Titles of the unread items in the open popup by category; read ones stay in view until the next opening. */
  listed(): Promise<Record<string, string[]>> {
    return this.popup((document) => Object.fromEntries([...document.querySelectorAll('.group')].map((group) => [group.querySelector('h2')?.textContent, [...group.querySelectorAll('li:not(.read) .title')].map((title) => title.textContent)])));
  }

  /** Waits until the open popup lists so many unread items and says so in its header. */
  async waitForListed(count: number): Promise<void> {
    await until(`${count} listed items`, async () => [Object.values(await this.listed()).flat().length, Number.parseInt(await this.popup((document) => document.querySelector('.count')?.textContent ?? ''), 10)], ([rows, said]) => rows === count && said === count);
  }

  /** Fires every alarm the extension has set, for real: it is re-created a moment ahead. */
  fireAlarms(): Promise<void> {
    return this.options.evaluate(async () => {
      const { alarms } = globalThis.browser ?? chrome;
      if (!(await alarms.getAll()).some(({ name }) => name.startsWith('poll:'))) throw new Error('no feed has an alarm');
      for (const { name } of (await alarms.getAll()).filter((alarm) => alarm.name.startsWith('poll:'))) await alarms.create(name, { when: Date.now() + 50 });
    });
  }

  /** Stops the background: Chromium's worker at once, Firefox's event page by leaving it idle. */
  async killWorker(): Promise<void> {
    if (this.name === 'chromium') {
      const workers = () => this.launched.browser.targets().filter((target) => target.type() === 'service_worker');
      // Again until it is gone: one that is only just starting, for a popup that has closed, cannot be closed yet.
      await until('the worker to stop', async () => {
        for (const target of workers()) {
          const worker = await target.worker().catch(() => null);
          await worker?.close().catch(() => {});
        }
        return workers().length;
      }, (n) => n === 0);
    } else {
      await until('the background to fall asleep', () => this.options.evaluate(() => (globalThis.browser ?? chrome).extension.getBackgroundPage() === null), Boolean, 20_000);
    }
  }

  /** An X page, served from memory. */
  async openX(html: string, url = 'https://x.com/home'): Promise<Page> {
    return serveX(this.launched, html, url);
  }

  /** Types an address into the options page and presses Add. */
  async addFeed(address: string): Promise<void> {
    await this.options.bringToFront();
    const field = await this.options.waitForSelector('#address');
    await field?.click({ count: 3 });
    await field?.type(address);
    await this.options.click('.add button[type=submit]');
  }

  /** Gives the options page a file, as if the reader had chosen it as a backup. */
  chooseBackup(content: string): Promise<void> {
    return this.options.evaluate((text) => {
      const field = document.querySelector<HTMLInputElement>('section[aria-labelledby=backup] input[type=file]');
      const list = new DataTransfer();
      list.items.add(new File([text], 'backup.json'));
      if (field) field.files = list.files;
      field?.dispatchEvent(new Event('change', { bubbles: true }));
    }, content);
  }

  /** What the options page says came of the last attempt to add or remove. */
  addNotice(): Promise<string> {
    return this.options.evaluate(() => document.querySelector('.add .notice')?.textContent ?? '');
  }

  /** The names of the subscribed feeds, as the options page lists them. */
  feedNames(): Promise<(string | null)[]> {
    return this.options.evaluate(() => [...document.querySelectorAll('.feed .name')].map((one) => one.textContent));
  }

  /** Loads the options page afresh; Firefox never settles a reload of an extension's page. */
  async reloadOptions(): Promise<void> {
    await Promise.race([this.options.reload().catch(() => {}), sleep(3000)]);
    await this.options.waitForSelector('#app > *');
  }

  close(): Promise<void> {
    return this.launched.close();
  }
}

/** Opens an X page answered from memory; everything else it asks for is answered with nothing, and noted. */
export async function serveX({ browser }: Launched, html: string, url = 'https://x.com/home'): Promise<Page> {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.isNavigationRequest()) void request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body: html });
    else void request.respond({ status: 204, body: '' });
  });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return page;
}

/** The ids of the posts that carry a mark, in page order; a mark that is not visible does not count. */
export function markedIds(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLElement>('eight-bells-mark')].filter((mark) => mark.checkVisibility()).map((mark) => mark.dataset.postId ?? ''));
}
