// Finds items of different editions that tell the same story under almost the same title. They are linked, never merged:
// each keeps its own identity and read state.

/** What of an item its links depend on. */
export interface Titled {
  id: string;
  title: string;
  /** Every edition it appeared in; two items of one edition are never linked. */
  digestIds: readonly string[];
  publishedMs: number;
}

/** Two items that tell one story. */
export interface Link {
  /** The earlier item's id, and the later one's. */
  earlier: string;
  later: string;
  /** Share of what either title says that both say, 0 to 1. */
  likeness: number;
}

/** Titles link from this likeness on: of all their pairs of characters and words so many are shared (Jaccard). */
export const ALIKE = 0.6;
/** Or where a long title holds a shorter one almost whole. */
export const HELD = 0.9;
/** Too little to compare: fewer distinct pairs than this. */
const LEAST_PAIRS = 6;
/** Shorter texts in a longer one are the same story only when not much shorter. */
const LEAST_SHARE = 0.5;
/** Longest name, in signs (`differsByName`). */
const NAME = 4;
/** Editions further apart than this tell of something new. */
export const WITHIN_MS = 4 * 86_400_000;
/** Of the titles that have a pair in common only so many, the newest before an item, are looked at: what more have says nothing, and the search stays short. So other items decide along; lib/store/similar derives accordingly. */
const COMMON = 60;

/** Pairs of items that tell the same story. Names and numbers must agree: v4 is not v5, 10亿 not 20亿, A's purchase not B's. */
export function linkSimilar(items: readonly Titled[]): Link[] {
  const sorted = [...items].sort((a, b) => a.publishedMs - b.publishedMs || (a.id < b.id ? -1 : 1));
  const told = sorted.map(({ title }) => readTitle(title));
  const holders = new Map<number, number[]>();
  const shared = new Uint16Array(sorted.length);
  const links: Link[] = [];
  for (const [later, item] of sorted.entries()) {
    const { tokens, pairs, marks } = told[later] as ToldTitle;
    const met: number[] = [];
    for (const pair of pairs) {
      const known = holders.get(pair);
      if (!known) {
        holders.set(pair, [later]);
        continue;
      }
      // Newest first: what is too old ends the search.
      for (let i = known.length - 1; i >= Math.max(0, known.length - COMMON); i--) {
        const earlier = known[i] as number;
        if (item.publishedMs - (sorted[earlier] as Titled).publishedMs > WITHIN_MS) break;
        if (shared[earlier] === 0) met.push(earlier);
        shared[earlier] = (shared[earlier] as number) + 1;
      }
      known.push(later);
    }
    for (const earlier of met) {
      const other = told[earlier] as ToldTitle;
      const before = sorted[earlier] as Titled;
      const both = shared[earlier] as number;
      shared[earlier] = 0;
      const least = Math.min(pairs.size, other.pairs.size);
      if (least < LEAST_PAIRS || both * 2 < least || marks !== other.marks || before.id === item.id) continue;
      if (before.digestIds.some((id) => item.digestIds.includes(id)) || differsByName(tokens, other.tokens)) continue;
      const likeness = compare(pairs, other.pairs);
      if (likeness > 0) links.push({ earlier: before.id, later: item.id, likeness });
    }
  }
  return links;
}

/** Jaccard where it reaches `ALIKE`, or containment where that is almost whole; 0 where neither. */
function compare(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  const jaccard = both / (a.size + b.size - both);
  const least = Math.min(a.size, b.size);
  if (jaccard >= ALIKE) return jaccard;
  return both / least >= HELD && least / Math.max(a.size, b.size) >= LEAST_SHARE ? both / least : 0;
}

/** Where two titles of one pattern differ by a few signs in one place, these are most likely another name: 甲公司 or 乙公司. */
function differsByName(a: readonly string[], b: readonly string[]): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.length - start - end, b.length - start - end];
  return left > 0 && right > 0 && left <= NAME && right <= NAME;
}

interface ToldTitle {
  /** Characters, Latin words and numbers, without words that change nothing. */
  tokens: string[];
  /** Hashes of each two tokens that follow each other. */
  pairs: Set<number>;
  /** `MARKS`, sorted: versions, sums and most names of this field are among them. */
  marks: string;
}

/** What two titles of one story share: numbers with their magnitude, Latin words, and the words that turn a sentence round. */
const MARKS = /\d+(?:[.,]\d+)*\s*[万亿]?|[a-z]+|[不没未非]|否认|拒绝|取消|暂停|停止|恢复|放弃|[涨跌升降增减]/g;

/** Words that editors change without changing the story. */
const FILLING = /[的了把将与和及在于从到至也已再被]|宣布|正式/g;
const SAYING = /发布|推出|上线|公布|亮相/g;

function readTitle(title: string): ToldTitle {
  const folded = title.normalize('NFKC').toLowerCase();
  const tokens = folded.replace(SAYING, '发').replace(FILLING, '').match(/[a-z]+|\d+(?:[.,]\d+)*|[\u3400-\u9fff\u3040-\u30ff]|[$€£¥%]/g) ?? [];
  const pairs = new Set<number>();
  let before = 0;
  for (const token of tokens) {
    let hash = 0;
    for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x9e3779b1);
    if (before) pairs.add(Math.imul(before ^ (hash >>> 15), 0x85ebca6b) >>> 2);
    before = hash;
  }
  const marks = (folded.match(MARKS) ?? []).map((mark) => mark.replaceAll(/[\s,]/g, ''));
  return { tokens, pairs, marks: [...new Set(marks)].sort().join(' ') };
}
