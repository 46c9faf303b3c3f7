// An entry to a digest: finds its stories in the entry's bodies, or in the page it leads to.
import { withHost } from '../host.ts';
import { itemId } from '../link.ts';
import type { Category } from '../model/category.ts';
import type { Digest } from '../model/digest.ts';
import type { Story } from '../model/item.ts';
import { readPostLink } from '../model/post.ts';
import { stripHidden } from '../text.ts';
import type { Body } from './block.ts';
import { dateFromMs, findDate, readDate } from './date.ts';
import { decode } from './decode.ts';
import type { Entry, EntryBody } from './entry.ts';
import { splitFrontMatter } from './frontmatter.ts';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { type Document, isMarkdown } from './parse.ts';
import { findStories, type FoundStory, honestAuthor } from './story.ts';
import { namesOf, titleOf } from './wording.ts';

/** A digest as its entry or page tells it. */
export interface DigestContent {
  /** Without id, feedId and fingerprint, which the feed's poll adds. */
  digest: Omit<Digest, 'id' | 'feedId' | 'fingerprint' | 'itemIds' | 'listed' | 'listedAt' | 'seenAt' | 'soughtAt'>;
  stories: Story[];
  /** True where feed or page say the categories, false where they are the feed's defaults. */
  categoriesNamed: boolean;
}

/** The fewest linked stories that make an entry a digest rather than a story that links somewhere. */
const MIN_STORIES = 2;

/**
 * Reads an entry from its own bodies. Null where they hold no list of stories but the entry leads to a page of its own
 * that may: fetch it and call readDigestPage.
 * `arrivedAt` dates entries without a date; `defaults` are the categories of digests that name none.
 */
export function readEntry(entry: Entry, feedUrl: string, defaults: Category[], arrivedAt: number): DigestContent | null {
  let best: { stories: FoundStory[]; body: ReadBody } | null = null;
  for (const source of entry.bodies) {
    const body = readBody(source, entry.url || feedUrl);
    const stories = findStories(body.blocks, entry.url || feedUrl, body.cards);
    if (stories.length > (best?.stories.length ?? 0)) best = { stories, body };
    if (best && best.stories.length >= MIN_STORIES) break;
  }
  if (best && (best.stories.length >= MIN_STORIES || isSeries(best.stories))) return toDigest(entry, best.stories, best.body, feedUrl, defaults, arrivedAt);
  if (mayHavePage(entry, feedUrl)) return null;
  return readStory(entry, feedUrl, defaults, arrivedAt);
}

/** Reads an entry whose list stands on its page; where the page holds none either, the entry is a story of its own. */
export function readDigestPage(entry: Entry, page: Document, feedUrl: string, defaults: Category[], arrivedAt: number): DigestContent {
  const text = decode(page.bytes, page.contentType).trimStart();
  const markdown = isMarkdown(text.slice(0, 2000), page);
  const body = readBody({ type: markdown ? 'markdown' : 'html', text }, page.url);
  const stories = findStories(body.blocks, page.url, body.cards);
  // An article's page may link places in a list too; a digest tells about them.
  const told = stories.filter((story) => story.told);
  if (told.length < MIN_STORIES && !isSeries(stories)) return readStory(entry, feedUrl, defaults, arrivedAt);
  return toDigest(entry, stories, body, feedUrl, defaults, arrivedAt);
}

/** A digest of one: its only story is an X post. */
const isSeries = (stories: FoundStory[]) => stories.length === 1 && (stories[0]?.postIds.length ?? 0) > 0;

interface ReadBody extends Body {
  /** From front matter inside the body; empty where there is none. */
  matterCategories: string[];
}

function readBody({ type, text }: EntryBody, base: string): ReadBody {
  if (type === 'html') return { ...parseHtml(text, base), matterCategories: [] };
  const { matter, body } = splitFrontMatter(text);
  const parsed = parseMarkdown(body, base);
  return { ...parsed, title: matter?.title || parsed.title, date: matter?.date ?? '', matterCategories: matter?.categories ?? [] };
}

function mayHavePage(entry: Entry, feedUrl: string): boolean {
  if (!entry.url || entry.bodies.some((body) => body.type === 'markdown')) return false; // a raw Markdown file is its own page
  const holdsLinks = entry.bodies.some((body) => /<a\s[^<>]*href|\]\(https?:/i.test(body.text));
  return !holdsLinks && new URL(entry.url).host === new URL(feedUrl).host;
}

function head(entry: Entry, feedUrl: string, body: ReadBody | null, arrivedAt: number) {
  const date = entry.date ?? readDate(body?.date ?? '') ?? findDate(entry.title || body?.title || '') ?? dateFromMs(arrivedAt);
  return { guid: entry.guid, url: entry.url || feedUrl, title: entry.title || titleOf(body?.title ?? ''), publishedAt: date.iso, publishedMs: date.ms };
}

function toDigest(entry: Entry, found: FoundStory[], body: ReadBody, feedUrl: string, defaults: Category[], arrivedAt: number): DigestContent {
  const named = [entry.categories, namesOf(body.matterCategories), namesOf(body.categories)].find((list) => list.length > 0);
  const stories: Story[] = [];
  const ids = new Set<string>();
  const shared = sharedLinks(found);
  const page = itemId(entry.url || feedUrl);
  for (const { told: _, ...story } of found) {
    const link = itemId(story.url);
    // An address that several stories of a digest share, or the digest's own, does not say which story it is.
    const id = link === page || shared.has(link) ? `${link}#${story.title}` : link;
    if (ids.has(id)) continue;
    ids.add(id);
    stories.push({ ...story, id, position: stories.length + 1 });
  }
  return { digest: { ...head(entry, feedUrl, body, arrivedAt), categories: named ?? defaults, kind: 'digest' }, stories, categoriesNamed: Boolean(named) };
}

/** Links, other than posts, under which a digest tells more than one story. */
function sharedLinks(found: readonly FoundStory[]): Set<string> {
  const titles = Map.groupBy(found.filter((story) => !readPostLink(story.url)), (story) => itemId(story.url));
  return new Set([...titles].filter(([, stories]) => stories.length > 1).map(([link]) => link));
}

/** Reads an entry as a story of its own. */
export function readStory(entry: Entry, feedUrl: string, defaults: Category[], arrivedAt: number): DigestContent {
  const info = head(entry, feedUrl, null, arrivedAt);
  // Story feeds tag freely; a tag that is one of the feed's own categories is the one that counts.
  const known = entry.categories.filter((name) => defaults.includes(name));
  const named = known.length ? known : entry.freeTags ? [] : entry.categories;
  const categories = named.length ? named : defaults;
  const digest = { ...info, categories, kind: 'story' as const };
  const categoriesNamed = named.length > 0;
  if (!entry.title && !entry.url) return { digest, stories: [], categoriesNamed };
  const [fullest] = entry.bodies;
  const body = fullest ? readBody(fullest, info.url) : null;
  const runs = body?.blocks.flatMap((block) => (block.kind === 'list' ? [] : [block])) ?? [];
  const links = [info.url, ...runs.flatMap((block) => block.runs.flatMap((run) => run.href ?? []))];
  const posts = storyPosts(links);
  const summary = runs
    .map((block) => block.runs.map((run) => run.markdown).join('').replace(/(?<!\s)\s*\n\s*/g, ' ').trim())
    .filter(Boolean)
    .join('\n\n');
  const story: Story = {
    id: entry.url ? itemId(entry.url) : `guid:${feedUrl} ${entry.guid}`,
    title: entry.title ? (entry.url ? withHost(entry.title, entry.url) : entry.title) : info.url,
    url: info.url,
    postIds: posts.map((post) => post.postId),
    handle: posts[0]?.own ? posts[0].handle : '',
    author: honestAuthor(entry.author, posts[0]?.own ? posts[0].handle : '', info.url),
    summary: stripHidden(summary.slice(0, MAX_STORY_SUMMARY)),
    section: '',
    position: 1,
  };
  return { digest, stories: [story], categoriesNamed };
}

/** A story feed may carry whole articles; the popup shows a summary. */
const MAX_STORY_SUMMARY = 2000;

function storyPosts(links: string[]): { postId: string; handle: string; own: boolean }[] {
  const seen = new Set<string>();
  return links.flatMap((link, i) => {
    const post = readPostLink(link);
    if (!post || seen.has(post.postId)) return [];
    seen.add(post.postId);
    return [{ ...post, own: i === 0 }];
  });
}
