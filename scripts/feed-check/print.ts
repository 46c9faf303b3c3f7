// A feed's report as plain text.
import { plural } from '../../lib/i18n.ts';
import { readPostLink } from '../../lib/model/post.ts';
import { type CheckedEntry, type FeedReport, isUnread } from './examine.ts';
import { type Finding, formatBytes, percent, shorten } from './findings.ts';
import type { Serving } from './source.ts';

/** Stories shown unless all are asked for: a few digests. */
const SHOWN_STORIES = 60;
const TITLE_LENGTH = 72;

/** The report, what was found, and a last line that says what it comes to. `all`: every story, however many. */
export function printReport(report: FeedReport, findings: readonly Finding[], { all = false }: { all?: boolean } = {}): string {
  const of = (level: Finding['level']) => findings.filter((finding) => finding.level === level).map(({ text }) => text);
  const problems = of('problem');
  return [
    head(report),
    list(report, all ? Infinity : SHOWN_STORIES),
    bullets('Problems: readers lose items or text', problems),
    bullets('Could be better', of('advice')),
    problems.length ? `${plural(problems.length, 'problem', 'problems')}.` : isUnread(report) ? 'No problem found, but no story was read either.' : 'Nothing is lost: the extension reads this feed.',
  ]
    .filter(Boolean)
    .join('\n\n');
}

const bullets = (title: string, texts: readonly string[]) => (texts.length ? `${title}\n${texts.map((text) => `  - ${text}`).join('\n')}` : '');

function head({ source, format, charset, feed, entries, rhythm, askedInterval }: FeedReport): string {
  const { document, serving, name, foundOn } = source;
  const stories = entries.flatMap((entry) => entry.stories);
  const digests = entries.filter(({ digest }) => digest?.kind === 'digest').length;
  const single = entries.filter(({ digest }) => digest?.kind === 'story').length;
  const posts = new Set(stories.flatMap(({ postIds }) => postIds)).size;
  const kinds = [digests && plural(digests, 'digest', 'digests'), single && plural(single, 'single story', 'single stories')].filter(Boolean).join(' and ');
  return [
    foundOn ? `${foundOn} is a web page that announces a feed:` : '',
    `${name}${serving ? '' : `, read as if published at ${document.url}`}`,
    `${format ?? 'unknown format'}, ${charset.used}, ${formatBytes(document.bytes.length)}${feed.title ? `, “${feed.title}”` : ''}`,
    `${plural(entries.length, 'entry', 'entries')}${kinds ? ` → ${kinds}` : ''} → ${plural(stories.length, 'story', 'stories')}, ${plural(posts, 'post', 'posts')} on X`,
    serving ? `served: ${servingLine(serving)}` : '',
    `polled: ${rhythm ? `by its rhythm, ${rhythmLine(rhythm.period, rhythm.slots)}` : 'every half hour (its dates show no rhythm)'}${askedInterval ? `; it asks for ${plural(Math.round(askedInterval / 60_000), 'minute', 'minutes')} between polls` : ''}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function servingLine({ hops, etag, lastModified, cacheControl, compression, second }: Serving): string {
  const again = { notModified: '304', same: 'the whole document again', changed: 'another document', failed: 'an error' }[second.answer];
  return [`ETag ${etag ? 'yes' : 'no'}`, `Last-Modified ${lastModified ? 'yes' : 'no'}`, `a second request got ${again}`, `Cache-Control ${cacheControl ?? 'none'}`, compression ?? 'uncompressed', ...(hops.length ? [plural(hops.length, 'redirect', 'redirects')] : [])].join(', ');
}

const DAY = 86_400_000;
const MOST_TIMES = 6;

/** A rhythm as "every 4 hours (00:10, 04:10, … UTC)". */
function rhythmLine(period: number, slots: readonly number[]): string {
  if (period > DAY) return `weekly (${slots.map((ms) => `${new Date(ms).toUTCString().slice(0, 3)} ${clock(ms)}`).join(', ')} UTC)`;
  const times = Array.from({ length: DAY / period }, (_, i) => slots.map((ms) => clock(i * period + ms))).flat();
  const hours = period / 3_600_000;
  return `${hours === 24 ? 'daily' : hours === 1 ? 'every hour' : `every ${hours} hours`} (${times.slice(0, MOST_TIMES).join(', ')}${times.length > MOST_TIMES ? ', …' : ''} UTC)`;
}

const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);

function list({ entries }: FeedReport, most: number): string {
  const lines: string[] = [];
  let left = most;
  let hidden = 0;
  for (const [i, checked] of entries.entries()) {
    if (left <= 0) {
      hidden++;
      continue;
    }
    lines.push(...entryLines(checked, i + 1, left));
    left -= Math.max(checked.stories.length, 1);
  }
  if (hidden) lines.push(`… and ${plural(hidden, 'entry', 'entries')} more (--all shows them)`);
  if (entries.some(({ stories }) => stories.some(({ categorySource }) => categorySource === 'classifier'))) lines.push('(A share after a category: it is guessed from the text, and how probable it is.)');
  return lines.join('\n');
}

function entryLines(checked: CheckedEntry, number: number, most: number): string[] {
  const { entry, digest, stories, from, fault, categoriesNamed } = checked;
  const title = shorten(entry.title || digest?.title || '(no title)', TITLE_LENGTH);
  const date = entry.date?.iso ?? (digest && from === 'page' ? digest.publishedAt : 'no date');
  const id = entry.guid === entry.url ? 'id is its link' : `id ${shorten(entry.guid, 60)}`;
  const [only] = stories;
  if (digest?.kind === 'story' && only) return [`${number}. ${title}`, `   ${[date, 'a story', target(only, digest), categoryOf(only), id].join(' · ')}`];
  const what = fault ? 'its page cannot be read' : from === 'unread' ? 'its page was not read' : `digest of ${plural(stories.length, 'story', 'stories')}${from === 'page' ? ', from its page' : ''}`;
  const categories = digest ? [`${digest.categories.join(', ')} (${categoriesNamed ? 'its own' : 'built in'})`] : [];
  const shown = stories.slice(0, most).map((story) => `   ${number}.${story.position}  ${[categoryOf(story), target(story, digest), shorten(story.title, TITLE_LENGTH), story.author && `by ${shorten(story.author, 30)}`].filter(Boolean).join(' · ')}`);
  const rest = stories.length - shown.length;
  return [`${number}. ${title}`, `   ${[date, what, id].join(' · ')}`, ...categories.map((line) => `   ${line}`), ...shown, ...(rest > 0 ? [`   … and ${plural(rest, 'story', 'stories')} more (--all shows them)`] : [])];
}

type CheckedStory = CheckedEntry['stories'][number];

/** Where a story leads: its posts, else its address; nowhere where that is its digest's own. */
function target({ url, postIds }: CheckedStory, digest: CheckedEntry['digest']): string {
  const post = readPostLink(url) !== null;
  const address = post ? '' : digest?.kind === 'digest' && url === digest.url ? 'no link' : shorten(url.replace(/^https?:\/\//, ''), 60);
  return [address, postIds.length ? `X ${postIds.join(' ')}` : ''].filter(Boolean).join(' ');
}

/** A category, and in brackets how it was come by: a share says that it was guessed, and how surely. */
function categoryOf({ category, categorySource, confidence }: CheckedStory): string {
  if (categorySource === 'feed') return `${category} (named)`;
  if (categorySource === 'section') return `${category} (heading)`;
  return `${category} (${confidence === null ? 'words' : percent(confidence)})`;
}
