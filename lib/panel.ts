// Where the reader opens: in the popup, in Chrome's side panel or Firefox's sidebar, or in a tab where neither can be opened.
import { browser } from 'wxt/browser';
import type { Settings } from './model/settings.ts';

/** Firefox's side panel, which the types do not know. */
interface Sidebar {
  sidebarAction: { open(): Promise<void>; toggle(): Promise<void> };
}

const sidebar = () => (browser as unknown as Sidebar).sidebarAction;

/** To be called in the click, the shortcut or the menu's choice itself: browsers open the panel only in answer to a gesture. */
export const openPanel = (windowId: number = browser.windows.WINDOW_ID_CURRENT): Promise<void> => (import.meta.env.FIREFOX ? sidebar().open() : browser.sidePanel.open({ windowId }));

/** Opens the reader in answer to what browsers may not take for a gesture: as the popup where that can be, else in a tab. */
export const openReader = (): Promise<unknown> => browser.action.openPopup().catch(() => browser.tabs.create({ url: browser.runtime.getURL('/popup.html') }));

/** Has a click on the icon open what the reader chose. Browsers forget it with every start. */
export async function applyIcon(icon: Settings['icon']): Promise<void> {
  await browser.action.setPopup({ popup: icon === 'panel' ? '' : browser.runtime.getURL('/popup.html') });
  if (!import.meta.env.FIREFOX) await browser.sidePanel.setPanelBehavior({ openPanelOnActionClick: icon === 'panel' });
}

/** Where the icon has no popup and the browser does not open the panel by itself, we do. To be called on the background's first tick. */
export const listenIcon = (): void => browser.action.onClicked.addListener((tab) => void (import.meta.env.FIREFOX ? sidebar().toggle() : openPanel(tab.windowId)));
