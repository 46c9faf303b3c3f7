// On X: watch posts → look up → mark. Reads the compact list only; asks nobody anything.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { formatTime, say } from '../../lib/i18n.ts';
import { MarkIndex, type MarkPiece, watchPieces } from '../../lib/marks.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';
import { Marker, removeMarks } from '../../lib/x/marker.ts';
import { findPostElements, readPosts } from '../../lib/x/post.ts';
import { watchPosts } from '../../lib/x/watch.ts';
import { markWords } from '../../lib/words/mark.ts';

/** How often it is looked whether the extension is still there; a disabled one leaves no event behind. */
const ALIVE_CHECK_MS = 2000;

/** Set in this extension's isolated world: the script may be injected again into a tab that already has it. */
const world = globalThis as { eightBellsAlive?: () => boolean };

export default defineContentScript({
  matches: X_PATTERNS,
  runAt: 'document_end',
  async main() {
    if (world.eightBellsAlive?.()) return;
    const alive = () => Boolean(browser.runtime?.id);
    world.eightBellsAlive = alive;
    removeMarks(document); // of a script that an update cut off

    const index = new MarkIndex();
    const words = say(markWords);
    const marker = new Marker((postId) => {
      const mark = index.get(postId);
      return mark && words.told(formatTime(mark.publishedMs, Date.now()), mark.category);
    });
    const update = (posts: Iterable<Element>) => {
      for (const post of posts) marker.update(readPosts(post), post);
    };
    let unwatch: (() => void) | null = null;
    await watchPieces((day: string, piece: MarkPiece | null) => {
      index.set(day, piece);
      if (unwatch) update(findPostElements(document)); // later than the first read: the page is watched already
    });
    unwatch = watchPosts(document, update);

    const timer = setInterval(() => {
      if (alive()) return;
      clearInterval(timer);
      unwatch?.();
      removeMarks(document);
    }, ALIVE_CHECK_MS);
  },
});
