// What a reader does in a page that may be closed the next moment: noted before it is done, so that the background can do what is
// left of it. In the session's storage, which takes a word even from a page that is closing, and wakes the background for it; a
// message is dropped there. A page holds a lock for each wish while it is at it, which the browser takes from it when it closes:
// one for each, for a lock that several wishes share is granted to the background between two of them. The background leaves a fresh
// note alone for a moment, as the note may be there before the lock.
import { browser } from 'wxt/browser';
import type { Wish } from './action.ts';

/** Tabs to be opened once a wish is done. */
export interface TabsWish {
  urls: string[];
  behind: boolean;
  reuse: boolean;
}

/** A wish as it is noted. `at`: when, ms; the same that the journal says of it. */
export interface NotedWish {
  wish: Wish;
  at: number;
  tabs: TabsWish | null;
}

const PREFIX = 'wish:';
const LOCK = 'wishes';
/** Tabs that should have been opened so long ago are not opened any more, ms. */
const STALE_MS = 10_000;

/** The note of a wish, as the page that does it keeps it. */
export interface WishNote {
  /** Of its tabs these alone are left. */
  leave(urls: string[]): Promise<void>;
  /** Nothing of it is left for others. */
  settle(): Promise<void>;
}

/** So long after a wish its page holds the lock for certain, ms: where a page asks for its first, the browser looks first whether it may. */
const GRACE_MS = 500;

/** Notes a wish that this page does next. */
export function noteWish(noted: NotedWish): WishNote {
  const key = PREFIX + crypto.randomUUID();
  const { promise, resolve } = Promise.withResolvers<void>();
  void navigator.locks.request(key, () => promise);
  const written = browser.storage.session.set({ [key]: noted });
  return {
    leave: (urls) => written.then(() => browser.storage.session.set({ [key]: { ...noted, tabs: noted.tabs && { ...noted.tabs, urls } } satisfies NotedWish })),
    settle: () => written.then(() => browser.storage.session.remove(key)).then(resolve, resolve),
  };
}

/**
 * Does, in their order, what pages noted and were closed before they had done it; `after` follows where there was any. To be
 * called on the background's first tick; returns what does those that are left from before.
 */
export function onWishLeft(perform: (noted: NotedWish) => Promise<unknown>, after: () => Promise<void>): () => Promise<void> {
  /** Does one, unless its page has done it by the time it is free. Returns whether it was left. */
  const doOne = (key: string) =>
    navigator.locks.request(key, async () => {
      const left = (await browser.storage.session.get(key))[key] as NotedWish | undefined;
      if (!left) return false;
      const { tabs, ...noted } = left;
      await perform({ ...noted, tabs: Date.now() - noted.at < STALE_MS ? tabs : null }).catch((error: unknown) => console.error('Eight Bells: what was left of a page could not be done', error));
      await browser.storage.session.remove(key);
      return true;
    });
  const doAll = () =>
    navigator.locks.request(LOCK, async () => {
      const stored = Object.entries(await browser.storage.session.get(null)).filter(([key]) => key.startsWith(PREFIX)) as [string, NotedWish][];
      let any = false;
      for (const [key, { at }] of stored.sort(([, a], [, b]) => a.at - b.at)) {
        const wait = at + GRACE_MS - Date.now();
        if (wait > 0) await new Promise((later) => setTimeout(later, Math.min(wait, GRACE_MS))); // the clock may have been set back
        any = (await doOne(key)) || any;
      }
      return any;
    }).then((any) => (any ? after() : undefined));
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'session' && Object.entries(changes).some(([key, { newValue }]) => key.startsWith(PREFIX) && newValue !== undefined)) void doAll();
  });
  return doAll;
}
