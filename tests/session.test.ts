// One opening of the reader, over a store of its own: what is done in it, and what the reader is told.
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chooseLanguage } from '../lib/i18n.ts';
import type { Row } from '../lib/list.ts';
import { openSession, type Session } from '../lib/session.ts';
import { Database } from '../lib/store/database.ts';
import { savePoll } from '../lib/store/digests.ts';
import { addFeed, newFeed } from '../lib/store/feeds.ts';
import { changeSettings, readSettings } from '../lib/store/settings.ts';
import type { NotedWish } from '../lib/wishes.ts';
import { digest, item } from './store/database.ts';

let db: Database;
let session: Session;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] }); // the clock of an opened page never stops
  vi.restoreAllMocks();
  fakeBrowser.reset();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  for (const name of ['setBadgeText', 'setBadgeBackgroundColor', 'setTitle'] as const) vi.spyOn(browser.action, name).mockResolvedValue(undefined as never);
  db = new Database();
  await Promise.all(db.tables.map((table) => table.clear())); // earlier sessions hold it open
  const { id } = await addFeed(db, newFeed('https://digest.example/index.xml', { title: 'Digest', categories: ['AI模型'] }, 0));
  await savePoll(db, id, { digests: [digest(id, 0, [item(1), item(2)])] });
  session = await openSession(() => {}, () => {});
});
afterEach(() => {
  chooseLanguage('system');
  db.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a rule from an item’s menu', () => {
  const RULE = { action: 'mute', field: 'author', value: '某人' } as const;

  it.each([['en', 'Muted author “某人”', 'Already muted: author “某人”'], ['zh-CN', '已屏蔽：作者“某人”', '之前已屏蔽：作者“某人”'], ['zh-TW', '已靜音：作者「某人」', '先前已靜音：作者「某人」']] as const)('that is there already is refused in words, in %s', async (language, added, refused) => {
    chooseLanguage(language); // as the page does by its look
    await changeSettings({ language });
    await session.addRule(RULE);
    expect(session.state.toast?.words).toBe(added);
    await session.addRule({ ...RULE, value: ' 某人' });
    expect(session.state.toast).toEqual({ words: refused.replace('某人', ' 某人'), entry: null }); // as it was asked for, and nothing to undo
    expect((await readSettings()).rules).toHaveLength(1);
  });

  it('that watches is told apart from one that mutes', async () => {
    const watch = { ...RULE, action: 'watch' } as const;
    await session.addRule(watch);
    await session.addRule(watch);
    expect(session.state.toast?.words).toBe('Already watched: author “某人”');
  });
});

describe('what is done', () => {
  const rows = () => db.items.toArray().then((items) => items.map((one) => ({ item: one, read: 0 as const, starred: 0 as const, muted: null, watched: null })));
  const left = async () => Object.entries(await browser.storage.session.get(null)).flatMap(([key, value]) => (key.startsWith('wish:') ? [value as NotedWish] : []));

  it('before the store is loaded is noted at once, with the tab that follows, and struck out when it is done', async () => {
    const [row] = await rows();
    const fresh = await openSession(() => {}, () => {});
    const done = [fresh.star(row as Row, true), fresh.open((row as Row).item, false)];
    expect((await left()).map(({ wish, tabs }) => [wish.kind, tabs])).toEqual([['star', null], ['read', { urls: [row?.item.url], behind: false, reuse: false }]]);
    await Promise.all(done);
    expect(await left()).toEqual([]);
    expect(await db.statuses.get(row?.item.id ?? '')).toMatchObject({ read: 1, starred: 1 });
    expect((await browser.tabs.query({})).filter(({ url }) => url)).toHaveLength(1);
  });

  it('with all opens new tabs behind, whatever the reader chose for one', async () => {
    await changeSettings({ reuseTab: true });
    for (let i = 0; i < 2; i++) await browser.windows.create({ focused: true }); // the fake knows a last window only after another
    await browser.tabs.create({ url: 'https://x.com/home', active: true });
    vi.spyOn(browser.permissions, 'contains').mockResolvedValue(true as never);
    const all = await rows();
    await session.openAll(all);
    expect((await browser.tabs.query({})).flatMap(({ url, active }) => (url ? [[url, active]] : []))).toEqual([['https://x.com/home', true], ...all.map(({ item: { url } }) => [url, false])]);
    await session.open((all[0] as Row).item, false);
    expect((await browser.tabs.query({ active: true }))[0]?.url).toBe(all[0]?.item.url);
    expect((await browser.tabs.query({})).filter(({ url }) => url)).toHaveLength(3); // one of them was reused
  });

  it('is told to be under way where it takes long, and then what it was', async () => {
    const [row] = await rows();
    let end = () => {};
    const held = db.transaction('rw', db.statuses, () => Dexie.waitFor(new Promise<void>((go) => (end = go))));
    const done = session.star(row as Row, true);
    await vi.waitFor(() => expect(session.state.toast).toEqual({ words: 'Working…', entry: null }));
    end();
    await Promise.all([held, done]);
    expect(session.state.toast).toEqual({ words: 'Starred 1 item', entry: expect.any(Number) });
  });

  it('opens its tab before badge and kept rows are up to date', async () => {
    const [row] = await rows();
    let end = () => {};
    const held = navigator.locks.request('badge', () => new Promise<void>((go) => (end = go)));
    const done = session.open((row as Row).item, false);
    await vi.waitFor(async () => expect((await browser.tabs.query({})).filter(({ url }) => url)).toHaveLength(1));
    expect(await left()).toEqual([]);
    end();
    await Promise.all([held, done]);
  });
});
