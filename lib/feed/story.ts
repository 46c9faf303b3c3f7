// Finds the stories in a digest's body: the numbered list, or headings with a link each.
import { normaliseLink, readPostLink, type Story } from '../model.ts';
import { hasAuthor, readByline } from './author.ts';
import { type Block, joinLines, markdownOf, type Run, textOf } from './block.ts';

/** A story before it has an identity and a place. */
export type FoundStory = Omit<Story, 'id' | 'position'>;

/** Longest heading that is read as the name of a section. */
const MAX_SECTION = 60;

interface Found {
  title: string;
  url: string;
  rest: string;
  more: string[];
  links: string[];
  section: string;
  /** Which list of the body it stands in; a story of its own heading is a list of one. */
  list: number;
}

/** Fewer stories than this do not show what a body's other lists are. */
const MIN_TOLD = 2;

/**
 * The stories of a body, in reading order. `base` is the address of the page or feed. Not stories are: a list item that
 * is nothing but a link to the same site; beside told stories, a list that only leads around the site (related posts)
 * or only names places to go (footers); and an overview's link to a story that is told further down.
 */
export function findStories(blocks: readonly Block[], base: string): FoundStory[] {
  const found: Found[] = [];
  let section = '';
  let open: Found | null = null; // the story whose linked heading came last
  let level = 0; // of that heading
  let top = false; // the section is an <h1>
  const topped = new Set<Found>();
  for (const [list, block] of blocks.entries()) {
    const before = found.length;
    if (block.kind === 'heading') {
      const story = fromHeading(block, section, base, list);
      if (story) {
        open = story;
        ({ level } = block);
        found.push(story);
      } else if (open && block.level > level) {
        open.more.push(`**${textOf(block.runs)}**`); // a part of the story
        open.links.push(...linksOf([block]));
      } else {
        open = null;
        section = textOf(block.runs).slice(0, MAX_SECTION);
        top = block.level === 1;
      }
    } else if (block.kind === 'list') {
      if (open) {
        open.more.push(...block.items.map((item) => `- ${item.map(blockMarkdown).join(' ')}`));
        open.links.push(...block.items.flatMap((item) => linksOf(item)));
      } else found.push(...block.items.flatMap((item) => fromListItem(item, section, list) ?? []));
    } else if (open) {
      open.more.push(markdownOf(block.runs));
      open.links.push(...linksOf([block]));
    }
    if (top) for (const story of found.slice(before)) topped.add(story);
  }
  const stories = withoutSigns(found, base);
  // Stories under one <h1> alone: that is the digest's title.
  const under = stories.filter((story) => topped.has(story));
  if (new Set(under.map((story) => story.section)).size === 1) for (const story of under) story.section = '';
  return finish(stories);
}

/** Leaves out what points to stories or places instead of telling a story. */
function withoutSigns(found: Found[], base: string): Found[] {
  const own = (story: Found) => sameSite(story.url, base);
  const told = found.filter((story) => !isBare(story));
  const tells = new Set(told.map((story) => normaliseLink(story.url)));
  const leadsAway = found.filter((story) => !own(story)).length >= MIN_TOLD;
  const lists = [...Map.groupBy(found, (story) => story.list).values()].filter((list) => {
    if (list.every(own)) return !leadsAway;
    return told.length < MIN_TOLD || !list.every((story) => isBare(story) && isLabel(story.title) && !readPostLink(story.url));
  });
  return lists.flat().filter((story) => !isBare(story) || (!own(story) && !tells.has(normaliseLink(story.url))));
}

/** Nothing but a link: no author, no summary. */
const isBare = ({ rest, more }: Found) => !rest.trim() && !more.some((text) => text.trim());

/** "GitHub", "RSS 订阅": the name of a place rather than a headline. */
const isLabel = (title: string) => title.length <= 20 && title.split(' ').length <= 3;

function fromHeading(block: { level: number; runs: Run[] }, section: string, base: string, list: number): Found | null {
  const at = block.runs.findIndex((run) => run.href);
  const link = block.runs[at];
  if (!link?.href || sameSite(link.href, base)) return null;
  if (!isLeadIn(textOf(block.runs.slice(0, at)))) return null;
  const rest = unwrap(block.runs, at);
  return { title: tidyTitle(link.text), url: link.href, rest: hasAuthor(rest) ? rest : '', more: [], links: linksOf([{ kind: 'paragraph', runs: block.runs }]), section, list };
}

function fromListItem(item: readonly Block[], section: string, list: number): Found | null {
  const [first, ...others] = item;
  if (!first || first.kind === 'list') return null;
  const at = first.runs.findIndex((run) => run.href);
  const link = first.runs[at];
  if (!link?.href || !isLeadIn(textOf(first.runs.slice(0, at)))) return null;
  const rest = unwrap(first.runs, at);
  const more = others.map(blockMarkdown);
  return { title: tidyTitle(link.text), url: link.href, rest, more, links: linksOf(item), section, list };
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

function finish(found: Found[]): FoundStory[] {
  const stories: FoundStory[] = [];
  const rests = new Map<string, string[]>(); // by handle, for authors that share a line with their summary
  for (const { url, rest } of found) {
    const handle = readPostLink(url)?.handle ?? '';
    if (handle) rests.set(handle, [...(rests.get(handle) ?? []), rest]);
  }
  const seen = new Set<string>();
  for (const { title, url, rest, more, links, section } of found) {
    const key = `${normaliseLink(url)} ${title}`;
    if (!title || seen.has(key)) continue; // the same story listed twice in one digest
    seen.add(key);
    const own = readPostLink(url);
    const handle = own?.handle ?? '';
    const posts = [url, ...links].flatMap((link) => readPostLink(link)?.postId ?? []);
    stories.push({ title, url, handle, section, postIds: [...new Set(posts)], ...readByline(rest, more, handle, rests.get(handle) ?? []) });
  }
  return stories;
}

const tidyTitle = (text: string) => text.replace(/\s+/g, ' ').trim();

function linksOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'list' ? block.items.flatMap(linksOf) : block.runs.flatMap((run) => run.href ?? [])));
}

function blockMarkdown(block: Block): string {
  if (block.kind === 'list') return block.items.map((item) => `- ${item.map(blockMarkdown).join(' ')}`).join('\n');
  return joinLines(markdownOf(block.runs));
}
