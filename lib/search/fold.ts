// Text as search compares it: width, case and needless spaces do not count. Knows where each folded character stood.

/** A text folded for comparison. */
export interface Folded {
  /** NFKC, lower case; runs of white space are one space, none beside Chinese characters; nothing invisible. Holds no line break. */
  text: string;
  /** Places in `text` where a capital follows a small letter: Chat|GPT. A word may be found from there. Ascending. */
  humps: number[];
}

/** A folded text that can be led back: `text[i]` stems from the original's `from[i]` up to `to[i]`, UTF-16 units. */
export interface Placed extends Folded {
  from: number[];
  to: number[];
}

/** Texts whose characters fold one to one, whatever stands beside them, and which know no capitals but A to Z: nearly all Chinese ones. */
const SIMPLE = /^[\t\n\r\x20-\x7e\xa3\xb0\xb7\xd7\u2010-\u2015\u2018-\u201d\u2022\u2190-\u21ff\u25a0-\u27bf\u2b50\u3000-\u3002\u3008-\u3011\u3400-\u9fff\uff01-\uff5e\u{1f300}-\u{1f9ff}]*$/u;

/** Characters that fold together: a base with its marks, half-width kana with theirs, the letters of a Korean syllable. */
const CLUSTER = /[\u1100-\u11ff\uffa0-\uffdc]+\p{M}*|[^][\p{M}\uff9e\uff9f]*/gu;
/** Soft hyphens, joiners, byte order marks, and what asks for an emoji's colour. */
const INVISIBLE = /[\ufe0e-\ufe0f\xad\u200b-\u200d\u2060\ufeff]/g;
const SMALL_AT_END = /\p{Ll}\p{M}*$/u;
const CAPITAL = /^\p{Lu}/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** First of the scripts that put no spaces between words, as far as we care: from here on nothing is a word's letter. */
const IDEOGRAPHS = 0x2e80;

/** Whether a UTF-16 unit is a letter or digit of a script that puts spaces between words; such words are found by their beginnings only. */
export function isWordCode(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a);
  if (code >= IDEOGRAPHS || (code >= 0x0e00 && code < 0x0f00) || (code >= 0x1100 && code < 0x1200)) return false; // Thai and Korean letters too
  return LETTER.test(String.fromCharCode(code));
}

/** Folds a text. */
export function fold(text: string): Folded {
  const visible = text.replace(INVISIBLE, '');
  const { lower, humps } = SIMPLE.test(visible) ? foldSimple(visible) : foldClusters(text, null);
  return closeSpaces(lower, humps, null);
}

/** Folds a text and tells where each character stood; slower. */
export function foldPlaced(text: string): Placed {
  const places = { from: [] as number[], to: [] as number[] };
  const { lower, humps } = foldClusters(text, places);
  const kept = { from: [] as number[], to: [] as number[] };
  const folded = closeSpaces(lower, humps, (i) => {
    kept.from.push(places.from[i] as number);
    kept.to.push(places.to[i] as number);
  });
  return { ...folded, ...kept };
}

const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a;

interface Lowered {
  lower: string;
  humps: number[];
}

function foldSimple(text: string): Lowered {
  const wide = text.normalize('NFKC');
  const lower = wide.toLowerCase();
  const humps: number[] = [];
  // Where a character has changed it was a capital, A to Z.
  for (let i = 1; i < wide.length; i++) if (wide.charCodeAt(i) !== lower.charCodeAt(i) && isSmall(wide.charCodeAt(i - 1))) humps.push(i);
  return { lower, humps };
}

function foldClusters(text: string, places: { from: number[]; to: number[] } | null): Lowered {
  let lower = '';
  const humps: number[] = [];
  let small = false;
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const code = cluster.charCodeAt(0);
    let piece = cluster;
    if (cluster.length === 1 && (isSmall(code) || (code >= 0x3400 && code < 0xa000))) small = isSmall(code); // folds to itself
    else {
      const wide = cluster.normalize('NFKC').replace(INVISIBLE, '');
      if (small && CAPITAL.test(wide)) humps.push(lower.length);
      if (wide) small = SMALL_AT_END.test(wide);
      piece = wide.toLowerCase().replaceAll('ς', 'σ');
    }
    lower += piece;
    if (places)
      for (let i = 0; i < piece.length; i++) {
        places.from.push(index);
        places.to.push(index + cluster.length);
      }
  }
  return { lower, humps };
}

/** Makes every run of white space one space, or none at either end of the text or beside an ideograph: authors write `AI 模型` and `AI模型`. */
function closeSpaces(lower: string, humps: number[], keep: ((i: number) => void) | null): Folded {
  let text = '';
  let done = 0;
  let hump = 0;
  const moved: number[] = [];
  const take = (until: number): void => {
    for (; hump < humps.length && (humps[hump] as number) < until; hump++) moved.push((humps[hump] as number) - done + text.length);
    if (keep) for (let i = done; i < until; i++) keep(i);
    text += lower.slice(done, until);
    done = until;
  };
  if (!keep && !/\s/.test(lower)) return { text: lower, humps };
  for (const { 0: space, index } of lower.matchAll(/\s+/g)) {
    take(index);
    const end = index + space.length;
    if (index > 0 && end < lower.length && lower.charCodeAt(index - 1) < IDEOGRAPHS && lower.charCodeAt(end) < IDEOGRAPHS) {
      text += ' ';
      keep?.(index);
    }
    done = end;
  }
  take(lower.length);
  return { text, humps: moved };
}
