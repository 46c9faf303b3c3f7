// The title of a story that is told before it is linked: the words it begins with.
import { markdownOf, type Run, textOf } from './block.ts';

/** Longest first sentence that is a title by itself, in characters; a longer one is cut at a comma. */
const MAX_TITLE = 80;
/** How much of a text is looked at for its title: keeps the patterns below linear in practice. */
const HEAD = 400;

/** "1. ", "2、", "（3）", and the doubled "1. 1." of generators that number what Markdown numbers again. */
const NUMBER = /^(?:[\s#]*(?:\d{1,3}[.、．)）](?!\d)|[（(]\d{1,3}[)）]|[①-⑳]))+\s*/u;

/** White space folded, numbering and stray emphasis gone. */
export function tidyTitle(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.replace(NUMBER, '').replace(/^\*\*|\*\*$/g, '').trim() || plain;
}

/** Which number a text begins with; 0 where it begins with none. */
export function numberOf(text: string): number {
  const m = NUMBER.exec(text.replace(/^[^\p{L}\p{N}（(]{1,6}/u, ''));
  if (!m) return 0;
  const circled = /[①-⑳]/u.exec(m[0]);
  return circled ? (circled[0].codePointAt(0) ?? 0) - 0x245f : Number(/\d+/.exec(m[0])?.[0] ?? 0);
}

/**
 * Splits a told story into title and rest (Markdown). A bold or bracketed beginning is the title; so is a first line of its
 * own; else the first sentence is, and the rest is the whole text, so that nothing is lost.
 */
export function leadOf(runs: readonly Run[]): { title: string; rest: string } {
  const markdown = markdownOf(runs).trim().replace(NUMBER, '');
  const marked = /^(?:\*\*|__)\[?([^*[\]\n]{2,200}?)\]?(?:\*\*|__)(?=\s*(?:[:：—–\n-]|$))|^\[([^\]\n]{2,200})\](?!\()/u.exec(markdown.slice(0, HEAD));
  if (marked) return { title: tidyTitle(unmark(marked[1] ?? marked[2] ?? '')), rest: markdown.slice(marked[0].length).replace(/^[\s:：—–-]+/u, '') };
  const text = textOf(runs.map((run) => ({ ...run, text: run.text.replace(/\n/g, ' \u2028') }))).replace(NUMBER, '');
  const [line = '', after] = text.split('\u2028', 2);
  if (after?.trim() && line.trim() && line.trim().length <= MAX_TITLE) {
    const at = markdown.indexOf('\n');
    return { title: tidyTitle(line), rest: at < 0 ? '' : markdown.slice(at).trim() };
  }
  const whole = text.replaceAll('\u2028', '').trim();
  const title = firstSentence(whole);
  return { title: tidyTitle(title.replace(/[。.；;]$/u, '')), rest: whole.length > title.length ? markdown : '' };
}

function firstSentence(text: string): string {
  const head = text.slice(0, HEAD);
  const end = /[。！？!?；\n]|\.(?=\s)/u.exec(head);
  const sentence = end ? head.slice(0, end.index + 1) : head;
  if (sentence.length <= MAX_TITLE) return sentence;
  const cut = sentence.slice(0, MAX_TITLE);
  const comma = Math.max(cut.lastIndexOf('，'), cut.lastIndexOf(', '), cut.lastIndexOf('：'));
  if (comma >= MAX_TITLE / 4) return cut.slice(0, comma);
  const blank = cut.lastIndexOf(' ');
  return `${cut.slice(0, blank > MAX_TITLE / 2 ? blank : MAX_TITLE)}…`;
}

const unmark = (markdown: string) => markdown.replace(/`|\\(?=[[\]*_`])/g, '');
