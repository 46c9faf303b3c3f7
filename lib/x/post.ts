// How X's page is built: which elements are posts, which id is a post's own, where a mark may stand.
// The only file with X's selectors; each is proved by a fixture in tests/fixtures/x.
import { type PostId, secondOfPost } from '../model.ts';

/** A post shown on the page, on its own or quoted in another. */
export interface ShownPost {
  /** The post's own element; for a quote, the quote's box. */
  element: Element;
  /** Null for a quote whose id the page does not tell: then its author (`readAuthor`) and second do. */
  postId: PostId | null;
  /** Where there is no id, when it was posted, s since the epoch; else 0. */
  second: number;
  /** Where its mark belongs: right after this node, inside its parent, where it moves nothing. */
  after: Element;
}

/** An article on its own page. Where it is part of a post's page, a post stands round it and tells its id. */
const ARTICLE = '[data-testid="twitterArticleReadView"]';
/** A post. Since 2021 an <article>, before that a <div>. */
const TWEET = '[data-testid="tweet"]';
export const POST = `${TWEET}, ${ARTICLE}:not(${TWEET} *)`;
/** What tells which post an element is; where one of them comes, goes or changes, the post is read again. */
export const TELLING = 'time, a[href*="/status/"]';
/** The attributes of those that tell it. */
export const TELLING_ATTRIBUTES = ['href', 'datetime'];
/** What may be the box of a quote. Affiliate badges look like the first but hold no <time>; an unavailable post is a bare <article>. */
const QUOTE_BOX = 'div[role="link"], [data-testid="nestedQuotePreview"], article';
/** The nearest of these round a time or link is what it speaks of. */
const HOME = `${POST}, ${QUOTE_BOX}`;
const VIEWS = '[role="group"] a[href*="/analytics"]';
const AVATAR = 'UserAvatar-Container-';

/** Every post at or below a node. */
export function findPostElements(root: Element | Document): Element[] {
  const below = [...root.querySelectorAll(POST)];
  return 'matches' in root && root.matches(POST) ? [root, ...below] : below;
}

/**
 * A post and the posts quoted in it, as they stand in the page. One that cannot be told for sure is left out. Posts inside
 * it that are posts themselves (the photo lightbox is one round its replies, an article holds others) are theirs to be asked.
 * `path` is the page's.
 */
export function readPosts(element: Element, path = globalThis.location?.pathname ?? ''): ShownPost[] {
  const shown: ShownPost[] = [];
  const isRead = (at: Element) => shown.some((post) => post.element === at);
  let bareTime: Element | null = null;
  for (const time of element.querySelectorAll('time')) {
    const home = time.closest(HOME);
    if (!home || isRead(home)) continue;
    const link = time.closest('a'); // in a quote the time is no link
    if (home !== element) {
      // Not that of a post inside this one, nor of a quote in such a post.
      if (home.matches(POST) || home.parentElement?.closest(POST) !== element) continue;
      const postId = readQuote(home);
      const second = postId ? 0 : readSecond(time);
      if (postId || second) shown.push({ element: home, postId, second, after: link ?? time });
    } else if (link) {
      const postId = readOwn(link);
      if (postId) shown.push({ element, postId, second: 0, after: link });
    } else bareTime ??= time;
  }
  if (!isRead(element)) shown.push(...readTimeless(element, bareTime, path));
  return shown;
}

/**
 * Posts without a time link. A promoted one tells its id in the link to its views, in the action bar; so does an article on
 * its own page, or else that page's address, if it is of the second the article is dated. The lightbox has such a link, too,
 * but is none of these.
 */
function readTimeless(element: Element, time: Element | null, path: string): ShownPost[] {
  const isArticle = element.matches(ARTICLE);
  if (!isArticle && element.localName !== 'article') return [];
  for (const link of element.querySelectorAll(VIEWS)) {
    const postId = link.closest(HOME) === element && readLink(link)?.postId;
    if (postId) return [{ element, postId, second: 0, after: time ?? link }];
  }
  const postId = isArticle && time && OWN_PATH.exec(path)?.[2];
  return postId && secondOfPost(postId) === readSecond(time) ? [{ element, postId, second: 0, after: time }] : [];
}

/** A quote shows its id only in a photo's link or the link of a shortened text; one that names no author is a video's origin, another post. */
function readQuote(box: Element): PostId | null {
  for (const link of box.querySelectorAll('a[href*="/status/"]')) {
    if (link.closest(HOME) !== box) continue; // of a quote inside the quote
    const post = readLink(link);
    if (post?.handle) return post.postId;
  }
  return null;
}

/**
 * The handle of a quote's author: the last "@handle" before its time, so that a name that looks like one does not count.
 * Null where there is none, or where the picture beside it is another's.
 */
export function readAuthor({ element, after }: Pick<ShownPost, 'element' | 'after'>): string | null {
  let handle: string | null = null;
  // Texts, not elements: a translator may have put its own round them. 5: elements and texts.
  const walker = document.createTreeWalker(element, 5);
  for (let node = walker.nextNode(); node && node !== after; node = walker.nextNode()) if (node.nodeType === 3) handle = /^[^\w@]*@(\w{1,20})[^\w@]*$/.exec(node.nodeValue ?? '')?.[1] ?? handle;
  const pictured = element.querySelector(`[data-testid^="${AVATAR}"]`)?.getAttribute('data-testid')?.slice(AVATAR.length);
  const isNamed = pictured !== undefined && pictured !== 'unknown';
  return handle && isNamed && pictured.toLowerCase() !== handle.toLowerCase() ? null : handle;
}

/** The second a <time> tells, s since the epoch; 0 where it tells none. */
const readSecond = (time: Element): number => Math.floor(Date.parse(time.getAttribute('datetime') ?? '') / 1000) || 0;

const SITE = String.raw`^(?:(?:https?:)?\/\/(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com)?`;
/** Every way X writes the address of a post; whole segments, as a handle may contain "status". Without parsing the address: this is done for every post. */
const POST_HREF = new RegExp(String.raw`${SITE}\/(?:i(?:\/web)?|(\w{1,20}))\/status(?:es)?\/(\d{1,19})(?!\w)`, 'i');
/** The address of a post or article on its own page: `/<user>/article/<id>` is the post's id, `/i/article/<id>` is not. */
const OWN_PATH = new RegExp(String.raw`${SITE}\/(?!i\/)(\w{1,20})\/(?:status|article)\/(\d{1,19})(?!\w)`, 'i');

function readLink(link: Element): { handle: string; postId: PostId } | null {
  const match = POST_HREF.exec(link.getAttribute('href') ?? '');
  return match?.[2] ? { handle: match[1] ?? '', postId: match[2] } : null;
}

/** The id a post's own time link tells. */
const readOwn = (link: Element): PostId | null => readLink(link)?.postId ?? OWN_PATH.exec(link.getAttribute('href') ?? '')?.[2] ?? null;

/** What looks like a post whatever X calls it: an article, or a time that links to a post. Of notifications only the latter. */
const ARTICLES = 'article:not(article *, [data-testid="notification"])';
const TIME_LINKS = 'a[href*="/status/"] time';

/** How many posts a page seems to show, by what changes least, and how many of them are known by their id. */
export function countPosts(page: Document): { seen: number; identified: number } {
  const identified = findPostElements(page).filter((element) => readPosts(element).some((post) => post.element === element)).length;
  return { seen: Math.max(identified, page.querySelectorAll(ARTICLES).length, page.querySelectorAll(TIME_LINKS).length), identified };
}
