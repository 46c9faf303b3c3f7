// Which posts a change of the page touched: one observer, and work only on what changed.
import { MARK } from './marker.ts';
import { EVERYTHING, findPostElements, findTouched, postOf, type Sieve, TELLING_ATTRIBUTES, tellsAnew } from './post.ts';

/**
 * Calls back with every post on the page, then with those that appear or change, before the browser paints them. `lost`
 * gives the posts that have lost something of ours since. What the sieve holds back is not called about. Returns how to stop.
 */
export function watchPosts(page: Document, onPosts: (posts: Iterable<Element>) => void, lost: () => Iterable<Element> = () => [], sieve: Sieve = EVERYTHING): () => void {
  const observer = new MutationObserver((records) => {
    const touched = new Set<Element>();
    for (const record of records) {
      if (record.type === 'attributes') {
        const target = record.target as Element;
        const post = tellsAnew(target, sieve) && postOf(target);
        if (post) touched.add(post);
        continue;
      }
      const { addedNodes } = record;
      for (let i = 0; i < addedNodes.length; i++) {
        const node = addedNodes[i] as Element;
        if (node.nodeType === 1 && node.localName !== MARK) findTouched(node, touched, sieve);
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
