// Turns an item's title and summary into the features that the classifier weighs: letters, words and concepts, as hashes.
import type { Vocabulary } from './vocabulary.ts';

/** Raised whenever the same text would give other features: weights trained for another version must not be used. */
export const FEATURE_VERSION = 1;

/** Only the beginning of a summary is read: later sentences tell of consequences, not of the news. */
const SUMMARY_LENGTH = 240;

/** Groups of features; each is brought to length 1, then weighs what stands here. Chosen by leave-one-publisher-out. */
export const GROUP_WEIGHTS = [1, 1, 0.55, 0.55, 0.39, 0.3, 0.3] as const;
const [TITLE, SUMMARY, TITLE_CONCEPTS, TITLE_PAIRS, SUMMARY_CONCEPTS, SUMMARY_PAIRS, SIGNS] = [0, 1, 2, 3, 4, 5, 6];

/** For each group of `GROUP_WEIGHTS`, how often each hashed feature occurs. Hashes have 30 bits: engines keep such numbers, and maps of them, in their fastest form. */
export type Features = readonly Map<number, number>[];

/** The features of an item. Deterministic: the same text gives the same hashes in every engine. */
export function readFeatures(title: string, summary: string, vocabulary: Vocabulary): Features {
  const groups = GROUP_WEIGHTS.map(() => new Map<number, number>());
  // Summaries are cut twice: before folding for speed, after it because folding shortens.
  const head = vocabulary.fold(title);
  const body = vocabulary.fold(summary.slice(0, SUMMARY_LENGTH * 2)).slice(0, SUMMARY_LENGTH);
  countGrams(head, TITLE, groups[TITLE] as Map<number, number>);
  countGrams(body, SUMMARY, groups[SUMMARY] as Map<number, number>);
  countTitleConcepts(head, vocabulary, groups);
  countSummaryConcepts(body, vocabulary, groups);
  countSigns(head, body, groups[SIGNS] as Map<number, number>);
  return groups;
}

const mix = (hash: number, value: number) => {
  const h = Math.imul(hash ^ value, 0x9e3779b1);
  return (h ^ (h >>> 15)) | 0;
};
const count = (map: Map<number, number>, hash: number) => {
  const key = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) >>> 2;
  map.set(key, (map.get(key) ?? 0) + 1);
};

const LATIN = 1;
const DIGITS = 2;
const CJK = 3;
const OTHER = 4;
const STEM = 11;
const ANY_NUMBER = 7;

const kindOf = (code: number) => (code >= 97 && code <= 122 ? LATIN : code >= 48 && code <= 57 ? DIGITS : code >= 0x3400 && code <= 0x9fff ? CJK : OTHER);

/** Characters and words, their pairs, and triples of Chinese characters. In pairs all numbers are alike. */
function countGrams(text: string, group: number, into: Map<number, number>): void {
  // Hash and kind of the last two tokens.
  let before = 0;
  let beforeKind = 0;
  let earlier = 0;
  let earlierKind = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 32) {
      at++;
      continue;
    }
    const kind = kindOf(code);
    let hash = mix(kind, code);
    const end = endOfToken(text, at, kind);
    if (kind === LATIN || kind === DIGITS) {
      for (let i = at + 1; i < end; i++) {
        hash = mix(hash, text.charCodeAt(i));
        // A word's first four letters stand for its forms.
        if (kind === LATIN && i - at === 3) count(into, mix(mix(group, STEM), hash));
      }
      if (kind === DIGITS) hash = ANY_NUMBER;
    }
    if (kind !== DIGITS && (kind !== OTHER || group === TITLE)) count(into, mix(mix(group, 1), hash));
    if (beforeKind) count(into, mix(mix(mix(group, 2), before), hash));
    if (kind === CJK && beforeKind === CJK && earlierKind === CJK) count(into, mix(mix(mix(mix(group, 3), earlier), before), hash));
    earlier = before;
    earlierKind = beforeKind;
    before = hash;
    beforeKind = kind;
    at = end;
  }
}

/** A word or a number (with its decimals) is one token, any other character one of its own. */
function endOfToken(text: string, start: number, kind: number): number {
  let end = start + 1;
  if (kind !== LATIN && kind !== DIGITS) return end;
  for (; end < text.length; end++) {
    const decimal = kind === DIGITS && text[end] === '.' && kindOf(text.charCodeAt(end + 1)) === DIGITS;
    if (kindOf(text.charCodeAt(end)) !== kind && !decimal) break;
  }
  return end;
}

/** Which concepts a title holds, the first of them, and which comes before which. */
function countTitleConcepts(text: string, { conceptCount, findConcepts }: Vocabulary, groups: Features): void {
  const met: number[] = [];
  findConcepts(text, (concept) => met.push(concept));
  if (met.length) count(groups[TITLE_CONCEPTS] as Map<number, number>, mix(101, met[0] as number));
  for (const [i, concept] of met.entries()) {
    count(groups[TITLE_CONCEPTS] as Map<number, number>, mix(102, concept));
    for (let j = i + 1; j < met.length; j++) count(groups[TITLE_PAIRS] as Map<number, number>, mix(103, concept * conceptCount + (met[j] as number)));
  }
}

/** Concepts of a summary, by third of it, and pairs of those that stand near each other. */
function countSummaryConcepts(text: string, { conceptCount, findConcepts }: Vocabulary, groups: Features): void {
  const met: number[] = [];
  findConcepts(text, (concept, at) => {
    met.push(concept);
    count(groups[SUMMARY_CONCEPTS] as Map<number, number>, mix(mix(104, Math.floor((at * 3) / SUMMARY_LENGTH)), concept));
  });
  for (const [i, concept] of met.entries()) for (let j = i + 1; j < Math.min(met.length, i + 4); j++) count(groups[SUMMARY_PAIRS] as Map<number, number>, mix(105, concept * conceptCount + (met[j] as number)));
}

const SIGN_PATTERNS = [/\d(?:\.\d+)?b\b/, /[$€£¥]|\d\s*[亿万]?(?:美元|元|欧元)/, /\d%/, /\?/, /!/, /["「『《“]/, /:/, /v\d|\d\.\d/, /^[\x20-\x7e]+$/, /^[\w.-]+\/[\w.-]+/, /^[\w .-]+$/, /⭐|\bstars?\b|星标/];

/** Sizes, sums, percentages, quotes, the look of a repository's name, and lengths. */
function countSigns(head: string, body: string, into: Map<number, number>): void {
  for (const [i, pattern] of SIGN_PATTERNS.entries()) {
    if (pattern.test(head)) count(into, mix(106, i));
    if (pattern.test(body)) count(into, mix(107, i));
  }
  count(into, mix(108, Math.min(5, Math.floor(head.length / 12))));
  count(into, mix(109, Math.min(6, Math.floor(Math.sqrt(body.length) / 3))));
}
