// Markdown to marked's tokens, in bounded time: its search for the ends of emphasis is quadratic, its nesting recursive.
import { Lexer, type MarkedOptions, type Token } from 'marked';

/** Work that one paragraph may cause: its length times the signs that may open something (about 1 ns each). A paragraph of 20,000 characters may have 2,500. */
const MAX_STEPS = 5e7;
/** Work that all of a document's may cause together. */
const MAX_TOTAL = 1e9;
/** Emphasis and links within each other, deeper than any publisher means. */
const MAX_DEPTH = 32;
const SIGNS = /[*_~`[\]<!]/g;
/** Quotes and lists opened within each other on one line, deeper than any publisher means: marked recurses for each. */
const NESTED = /^(?:[ \t]{0,8}(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){32,}/gm;

class BoundedLexer extends Lexer {
  private spent = 0;
  private depth = 0;

  /** What would cost too much is read line by line, and a line that does is text as it stands: nothing is lost but its emphasis. */
  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    const steps = source.length * (source.match(SIGNS)?.length ?? 0);
    if (steps <= MAX_STEPS && this.spent + steps <= MAX_TOTAL && this.depth < MAX_DEPTH) {
      this.spent += steps;
      this.depth++;
      try {
        return super.inlineTokens(source, tokens);
      } finally {
        this.depth--;
      }
    }
    const lines = this.depth < MAX_DEPTH ? source.split('\n') : [source];
    for (const [i, line] of lines.entries()) {
      if (i > 0) tokens.push(plain('\n'));
      if (lines.length > 1) this.inlineTokens(line, tokens);
      else tokens.push(plain(line));
    }
    return tokens;
  }
}

const plain = (raw: string): Token => ({ type: 'text', raw, text: raw, escaped: false });

/** The tokens of a source (GFM); where it nests too deep for the stack, its paragraphs as they stand. Never throws. */
export function lexMarkdown(source: string, extensions?: MarkedOptions['extensions']): Token[] {
  const text = source.replaceAll('\u0000', '').replace(NESTED, '> ');
  try {
    return new BoundedLexer({ gfm: true, ...(extensions && { extensions }) }).lex(text);
  } catch {
    return text.split(/\n{2,}/).map((raw) => ({ type: 'paragraph', raw, text: raw }));
  }
}
