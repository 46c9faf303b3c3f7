// Finds the stories in a digest's body, whatever shape it tells them in.
import { namesOtherHost, withHost } from '../host.ts';
import { hostOf, isXPage, normaliseLink } from '../link.ts';
import type { Story } from '../model/item.ts';
import { readPostLink } from '../model/post.ts';
import { stripHidden } from '../text.ts';
import { hasAuthor, readByline } from './author.ts';
import { type Block, type Card, joinLines, markdownOf, type Run, textOf } from './block.ts';
import { leadOf, tidyTitle } from './lead.ts';
import { isSource, outline, type Section } from './outline.ts';
import { nameOf, shorten } from './wording.ts';

/** A story before it has an identity and a place. Where the digest links nothing for it, `url` is the digest's own. */
export interface FoundStory extends Omit<Story, 'id' | 'position'> {
  /** It has words of its own beside its link: it is told, not merely listed. */
  told: boolean;
}

interface Found {
  title: string;
  /** Empty where the digest links nothing for it. */
  url: string;
  rest: string;
  more: string[];
  links: string[];
  section: string;
  /** Which list of the body it stands in; a story of its own heading is a list of one. */
  list: number;
  /** The summary, where title and text are one and no byline is to be read. */
  told?: string;
  /** It has a heading of its own, and so is no sign, wherever it leads. */
  headed?: true;
  /** Its title is not its link's text. */
  apart?: boolean;
}

/** Fewer stories than this do not show what a body's other lists are. */
const MIN_TOLD = 2;
/** Fewer repeated cards or paragraphs than this show no shape. */
const MIN_REPEATED = 3;
/** Share of a body's text that lists without a title's link must make up, to be the digest rather than a part of an article. */
const LIST_SHARE = 0.5;
/** Numbered lists that link nothing are a digest under so many headings; under fewer they are an article's steps. */
const MIN_SECTIONS = 3;

/**
 * The stories of a body, in reading order. `base` is the address of the page or feed; `cards` are the page's repeated elements.
 *
 * Shapes, surest first: headings that are linked, numbered or followed by a source line; lists and tables whose items begin
 * with a link. Only where these are few: lists whose items tell first and link after; numbered lists under headings that link
 * nothing; paragraphs with a link each; a page's cards.
 * Not stories are: what stands under a heading that announces an overview, a sponsor or a way to subscribe; a list item that is
 * nothing but a link to the same site; beside told stories, a list that only leads around the site (related posts) or only
 * names places to go (footers); and an overview's link to a story that is told further down.
 */
export function findStories(blocks: readonly Block[], base: string, cards: readonly Card[] = []): FoundStory[] {
  const parts = outline(blocks, (href) => sameSite(href, base));
  const within = (part: Section) => part.pointer === null;
  let stories = findIn(parts, within, base);
  // Where that leaves nothing, sections that merely stand under such a heading hold the stories.
  if (stories.length < MIN_TOLD) stories = longer(findIn(parts, (part) => part.pointer !== 'self', base), stories);
  const dealt = fromCards(cards, base);
  if (dealt.length >= MIN_REPEATED && dealt.length > stories.length * 2) stories = dealt;
  const tops = new Set(parts.filter((part) => part.level === 1).map((part) => part.name));
  // Stories under one <h1> alone: that is the digest's title.
  const under = stories.filter((story) => tops.has(story.section));
  if (new Set(under.map((story) => story.section)).size === 1) for (const story of under) story.section = '';
  return finish(stories, base);
}

const longer = <T>(a: T[], b: T[]) => (a.length > b.length ? a : b);

/** The stories of the sections that may hold some. */
function findIn(parts: readonly Section[], may: (part: Section) => boolean, base: string): Found[] {
  const led: Found[] = [];
  const open: Found[] = [];
  const elsewhere: Found[] = []; // in sections that may not: links at the foot
  for (const [at, part] of parts.entries()) {
    const list = at * LISTS_A_PART;
    if (part.story && may(part)) led.push({ ...fromHeading(part), list, headed: true });
    for (const [i, block] of part.story ? [] : part.body.entries()) {
      if (block.kind !== 'list') continue;
      const found = readList(block, part.name, list + 1 + i);
      const into = !may(part) ? elsewhere : isLed(block) ? led : open;
      for (const story of found) into.push(story); // one by one: a call takes no more than about 100,000 arguments
    }
  }
  if (open.every((story) => !story.url) && linkFromFoot(open, [...led, ...elsewhere], base)) return open;
  const stated = withoutSigns(led, base);
  let stories = stated;
  if (stated.length < open.length && isDigestList(open, parts.filter(may))) stories = inOrder([...stated, ...open]);
  if (stories.length < MIN_TOLD) {
    const paragraphs = parts.filter((part) => may(part) && !part.story).flatMap((part, i) => fromParagraphs(part, i)).filter((story) => !sameSite(story.url, base));
    if (paragraphs.length >= MIN_REPEATED) stories = longer(paragraphs, stories);
  }
  const unlinked = stories.filter((story) => !story.url);
  return linkFromFoot(unlinked, [...led, ...elsewhere], base) ? unlinked : stories;
}

/** More lists than any section has, for numbers that keep reading order. */
const LISTS_A_PART = 10_000;

const inOrder = (found: Found[]) => found.toSorted((a, b) => a.list - b.list);

/** Leaves out what points to stories or places instead of telling a story. */
function withoutSigns(found: Found[], base: string): Found[] {
  const own = (story: Found) => sameSite(story.url, base);
  const told = found.filter((story) => !isBare(story));
  const tells = new Set(told.map((story) => story.url && normaliseLink(story.url)));
  const leadsAway = found.filter((story) => !own(story)).length >= MIN_TOLD;
  const lists = [...Map.groupBy(found, (story) => story.list).values()].filter((list) => {
    if (list.every((story) => own(story) && !story.headed)) return !leadsAway;
    return told.length < MIN_TOLD || !list.every((story) => isBare(story) && isLabel(story.title) && !readPostLink(story.url));
  });
  return lists.flat().filter((story) => !isBare(story) || (!own(story) && !tells.has(normaliseLink(story.url))));
}

/** Nothing but a link: no author, no summary. */
const isBare = ({ url, rest, more, told }: Found) => Boolean(url) && !rest.trim() && !told && !more.some((text) => text.trim());

/** "GitHub", "RSS 订阅": the name of a place rather than a headline. */
const isLabel = (title: string) => title.length <= 20 && title.split(' ').length <= 3;

function fromHeading({ heading, body, name }: Section): Omit<Found, 'list'> {
  const runs = heading?.runs ?? [];
  const at = runs.findIndex((run) => run.href);
  const links = linksOf([{ kind: 'paragraph', runs }, ...body]);
  const more = body.map((block) => (block.kind === 'heading' ? `**${textOf(block.runs)}**` : blockMarkdown(block)));
  if (at >= 0) {
    const rest = unwrap(runs, at);
    return { title: tidyTitle(runs[at]?.text ?? ''), url: runs[at]?.href ?? '', rest: hasAuthor(rest) ? rest : '', more, links, section: name };
  }
  return { title: tidyTitle(textOf(runs)), url: sourceOf(body) ?? links[0] ?? '', rest: '', more, links, section: name, told: more.filter((text) => text.trim()).join('\n\n') };
}

/** The stories of a list: each item's first link is its title where the list begins its items so; else its first words are. */
function readList(list: Block & { kind: 'list' }, section: string, at: number): Found[] {
  if (list.table && list.items.length < MIN_REPEATED) return []; // a table for layout
  if (isLed(list)) return list.items.flatMap((item) => fromLedItem(item, section, at) ?? []);
  return list.items.flatMap((item) => (list.ordered || linksOf(item).length ? (fromToldItem(item, section, at) ?? []) : []));
}

const isLed = (list: Block & { kind: 'list' }) => list.items.filter((item) => leadingLink(item) >= 0).length * 2 > list.items.length;

/** Where the link stands that an item begins with; -1 where it begins with something else. */
function leadingLink([first]: readonly Block[]): number {
  if (!first || first.kind === 'list') return -1;
  const at = first.runs.findIndex((run) => run.href);
  return at >= 0 && isLeadIn(textOf(first.runs.slice(0, at))) ? at : -1;
}

function fromLedItem(item: readonly Block[], section: string, list: number): Found | null {
  const at = leadingLink(item);
  const [first, ...others] = item;
  if (at < 0 || first?.kind !== 'paragraph' && first?.kind !== 'heading') return null;
  const link = first.runs[at] as Run;
  return { title: tidyTitle(link.text), url: link.href ?? '', rest: unwrap(first.runs, at), more: others.map(blockMarkdown), links: linksOf(item), section, list };
}

function fromToldItem(item: readonly Block[], section: string, list: number): Found | null {
  const [only] = item;
  if (item.length === 1 && only?.kind === 'list' && only.items.length === 1) return fromToldItem(only.items[0] ?? [], section, list); // "1. 1. title"
  const [first, ...others] = item;
  if (!first || first.kind === 'list') return null;
  const { title, rest } = leadOf(first.runs);
  if (!title) return null;
  const links = linksOf(item);
  const told = [joinLines(rest), ...others.map(blockMarkdown)].filter(Boolean).join('\n\n');
  return { title, url: sourceOf(item) ?? links[0] ?? '', rest: '', more: [], links, section, list, told };
}

/** True where lists that tell before they link are what the body is made of. */
function isDigestList(items: Found[], parts: readonly Section[]): boolean {
  if (items.length < MIN_TOLD) return false;
  const whole = sizeOf(parts.flatMap((part) => part.body));
  const inLists = sizeOf(parts.flatMap((part) => part.body.filter((block) => block.kind === 'list')));
  const linked = items.filter((item) => item.url).length;
  return inLists >= whole * LIST_SHARE && (linked * 2 >= items.length || new Set(items.map((item) => item.section)).size >= MIN_SECTIONS);
}

/** Paragraphs that are a title and its link, or a linked title and its words. */
function fromParagraphs({ body, name }: Section, list: number): Found[] {
  return body.flatMap((block): Found[] => {
    if (block.kind !== 'paragraph') return [];
    const linked = block.runs.filter((run) => run.href);
    const at = block.runs.findIndex((run) => run.href);
    const link = block.runs[at];
    if (!link?.href || linked.length > 3) return [];
    const before = tidyTitle(textOf(block.runs.slice(0, at)).replace(/(?<![\s:：,，—–-])[\s:：,，—–-]+$/u, ''));
    const after = unwrap(block.runs, at);
    const links = linksOf([block]);
    if (isLeadIn(before)) return after.trim().length > link.text.length / 2 ? [{ title: tidyTitle(link.text), url: link.href, rest: after, more: [], links, section: name, list }] : [];
    const last = block.runs.findLastIndex((run) => run.href);
    if (textOf(block.runs.slice(last + 1)).length > 15 || before.length > 200) return [];
    const tag = /^\[([^\]]{1,8})\]\s*/.exec(before); // "[tool] title: link"
    return [{ title: before.slice(tag?.[0].length ?? 0), url: block.runs[last]?.href ?? link.href, rest: '', more: [], links, section: name || (tag?.[1] ?? ''), list, told: '', apart: true }];
  });
}

/** A page's cards, where a good part of them leads away. A title that card after card repeats is a label, not a title. */
function fromCards(cards: readonly Card[], base: string): Found[] {
  const away = cards.filter((card) => linksOf(card.blocks).some((href) => !sameSite(href, base)));
  if (away.length * 3 < cards.length) return [];
  const titleOf = ({ blocks: [first] }: Card) => (first && first.kind !== 'list' ? textOf(first.runs) : '');
  const counts = new Map<string, number>();
  for (const card of cards) counts.set(titleOf(card), (counts.get(titleOf(card)) ?? 0) + 1);
  return cards.flatMap(({ section, blocks }, list): Found[] => {
    const repeated = (counts.get(titleOf({ section, blocks })) ?? 0) >= MIN_REPEATED;
    const [first, ...others] = repeated && blocks.length > 1 ? blocks.slice(1) : blocks;
    if (!first || first.kind === 'list') return [];
    const { title, rest } = leadOf(first.runs);
    const links = linksOf(blocks).filter((href) => !sameSite(href, base));
    return title ? [{ title, url: links[0] ?? '', rest: '', more: [], links, section, list, told: [joinLines(rest), ...others.map(blockMarkdown)].filter(Boolean).join('\n\n') }] : [];
  });
}

/**
 * A digest may keep all its links in one list at the foot: as many as there are stories without one, in their order.
 * True where it did, and the stories have their links.
 */
function linkFromFoot(stories: Found[], led: Found[], base: string): boolean {
  if (stories.length < MIN_TOLD) return false;
  const bare = led.filter((story) => isBare(story) && !sameSite(story.url, base));
  const foot = [...Map.groupBy(bare, (story) => story.list).values()].findLast((list) => list.length === stories.length);
  if (!foot) return false;
  for (const [i, story] of stories.entries()) Object.assign(story, { url: foot[i]?.url, links: foot[i]?.links });
  return true;
}

/** The address of a source line ("来源: [x](url)") among some blocks. */
function sourceOf(blocks: readonly Block[]): string | undefined {
  for (const block of blocks) {
    if (block.kind === 'list') {
      for (const item of block.items) {
        const source = sourceOf(item);
        if (source) return source;
      }
    } else if (isSource(block.runs)) return block.runs.find((run) => run.href)?.href;
  }
  return undefined;
}

/** The Markdown after the link at `at`, without the ends of bold or italics that began before it. */
function unwrap(runs: readonly Run[], at: number): string {
  const open: string[] = [];
  for (const { text, markdown } of runs.slice(0, at)) {
    if (text || !/^[*_~]+$/.test(markdown)) continue;
    if (open.at(-1) === markdown) open.pop();
    else open.push(markdown);
  }
  let rest = markdownOf(runs.slice(at + 1));
  for (const sign of open.reverse()) if (rest.startsWith(sign)) rest = rest.slice(sign.length);
  return rest;
}

/** What may stand before a story's link: numbering, emphasis, an emoji, a short label in brackets. */
function isLeadIn(text: string): boolean {
  return text.length <= 12 && !/[\p{L}]{5,}/u.test(text);
}

function sameSite(href: string, base: string): boolean {
  try {
    return new URL(href).host === new URL(base).host;
  } catch {
    return false;
  }
}

/** Stories of one handle that are compared to find where its author's name ends. */
const MAX_SIBLINGS = 50;

function finish(found: Found[], base: string): FoundStory[] {
  const stories: FoundStory[] = [];
  const rests = new Map<string, string[]>(); // by handle, for authors that share a line with their summary
  for (const { url, rest } of found) {
    const handle = readPostLink(url)?.handle ?? '';
    const alike = rests.get(handle) ?? [];
    if (handle && alike.length < MAX_SIBLINGS) rests.set(handle, alike).get(handle)?.push(rest);
  }
  const seen = new Set<string>();
  for (const { title: written, url: link, rest, more, links, section, told, apart = false } of found) {
    const url = link || base;
    const title = nameOf(written);
    const key = `${normaliseLink(url)} ${title}`;
    if (!title || seen.has(key)) continue; // the same story listed twice in one digest
    seen.add(key);
    const handle = readPostLink(url)?.handle ?? '';
    const posts = [url, ...links].flatMap((href) => readPostLink(href)?.postId ?? []);
    const byline = told === undefined ? readByline(rest, more, handle, rests.get(handle) ?? []) : { author: '', summary: told };
    const worded = { author: honestAuthor(nameOf(byline.author), handle, url), summary: stripHidden(byline.summary), section: nameOf(section) };
    stories.push({ ...shorten({ ...worded, title: link ? withHost(title, url) : title }), url, handle, postIds: [...new Set(posts)], told: apart || Boolean(byline.author || byline.summary || posts.length) });
  }
  return stories;
}

/** An author as surfaces show it in the handle's and the host's place: what it says beside either must be so. */
export function honestAuthor(author: string, handle: string, url: string): string {
  if (!author) return handle && !isXPage(url) ? `@${handle} (${hostOf(url)})` : ''; // a bare handle stands for X
  const said = /^@(\w{1,20})$/.exec(author)?.[1];
  if (said && handle && said.toLowerCase() !== handle.toLowerCase()) return `${author} (@${handle})`;
  return namesOtherHost(author, url) ? `${author} (${hostOf(url)})` : author;
}

function linksOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'list' ? block.items.flatMap(linksOf) : block.runs.flatMap((run) => run.href ?? [])));
}

function sizeOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (block.kind === 'list' ? block.items.reduce((inner, item) => inner + sizeOf(item), 0) : textOf(block.runs).length), 0);
}

function blockMarkdown(block: Block): string {
  if (block.kind === 'list') return block.items.map((item) => `- ${item.map(blockMarkdown).join(' ')}`).join('\n');
  return joinLines(markdownOf(block.runs));
}
