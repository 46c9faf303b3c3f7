// Marks on X: watch posts → look up → mark, and treat as the reader chose.
import { chooseLanguage, formatTime, language, say } from './i18n.ts';
import { type Mark, MarkIndex, type MarkWays, readPieces, readWays, watchPieces, watchWays } from './mark-list.ts';
import { focalOf, findPostElements, readAuthor, readPosts } from './x/post.ts';
import { pageKind } from './x/check.ts';
import { Marker, removeMarks } from './x/mark.ts';
import type { Tally } from './x/tally.ts';
import { removeTreatment, Treatment } from './x/treat.ts';
import { watchPosts } from './x/watch.ts';
import { cardWords } from './words/card.ts';
import { markWords } from './words/mark.ts';

/** Keeps marks in step with page, list and settings while the script lives. Returns what tells the digested post whose page has been opened since it was last asked. */
export async function keepMarks(life: AbortSignal, alive: () => boolean, tally: Tally): Promise<() => string | null> {
  const own = language(); // asked once: a browser whose extension has gone answers no more
  chooseLanguage(own);
  const clear = () => [removeMarks(document), removeTreatment(document)];
  clear(); // of a script before this one
  life.addEventListener('abort', clear);

  const index = new MarkIndex();
  let texts = new WeakMap<Mark, string>(); // one for all posts of a digest and category
  const times = new Map<number, string>(); // one for all of a digest: to word a time takes longer than all else a mark needs
  const wordTime = (ms: number) => times.get(ms) ?? (times.set(ms, formatTime(ms, Date.now())).get(ms) as string);
  let ways: MarkWays | null = null;
  let [path, isOff, opened]: [string, boolean, string | null] = ['', false, null];
  const tell = (postId: string) => {
    const mark = isOff ? null : index.get(postId);
    if (!mark) return null;
    let text = texts.get(mark);
    if (text === undefined) texts.set(mark, (text = say(markWords).told(wordTime(mark.publishedMs), mark.category)));
    return text;
  };
  const marker = new Marker((post) => {
    const postId = post.postId ?? index.find(post.second, () => readAuthor(post));
    const text = postId && tell(postId);
    if (!text) return null;
    tally.add(postId, path);
    return { postId, text };
  });
  const treatment = new Treatment(tell, { get show() { return say(cardWords).show; } });
  /** X goes from page to page without loading one. Returns whether what holds for its posts is another now. */
  const enter = (): boolean => {
    path = location.pathname;
    const before = [isOff, treatment.focal, treatment.dim, treatment.fold].join();
    isOff = ways?.markOff.includes(pageKind(path)) ?? false;
    Object.assign(treatment, { focal: focalOf(path), dim: ways?.markDim, fold: ways?.markFold });
    return before !== [isOff, treatment.focal, treatment.dim, treatment.fold].join();
  };
  let replaced = false;
  const update = (posts: Iterable<Element>) => {
    if (replaced) return;
    for (const post of location.pathname !== path && enter() ? findPostElements(document) : posts) {
      const shown = readPosts(post);
      marker.update(shown, post);
      treatment.update(shown, post);
    }
  };
  const updateAll = () => update(findPostElements(document));
  const choose = (chosen: MarkWays) => {
    ways = chosen;
    const spoken = language();
    chooseLanguage(chosen.language === 'system' ? own : chosen.language);
    const retold = language() !== spoken;
    if (retold) [texts] = [new WeakMap(), times.clear()];
    if (enter() || retold) updateAll();
  };
  life.addEventListener('abort', watchWays(choose));
  life.addEventListener('abort', watchPieces((changed) => {
    index.set(changed);
    updateAll();
  }));
  const [pieces, chosen] = await Promise.all([readPieces(), readWays()]);
  index.set(pieces);
  choose(ways ?? chosen);
  // Marks that went may have been taken by a script that has taken over: then nothing more is done, or the two would be at it for ever. Asked only where some went: to ask is dear.
  const lost = () => {
    const posts = marker.lost();
    if (posts.length > 0 && !alive()) replaced = true;
    return posts;
  };
  if (!life.aborted) life.addEventListener('abort', watchPosts(document, update, index, { isMarked: (node) => marker.isMarked(node), lost }));
  // A page in the back/forward cache hears nothing of what changes.
  addEventListener('pageshow', async ({ persisted }) => {
    if (!persisted || !alive()) return;
    const [pieces, chosen] = await Promise.all([readPieces(), readWays()]);
    if (index.replace(pieces)) updateAll();
    choose(chosen);
  }, { signal: life });
  return () => {
    if (!ways?.markOpened || path !== location.pathname || opened === path) return null;
    opened = path;
    return treatment.focal && index.get(treatment.focal) && treatment.focal;
  };
}
