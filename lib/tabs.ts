// Tabs: those of X that were open before our script get it; and where what the reader opens is opened.
import { browser } from 'wxt/browser';
import { isXPage } from './link.ts';
import { X_PATTERNS } from './publisher.ts';

/** For an install or update. Firefox does it by itself; twice is harmless. */
export async function markOpenTabs(): Promise<void> {
  const scripts = browser.runtime.getManifest().content_scripts ?? [];
  const files = scripts.flatMap(({ js }) => js ?? []) as Parameters<typeof browser.scripting.executeScript>[0] extends { files: infer F } ? F : never;
  const css = scripts.flatMap(({ css }) => css ?? []);
  for (const { id: tabId } of await browser.tabs.query({ url: X_PATTERNS })) {
    if (tabId === undefined) continue;
    const target = { tabId };
    // Closed meanwhile, or a page scripts may not run on.
    await Promise.allSettled([browser.scripting.insertCSS({ target, files: css }), browser.scripting.executeScript({ target, files })]);
  }
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
