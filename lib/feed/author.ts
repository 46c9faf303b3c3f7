// "title - author" and the summary after it, which a theme may have put on one line.
import { joinLines } from './block.ts';

/** An author's name, and the words after it. */
export interface Byline {
  author: string;
  /** Markdown, one line. */
  summary: string;
}

/** What parts a title from its author: a dash and a blank. */
const DASH = /^\s*[-–—]{1,2}(?:[^\S\n]+|(?=\n|$))/;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Longer than any display name (X allows 50 characters). */
const MAX_AUTHOR = 60;

/** True for Markdown after a title that goes on with an author. */
export const hasAuthor = (rest: string): boolean => DASH.test(rest);

/**
 * Reads the Markdown that follows a story's linked title. `more` is what stands in further paragraphs.
 * Authors hold commas, brackets and hyphens, so the line break ends them; where it was lost, see guessAuthor.
 */
export function readByline(rest: string, more: string[], handle: string, siblings: string[]): Byline {
  const dash = DASH.exec(rest);
  const further = more.map(joinLines).filter(Boolean);
  if (!dash) return { author: '', summary: [joinLines(rest.replace(/^[\s:：。.,，、|—–-]+/u, '')), ...further].filter(Boolean).join('\n\n') };
  const after = rest.slice(dash[0].length).trim();
  const line = after.search(/\n/);
  if (line >= 0 && line <= MAX_AUTHOR * 2) return { author: clean(after.slice(0, line)), summary: [joinLines(after.slice(line)), ...further].filter(Boolean).join('\n\n') };
  if (further.length && after.trim().length <= MAX_AUTHOR) return { author: clean(after), summary: further.join('\n\n') };
  let author = guessAuthor(after, handle, siblings.map((s) => s.replace(DASH, '').trim()));
  const alone = /^[^\S\n]*\n/.test(rest.slice(dash[0].length)); // nothing stands behind the dash itself
  if ((alone && author !== after) || /[，。；！？]/.test(author) || !/\p{L}/u.test(author)) author = '';
  return { author: clean(author), summary: [joinLines(after.slice(author.length)), ...further].filter(Boolean).join('\n\n') };
}

/**
 * Where author and summary stand on one line with only a blank between them: the words that other stories of the same
 * handle begin with too; else a Chinese name up to its first blank; else the Latin words before the first that holds
 * Chinese; else those that make up the handle; else the first word. `siblings` are the same text of other stories by this handle.
 */
function guessAuthor(text: string, handle: string, siblings: string[]): string {
  const words = text.split(' ');
  if (text.length <= MAX_AUTHOR && words.length <= 5 && !/[。！？.!?]$|\*\*/.test(text)) return text; // nothing but a name
  const candidates = words.slice(0, 6).map((_, i) => words.slice(0, i + 1).join(' ')).filter((c) => c.length <= MAX_AUTHOR && c.length < text.length);
  const shared = candidates.filter((c) => siblings.some((s) => s !== text && s.startsWith(`${c} `)));
  if (shared.length) return shared.at(-1) ?? '';
  const [first = ''] = words;
  if (CJK.test(first)) return first;
  const chinese = words.findIndex((word) => CJK.test(word) || /[\uff00-\uffef]/.test(word));
  if (chinese > 0 && chinese <= 4) return words.slice(0, chinese).join(' ');
  const letters = (s: string) => s.toLowerCase().replace(/[^a-z0-9]/g, '');
  const own = letters(handle);
  const named = candidates.filter((c) => letters(c).length > 2 && (own.includes(letters(c)) || (own && letters(c).includes(own))));
  return named.at(-1) ?? first;
}

const clean = (author: string) =>
  author
    .replace(/\*\*|`/g, '')
    .replace(/^\[(.*)\]\(.*\)$/, '$1')
    .replace(/\\([\\`[\]()*_#.!-])/g, '$1')
    .trim();
