// The icon's menu, shortcuts, what a click opens, and the address bar's search.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { listenAttention } from '../lib/attention.ts';
import { Finder } from '../lib/finder.ts';
import { chooseLanguage } from '../lib/i18n.ts';
import { describeHit, escapeXml, findRows, listenOmnibox } from '../lib/omnibox.ts';
import { applyIcon } from '../lib/panel.ts';
import { undo } from '../lib/reading.ts';
import { savePoll } from '../lib/store/digests.ts';
import { changeSettings, readSettings } from '../lib/store/settings.ts';
import { answerChoice, listenToolbar } from '../lib/toolbar.ts';
import { toolbarWords } from '../lib/words/toolbar.ts';
import { digest, freshDatabase, item, listUnread } from './store/database.ts';

beforeEach(() => {
  chooseLanguage('system');
  vi.restoreAllMocks();
  fakeBrowser.reset();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  vi.stubEnv('FIREFOX', ''); // in unit tests every such constant is a text
});

type Listener = (...args: never[]) => unknown;
/** Has the browser's event caught, of which the fake knows nothing. Returns what fires it. */
function catchEvent(event: { addListener: (listener: never) => void }): (...args: unknown[]) => void {
  const listeners: Listener[] = [];
  vi.spyOn(event, 'addListener').mockImplementation((listener: never) => void listeners.push(listener));
  return (...args) => listeners.forEach((listener) => listener(...(args as never[])));
}

async function start() {
  const { db, feedId } = await freshDatabase();
  await savePoll(db, feedId, { digests: [digest(feedId, 1, [item(1), item(2, { category: 'AI应用', title: '海牛 <b>&' }), item(3)])] });
  const done: string[] = [];
  const context = { db, refresh: async () => void done.push('refresh'), update: async () => void done.push('update') };
  return { db, feedId, done, choose: (choice: string) => answerChoice(choice, 7, context) };
}

describe('a choice of the menu or a shortcut', () => {
  it('marks read what is shown as unread, as one action that can be undone', async () => {
    const { db, done, choose } = await start();
    await changeSettings({ hiddenCategories: ['AI应用'] });
    await choose('mark-all-read');
    expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:2']); // hidden, so not met
    expect(done).toEqual(['update']);
    await undo(db);
    expect(await listUnread(db)).toHaveLength(3);
  });

  it('checks now', async () => {
    const { done, choose } = await start();
    await choose('refresh');
    expect(done).toEqual(['refresh']);
  });

  it('makes it quiet, and ends that', async () => {
    const { choose, done } = await start();
    const before = Date.now();
    await choose('quiet-hour');
    const { quietUntil } = await readSettings();
    expect(quietUntil - before).toBeGreaterThanOrEqual(3_600_000);
    await choose('quiet-morning');
    expect(new Date((await readSettings()).quietUntil).getHours()).toBe(8);
    await choose('quiet-end');
    expect([(await readSettings()).quietUntil, done.length]).toEqual([0, 3]);
  });

  it('opens the panel within the gesture itself', async () => {
    const { choose } = await start();
    const open = vi.spyOn(browser.sidePanel, 'open').mockResolvedValue(undefined as never);
    const chosen = choose('open-panel');
    expect(open.mock.calls).toEqual([[{ windowId: 7 }]]); // before anything was waited for
    await chosen;
  });
});

describe('the icon’s menu', () => {
  async function listen() {
    const started = await start();
    const fire = { installed: catchEvent(browser.runtime.onInstalled), startup: catchEvent(browser.runtime.onStartup), clicked: catchEvent(browser.contextMenus.onClicked), command: catchEvent(browser.commands.onCommand), icon: catchEvent(browser.action.onClicked) };
    const removeAll = vi.spyOn(browser.contextMenus, 'removeAll').mockResolvedValue(undefined as never);
    const create = vi.spyOn(browser.contextMenus, 'create').mockReturnValue('');
    listenToolbar({ db: started.db, refresh: async () => void started.done.push('refresh'), update: async () => void started.done.push('update') });
    return { ...started, fire, removeAll, create, entries: () => create.mock.calls.map(([entry]) => entry) };
  }

  it('is made anew at install and at every start, for the icon alone, in the language of the moment', async () => {
    const { fire, removeAll, entries, create } = await listen();
    fire.installed();
    await vi.waitFor(() => expect(entries()).toHaveLength(8));
    expect(entries().map(({ title }) => title)).toContain('Mark all as read');
    expect(entries().every(({ contexts }) => contexts?.join() === 'action')).toBe(true);
    expect(entries().filter(({ parentId }) => !parentId).length).toBeLessThanOrEqual(6);
    expect(entries().flatMap(({ parentId }) => parentId ?? []).every((id) => entries().some((entry) => entry.id === id))).toBe(true);
    create.mockClear();
    vi.mocked(browser.i18n.getUILanguage).mockReturnValue('zh-TW');
    fire.startup();
    await vi.waitFor(() => expect(entries()).toHaveLength(8));
    expect([entries().map(({ title }) => title).includes('全部標為已讀'), removeAll.mock.calls.length]).toEqual([true, 2]);
  });

  it('is made anew in the language that the reader chooses', async () => {
    const { fire, entries, create } = await listen();
    await changeSettings({ badge: 'unread' });
    await new Promise((later) => setTimeout(later, 20));
    expect(create).not.toHaveBeenCalled(); // not for what has no words, were it the first of a worker's life
    await changeSettings({ language: 'zh-CN' });
    await vi.waitFor(() => expect(entries()).toHaveLength(8));
    expect(entries().map(({ title }) => title)).toContain('全部标为已读');
    await changeSettings({ badge: 'dot' });
    await new Promise((later) => setTimeout(later, 20));
    expect(create).toHaveBeenCalledTimes(8);
    create.mockClear();
    fire.startup(); // of the browser, which speaks English
    await vi.waitFor(() => expect(entries()).toHaveLength(8));
    expect(entries().map(({ title }) => title)).toContain('全部标为已读');
  });

  it('does each thing it offers', async () => {
    const { fire, create, entries, done } = await listen();
    const opened = { panel: vi.spyOn(browser.sidePanel, 'open').mockResolvedValue(undefined as never), options: vi.spyOn(browser.runtime, 'openOptionsPage').mockResolvedValue(undefined as never) };
    fire.installed();
    await vi.waitFor(() => expect(create).toHaveBeenCalledTimes(8));
    for (const { id } of entries()) fire.clicked({ menuItemId: id }, { windowId: 7 });
    await vi.waitFor(() => expect(done.toSorted()).toEqual(['refresh', 'update', 'update', 'update', 'update'])); // all read, and thrice quiet
    expect(opened.panel.mock.calls).toEqual([[{ windowId: 7 }]]);
    expect(opened.options).toHaveBeenCalledOnce();
  });

  it('does the same by its keys, and says it where that fails', async () => {
    const { fire, done, db } = await listen();
    fire.command('mark-all-read', { windowId: 7 });
    await vi.waitFor(() => expect(done).toEqual(['update']));
    expect(await listUnread(db)).toEqual([]);
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(browser.sidePanel, 'open').mockRejectedValue(new Error('no gesture'));
    fire.command('open-panel', { windowId: 7 });
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  });
});

it('has a click on the icon open the popup or the panel', async () => {
  const popup = vi.spyOn(browser.action, 'setPopup').mockResolvedValue(undefined as never);
  const panel = vi.spyOn(browser.sidePanel, 'setPanelBehavior').mockResolvedValue(undefined as never);
  await applyIcon('panel');
  await applyIcon('popup');
  expect(popup.mock.calls.map(([{ popup: page }]) => page.replace(/^.*\//, ''))).toEqual(['', 'popup.html']);
  expect(panel.mock.calls.map(([{ openPanelOnActionClick }]) => openPanelOnActionClick)).toEqual([true, false]);
});

it('has it open what another browser or a backup chose, at once', async () => {
  const popup = vi.spyOn(browser.action, 'setPopup').mockResolvedValue(undefined as never);
  vi.spyOn(browser.sidePanel, 'setPanelBehavior').mockResolvedValue(undefined as never);
  for (const event of [browser.contextMenus.onClicked, browser.commands.onCommand, browser.omnibox.onInputChanged, browser.omnibox.onInputEntered, browser.omnibox.onInputStarted, browser.omnibox.onInputCancelled, browser.action.onClicked, browser.permissions.onAdded]) vi.spyOn(event, 'addListener').mockImplementation(() => {});
  const { db } = await freshDatabase();
  listenAttention({ db, refresh: async () => {}, update: async () => {} })();
  await vi.waitFor(() => expect(popup).toHaveBeenCalledTimes(1));
  await changeSettings({ icon: 'panel' });
  await vi.waitFor(() => expect(popup).toHaveBeenLastCalledWith({ popup: '' }));
});

describe('the address bar', () => {
  it('escapes what a feed wrote where the browser reads XML, and leaves out what XML forbids', () => {
    const hit = { title: 'A <b>&"\'\u0001\ud800 B', author: 'x</dim>' };
    expect(describeHit(hit, true)).toBe('A &#60;b&#62;&#38;&#34;&#39;\ufffd B <dim>x&#60;/dim&#62;</dim>');
    expect(describeHit(hit, false)).toBe(`${hit.title} - x</dim>`);
    expect(describeHit({ title: 'A', author: '' }, true)).toBe('A');
    expect(escapeXml('海牛 👩‍🚀')).toBe('海牛 👩‍🚀');
  });

  it('finds stored items, but not in hidden categories', async () => {
    const { db } = await start();
    const finder = new Finder(db);
    const find = async (query: string) => (await findRows(db, finder, query)).map(({ item: { id } }) => id);
    expect(await find('海牛')).toEqual(['post:2']);
    expect(await find('没有这个')).toEqual([]);
    await changeSettings({ hiddenCategories: ['AI应用'] });
    expect(await find('海牛')).toEqual([]);
    finder.close();
  });

  describe('as the reader types', () => {
    async function type() {
      const { db, feedId, done } = await start();
      const fire = { started: catchEvent(browser.omnibox.onInputStarted), changed: catchEvent(browser.omnibox.onInputChanged), entered: catchEvent(browser.omnibox.onInputEntered), cancelled: catchEvent(browser.omnibox.onInputCancelled) };
      const line = vi.spyOn(browser.omnibox, 'setDefaultSuggestion').mockReturnValue(undefined as never);
      const tabs = { update: vi.spyOn(browser.tabs, 'update').mockResolvedValue(undefined as never), create: vi.spyOn(browser.tabs, 'create').mockResolvedValue(undefined as never) };
      const popup = vi.spyOn(browser.action, 'openPopup').mockResolvedValue(undefined as never);
      listenOmnibox(db, async () => void done.push('read'));
      const said = () => line.mock.calls.at(-1)?.[0].description;
      const suggest = async (text: string) => {
        const show = vi.fn();
        fire.changed(text, show);
        await vi.waitFor(() => expect(show).toHaveBeenCalledOnce());
        return show.mock.calls[0]?.[0] as { content: string; description: string }[];
      };
      return { db, feedId, done, fire, said, suggest, tabs, popup };
    }

    it('says what to do, what is found, and where nothing is', async () => {
      const { fire, said, suggest } = await type();
      fire.started();
      expect(said()).toBe(toolbarWords.en.find);
      expect(await suggest('海牛')).toEqual([{ content: 'https://x.com/someone/status/2', description: '海牛 &#60;b&#62;&#38; <dim>某人</dim>' }]);
      expect(said()).toBe(toolbarWords.en.finding);
      expect(await suggest('没有这个')).toEqual([]);
      expect(said()).toBe(toolbarWords.en.nothing);
      expect(await suggest('  ')).toEqual([]);
      expect(said()).toBe(toolbarWords.en.find);
      fire.cancelled();
    });

    it('shows nothing of a search that the next letter overtook', async () => {
      const { fire, suggest } = await type();
      const late = vi.fn();
      fire.changed('第', late);
      expect(await suggest('海牛')).toHaveLength(1);
      await new Promise((later) => setTimeout(later, 50));
      expect(late).not.toHaveBeenCalled();
      fire.cancelled();
    });

    it.each([
      ['currentTab', { update: [[{ url: 'https://x.com/someone/status/2' }]], create: [] }],
      ['newForegroundTab', { update: [], create: [[{ url: 'https://x.com/someone/status/2', active: true }]] }],
      ['newBackgroundTab', { update: [], create: [[{ url: 'https://x.com/someone/status/2', active: false }]] }],
    ])('opens the best, or the line that was chosen, as %s, and marks it read', async (disposition, opened) => {
      for (const entered of ['海牛', 'https://x.com/someone/status/2']) {
        const { db, done, fire, tabs } = await type();
        fire.entered(entered, disposition);
        await vi.waitFor(() => expect(done).toEqual(['read']));
        expect({ update: tabs.update.mock.calls, create: tabs.create.mock.calls }).toEqual(opened);
        expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:1', 'post:3']);
        vi.restoreAllMocks();
      }
    });

    it('opens a chosen line whose address several stories of its digest share', async () => {
      const { db, feedId, done, fire, suggest, tabs } = await type();
      const url = 'https://digest.example/page/';
      await savePoll(db, feedId, { digests: [digest(feedId, 9, [item(9, { id: 'link:digest.example/page#儒艮', title: '儒艮', url, postIds: [] })])] });
      expect(await suggest('儒艮')).toMatchObject([{ content: url }]);
      fire.entered(url, 'newForegroundTab');
      await vi.waitFor(() => expect(done).toEqual(['read']));
      expect(tabs.create.mock.calls).toEqual([[{ url, active: true }]]);
      expect((await db.statuses.get('link:digest.example/page#儒艮'))?.read).toBe(1);
    });

    it('opens the reader where nothing is found, also for an address that is none of ours', async () => {
      const { fire, popup, tabs, db } = await type();
      for (const entered of ['没有这个', 'https://evil.example/', 'javascript:alert(1)']) fire.entered(entered, 'currentTab');
      await vi.waitFor(() => expect(popup).toHaveBeenCalledTimes(3));
      expect([tabs.update.mock.calls, tabs.create.mock.calls, (await listUnread(db)).length]).toEqual([[], [], 3]);
    });
  });
});
