// The words the trained weights know: folds text to what is compared, and finds the concepts in it.

/** As they stand in the file of weights (scripts/vocabulary.ts says what they are). */
export interface VocabularyWords {
  /** For each concept its words, parted by blanks. */
  concepts: string[];
  /** Traditional characters, each followed by its simplified one. */
  simplified: string;
}

/** What of a text the trained weights know. */
export interface Vocabulary {
  conceptCount: number;
  /** NFKC, lower case, simplified characters; addresses and Markdown's signs are left out, blanks are single. */
  fold(text: string): string;
  /** Calls `found` with the number and place of each concept in a folded text, in reading order; of words that begin at one place the longest counts. */
  findConcepts(text: string, found: (concept: number, at: number) => void): void;
}

interface Entry {
  word: string;
  concept: number;
  /** A Latin word must not go on with a letter, unless it is a stem. */
  whole: boolean;
}

/** Words by their first two characters (or their only one), longest first: few words share two. */
type Index = ReadonlyMap<number, readonly Entry[]>;

const isLatin = (code: number) => (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0x24f);
const keyOf = (first: number, second: number) => (first << 14) ^ second;

/** The vocabulary of a file of weights, ready to be asked. */
export function createVocabulary({ concepts, simplified }: VocabularyWords): Vocabulary {
  const index = toIndex(concepts);
  const plain = new Map((simplified.match(/../g) ?? []).map((pair) => [pair[0] as string, pair[1] as string]));
  const traditional = new RegExp(`[${[...plain.keys()].join('')}]`, 'g');
  return {
    conceptCount: concepts.length,
    fold: (text) =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/https?:\/\/\S+/g, ' ')
        .replace(/[*_`#]+/g, '')
        .replace(traditional, (sign) => plain.get(sign) ?? sign)
        .replace(/\s+/g, ' ')
        .trim(),
    findConcepts: (text, found) => findConcepts(index, text, found),
  };
}

function toIndex(concepts: readonly string[]): Index {
  const index = new Map<number, Entry[]>();
  for (const [concept, list] of concepts.entries())
    for (const written of list.split(' ')) {
      const word = written.replace('*', '').replaceAll('_', ' ');
      const key = keyOf(word.charCodeAt(0), word.length > 1 ? word.charCodeAt(1) : 0);
      const known = index.get(key) ?? [];
      if (known.some((entry) => entry.word === word)) continue;
      known.push({ word, concept, whole: !written.endsWith('*') && isLatin(word.charCodeAt(word.length - 1)) });
      index.set(key, known);
    }
  for (const entries of index.values()) entries.sort((a, b) => b.word.length - a.word.length);
  return index;
}

function findConcepts(index: Index, text: string, found: (concept: number, at: number) => void): void {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const entry = findWord(text, at, index.get(keyOf(code, text.charCodeAt(at + 1)))) ?? findWord(text, at, index.get(keyOf(code, 0)));
    if (entry) found(entry.concept, at);
    let next = at + (entry?.word.length ?? 1);
    // A Latin word matches from its beginning only.
    if (isLatin(code)) while (next < text.length && isLatin(text.charCodeAt(next)) && isLatin(text.charCodeAt(next - 1))) next++;
    at = next;
  }
}

function findWord(text: string, at: number, entries: readonly Entry[] | undefined): Entry | undefined {
  if (entries) for (const entry of entries) if (text.startsWith(entry.word, at) && !(entry.whole && isLatin(text.charCodeAt(at + entry.word.length)))) return entry;
}
