// The script for posts embedded elsewhere: registered with the browser only where the reader wants marks and the browser lets us run.
import { browser } from 'wxt/browser';
import { embedPatterns } from './publisher.ts';
import { readSettings, watchSettings } from './store/settings.ts';
import { injectOpenTabs } from './tabs.ts';

const ID = 'embeds';
const FILES = { js: ['content-scripts/embed.js'], css: ['mark.css'] };

/**
 * Brings what is registered in step with settings and permissions, and the script into open pages where it is to be from now on; in those where it
 * is to be no more it takes its marks away by itself. One at a time: the last to run has seen every change before it.
 */
export async function registerEmbedScript(): Promise<void> {
  const added = await navigator.locks.request('embedScript', async () => {
    const settings = await readSettings();
    const matches: string[] = [];
    for (const pattern of settings.marks ? embedPatterns(settings) : []) if (await browser.permissions.contains({ origins: [pattern] })) matches.push(pattern);
    const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
    const before = registered?.matches ?? [];
    if (JSON.stringify([...before].sort()) === JSON.stringify(matches.sort())) return [];
    if (registered) await browser.scripting.unregisterContentScripts({ ids: [ID] });
    if (matches.length) await browser.scripting.registerContentScripts([{ id: ID, matches, ...FILES, allFrames: true, runAt: 'document_end', persistAcrossSessions: true }]);
    return matches.filter((pattern) => !before.includes(pattern));
  });
  if (added.length) await injectOpenTabs(FILES, added); // no longer alone: a page that never ends loading keeps this waiting
}

/** Keeps it so; to be called on the background's first tick. What it returns is to be called once in each of its lives; what goes wrong is tried again in the next. */
export function listenEmbedScript(): () => void {
  const register = () => void registerEmbedScript().catch((error: unknown) => console.error('Eight Bells: marks on embedded posts could not be switched', error));
  watchSettings(register);
  browser.permissions.onAdded.addListener(register);
  browser.permissions.onRemoved.addListener(register);
  return register;
}
