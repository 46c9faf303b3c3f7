// A document's body as blocks of text runs: what Markdown and HTML have in common, and all that finding stories needs.

/** A piece of text, linked or not. `markdown` is how it reads in a summary; `text` is what a person sees. */
export interface Run {
  text: string;
  markdown: string;
  /** Absolute http(s) address. */
  href?: string;
}

/** A piece of a body, with its text as runs. */
export type Block =
  | { kind: 'heading'; level: number; runs: Run[] }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'list'; ordered: boolean; /** Its items are rows. */ table?: true; items: Block[][] };

/** One of a page's elements that look alike and stand side by side. */
export interface Card {
  /** The heading it stands under. */
  section: string;
  blocks: Block[];
}

/** A body read into blocks, with what its page says about itself. */
export interface Body {
  blocks: Block[];
  /** Names of category links; empty where the page has none. */
  categories: string[];
  title: string;
  /** From <time datetime>; empty where there is none. */
  date: string;
  /** Repeated elements of a page; none in Markdown. */
  cards: Card[];
}

/** What a person sees of some runs, white space folded. */
export function textOf(runs: readonly Run[]): string {
  return runs
    .map((run) => run.text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The Markdown of some runs; line breaks of the source are kept as \n. */
export function markdownOf(runs: readonly Run[]): string {
  return runs.map((run) => run.markdown).join('');
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** Joins the lines of a paragraph as a reader would: a blank between Latin words, nothing between Chinese characters. */
export function joinLines(markdown: string): string {
  return markdown
    .replace(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n') // looked for where blanks begin only: else quadratic in them
    .trim()
    .replace(/(.)\n+(?=(.))/gsu, (_, before: string, after: string) => (CJK.test(before) && CJK.test(after) ? before : `${before} `))
    .replace(/\n+/g, ' ');
}
