// The icon's menu, shortcuts, what a click opens, and the address bar's search.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { listenAttention } from '../lib/attention.ts';
import { Finder } from '../lib/finder.ts';
import { describeHit, escapeXml, findRows } from '../lib/omnibox.ts';
import { applyIcon } from '../lib/panel.ts';
import { undo } from '../lib/reading.ts';
import { savePoll } from '../lib/store/digests.ts';
import { changeSettings, readSettings } from '../lib/store/settings.ts';
import { answerChoice } from '../lib/toolbar.ts';
import { digest, freshDatabase, item, listUnread } from './store/database.ts';

beforeEach(() => {
  fakeBrowser.reset();
  vi.stubEnv('FIREFOX', ''); // in unit tests every such constant is a text
});

async function start() {
  const { db, feedId } = await freshDatabase();
  await savePoll(db, feedId, { digests: [digest(feedId, 1, [item(1), item(2, { category: 'AI应用', title: '海牛 <b>&' }), item(3)])] });
  const done: string[] = [];
  const context = { db, refresh: async () => void done.push('refresh'), update: async () => void done.push('update') };
  return { db, done, choose: (choice: string) => answerChoice(choice, 7, context) };
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
  listenAttention({ db, refresh: async () => {}, update: async () => {} });
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
});
