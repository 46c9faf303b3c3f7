// When the page has been painted: what its first content does not need waits for that, and takes no part of the machine from it.

let told: Promise<void> | undefined;

/** So long a page waits at most, ms: one that is not shown paints nothing. */
const MOST_MS = 300;

/** Resolves when the browser has shown the page's first content (Paint Timing). A frame's callback comes before that, by all that layout and drawing take. */
export const painted = (): Promise<void> =>
  (told ??= new Promise((later) => {
    setTimeout(later, MOST_MS);
    new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').length > 0 && later()).observe({ type: 'paint', buffered: true });
  }));
