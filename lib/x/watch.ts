// Which posts a change of the page touched: one observer, and work only on what changed.
import { MARK } from './mark.ts';
import { findPostElements, findTouched, type KnownPosts, postOf, type StandingMarks, TELLING_ATTRIBUTES, tellsAnew } from './post.ts';

/**
 * Calls back with every post on the page, then, before the browser paints them, with those that appear or change and may be
 * known, or have a mark that may have become wrong or went. Returns how to stop.
 */
export function watchPosts(page: Document, onPosts: (posts: Iterable<Element>) => void, known: KnownPosts, marks: StandingMarks): () => void {
  const observer = new MutationObserver((records) => {
    const touched = new Set<Element>();
    for (const record of records) {
      if (record.type === 'attributes') {
        const target = record.target as Element;
        const post = tellsAnew(target, known, marks) && postOf(target);
        if (post) touched.add(post);
        continue;
      }
      const { addedNodes } = record;
      for (let i = 0; i < addedNodes.length; i++) {
        const node = addedNodes[i] as Element;
        if (node.nodeType === 1 && node.localName !== MARK) findTouched(node, touched, known, marks);
      }
    }
    for (const post of marks.lost()) touched.add(post);
    if (!touched.size) return;
    onPosts(touched);
    observer.takeRecords(); // of our own marks
  });
  observer.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: TELLING_ATTRIBUTES });
  onPosts(findPostElements(page));
  observer.takeRecords();
  return () => observer.disconnect();
}
