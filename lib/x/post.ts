// How X's page is built: which elements are posts, which id is a post's own, where a mark may stand.
// The only file with X's selectors; each is proved by a fixture in tests/fixtures/x.
import { type PostId, secondOfPost } from '../model/post.ts';

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

/** A post. Since 2021 an <article>, before that a <div>. */
const TWEET = '[data-testid="tweet"]';
/** An article. On its own page it is what there is of its post; on a post's page a post stands round it, and it is part of that. */
const ARTICLE = '[data-testid="twitterArticleReadView"]';
const POST = `${TWEET}, ${ARTICLE}`;
/** A picture on a media tab: of its post there is nothing but a link. In posts, polls and carousels are made of the like. */
const PICTURE = 'li[role="listitem"]';
/** What may be the box of a quote. Affiliate badges look like the first but hold no <time>; an unavailable post is a bare <article>. */
const QUOTE_BOX = 'div[role="link"], [data-testid="nestedQuotePreview"], article';
/** The nearest of these round a time or link is what it speaks of. */
const HOME = `${POST}, ${QUOTE_BOX}`;
const POST_LINK = 'a[href*="/status/"]';
const VIEWS = '[role="group"] a[href*="/analytics"]';
const AVATAR = 'UserAvatar-Container-';
/** The attributes that tell which post an element is. */
export const TELLING_ATTRIBUTES = ['href', 'datetime'];

/** Every post at or below a node, and every picture that stands for one; below an element, the latter only where there is none of the former. */
export function findPostElements(root: Element | Document): Element[] {
  const posts = findAll(root, POST);
  return posts.length && 'matches' in root ? posts : [...posts, ...findAll(root, PICTURE).filter((picture) => !picture.closest(POST))];
}

function findAll(root: Element | Document, selector: string): Element[] {
  const below = [...root.querySelectorAll(selector)];
  return 'matches' in root && root.matches(selector) ? [root, ...below] : below;
}

/** What is known of posts in digests. Either answer may be true too often, but never false where it should be true. */
export interface KnownPosts {
  has: (postId: PostId) => boolean;
  /** Whether there is any of this second (s since the epoch; 0 where a time tells none). */
  hasSecond: (second: number) => boolean;
}

/** The marks that stand on the page. */
export interface StandingMarks {
  /** Whether a node is in a post that has one, which may have become wrong. */
  isMarked: (node: Node) => boolean;
  /** The posts that have lost one. */
  lost: () => Iterable<Element>;
}

/**
 * The posts that have to be read again when an element comes: those in it and, where it holds what tells a post's id,
 * the one it came into. Asked of everything that comes to the page, so what tells of no post of a digest, which is nearly
 * all of it, is left before anything is asked about how it is built.
 */
export function findTouched(element: Element, touched: Set<Element>, known: KnownPosts, marks: StandingMarks): void {
  const times = element.querySelectorAll('time');
  const time = times.length === 1 ? times[0] : null;
  const href = time?.parentElement?.getAttribute('href');
  if (time && href?.includes('/status/') && element.getAttribute('data-testid') === 'cellInnerDiv') {
    // Nearly always: a cell of one post, without a quote. What else it links to is itself, or only mentioned.
    const post = leadsTo(href, known) && postOf(time);
    if (post) touched.add(post);
    return;
  }
  if (!tellsOf(element, times, known) && !marks.isMarked(element)) return;
  for (const post of findPostElements(element)) if (!isPart(post)) touched.add(post);
  const around = postOf(element.parentElement);
  if (around) touched.add(around);
}

/** Whether an element, or anything in it, tells of a post that is known. */
function tellsOf(element: Element, times: NodeListOf<Element>, known: KnownPosts): boolean {
  for (const time of times) {
    const href = time.parentElement?.getAttribute('href');
    if (href ? leadsTo(href, known) : known.hasSecond(readSecond(time))) return true;
  }
  if (element.localName === 'time' || leadsTo(element.closest('a')?.getAttribute('href'), known)) return true;
  for (const link of element.querySelectorAll(POST_LINK)) if (leadsTo(link.getAttribute('href'), known)) return true;
  return false;
}

/** Whether a post has to be read again when a telling attribute of an element in it has changed. */
export function tellsAnew(element: Element, known: KnownPosts, marks: StandingMarks): boolean {
  const href = element.getAttribute('href');
  // Of links most lead elsewhere.
  if (href !== null) return href.lastIndexOf('/') > 0 && (leadsTo(href, known) || (href.includes('/status/') && marks.isMarked(element)));
  // One that has lost its address may have led to a post; a time in a link tells nothing that the link does not.
  return element.localName !== 'time' || (element.parentElement?.localName !== 'a' && (known.hasSecond(readSecond(element)) || marks.isMarked(element)));
}

/**
 * A post and the posts quoted in it, as they stand in the page. One that cannot be told for sure is left out. Posts inside
 * it that are posts themselves (the photo lightbox is one round its replies, an article holds others) are theirs to be asked.
 * `path` is the page's.
 */
export function readPosts(element: Element, path = globalThis.location?.pathname ?? ''): ShownPost[] {
  const shown: ShownPost[] = [];
  if (isPart(element)) return shown;
  const times = element.querySelectorAll('time');
  let bareTime: Element | null = null;
  let ownIsRead = false;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as Element;
    let home = time.closest(HOME);
    if (home !== element) home = homeOf(time);
    const link = time.closest('a'); // in a quote the time is no link
    if (home === element) {
      const postId = !ownIsRead && link && readOwn(link);
      if (postId) {
        shown.push({ element, postId, second: 0, after: link });
        ownIsRead = true;
      } else if (!link) bareTime ??= time;
      // Not that of a post inside this one, nor of a quote in such a post.
    } else if (home && !home.matches(POST) && postOf(home.parentElement) === element && !shown.some((post) => post.element === home)) {
      const postId = readQuote(home);
      const second = postId ? 0 : readSecond(time);
      if (postId || second) shown.push({ element: home, postId, second, after: link ?? time });
    }
  }
  if (!ownIsRead) shown.push(...readTimeless(element, bareTime, path));
  return shown;
}

/** True for an article that is part of a post. */
const isPart = (element: Element): boolean => element.localName !== 'article' && element.getAttribute('data-testid') === 'twitterArticleReadView' && element.parentElement?.closest(TWEET) != null;

/** What a node speaks of: the nearest post or quote's box round it. */
function homeOf(node: Element): Element | null {
  let home = node.closest(HOME);
  while (home && isPart(home)) home = home.parentElement?.closest(HOME) ?? null;
  return home;
}

/** The post that is asked for what a node speaks of. */
export function postOf(node: Element | null): Element | null {
  const post = node?.closest(POST) ?? node?.closest(PICTURE) ?? null;
  return post && isPart(post) ? post.parentElement?.closest(TWEET) ?? null : post;
}

/**
 * Posts without a time link. A promoted one tells its id in the link to its views, in the action bar; so does an article on
 * its own page, or else that page's address, if it is of the second the article is dated. The lightbox has such a link, too,
 * but is none of these.
 */
function readTimeless(element: Element, time: Element | null, path: string): ShownPost[] {
  if (element.localName === 'li') {
    const link = element.querySelector(POST_LINK);
    const postId = link && readLink(link)?.postId;
    return postId ? [{ element, postId, second: 0, after: link }] : [];
  }
  const isArticle = element.matches(ARTICLE);
  if (!isArticle && element.localName !== 'article') return [];
  for (const link of element.querySelectorAll(VIEWS)) {
    const postId = homeOf(link) === element && readLink(link)?.postId;
    if (postId) return [{ element, postId, second: 0, after: time ?? link }];
  }
  const postId = isArticle && time && OWN_PATH.exec(path)?.[2];
  return postId && secondOfPost(postId) === readSecond(time) ? [{ element, postId, second: 0, after: time }] : [];
}

/** A quote shows its id only in a photo's link or the link of a shortened text; one that names no author is a video's origin, another post. */
function readQuote(box: Element): PostId | null {
  for (const link of box.querySelectorAll(POST_LINK)) {
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

/** Up to the end of the id in anything that may be the address of a post. Finds more than `readLink` and `readOwn` take, and never less. */
const ANY_ID = /\/(?:status(?:es)?|article)\/\d{1,19}/gi;

/** Asked of every link that comes: so the pattern tells but an end, where to tell its parts would make a list of them. */
function leadsTo(href: string | null | undefined, known: KnownPosts): boolean {
  ANY_ID.lastIndex = 0;
  if (!href || !ANY_ID.test(href)) return false;
  const end = ANY_ID.lastIndex;
  return known.has(href.slice(href.lastIndexOf('/', end - 1) + 1, end));
}

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
const TIME_LINKS = `${POST_LINK} time`;

/** How many posts a page seems to show, by what changes least, and how many of them are known by their id. */
export function countPosts(page: Document): { seen: number; identified: number } {
  const identified = findPostElements(page).filter((element) => readPosts(element).some((post) => post.element === element)).length;
  return { seen: Math.max(identified, page.querySelectorAll(ARTICLES).length, page.querySelectorAll(TIME_LINKS).length), identified };
}

/** The post a page is about, by the page's path: a post's own page, also under its photos, or an article's; null for any other page. */
export const focalOf = (path: string): PostId | null => POST_HREF.exec(path)?.[2] ?? OWN_PATH.exec(path)?.[2] ?? null;

/** What a reader presses on X, and what they write in: not the links of names, texts and pictures, which posts consist of. */
const CONTROLS = 'button, [role="button"], [role^="menu"], input, textarea, [contenteditable="true"], nav a, [href^="/compose"], [role="group"] a';

/** The controls of a page, which a card of ours is not to cover. */
export const findControls = (page: Document): Element[] => [...page.querySelectorAll(CONTROLS)];
