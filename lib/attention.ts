// Everything by which the extension asks for attention or is asked for, beside the badge: notifications, the icon and its
// menu, shortcuts, the address bar.
import { listenNotifications } from './notify.ts';
import { listenOmnibox } from './omnibox.ts';
import { applyIcon } from './panel.ts';
import { readSettings, watchSettings } from './store/settings.ts';
import { listenToolbar, type ToolbarContext } from './toolbar.ts';

/** Registers every listener; to be called on the background's first tick. What it returns is to be called once in each of its lives: browsers forget what the icon opens. */
export function listenAttention(context: ToolbarContext): () => void {
  const { db, update } = context;
  listenToolbar(context);
  listenNotifications(db, update);
  listenOmnibox(db, update);
  watchSettings(({ icon }) => void applyIcon(icon)); // chosen in the options, in another browser, or in a backup
  return () => void readSettings().then(({ icon }) => applyIcon(icon));
}
