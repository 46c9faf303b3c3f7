// Which posts a change of the page touched: one observer, and work only on what changed.
import { MARK } from './marker.ts';
import { findPostElements, POST, TELLING } from './post.ts';

/**
 * Calls back with every post on the page, then with those that appear or change, before the browser paints them.
 * Returns how to stop.
 */
export function watchPosts(page: Document, onPosts: (posts: Iterable<Element>) => void): () => void {
  const observer = new MutationObserver((records) => {
    const touched = new Set<Element>();
    const touch = (node: Node | null) => {
      const post = node instanceof Element && node.closest(POST);
      if (post) touched.add(post);
    };
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (type === 'attributes') touch(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const post of findPostElements(node)) touched.add(post);
        // Part of a post may come later than the post itself.
        if (node.matches(TELLING) || node.querySelector(TELLING)) touch(node.parentElement);
      }
      // X took a part of a post away, and our mark with it, or the mark alone.
      for (const node of removedNodes) if (node instanceof Element && (node.localName === MARK || node.querySelector(MARK))) touch(target);
    }
    if (touched.size) onPosts(touched);
  });
  observer.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
  onPosts(findPostElements(page));
  return () => observer.disconnect();
}
