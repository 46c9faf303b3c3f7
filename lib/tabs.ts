// Tabs: those that were open before a script of ours was to be in them get it; and where what the reader opens is opened.
import { browser } from 'wxt/browser';
import { isXPage } from './link.ts';
import { hostPattern, X_PATTERNS } from './publisher.ts';

/** A script and its style, as the manifest and `registerContentScripts` name them. */
interface PageScript {
  js?: string[];
  css?: string[];
}

/** Twice is harmless: a script that is there stays the only one. */
async function inject({ js = [], css = [] }: PageScript, tabs: readonly { id?: number }[], allFrames: boolean): Promise<void> {
  const files = js as Parameters<typeof browser.scripting.executeScript>[0] extends { files: infer F } ? F : never;
  const targets = tabs.flatMap(({ id: tabId }) => (tabId === undefined ? [] : [{ tabId, allFrames }]));
  // Some are closed meanwhile, or hold a page scripts may not run on; and one that never ends loading keeps none but itself waiting.
  await Promise.allSettled(targets.flatMap((target) => [browser.scripting.insertCSS({ target, files: css }), browser.scripting.executeScript({ target, files })]));
}

/** For an install or update. Firefox does it by itself. */
export async function markOpenTabs(): Promise<void> {
  const scripts = browser.runtime.getManifest().content_scripts ?? [];
  await inject({ js: scripts.flatMap(({ js }) => js ?? []), css: scripts.flatMap(({ css }) => css ?? []) }, await browser.tabs.query({ url: X_PATTERNS }), false);
}

/**
 * Brings a script that is registered from now on for pages of these patterns into those that are open. The frames of a page whose own
 * address we may not see are reached in Firefox only: Chrome and Edge want access to the page for them.
 */
export async function injectOpenTabs(script: PageScript, patterns: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ discarded: false }); // one that is not loaded gets it when it is
  await inject(script, tabs.filter(({ url }) => !url || patterns.includes(hostPattern(url))), true);
}

/** The id of the tab that last opened a post. */
const OPENED_KEY = 'openedTab';

/** Opens an address in a new tab. `reuse`: a post takes the place of an open page of X instead, where there is one; never `behind`, where tabs are collected. */
export async function openTab(url: string, { behind, reuse }: { behind: boolean; reuse: boolean }): Promise<void> {
  if (!reuse || behind || !isXPage(url)) {
    await browser.tabs.create({ url, active: !behind });
    return;
  }
  const found = await findXTab();
  // Not in front yet: that closes the popup, and nothing would be remembered.
  const tab = (found !== undefined && (await browser.tabs.update(found, { url }).catch(() => null))) || (await browser.tabs.create({ url, active: false }));
  await browser.storage.session.set({ [OPENED_KEY]: tab.id });
  await browser.tabs.update(tab.id as number, { active: true });
}

/** Pages of X that may hold what somebody has begun to write. */
const WRITING = /\/(?:compose|intent|messages|settings|i\/chat)\b/;
const mayLeave = (address: string): boolean => isXPage(address) && !WRITING.test(address) && !/\/\/ads\./.test(address);

/**
 * A tab of this window whose page of X may be left: the last one opened from here, else the one last used. Where the browser
 * withholds X it does not say which page a tab shows; then it is only the former.
 */
async function findXTab(): Promise<number | undefined> {
  const [tabs, stored, granted] = await Promise.all([browser.tabs.query({ currentWindow: true }), browser.storage.session.get(OPENED_KEY), browser.permissions.contains({ origins: X_PATTERNS })]);
  const free = tabs.filter(({ pinned, audible }) => !pinned && !audible);
  const onX = granted ? free.filter(({ url, pendingUrl }) => mayLeave(pendingUrl || url || '')) : [];
  const own = (granted ? onX : free).find(({ id }) => id === stored[OPENED_KEY]);
  return (own ?? onX.toSorted((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))[0])?.id;
}
