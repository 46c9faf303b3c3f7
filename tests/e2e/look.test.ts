// The look and language a reader chooses, on every page at once and at once on the next.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Extension, until } from './extension.ts';

describe.each(['chromium', 'firefox'] as const)('a chosen look in %s', (name) => {
  let ext: Extension;
  let reader: Page;

  beforeAll(async () => {
    ext = await Extension.start(name, 'sample', { language: 'en-US' });
    reader = await ext.launched.openPage('popup.html');
  });
  afterAll(() => ext?.close());

  const choose = async (field: string, value: string) => {
    await ext.options.bringToFront();
    await ext.options.focus(field);
    await ext.options.select(field, value);
  };
  const lookOf = (page: Page) =>
    page.evaluate(() => {
      const { colorScheme, backgroundColor, fontSize, lineHeight } = getComputedStyle(document.body);
      return { scheme: colorScheme, ground: backgroundColor, size: Number.parseFloat(fontSize), line: Number.parseFloat(lineHeight), language: document.documentElement.lang };
    });
  const luminance = (color: string) => (color.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part) / 3, 0);
  /** Opened anew, as the next popup is. */
  const reopen = async () => {
    await reader.close();
    reader = await ext.launched.openPage('popup.html');
  };

  it('is that of the page it is chosen on, of others that are open, and of the next', async () => {
    const before = await lookOf(reader);
    for (const [theme, dark] of [['light', false], ['dark', true]] as const) {
      await choose('#theme', theme);
      for (const page of [ext.options, reader]) await until(theme, () => lookOf(page), ({ ground }) => luminance(ground) < 60 === dark && luminance(ground) > 200 === !dark);
      await reopen();
      expect((await lookOf(reader)).scheme).toBe(theme);
    }
    await choose('#text-size', 'large');
    await until('larger text', () => lookOf(reader), ({ size }) => size > before.size);
    await choose('#density', 'compact');
    await until('lines closer together', () => lookOf(reader), ({ line, size }) => line / size < before.line / before.size);
    await choose('#theme', 'contrast');
    await until('a plain ground', () => lookOf(reader), ({ ground }) => [0, 255].includes(luminance(ground)));
  });

  it('speaks the chosen language, in open pages, the next, and on the icon', async () => {
    await choose('#language', 'zh-TW');
    for (const page of [ext.options, reader]) await until('traditional Chinese', () => lookOf(page).catch(() => null), (look) => look?.language === 'zh-TW');
    await until('its words', () => ext.options.evaluate(() => document.querySelector('h1')?.textContent ?? '').catch(() => ''), (title) => title === '八擊鐘 · 設定');
    await reopen();
    expect(await reader.evaluate(() => document.title)).toBe('八擊鐘');
    await until('the tooltip', () => ext.tooltip(), (title) => title.startsWith('八擊鐘\n未讀'));
    await until('the focus, for arrow keys', () => ext.options.evaluate(() => document.activeElement?.id), (id) => id === 'language');
    await choose('#language', 'system');
    await until('English', () => ext.options.evaluate(() => document.querySelector('h1')?.textContent ?? '').catch(() => ''), (title) => title === 'Eight Bells · Options');
  });
});
