// The build as it is installed by hand, without a feed address: popup, badge and marks out of the packaged sample, and no
// network at all. Also tabs that were open before the install, adding a feed, and Chinese.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { readSampleEditions, type Site, startSite } from '../../scripts/site.ts';
import { pageHtml, type PostSpec } from '../fixtures/x/page.ts';
import { Extension, markedIds, serveX, until } from './extension.ts';

const editions = readSampleEditions();
const posts: PostSpec[] = editions.flatMap((edition) => edition.items).map(({ url }) => {
  const [, handle = '', id = ''] = /x\.com\/(\w+)\/status\/(\d+)/.exec(url) ?? [];
  return { id, handle };
});
const [known = posts[0] as PostSpec] = posts;
const X_PAGE = pageHtml([known, { id: '2002999999999999999', handle: 'stranger' }]);

describe.each(['chromium', 'firefox'] as const)('the sample build in %s', (name) => {
  let ext: Extension;
  let tab: Page;
  let site: Site;

  beforeAll(async () => {
    site = await startSite(editions.slice(0, 2));
    ext = await Extension.start(name, 'sample', { before: async (launched) => void (tab = await serveX(launched, X_PAGE)) });
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  it('shows the sample’s newest digest on the badge', async () => {
    await ext.waitForBadge(String(editions.at(-1)?.items.length));
  });

  it('marks posts in an X tab that was open before the install', async () => {
    expect(await until('the mark', () => markedIds(tab), (ids) => ids.length > 0)).toEqual([known.id]);
  });

  it('labels the sample as one, in popup and options', async () => {
    await ext.openPopup();
    await ext.waitForListed(editions.at(-1)?.items.length ?? 0);
    expect(await ext.popup((document) => document.querySelector('.notice')?.textContent)).toMatch(/sample/i);
    await ext.closePopup();
    expect(await ext.options.evaluate(() => document.querySelector('.feed')?.textContent)).toMatch(/Sample digest.*needs no network/);
  });

  it('has exactly one checkbox a category in the options, labelled by it', async () => {
    const boxes = await ext.options.evaluate(() => [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].map((box) => box.labels?.[0]?.textContent));
    for (const category of ['AI模型', 'AI应用', '行业洞察', '研发进展']) expect(boxes.filter((label) => label === category)).toEqual([category]);
  });

  it('says what is wrong with a bad address before anything is stored', async () => {
    await ext.addFeed('ftp://digest.example/feed');
    await until('the notice', () => ext.addNotice(), (text) => /not a valid http/.test(text));
    await ext.addFeed('hello');
    await until('the notice', () => ext.addNotice(), (text) => /“hello” is no whole address/.test(text));
    expect(await ext.feedNames()).toEqual(['Sample digest']);
  });

  // Only where the permission prompt answers itself; Chromium's is tested in weather.test.ts, on a host already granted.
  const offered = name === 'firefox' ? it : () => {};
  offered('adds a feed by its address once its host is allowed, and says what is wrong with others', async () => {
    await ext.addFeed(`${site.origin}/nothing.xml`);
    await until('the notice', () => ext.addNotice(), (text) => /nothing at this address/.test(text));
    site.setFault('410');
    await ext.addFeed(`${site.origin}/index.xml`);
    await until('the notice', () => ext.addNotice(), (text) => /for good \(HTTP 410\); it was not added/.test(text));
    site.setFault(null);
    expect(await ext.feedNames()).toEqual(['Sample digest']);
    await ext.addFeed(`${site.origin}/`); // a page; its feed stands where feeds usually do
    await until('the notice', () => ext.addNotice(), (text) => /Subscribed to “AI 快报/.test(text));
    expect(await until('the feed', () => ext.feedNames(), (names) => names.length === 2)).toEqual(['Sample digest', 'AI 快报（示例站点）']);
    await ext.options.evaluate(() => document.querySelectorAll<HTMLElement>('.feed .line .button')[1]?.click());
    await until('the feed to go', () => ext.feedNames(), (names) => names.length === 1);
  });

  it('can be removed, with its items and marks', async () => {
    await ext.options.bringToFront();
    await ext.options.evaluate(() => document.querySelector<HTMLElement>('.feed .line .button')?.click());
    await ext.waitForBadge('');
    await until('no marks', () => markedIds(tab), (ids) => ids.length === 0);
    await ext.killWorker();
    await ext.openPopup();
    expect(await ext.popup((document) => document.querySelector('main')?.textContent)).toMatch(/No digest subscribed yet/);
    await ext.closePopup();
  });

  it('does not come back by itself, but can be added again', async () => {
    await ext.killWorker();
    await ext.reloadOptions();
    await ext.options.waitForSelector('section .link');
    expect(await ext.feedNames()).toEqual([]);
    await ext.options.evaluate(() => [...document.querySelectorAll<HTMLElement>('.link')].find((link) => /sample/i.test(link.textContent ?? ''))?.click());
    await until('the sample', () => ext.feedNames(), (names) => names.length === 1);
    await until('its marks', () => markedIds(tab), (ids) => ids.length === 1);
    expect(await ext.badge()).toBe(''); // what was there before is not new again
  });
});

it.each(['chromium', 'firefox'] as const)('speaks Chinese in a Chinese %s', async (name) => {
  const ext = await Extension.start(name, 'sample', { language: 'zh-CN' });
  try {
    await ext.waitForBadge('5');
    expect(await ext.tooltip()).toMatch(/^八击钟\n未读 5 条，新到 5 条\n更新于刚刚/);
    await ext.openPopup();
    expect(await ext.popup((document) => [document.documentElement.lang, document.querySelector('.bar')?.textContent])).toEqual(['zh-CN', '八击钟5 条未读']);
    const page = await ext.openX(X_PAGE);
    await until('the mark', () => markedIds(page), (ids) => ids.length === 1);
    expect(await page.evaluate(() => document.querySelector('eight-bells-mark')?.textContent)).toMatch(/^已在 2025年12月2\d日 \d\d:\d\d 的快报中出现，分类：/);
    expect(await ext.options.evaluate(() => document.querySelector('h1')?.textContent)).toBe('八击钟 · 设置');
  } finally {
    await ext.close();
  }
});

it('leaves no mark behind when the extension is disabled in Chromium', async () => {
  const ext = await Extension.start('chromium', 'sample');
  try {
    const page = await ext.openX(X_PAGE);
    await until('the mark', () => markedIds(page), (ids) => ids.length === 1);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const id = new URL(ext.options.url()).host;
    const manager = await ext.launched.browser.newPage();
    await manager.goto('chrome://extensions');
    await manager.evaluate((extensionId) => (chrome as unknown as { management: { setEnabled(id: string, on: boolean): Promise<void> } }).management.setEnabled(extensionId, false), id);
    await page.bringToFront();
    await until('the mark to go', () => markedIds(page), (ids) => ids.length === 0, 5000);
    expect(errors).toEqual([]);
  } finally {
    await ext.close();
  }
});

it('asks for no host beyond X and the built-in feed', async () => {
  const manifest = (kind: string, target: string) => JSON.parse(readFileSync(`${inject('builds')}/${kind}/${target}-mv3/manifest.json`, 'utf8'));
  const x = ['*://x.com/*', '*://*.x.com/*', '*://twitter.com/*', '*://*.twitter.com/*'];
  for (const target of ['chrome', 'firefox']) {
    expect(manifest('sample', target).host_permissions).toEqual(x);
    expect(manifest('feed', target).host_permissions).toEqual([...x, 'http://127.0.0.1/*']);
    expect(manifest('sample', target).permissions.toSorted()).toEqual(['alarms', 'contextMenus', 'declarativeNetRequestWithHostAccess', 'scripting', ...(target === 'chrome' ? ['sidePanel'] : []), 'storage', 'unlimitedStorage']);
    expect(manifest('sample', target).optional_permissions).toEqual(['notifications']);
  }
});
