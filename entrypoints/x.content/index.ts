// On X: marks on digested posts, and a card for each. Asks the background only about digested posts, and only when the reader does something.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { keepMarks } from '../../lib/x-marking.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';
import { judge, SelfCheck } from '../../lib/x/check.ts';
import { beginLife } from '../../lib/x/lifetime.ts';
import { countPosts } from '../../lib/x/post.ts';
import { Tally } from '../../lib/x/tally.ts';
import { keepReport } from '../../lib/check-reports.ts';
import { ask, wireCard } from './card.ts';

/** Set in this extension's isolated world: the script may be injected again into a tab that already has it. */
const world = globalThis as { eightBellsAlive?: () => boolean };

export default defineContentScript({
  matches: X_PATTERNS,
  runAt: 'document_end',
  async main() {
    if (world.eightBellsAlive?.()) return;
    const alive = () => Boolean(browser.runtime?.id);
    world.eightBellsAlive = alive;
    const check = new SelfCheck();
    const tally = new Tally(document);
    let opened: () => string | null = () => null;
    const life = beginLife(document, alive, () => {
      if (document.hidden) return;
      const report = check.look(location.pathname, Date.now(), () => countPosts(document));
      if (report) keepReport(report, (a, b) => judge(a) !== judge(b)).catch(() => {}); // of no weight: the next look tells it again
      const count = tally.look(location.pathname);
      if (count !== null) ask({ type: 'count', count }).catch(() => {});
      const postId = opened();
      if (postId) ask({ type: 'opened', postId }).catch(() => {});
    });
    wireCard(life);
    opened = await keepMarks(life, alive, tally);
  },
});
