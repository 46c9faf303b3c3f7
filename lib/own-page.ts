// What the background is told of our open pages: that one has closed. A page may be closed between its commit and what
// follows from it; then the background does what the page could not.
import { browser } from 'wxt/browser';
import { isOwnPage } from './speaker.ts';

/** A reader has shown what is new; any other page has only written. */
type Announced = 'reader' | 'page';

/** Of this page; null before its first announcement, and where the worker has been stopped since. */
let line: { onDisconnect: { addListener(callback: () => void): void } } | null = null;

/** To be called when a reader has painted its list, and before any page writes; again does nothing. (A worker that has
 * been stopped hears of no closing, but one is stopped only long after the page's last write.) */
export function announcePage(kind: Announced): void {
  if (line) return;
  try {
    line = browser.runtime.connect({ name: kind });
    line.onDisconnect.addListener(() => (line = null));
  } catch {
    // the extension was removed or updated under the page: there is no background to tell
  }
}

/** Calls back whenever an announced page has closed. To be called on the background's first tick. */
export function onPageClosed(callback: (kind: Announced) => void): void {
  const own = { id: browser.runtime.id, base: browser.runtime.getURL('/') };
  browser.runtime.onConnect.addListener((port) => {
    if (!isOwnPage(port.sender, own)) return;
    if (port.name === 'reader' || port.name === 'page') port.onDisconnect.addListener(() => callback(port.name as Announced));
  });
}

const LOOKED = 'looked';

/**
 * Notes that the reader has been shown what is new. By storage, which takes a word from a page that closes the next moment
 * and wakes the background for it; a line opened just before the page closes is dropped where the background sleeps.
 */
export const noteLook = (): Promise<void> => browser.storage.session.set({ [LOOKED]: Date.now() });

/** Calls back whenever that was noted. To be called on the background's first tick. */
export const onLook = (callback: () => void): void => browser.storage.onChanged.addListener((changes, area) => void (area === 'session' && LOOKED in changes && callback()));
