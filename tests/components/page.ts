// A page to render components into.
import { parseHTML } from 'linkedom';
import { vi } from 'vitest';
import { browser } from 'wxt/browser';

/** Opens an empty page of a browser that speaks English; returns the element components are rendered into. */
export function openPage(): HTMLElement {
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  vi.spyOn(navigator, 'language', 'get').mockReturnValue('en');
  const { window } = parseHTML('<!doctype html><html><body><div id="app"></div></body></html>');
  for (const name of ['document', 'Element', 'HTMLElement', 'Event'] as const) vi.stubGlobal(name, window[name]);
  return (window.document as unknown as Document).getElementById('app') as HTMLElement;
}

/** The one element of the page that a selector names; throws where there is none. */
export function find<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}
