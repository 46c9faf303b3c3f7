// On pages of others, where the reader wants it: marks on embedded posts. Asks nobody anything.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { keepEmbedMarks } from '../../lib/embed-marking.ts';
import { beginLife } from '../../lib/x/lifetime.ts';

/** Set in this extension's isolated world: a page of X itself has the script for X, and one is enough. */
const world = globalThis as { eightBellsAlive?: () => boolean };

export default defineContentScript({
  registration: 'runtime', // by lib/embed-script.ts
  async main() {
    if (world.eightBellsAlive?.()) return;
    const alive = () => Boolean(browser.runtime?.id);
    world.eightBellsAlive = alive;
    await keepEmbedMarks(beginLife(document, alive, () => {}));
  },
});
