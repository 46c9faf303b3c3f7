// axe finds nothing on any surface, in any theme and language.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { LANGUAGES, THEMES } from '../../lib/model/settings.ts';
import { recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

declare const axe: { run(context: object, options: object): Promise<AxeResults> };

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Everything axe knows but experiments: WCAG 2.0 to 2.2 in A and AA, target sizes among it, and what it holds for good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Every look a page can have: a theme, and the system's scheme, which high contrast follows. */
const LOOKS = THEMES.flatMap((theme) => (['light', 'dark'] as const).map((scheme) => ({ theme, scheme }))).filter(({ theme }) => theme === 'system' || theme === 'contrast');

/** What axe finds in a page as it stands, a line for each element: everything in the theme it has, what depends on colours in all others too. */
async function findings(page: Page): Promise<string[]> {
  await page.bringToFront();
  await page.evaluate(AXE);
  const run = async (runOnly: object) => {
    const { violations, passes } = await page.evaluate((chosen) => axe.run(document, { runOnly: chosen, resultTypes: ['violations', 'passes'] }), runOnly);
    return { tried: passes, found: violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`)) };
  };
  const { tried, found } = await run({ type: 'tag', values: TAGS });
  expect(tried.length, 'rules that axe tried').toBeGreaterThan(15);
  const { theme: own = '' } = await page.evaluate(() => ({ theme: document.documentElement.dataset.theme }));
  for (const { theme, scheme } of LOOKS) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await wear(page, theme);
    const colors = await run({ type: 'rule', values: ['color-contrast'] });
    expect(colors.tried.map(({ id }) => id)).toEqual(['color-contrast']);
    found.push(...colors.found.map((line) => `${theme} (${scheme}): ${line}`));
  }
  await page.emulateMediaFeatures([]);
  await wear(page, own);
  return found;
}

/** Gives a page a theme as lib/look.ts does when the setting changes. */
const wear = (page: Page, theme: string) =>
  page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
    document.documentElement.toggleAttribute('data-contrast', name === 'contrast');
  }, theme);

const THEME_OF = { 'zh-CN': 'dark', 'zh-TW': 'contrast', en: 'light' } as const;
const languages = LANGUAGES.filter((language) => language !== 'system');

describe.each(languages)('in %s', (language) => {
  const theme = THEME_OF[language];
  let site: Site;
  let ext: Extension;
  let reader: Page;

  const press = async (key: string) => {
    await reader.bringToFront();
    await reader.keyboard.press(key as 'j');
  };
  const shows = (selector: string) => reader.waitForSelector(selector);

  beforeAll(async () => {
    site = await startSite(recentEditions(), inject('feedPort'));
    ext = await Extension.start('chromium', 'feed');
    await until('items', () => ext.countStored('items'), (items) => items > 10);
    await ext.options.bringToFront();
    await ext.options.select('#theme', theme);
    await ext.options.select('#text-size', 'large');
    await ext.options.select('#language', language);
    await ext.options.waitForFunction((spoken) => document.documentElement.lang === spoken && document.querySelector('#theme'), {}, language);
    expect(await ext.options.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
    reader = await ext.launched.openPage('popup.html');
    await reader.setViewport({ width: 420, height: 600 });
    await shows('li.item .more'); // taken over, with all its buttons
    expect(await reader.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme])).toEqual([language, theme]);
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  it('the list, with a summary open, a star, and what was done', async () => {
    await reader.click('li.item button[aria-expanded]');
    await shows('.summary strong');
    for (const key of ['j', 's', 'j', 'm']) await press(key);
    await shows('.item.read');
    await shows('.toast');
    expect(await findings(reader)).toEqual([]);
  });

  it('the menu of an item', async () => {
    await press('c');
    await shows('dialog[open]');
    expect(await findings(reader)).toEqual([]);
    await press('Escape');
  });

  it('the help', async () => {
    await press('?');
    await shows('dialog[open] .keys');
    expect(await findings(reader)).toEqual([]);
    await press('Escape');
  });

  it('the journal', async () => {
    await reader.click('.bar [aria-haspopup=dialog]');
    await shows('.journal li');
    expect(await findings(reader)).toEqual([]);
    await press('Escape');
  });

  it('a search that finds, and one that finds nothing', async () => {
    await press('/');
    await shows('input[type=search]');
    await reader.keyboard.type('AI');
    await shows('.title mark');
    expect(await findings(reader)).toEqual([]);
    await reader.keyboard.type('绝无此词');
    await reader.waitForFunction(() => !document.querySelector('.item'));
    expect(await findings(reader)).toEqual([]);
    await press('Escape');
    await press('Escape');
    await shows('.item');
  });

  it('the list by digest, and what is empty', async () => {
    await reader.click('.views div:last-child .view:last-child');
    await shows('.also');
    expect(await findings(reader)).toEqual([]);
    await reader.click('.views div:last-child .view:first-child');
    await shows('.item');
    await press('M');
    await reader.waitForFunction(() => !document.querySelector('.item:not(.read)'));
    // One that is closed before the store knows begins anew with the rows it kept; they turn read, and stay in view until the next opening.
    await until('an empty list', async () => {
      await reader.reload();
      await shows('.item, .empty .bell');
      return reader.$('.empty .bell');
    }, Boolean);
    expect(await findings(reader)).toEqual([]);
  });

  it('the side panel, where a feed fails', async () => {
    site.setFault('500');
    const panel = await ext.launched.openPage('sidepanel.html');
    await panel.setViewport({ width: 360, height: 900 });
    await panel.waitForSelector('.view');
    await panel.click('.view:nth-child(2)');
    await panel.waitForSelector('.item');
    await panel.click('.bar [aria-busy]');
    await panel.waitForSelector('.status .fault');
    expect(await findings(panel)).toEqual([]);
    await panel.close();
  });

  it('the options, with everything in them open', async () => {
    const { options } = ext;
    await options.bringToFront();
    await options.setViewport({ width: 760, height: 900 });
    expect(await findings(options)).toEqual([]);
    await options.click('.feed details summary');
    await options.click('.category:nth-of-type(2) [aria-expanded]');
    await options.waitForSelector('.swatch');
    await options.click('.swatch[data-color=teal]');
    await options.click('.rule [type=submit]'); // refused: empty
    await options.waitForSelector('[aria-invalid=true]');
    expect(await findings(options)).toEqual([]);
    await options.type('.rule .row input', 'AI');
    await options.waitForSelector('.rule [role=status][aria-busy=false] .preview li');
    expect(await findings(options)).toEqual([]);
    await options.click('.rule [type=submit]');
    await options.waitForSelector('.rules li');
    await options.click('.feed .line > .button'); // remove
    await options.waitForSelector('.removed');
    expect(await findings(options)).toEqual([]);
  });
});
