// Posts of X on pages of others: in the frames X puts there, in the blockquotes those come of, and on mirrors like Nitter.
// Their only selectors; the shapes are in tests/fixtures/x/elsewhere.ts.
import { type PostId, readPostLink } from '../model/post.ts';
import { buildMark, createMark, type Known, MARK } from './mark.ts';

const LINK = 'a[href*="/status"]';
/** What publishers paste into their pages. X's script makes a frame of it, where that may run; its last link is the post's own. */
const QUOTE = 'blockquote.twitter-tweet';
/** Where mirrors link a post's time, and a quoted post's. */
const MIRROR_DATE = 'tweet-date';

/** The post a link leads to. Mirrors write links without a host, and have many hosts: the path alone counts then. */
const readLink = (link: Element): PostId | null => readPostLink(URL.parse(link.getAttribute('href') ?? '', 'https://x.com')?.href ?? '')?.postId ?? null;

/**
 * The posts a page shows, by the link behind which a mark is to stand: the link round a post's time (in X's frames, and where
 * a page draws posts as those do), a blockquote's last, a mirror's. Other links to posts are only links. `own` is the post a frame of X says
 * it is of, null on any other page; where no time links it, its first link does.
 */
export function findEmbedded(page: ParentNode, own: PostId | null): Map<Element, PostId> {
  const found = new Map<Element, PostId>();
  const quoted = new Map<Element, [link: Element, postId: PostId]>();
  let first: Element | null = null;
  for (const link of page.querySelectorAll(LINK)) {
    const postId = readLink(link);
    if (!postId) continue;
    const quote = link.closest(QUOTE);
    if (quote) quoted.set(quote, [link, postId]);
    else if (link.querySelector('time') || link.parentElement?.classList.contains(MIRROR_DATE)) found.set(link, postId);
    if (postId === own) first ??= link;
  }
  for (const [link, postId] of quoted.values()) found.set(link, postId);
  if (own && first && ![...found.values()].includes(own)) found.set(first, own);
  return found;
}

/** The post a frame of X is of, by its address; null where that names none. */
export function ownOf(address: string): PostId | null {
  const postId = URL.parse(address)?.searchParams.get('id') ?? '';
  return /^\d{1,19}$/.test(postId) ? postId : null;
}

/** A mark that says nothing yet. It opens no card here, so it is no button; and it can be rested on where a mirror lets clicks through to what is below. */
export function buildEmbedMark(): HTMLElement {
  const mark = buildMark();
  mark.setAttribute('role', 'img');
  for (const name of ['aria-haspopup', 'tabindex']) mark.removeAttribute(name);
  mark.style.pointerEvents = 'auto';
  return mark;
}

/** Has the page carry exactly these marks, each behind its link. Those that are right stay as they are, another extension's node before them or not. */
export function placeEmbedMarks(page: ParentNode, marks: ReadonlyMap<Element, Known>, built: HTMLElement): void {
  const missing = new Map(marks);
  for (const mark of page.querySelectorAll<HTMLElement>(MARK)) {
    let link = mark.previousElementSibling;
    while (link && !marks.has(link)) link = link.previousElementSibling;
    const known = link && missing.get(link);
    if (link && known?.postId === mark.dataset.postId && known?.text === mark.title) missing.delete(link);
    else mark.remove();
  }
  for (const [link, { postId, text }] of missing) link.after(createMark(built, postId, text));
}

/** What has to be looked at again when it comes or goes: links to posts, times in them, and marks. */
const TELLING = `${LINK}, ${LINK} time, ${MARK}`;
const tells = (node: Node): boolean => node.nodeType === 1 && ((node as Element).matches(TELLING) || (node as Element).querySelector(TELLING) !== null);

/** Calls back now, and before the browser paints whatever may have changed which posts the page shows or how they are marked. Returns how to stop. */
export function watchEmbedded(page: Document, onChange: () => void): () => void {
  let asked = 0;
  const look = () => {
    asked = 0;
    onChange();
    observer.takeRecords(); // of our own marks
  };
  const observer = new MutationObserver((records) => {
    if (!asked && records.some(({ type, addedNodes, removedNodes }) => type === 'attributes' || [...addedNodes].some(tells) || [...removedNodes].some(tells))) asked = requestAnimationFrame(look);
  });
  observer.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
  look();
  return () => {
    cancelAnimationFrame(asked);
    observer.disconnect();
  };
}
