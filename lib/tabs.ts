// Tabs of X that were open before our script: they get it, and its style sheet, now.
import { browser } from 'wxt/browser';
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
