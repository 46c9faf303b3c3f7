// What categories are called: the reader's own name, else the feed's, and "other" in the reader's language.
import { describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { nameCategory, originalName } from '../../lib/words/category.ts';

const speak = (tag: string) => {
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue(tag);
  vi.spyOn(navigator, 'language', 'get').mockReturnValue(tag);
};

describe('a category’s name', () => {
  it('is the reader’s own, else the feed’s', () => {
    expect(['AI模型', 'AI应用'].map((name) => nameCategory(name, { categoryNames: { AI模型: 'Models', AI应用: '' } }))).toEqual(['Models', 'AI应用']);
    expect(nameCategory('constructor', { categoryNames: {} })).toBe('constructor'); // no record has names of its own
  });

  it('is the reader’s word for what fits none, unless renamed', () => {
    speak('en');
    expect([originalName('其他'), nameCategory('其他', { categoryNames: {} }), nameCategory('其他', { categoryNames: { 其他: 'Rest' } })]).toEqual(['Other', 'Other', 'Rest']);
    speak('zh-CN');
    expect(nameCategory('其他', { categoryNames: {} })).toBe('其他');
  });
});
