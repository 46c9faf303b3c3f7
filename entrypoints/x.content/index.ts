// On X: watch posts → look up → mark. Reads the compact list only; asks nobody anything.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { formatTime, say } from '../../lib/i18n.ts';
import { type Mark, MarkIndex, readPieces, watchPieces } from '../../lib/marks.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';
import { judge, SelfCheck } from '../../lib/x/check.ts';
import { Marker, removeMarks } from '../../lib/x/marker.ts';
import { countPosts, findPostElements, readAuthor, readPosts } from '../../lib/x/post.ts';
import { watchPosts } from '../../lib/x/watch.ts';
import { keepReport } from '../../lib/xcheck.ts';
import { markWords } from '../../lib/words/mark.ts';

/** How often it is looked whether the extension is still there (a disabled one leaves no event behind), and whether X is still as we know it. */
const CHECK_MS = 2000;

/** Tells an older script of ours that goes on in the page that a new one takes over. */
const SUCCESSOR = 'eight-bells-successor';

/** Set in this extension's isolated world: the script may be injected again into a tab that already has it. */
const world = globalThis as { eightBellsAlive?: () => boolean };

export default defineContentScript({
  matches: X_PATTERNS,
  runAt: 'document_end',
  async main() {
    if (world.eightBellsAlive?.()) return;
    const alive = () => Boolean(browser.runtime?.id);
    world.eightBellsAlive = alive;
    document.dispatchEvent(new Event(SUCCESSOR)); // to a script that an update cut off
    removeMarks(document);

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
    const update = (posts: Iterable<Element>) => {
      for (const post of posts) marker.update(readPosts(post), post);
    };
    const stops: (() => void)[] = [];
    const stop = () => {
      for (const end of stops.splice(0)) end();
      removeMarks(document);
    };

    stops.push(watchPieces((changed) => {
      index.set(changed);
      update(findPostElements(document));
    }));
    index.replace(await readPieces());
    stops.push(watchPosts(document, update, () => marker.lost()));

    // A page in the back/forward cache hears nothing of what changes.
    const onShow = async ({ persisted }: PageTransitionEvent) => {
      if (persisted && alive() && index.replace(await readPieces())) update(findPostElements(document));
    };
    addEventListener('pageshow', onShow);
    document.addEventListener(SUCCESSOR, stop);
    const check = new SelfCheck();
    const timer = setInterval(() => {
      if (!alive()) return stop();
      const report = document.hidden ? null : check.look(location.pathname, Date.now(), () => countPosts(document));
      if (report) keepReport(report, (a, b) => judge(a) !== judge(b)).catch(() => {}); // of no weight: the next look tells it again
    }, CHECK_MS);
    stops.push(() => removeEventListener('pageshow', onShow), () => document.removeEventListener(SUCCESSOR, stop), () => clearInterval(timer));
  },
});
