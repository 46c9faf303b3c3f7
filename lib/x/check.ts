// Whether posts on X are still known by their ids, one verdict for each kind of page: X changes its pages without notice.

/** A kind of page on X, told by its path alone. */
export type PageKind = 'home' | 'status' | 'article' | 'profile' | 'media' | 'search' | 'list' | 'community' | 'notifications' | 'bookmarks' | 'explore' | 'other';

/** What a look at a page came to. Holds nothing of the page but its kind and two counts. */
export interface CheckReport {
  kind: PageKind;
  seen: number;
  identified: number;
}

const KINDS: readonly (readonly [RegExp, PageKind])[] = [
  [/^\/home\b/, 'home'],
  [/^\/(?:search|hashtag)\b/, 'search'],
  [/^\/explore\b/, 'explore'],
  [/^\/notifications\b/, 'notifications'],
  [/^\/i\/(?:bookmarks|history)\b/, 'bookmarks'],
  [/^\/(?:i\/lists|\w+\/lists)\b/, 'list'],
  [/^\/i\/communities\b/, 'community'],
  [/^\/(?:\w+|i\/web)\/status(?:es)?\/\d/, 'status'],
  [/^\/\w+\/article\/\d/, 'article'],
  [/^\/(?:i|messages|settings|compose|jobs|login|logout|tos|privacy)\b/, 'other'],
  [/^\/\w+\/media\/?$/, 'media'],
  [/^\/\w+(?:\/(?:with_replies|highlights|articles|likes|superfollows))?\/?$/, 'profile'],
];

/** All of them, each once. */
export const PAGE_KINDS: readonly PageKind[] = [...new Set(KINDS.map(([, kind]) => kind))].sort((a, b) => Number(a === 'other') - Number(b === 'other'));

/** The kind of the page at a path; 'other' where no pattern tells. */
export const pageKind = (path: string): PageKind => KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';

/** Fewer posts than this say nothing. */
const ENOUGH = 5;
/** A page on which fewer than one in five are known has changed. Some never are: an advertisement without a link to its views. */
const KNOWN_SHARE = 0.2;

/** What a report says: X has changed, or all is well; null where there were too few posts to tell. */
export function judge({ seen, identified }: Pick<CheckReport, 'seen' | 'identified'>): 'changed' | 'fine' | null {
  if (seen < ENOUGH) return null;
  return identified < seen * KNOWN_SHARE ? 'changed' : 'fine';
}

/** How often a kind of page is looked at, at most. */
const EVERY_MS = 60_000;

/** Decides when to look and what is worth keeping: the first verdict on a kind of page, and each that differs from the last. */
export class SelfCheck {
  #lookedAt = new Map<PageKind, number>();
  #verdicts = new Map<PageKind, 'changed' | 'fine'>();

  /** `count` looks at the page. Returns what to keep, null for nothing. `now` in ms. */
  look(path: string, now: number, count: () => { seen: number; identified: number }): CheckReport | null {
    const kind = pageKind(path);
    if (now - (this.#lookedAt.get(kind) ?? -Infinity) < EVERY_MS) return null;
    const counted = count();
    const verdict = judge(counted);
    if (verdict === null) return null; // still loading, perhaps: looked at again soon
    this.#lookedAt.set(kind, now);
    if (this.#verdicts.get(kind) === verdict) return null;
    this.#verdicts.set(kind, verdict);
    return { kind, ...counted };
  }
}
