// Which language is spoken, and what is said in it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chooseLanguage, formatAgo, formatTime, language, say } from '../lib/i18n.ts';

const inBrowser = (ui: string, pages = ui) => {
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue(ui);
  vi.stubGlobal('navigator', { language: pages });
};

beforeEach(() => fakeBrowser.reset());
afterEach(() => {
  chooseLanguage('system');
  vi.unstubAllGlobals();
});

describe('the language', () => {
  it.each([
    ['zh-TW', 'zh-TW'], ['zh-HK', 'zh-TW'], ['zh-MO', 'zh-TW'], ['zh-Hant', 'zh-TW'], ['zh-Hant-HK', 'zh-TW'],
    ['zh', 'zh-CN'], ['zh-CN', 'zh-CN'], ['zh-SG', 'zh-CN'], ['zh-Hans-HK', 'zh-CN'], ['en-GB', 'en'], ['de', 'en'], ['zha', 'en'],
  ])('of a browser in %s is %s', (tag, spoken) => {
    inBrowser(tag);
    expect(language()).toBe(spoken);
  });

  it('is Chinese where only one of interface and pages is', () => {
    inBrowser('en-US', 'zh-TW');
    expect(language()).toBe('zh-TW');
    inBrowser('zh-CN', 'en-US');
    expect(language()).toBe('zh-CN');
  });

  it('is the reader’s choice, until it is the system’s again', () => {
    inBrowser('en-US');
    chooseLanguage('zh-TW');
    expect(language()).toBe('zh-TW');
    chooseLanguage('system');
    expect(language()).toBe('en');
  });

  it('is that of dates, also after a change', () => {
    const noon = new Date(2026, 2, 1, 12).getTime();
    chooseLanguage('en');
    expect([formatTime(noon, noon), formatAgo(noon - 3_600_000, noon)]).toEqual(['Mar 1, 12:00', '1 hour ago']);
    chooseLanguage('zh-TW');
    expect([formatTime(noon, noon), formatAgo(noon - 3_600_000, noon), formatAgo(noon, noon)]).toEqual(['3月1日 12:00', '1 小時前', '剛剛']);
  });
});

it('chooses the words of a set', () => {
  const words = { tw: '則', zh: '条', en: 'items' };
  expect((['zh-TW', 'zh-CN', 'en'] as const).map((language) => {
    chooseLanguage(language);
    return say(words);
  })).toEqual(['則', '条', 'items']);
});
