// The first steps and the pictures of the last weeks in real browsers: shown at first, skipped once for all, drawn when in view.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Extension, until } from './extension.ts';

describe.each(['chromium', 'firefox'] as const)('the first steps in %s', (name) => {
  let ext: Extension;
  beforeAll(async () => void (ext = await Extension.start(name, 'sample')));
  afterAll(() => ext?.close());

  const shown = () => ext.popup((document) => document.querySelector('.welcome h2')?.textContent ?? null);

  it('stand above the list in the popup and before the options, and are skipped for both', async () => {
    await ext.openPopup();
    expect(await until('the first step', shown, (title) => title !== null)).toMatch(/Pin the icon|Choose categories/);
    expect(await ext.options.evaluate(() => document.querySelectorAll('.welcome').length)).toBe(1);
    await ext.popup((document) => {
      const skip = document.querySelector<HTMLElement>('.welcome .link');
      skip?.focus();
      skip?.click();
    });
    await until('their end', shown, (title) => title === null);
    expect(await ext.popup((document) => document.activeElement?.matches('.group:first-of-type h2'))).toBe(true); // what they stood above
    await until('their end in the options', () => ext.options.evaluate(() => document.querySelectorAll('.welcome').length), (count) => count === 0);
    await ext.closePopup();
    await ext.openPopup();
    await new Promise((later) => setTimeout(later, 500)); // they come a moment after the list
    expect(await shown()).toBeNull();
    await ext.closePopup();
  });

  it('leave room for the pictures, which are drawn when they come into view', async () => {
    await ext.options.bringToFront();
    await ext.options.evaluate(() => document.querySelector('#history')?.scrollIntoView());
    await ext.options.waitForFunction(() => document.querySelector('section[aria-labelledby=history] .hint:not(.pictures)')?.textContent);
  });
});
