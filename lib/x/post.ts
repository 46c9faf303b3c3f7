// How X's page is built: which elements are posts, which id is a post's own, where a mark may stand.
// The only file with X's selectors; each is proved by a fixture in tests/fixtures/x.
import { type PostId, readPostLink } from '../model.ts';

/** A post shown on the page, on its own or quoted in another. */
export interface ShownPost {
  /** The post's own element; for a quote, the quote's box. */
  element: Element;
  postId: PostId;
  /** Where its mark belongs: right after this node, inside its parent, where it moves nothing. */
  after: Element;
}

/** A post. Since 2021 an <article>, before that a <div>. */
export const POST = '[data-testid="tweet"]';
/** What tells which post an element is; where one of them comes, goes or changes, the post is read again. */
export const TELLING = 'time, a[href*="/status/"]';
/** What may be the box of a quote. Affiliate badges look like the first but hold no <time>; an unavailable post is a bare <article>. */
const QUOTE_BOX = 'div[role="link"], [data-testid="nestedQuotePreview"], article';

/** Every post at or below a node. */
export function findPostElements(root: Element | Document): Element[] {
  const below = [...root.querySelectorAll(POST)];
  return 'matches' in root && root.matches(POST) ? [root, ...below] : below;
}

/**
 * A post and the posts quoted in it, as they stand in the page, each with its own id. One whose id cannot be told for
 * sure is left out. Posts inside it that are posts themselves (the photo lightbox is one round its replies, an article
 * holds others) are theirs to be asked.
 */
export function readPosts(element: Element): ShownPost[] {
  const shown: ShownPost[] = [];
  const isRead = (at: Element) => shown.some((post) => post.element === at);
  for (const time of element.getElementsByTagName('time')) {
    if (time.closest(POST) !== element) continue;
    const box = quoteBox(time, element);
    if (isRead(box ?? element)) continue;
    const link = time.closest('a'); // in a quote the time is no link
    const postId = box ? readQuote(box, element) : link && postOf(link)?.postId;
    if (postId) shown.push({ element: box ?? element, postId, after: link ?? time });
  }
  if (!isRead(element)) shown.push(...readPromoted(element));
  return shown;
}

/** A promoted post has no time link; its id stands in the link to its views, in the action bar. The lightbox has such a link, too, but is no <article>. */
function readPromoted(element: Element): ShownPost[] {
  if (element.localName !== 'article') return [];
  for (const link of element.querySelectorAll('[role="group"] a[href*="/analytics"]')) {
    const postId = !quoteBox(link, element) && postOf(link)?.postId;
    if (postId) return [{ element, postId, after: link }];
  }
  return [];
}

/** A quote shows its id only in a photo's link or the link of a shortened text; one that names no author is a video's origin, another post. */
function readQuote(box: Element, element: Element): PostId | null {
  for (const link of box.querySelectorAll('a[href*="/status/"]')) {
    if (quoteBox(link, element) !== box) continue; // of a quote inside the quote
    const post = postOf(link);
    if (post?.handle) return post.postId;
  }
  return null;
}

/** The box of the quote a node stands in, inside a post; null where it belongs to the post itself. */
function quoteBox(node: Element, element: Element): Element | null {
  const box = node.parentElement?.closest(QUOTE_BOX);
  return box && box !== element && element.contains(box) ? box : null;
}

const postOf = (link: Element) => readPostLink(URL.parse(link.getAttribute('href') ?? '', 'https://x.com')?.href ?? '');
