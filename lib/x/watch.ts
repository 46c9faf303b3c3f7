// Which posts a change of the page touched: one observer, and work only on what changed.
import { MARK } from './marker.ts';
import { findPostElements, POST, TELLING, TELLING_ATTRIBUTES } from './post.ts';

/**
 * Calls back with every post on the page, then with those that appear or change, before the browser paints them. `lost`
 * gives the posts that have lost something of ours since. Returns how to stop.
 */
export function watchPosts(page: Document, onPosts: (posts: Iterable<Element>) => void, lost: () => Iterable<Element> = () => []): () => void {
  const observer = new MutationObserver((records) => {
    const touched = new Set<Element>();
    const touch = (node: Element | null) => {
      const post = node?.closest(POST);
      if (post) touched.add(post);
    };
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') {
        // Of links most lead elsewhere; one that has just lost its address may have led to a post.
        if ((target as Element).getAttribute('href')?.includes('/status/') ?? true) touch(target as Element);
        continue;
      }
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue;
        const element = node as Element;
        if (!element.firstElementChild) {
          if (element.localName !== MARK && element.matches(TELLING)) touch(element.parentElement);
          continue;
        }
        if (!element.querySelector(TELLING) && !element.matches(TELLING)) continue;
        for (const post of findPostElements(element)) touched.add(post);
        touch(element.parentElement); // part of a post may come later than the post itself
      }
    }
    for (const post of lost()) touched.add(post);
    if (!touched.size) return;
    onPosts(touched);
    observer.takeRecords(); // of our own marks
  });
  observer.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: TELLING_ATTRIBUTES });
  onPosts(findPostElements(page));
  observer.takeRecords();
  return () => observer.disconnect();
}
