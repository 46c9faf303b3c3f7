// The icon's context menu and the keyboard's shortcuts: what is offered there, and what is done.
import { browser } from 'wxt/browser';
import { chooseLanguage, say } from './i18n.ts';
import { listenIcon, openPanel } from './panel.ts';
import { grantQuiet } from './quiet.ts';
import { act } from './reading.ts';
import type { Database } from './store/database.ts';
import { readList } from './store/list.ts';
import { changeSettings, readSettings, watchSettings } from './store/settings.ts';
import { toolbarWords } from './words/toolbar.ts';

type Choice = keyof (typeof toolbarWords)['en']['menu'];

/** In the order of the menu; browsers put at most six at its top. */
const MENU: readonly [Choice, under?: Choice][] = [['refresh'], ['mark-all-read'], ['quiet'], ['quiet-hour', 'quiet'], ['quiet-morning', 'quiet'], ['quiet-end', 'quiet'], ['open-panel'], ['options']];

/** What menu and shortcuts act on. */
export interface ToolbarContext {
  db: Database;
  /** Polls every feed now. */
  refresh: () => Promise<void>;
  /** Brings up to date what is derived from the store. */
  update: () => Promise<void>;
}

/** Makes the menu anew: browsers keep it from then on, in the language it was made in. */
async function createMenu(): Promise<void> {
  chooseLanguage((await readSettings()).language);
  const words = say(toolbarWords).menu;
  await browser.contextMenus.removeAll();
  for (const [id, parentId] of MENU) browser.contextMenus.create({ id, parentId, title: words[id], contexts: ['action'] }, () => void browser.runtime.lastError); // there already: made twice at once
}

/** Marks read what is unread now and passes the filters, as one action that the reader can undo. */
async function markAllRead(db: Database, now: number): Promise<void> {
  const { groups } = await readList(db, await readSettings(), { show: 'unread', by: 'category' }, now);
  await act(db, { kind: 'read', ids: groups.flatMap(({ rows }) => rows.map(({ item }) => item.id)) }, now);
}

/** Does what was chosen in the menu or by a shortcut. The panel opens before anything is waited for, while the gesture counts. */
export async function answerChoice(choice: string, windowId: number | undefined, { db, refresh, update }: ToolbarContext): Promise<void> {
  switch (choice) {
    case 'open-panel':
      return openPanel(windowId);
    case 'options':
      return browser.runtime.openOptionsPage();
    case 'refresh':
      return refresh();
    case 'mark-all-read':
      await markAllRead(db, Date.now());
      return update();
    case 'quiet-hour':
    case 'quiet-morning':
    case 'quiet-end': {
      const wish = choice === 'quiet-hour' ? 'hour' : choice === 'quiet-morning' ? 'morning' : 'end';
      await changeSettings({ quietUntil: grantQuiet(wish, Date.now()) });
      return update();
    }
  }
}

/** To be called on the background's first tick. */
export function listenToolbar(context: ToolbarContext): void {
  const answer = (choice: string, windowId?: number) => void answerChoice(choice, windowId, context).catch((error: unknown) => console.error(`Eight Bells: ${choice} failed`, error));
  browser.runtime.onInstalled.addListener(() => void createMenu());
  browser.runtime.onStartup.addListener(() => void createMenu()); // the browser may speak another language by now
  // By what it was before, for a worker that has just been woken by the change remembers nothing.
  watchSettings(({ language }, before) => void (language !== before.language && createMenu()));
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => answer(String(menuItemId), tab?.windowId));
  browser.commands.onCommand.addListener((command, tab) => answer(command, tab?.windowId));
  listenIcon();
}
