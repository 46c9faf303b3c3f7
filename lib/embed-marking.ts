// Marks on posts embedded elsewhere: watch page → look up → mark, on the pages the reader wants them.
import { browser } from 'wxt/browser';
import { chooseLanguage, formatTime, language, say } from './i18n.ts';
import { MarkIndex, type MarkWays, readPieces, readWays, watchPieces, watchWays } from './mark-list.ts';
import { EMBED_PATTERNS, embedPatterns, hostPattern } from './publisher.ts';
import { buildEmbedMark, findEmbedded, ownOf, placeEmbedMarks, watchEmbedded } from './x/embed.ts';
import { type Known, removeMarks } from './x/mark.ts';
import { markWords } from './words/mark.ts';

/** Keeps marks in step with page, list and settings while the script lives. */
export async function keepEmbedMarks(life: AbortSignal): Promise<void> {
  const own = language(); // asked once: a browser whose extension has gone answers no more
  const clear = () => removeMarks(document);
  clear(); // of a script before this one
  life.addEventListener('abort', clear);

  const index = new MarkIndex();
  const built = buildEmbedMark();
  const here = hostPattern(location.href);
  const framed = EMBED_PATTERNS.includes(here) ? ownOf(location.href) : null;
  let wanted = false;
  const update = () => {
    if (!browser.runtime?.id) return; // another script may have taken over
    const marks = new Map<Element, Known>();
    if (wanted)
      for (const [link, postId] of findEmbedded(document, framed)) {
        const mark = index.get(postId);
        if (mark) marks.set(link, { postId, text: say(markWords).told(formatTime(mark.publishedMs, Date.now()), mark.category) });
      }
    placeEmbedMarks(document, marks, built);
  };
  const choose = (ways: MarkWays) => {
    wanted = embedPatterns(ways).includes(here);
    chooseLanguage(ways.language === 'system' ? own : ways.language);
  };
  const read = async () => {
    const [pieces, ways] = await Promise.all([readPieces(), readWays()]);
    index.replace(pieces);
    choose(ways);
  };
  await read();
  if (life.aborted) return;
  life.addEventListener('abort', watchEmbedded(document, update));
  life.addEventListener('abort', watchWays((ways) => [choose(ways), update()]));
  life.addEventListener('abort', watchPieces((changed) => [index.set(changed), update()]));
  // A page in the back/forward cache hears nothing of what changes.
  addEventListener('pageshow', ({ persisted }) => void (persisted && browser.runtime?.id && read().then(update)), { signal: life });
}
