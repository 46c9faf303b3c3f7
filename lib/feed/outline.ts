// A body's outline: which heading is a section's, which is a story's, and what stands under each.
import { type Block, markdownOf, type Run, textOf } from './block.ts';
import { numberOf } from './lead.ts';

type Heading = Block & { kind: 'heading' };

/** A heading with what stands under it, up to the next; the first has no heading. */
export interface Section {
  heading: Heading | null;
  /** 0 without a heading, 7 for a paragraph that is nothing but bold. */
  level: number;
  /** The name of the section: of a story, the section it stands in. */
  name: string;
  /** The heading is a story's own title. */
  story: boolean;
  /** Its heading (`self`), or the heading of a section around it, announces that nothing in it is a story: an overview, a sponsor. */
  pointer: 'self' | 'around' | null;
  body: Block[];
}

/** Longest heading that is read as the name of a section. */
const MAX_SECTION = 60;
/** Level of a paragraph that is nothing but bold: below every real heading. */
const BOLD = 7;
/** Fewer headings of one shape show no pattern. */
const MIN_ALIKE = 2;
/** Share of linked headings among those of their level that makes an unlinked one between them a story too. */
const LINKED_SHARE = 0.8;

/** Headings, whole but for emoji and punctuation, under which nothing is told. */
const POINTER = /^(?:(?:ai|今日|本期|本日|内容|每日|快速|daily|today'?s?|quick)\s*)*(?:概览|概要|概述|摘要|目录|导读|导航|速览导航|要点|必读|overview|summary|contents|table of contents|toc|tl;?\s?dr|highlights|navigation|at a glance|in this issue|sommaire|résumé|目次|概要一覧)$/iu;
const PROMOTION = /赞助|广告|推广|如何订阅|订阅方式|关注我们|联系我们|加入我们|关于我们|友情链接|往期|相关阅读|常见问题|相关问题|sponsor|advertis|subscribe|newsletter|follow us|about us|related (?:posts|reading)|previous issues|\bfaq\b/iu;
const SOURCE = /^[^\p{L}]{0,4}(?:信息|新闻|数据|原文|文章)?(?:来源|原文|出处|链接|阅读原文|详情|地址|sources?|via|links?|read more|original|出典)(?:\s*(?:链接|地址|link))?[^\p{L}:：]{0,4}[:：]/iu;

/** True for a line that only says where something is from, with its link. */
export const isSource = (runs: readonly Run[]): boolean => runs.some((run) => run.href) && SOURCE.test(textOf(runs));

/** `own`: whether an address belongs to the digest's own site; a heading linked there is a section's. */
export function outline(blocks: readonly Block[], own: (href: string) => boolean): Section[] {
  const parts = split(gatherNumbered(blocks.map(readBold)));
  const stories = storyHeadings(parts, own);
  const sections: Section[] = [];
  let name = '';
  let pointer: Section['pointer'] = null;
  let pointerLevel = 0;
  let open: Section | null = null;
  for (const part of parts) {
    const { heading, level } = part;
    if (!heading) sections.push({ ...part, name, story: false, pointer });
    else if (stories.has(part)) {
      if (level <= pointerLevel) pointer = null;
      open = { ...part, name, story: true, pointer };
      sections.push(open);
    } else if (open && level > open.level) append(open.body, [heading, ...part.body]); // a part of the story
    else {
      open = null;
      const text = textOf(heading.runs);
      if (level < BOLD || !name) name = text.slice(0, MAX_SECTION);
      if (isPointing(text)) {
        pointer = 'self';
        pointerLevel = level;
      } else if (level <= pointerLevel || !pointer) pointer = null;
      else pointer = 'around';
      sections.push({ ...part, name, story: false, pointer });
    }
  }
  return sections;
}

const isPointing = (text: string) => {
  const words = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return POINTER.test(words) || (words.length <= 24 && PROMOTION.test(words));
};

interface Part {
  heading: Heading | null;
  level: number;
  body: Block[];
}

function split(blocks: readonly Block[]): Part[] {
  const parts: Part[] = [{ heading: null, level: 0, body: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') parts.push({ heading: block, level: block.level, body: [] });
    else parts.at(-1)?.body.push(block);
  }
  return parts;
}

/** Headings that are the titles of stories: linked; numbered in a row; followed by a source line; or unlinked among linked ones. */
function storyHeadings(parts: readonly Part[], own: (href: string) => boolean): Set<Part> {
  const stories = new Set<Part>();
  const linked = parts.filter(({ heading }) => heading && isLinked(heading, own));
  for (const part of linked) stories.add(part);
  for (const level of new Set(linked.map((part) => part.level))) {
    const first = parts.findIndex((part) => part.level === level && stories.has(part));
    const last = parts.findLastIndex((part) => part.level === level && stories.has(part));
    const alike = parts.slice(first, last + 1).filter((part) => part.level === level);
    if (alike.filter((part) => stories.has(part)).length < Math.max(MIN_ALIKE, alike.length * LINKED_SHARE)) continue;
    for (const part of alike) if (part.heading && part.body.some((block) => block.kind === 'paragraph')) stories.add(part);
  }
  for (const level of new Set(parts.map((part) => part.level))) {
    const numbered = parts.filter((part, i) => part.heading && part.level === level && numberOf(textOf(part.heading.runs)) > 0 && !stories.has(part) && !holdsStories(part, parts[i + 1], stories));
    if (numbered.length >= MIN_ALIKE && numbered.some((part) => part.heading && numberOf(textOf(part.heading.runs)) === 1)) for (const part of numbered) stories.add(part);
    const marked = parts.filter((part) => part.heading && part.level === level && /\s#\d{1,3}$/.test(textOf(part.heading.runs))); // "title #3"
    if (marked.length >= MIN_ALIKE) for (const part of marked) stories.add(part);
    const sourced = parts.filter((part) => part.heading && part.level === level && !stories.has(part) && part.body.some(holdsSource) && !part.body.some(isListOfSourced));
    if (sourced.length >= MIN_ALIKE) for (const part of sourced) stories.add(part);
  }
  return stories;
}

function isLinked({ runs }: Heading, own: (href: string) => boolean): boolean {
  const at = runs.findIndex((run) => run.href);
  const href = runs[at]?.href;
  if (!href || own(href)) return false;
  const before = textOf(runs.slice(0, at));
  return before.length <= 12 && !/\p{L}{5,}/u.test(before) && !/^\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?$/.test(textOf(runs)); // a digest's date is not a story
}

/** A numbered heading over stories is a section. */
function holdsStories(part: Part, next: Part | undefined, stories: ReadonlySet<Part>): boolean {
  if (next && next.level > part.level && next.level < BOLD && (stories.has(next) || numberOf(textOf(next.heading?.runs ?? [])) > 0)) return true;
  return part.body.some((block) => block.kind === 'list' && block.items.length >= MIN_ALIKE && (block.ordered || isListOfSourced(block)));
}

const holdsLink = (block: Block): boolean => (block.kind === 'list' ? block.items.some((item) => item.some(holdsLink)) : block.runs.some((run) => run.href));
const holdsSource = (block: Block): boolean => (block.kind === 'list' ? block.items.some((item) => item.some(holdsSource)) : isSource(block.runs));
/** A list most of whose items have a link of their own. */
const isListOfSourced = (block: Block): boolean => block.kind === 'list' && block.items.length >= MIN_ALIKE && block.items.filter((item) => item.some(holdsLink)).length * 2 > block.items.length;

/** A paragraph that is nothing but bold is a heading to its reader. */
function readBold(block: Block): Block {
  if (block.kind !== 'paragraph') return block;
  const markdown = markdownOf(block.runs).trim();
  if (markdown.length > 300 || !/^(?:\*\*|__)/.test(markdown)) return block;
  const sign = markdown.slice(0, 2);
  const end = markdown.indexOf(sign, 2);
  return end > 2 && /^[:：]?$/.test(markdown.slice(end + 2)) ? { kind: 'heading', level: BOLD, runs: block.runs } : block;
}

const NUMBERED = /^\s*(?:\d{1,3}[、．]|[（(]\d{1,3}[)）]|[①-⑳])/u;

/** Lines numbered "1、", which no Markdown reads as a list, become one. What follows a line up to the next belongs to it. */
function gatherNumbered(blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  let list: (Block & { kind: 'list' }) | null = null;
  let loose: Block[] = []; // after the last numbered line; part of its item once another follows
  const close = () => {
    if (list && list.items.length < MIN_ALIKE) append(out, list.items.flat());
    else if (list) out.push(list);
    append(out, loose);
    list = null;
    loose = [];
  };
  for (const block of blocks) {
    const lines = block.kind === 'paragraph' ? splitLines(block.runs) : [];
    if (lines[0] && NUMBERED.test(textOf(lines[0]))) {
      list ??= { kind: 'list', ordered: true, items: [] };
      append(list.items.at(-1) ?? [], loose);
      loose = [];
      for (const runs of lines) list.items.push([{ kind: 'paragraph', runs }]);
    } else if (list && block.kind !== 'heading') loose.push(block);
    else {
      close();
      out.push(block);
    }
  }
  close();
  return out;
}

/** One by one: a call takes no more than about 100,000 arguments. */
function append(blocks: Block[], more: readonly Block[]): void {
  for (const block of more) blocks.push(block);
}

/** A paragraph's runs, parted before each line that begins with a number. */
function splitLines(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    if (run.href || !run.text.includes('\n')) {
      lines.at(-1)?.push(run);
      continue;
    }
    const texts = run.text.split(/(?<=\n)/);
    for (const [i, piece] of run.markdown.split(/(?<=\n)/).entries()) {
      const text = texts[i] ?? piece;
      const begins = NUMBERED.test(text) && (i > 0 || lines.at(-1)?.at(-1)?.text.endsWith('\n'));
      if (begins) lines.push([]);
      lines.at(-1)?.push({ text, markdown: piece });
    }
  }
  return lines;
}
