// Which language is spoken, and what is said in it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chooseLanguage, count, formatAgo, formatTime, language, recallTimes, say, tellTimes } from '../lib/i18n.ts';
import { LANGUAGES } from '../lib/model/settings.ts';

const inBrowser = (ui: string, pages = ui) => {
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue(ui);
  vi.stubGlobal('navigator', { language: pages });
};

const languages = LANGUAGES.filter((tag) => tag !== 'system');

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

  it.each(languages)('is the browser’s where that is %s', (tag) => {
    inBrowser(tag);
    expect(language()).toBe(tag);
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

  it('is that in which another page told a time, and only for the moments it told', () => {
    const noon = new Date(2026, 2, 1, 12).getTime();
    chooseLanguage('en');
    const told = tellTimes([noon], noon);
    expect(Object.values(told)).toEqual(['Mar 1, 12:00']);
    try {
      recallTimes(Object.fromEntries(Object.keys(told).map((key) => [key, 'recalled'])));
      expect([formatTime(noon, noon), formatTime(noon + 60_000, noon), formatTime(noon, new Date(2027, 0, 1).getTime())]).toEqual(['recalled', 'Mar 1, 12:01', 'Mar 1, 2026, 12:00']);
      chooseLanguage('zh-CN');
      expect(formatTime(noon, noon)).toBe('3月1日 12:00');
    } finally {
      recallTimes({});
    }
  });

  it('tells times in the zone the reader is in by now', () => {
    const noon = Date.UTC(2026, 2, 1, 12);
    chooseLanguage('en');
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'UTC';
      recallTimes(tellTimes([noon], noon));
      process.env.TZ = 'Asia/Shanghai';
      expect([noon, noon + 60_000].map((ms) => formatTime(ms, noon))).toEqual(['Mar 1, 20:00', 'Mar 1, 20:01']);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
      recallTimes({});
    }
  });

  it('groups the digits of counts as the browser would', () => {
    for (const chosen of languages) {
      chooseLanguage(chosen);
      expect([0, 7, 999, 1000, 37_230].map(count)).toEqual([0, 7, 999, 1000, 37_230].map((n) => new Intl.NumberFormat(chosen).format(n)));
    }
  });
});

it('chooses the words of a set', () => {
  const words = { tw: '則', zh: '条', en: 'items' };
  expect((['zh-TW', 'zh-CN', 'en'] as const).map((language) => {
    chooseLanguage(language);
    return say(words);
  })).toEqual(['則', '条', 'items']);
});
