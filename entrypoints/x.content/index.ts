// On X: watch posts → look up → mark. Reads the compact list only; asks nobody anything.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { formatTime, say } from '../../lib/i18n.ts';
import { type Mark, MarkIndex, readPieces, watchPieces } from '../../lib/marks.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';
import { judge, SelfCheck } from '../../lib/x/check.ts';
import { beginLife } from '../../lib/x/lifetime.ts';
import { Marker, removeMarks } from '../../lib/x/marker.ts';
import { countPosts, findPostElements, readAuthor, readPosts } from '../../lib/x/post.ts';
import { watchPosts } from '../../lib/x/watch.ts';
import { keepReport } from '../../lib/xcheck.ts';
import { markWords } from '../../lib/words/mark.ts';

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
    const life = beginLife(document, alive, () => {
      const report = document.hidden ? null : check.look(location.pathname, Date.now(), () => countPosts(document));
      if (report) keepReport(report, (a, b) => judge(a) !== judge(b)).catch(() => {}); // of no weight: the next look tells it again
    });
    removeMarks(document); // of a script before this one
    life.addEventListener('abort', () => removeMarks(document));

    const index = new MarkIndex();
    const words = say(markWords);
    const texts = new WeakMap<Mark, string>(); // one for all posts of a digest and category
    const marker = new Marker((post) => {
      const postId = post.postId ?? index.find(post.second, () => readAuthor(post));
      const mark = postId && index.get(postId);
      if (!mark) return null;
      let text = texts.get(mark);
      if (text === undefined) texts.set(mark, (text = words.told(formatTime(mark.publishedMs, Date.now()), mark.category)));
      return { postId, text };
    });
    const update = (posts: Iterable<Element>) => Array.from(posts, (post) => marker.update(readPosts(post), post));
    const unwatchPieces = watchPieces((changed) => {
      index.set(changed);
      update(findPostElements(document));
    });
    life.addEventListener('abort', unwatchPieces);
    index.set(await readPieces());
    if (life.aborted) return;
    life.addEventListener('abort', watchPosts(document, update, index, marker));
    // A page in the back/forward cache hears nothing of what changes.
    addEventListener('pageshow', async ({ persisted }) => {
      if (persisted && alive() && index.replace(await readPieces())) update(findPostElements(document));
    }, { signal: life });
  },
});
