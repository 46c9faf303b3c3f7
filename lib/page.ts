// What the background must know of our open pages: when one closes after it wrote, marks and badge are derived again.
import { browser } from 'wxt/browser';

const NAME = 'page';
/** Of this page; null before its first write, and where the worker has been stopped since. */
let line: { onDisconnect: { addListener(callback: () => void): void } } | null = null;

/**
 * To be called before a page writes. A popup may be closed between its commit and the update of the badge; then the
 * background, told by the closing, does what the page could not. (A worker that has been stopped hears of no closing,
 * but one is stopped only long after the page's last write.)
 */
export function announceWrite(): void {
  if (line) return;
  try {
    line = browser.runtime.connect({ name: NAME });
    line.onDisconnect.addListener(() => (line = null));
  } catch {
    // the extension was removed or updated under the page: there is no background to tell
  }
}

/** Calls back whenever a page that wrote has closed. To be called on the background's first tick. */
export function onWriterClosed(callback: () => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === NAME) port.onDisconnect.addListener(callback);
  });
}
