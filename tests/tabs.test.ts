// Where what the reader opens is opened: in a new tab, or in an open one of X.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openTab } from '../lib/tabs.ts';

const POST = 'https://x.com/someone/status/20';
let granted: boolean;

beforeEach(async () => {
  vi.restoreAllMocks();
  fakeBrowser.reset();
  granted = true;
  vi.spyOn(browser.permissions, 'contains').mockImplementation(async () => granted);
  for (let i = 0; i < 2; i++) await browser.windows.create({ focused: true }); // the fake knows a last window only after another
});

const create = async (url: string, fields: object = {}) => {
  const { id } = await browser.tabs.create({ url, active: false });
  await browser.tabs.update(id as number, fields); // the fake keeps whatever it is given
  return id as number;
};
const shown = async () => (await browser.tabs.query({})).flatMap(({ id, url }) => (url ? [[id, url]] : []));
const active = async () => (await browser.tabs.query({ active: true }))[0]?.url;
const reuse = (url = POST) => openTab(url, { behind: false, reuse: true });

describe('an item', () => {
  it('opens in a new tab where the reader has not chosen otherwise, however many of X are open', async () => {
    const id = await create('https://x.com/home');
    await openTab(POST, { behind: false, reuse: false });
    expect(await shown()).toEqual([[id, 'https://x.com/home'], [id + 1, POST]]);
    expect(await active()).toBe(POST);
  });

  it('takes the place of the page of X that was last used', async () => {
    const [old, recent] = [await create('https://x.com/home', { lastAccessed: 1 }), await create('https://twitter.com/explore', { lastAccessed: 2 })];
    await reuse();
    expect(await shown()).toEqual([[old, 'https://x.com/home'], [recent, POST]]);
    expect(await active()).toBe(POST);
  });

  it('takes the place of the one opened before it rather than of another', async () => {
    await reuse();
    const id = (await shown())[0]?.[0];
    await create('https://x.com/home', { lastAccessed: Date.now() + 1000 });
    await reuse(`${POST}1`);
    expect((await shown())[0]).toEqual([id, `${POST}1`]);
    expect(await shown()).toHaveLength(2);
  });

  it.each([
    ['is pinned', { pinned: true }], ['plays sound', { audible: true }], ['stands in another window', { windowId: 77 }], ['is about to leave X', { pendingUrl: 'https://bank.example/' }],
  ])('leaves a tab alone that %s', async (_, fields) => {
    const id = await create('https://x.com/home', fields);
    await reuse();
    expect(await shown()).toEqual([[id, 'https://x.com/home'], [id + 1, POST]]);
  });

  it.each(['https://x.com/compose/post', 'https://x.com/intent/post?text=a', 'https://x.com/messages/1-2', 'https://ads.x.com/new'])('leaves a page alone on which somebody may be writing: %s', async (page) => {
    const id = await create(page);
    await reuse();
    expect(await shown()).toEqual([[id, page], [id + 1, POST]]);
  });

  it('leaves its own tab alone once the reader has gone elsewhere in it', async () => {
    await reuse();
    const id = (await shown())[0]?.[0] as number;
    await browser.tabs.update(id, { url: 'https://bank.example/' });
    await reuse(`${POST}1`);
    expect(await shown()).toEqual([[id, 'https://bank.example/'], [id + 1, `${POST}1`]]);
  });

  it('has a new tab where it is no post, and where it opens in the background', async () => {
    const id = await create('https://x.com/home');
    await reuse('https://blog.example/post');
    await openTab(POST, { behind: true, reuse: true });
    expect(await shown()).toEqual([[id, 'https://x.com/home'], [id + 1, 'https://blog.example/post'], [id + 2, POST]]);
    expect(await active()).toBe('https://blog.example/post');
  });

  it('finds the tab it opened also where the browser withholds X, and no other', async () => {
    granted = false;
    const id = await create('', { url: undefined }); // as such a browser tells of it
    await reuse();
    await reuse(`${POST}1`);
    expect((await browser.tabs.query({})).filter((tab) => tab.id).map((tab) => [tab.id, tab.url])).toEqual([[id, undefined], [id + 1, `${POST}1`]]);
  });

  it('has a new tab where the one that was found is closed meanwhile', async () => {
    await create('https://x.com/home');
    vi.spyOn(browser.tabs, 'update').mockRejectedValueOnce(new Error('no tab with that id'));
    await reuse();
    expect((await shown()).map(([, url]) => url)).toEqual(['https://x.com/home', POST]);
  });
});
