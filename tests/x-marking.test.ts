// Marks on a page of X, from the stored list to what a mark says: in the language that the reader chose.
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chooseLanguage } from '../lib/i18n.ts';
import { keepMarks } from '../lib/x-marking.ts';
import { buildPiece, writePieces, writeWays } from '../lib/mark-list.ts';
import { DEFAULT_SETTINGS } from '../lib/model/settings.ts';
import { MARK } from '../lib/x/mark.ts';
import { Tally } from '../lib/x/tally.ts';
import { BAR } from '../lib/x/treat.ts';
import { pageHtml } from './fixtures/x/page.ts';

const ID = '2002900000000000001';
const PUBLISHED = new Date(new Date().getFullYear(), 0, 2, 8).getTime();

let document: Document;
let life: AbortController;

beforeEach(async () => {
  vi.restoreAllMocks();
  fakeBrowser.reset();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  const page = parseHTML(pageHtml([{ id: ID, handle: 'dotey' }]));
  document = page.document;
  for (const [name, value] of Object.entries({ document, Element: page.Element, MutationObserver: page.MutationObserver, location: { pathname: '/home' }, addEventListener: () => {} })) vi.stubGlobal(name, value);
  life = new AbortController();
  await tell('AI');
});
afterEach(() => {
  life.abort();
  chooseLanguage('system');
});

const tell = (category: string) => {
  const items = [{ id: `post:${ID}`, postIds: [ID], category, firstMs: PUBLISHED, feedIds: ['f'], title: '', author: '', handle: 'dotey', appearances: [{ feedId: 'f', publishedMs: PUBLISHED }] }];
  return writePieces(new Map([['day', buildPiece(items, DEFAULT_SETTINGS, [{ id: 'f', marks: 1, hiddenCategories: [], removedAt: null }], 0)]]));
};
const start = () => keepMarks(life.signal, () => true, new Tally(document));
const said = () => document.querySelector<HTMLElement>(MARK)?.title;
const IN = { en: 'In the digest of Jan 2, 08:00, category AI', 'zh-CN': '已在 1月2日 08:00 的快报中出现，分类：AI', 'zh-TW': '已在 1月2日 08:00 的快報中出現，分類：AI' };

it('speaks the browser’s language where none was chosen', async () => {
  await start();
  expect(said()).toBe(IN.en);
});

it('speaks the chosen language from the first mark on', async () => {
  await writeWays({ ...DEFAULT_SETTINGS, language: 'zh-TW' });
  await start();
  expect(said()).toBe(IN['zh-TW']);
});

it('says what stands on the page anew when another is chosen, and the browser’s again after that', async () => {
  await start();
  for (const language of ['zh-CN', 'zh-TW'] as const) {
    await writeWays({ ...DEFAULT_SETTINGS, language });
    expect(said()).toBe(IN[language]);
  }
  vi.mocked(browser.i18n.getUILanguage).mockImplementation(() => {
    throw new Error('Extension context invalidated'); // nobody asks it any more
  });
  await writeWays({ ...DEFAULT_SETTINGS, language: 'system' });
  expect(said()).toBe(IN.en);
});

it('has the button of a collapsed post say it, too', async () => {
  await writeWays({ ...DEFAULT_SETTINGS, markFold: true });
  await start();
  const button = () => document.querySelector(`${BAR} button`)?.textContent;
  expect(button()).toBe('Show');
  await writeWays({ ...DEFAULT_SETTINGS, markFold: true, language: 'zh-TW' });
  expect(button()).toBe('顯示');
});

it.each([[true, 1], [false, 0]])('puts back a mark that went, but not where the extension has gone and another script has taken over (there: %s)', async (there, marks) => {
  let alive = true;
  await keepMarks(life.signal, () => alive, new Tally(document));
  alive = there;
  document.querySelector(MARK)?.remove();
  await new Promise((later) => setTimeout(later, 20));
  expect(document.querySelectorAll(MARK)).toHaveLength(marks);
});

it('leaves collapsed posts to a script that has taken over and says something else on them', async () => {
  await writeWays({ ...DEFAULT_SETTINGS, markFold: true });
  const post = document.querySelector('article') as Element;
  const place = post.parentElement as Element;
  post.remove();
  const heard = vi.spyOn(browser.storage.onChanged, 'addListener').mockImplementation(() => {}); // cut off, the old one hears nothing
  const old = new Tally(document);
  const looked = vi.spyOn(old, 'add').mockImplementation(() => {
    if (looked.mock.calls.length > 20) throw new Error('the two are at it for ever');
  });
  await keepMarks(life.signal, () => false, old);
  heard.mockRestore();
  await tell('Other');
  await start();
  place.append(post);
  await new Promise((later) => setTimeout(later, 50));
  expect(looked).toHaveBeenCalled();
  expect(looked.mock.calls.length).toBeLessThan(20);
  expect(Array.from(document.querySelectorAll<HTMLElement>(MARK), ({ title }) => title)).toEqual([IN.en.replace('AI', 'Other')]);
  expect(Array.from(document.querySelectorAll(`${BAR} span`), ({ textContent }) => textContent)).toEqual([IN.en.replace('AI', 'Other')]);
});
