// What is wrong with a feed, or could be better, in sentences for its publisher.
import { decode } from '../../lib/feed/decode.ts';
import { plural } from '../../lib/i18n.ts';
import { type FeedFormat, isLoopback } from '../../lib/feed/parse.ts';
import { OTHER_CATEGORY } from '../../lib/model/category.ts';
import { linkSimilar } from '../../lib/similar.ts';
import { faultWords } from '../../lib/words/fault.ts';
import type { CheckedEntry, FeedReport } from './examine.ts';
import type { Serving } from './source.ts';

/** `problem`: readers lose items or text, now or with a coming edition. `advice`: it works, and could cost less or tell more. */
export interface Finding {
  level: 'problem' | 'advice';
  text: string;
}

const problem = (text: string): Finding => ({ level: 'problem', text });
const advice = (text: string): Finding => ({ level: 'advice', text });

/** Everything there is to say of a feed, problems first. */
export function findFaults(report: FeedReport): Finding[] {
  const { serving } = report.source;
  const all = [...judgeDocument(report), ...judgeEntries(report), ...judgePages(report), ...judgeStories(report), ...judgeCategories(report), ...(serving ? judgeServing(report, serving) : [])];
  return [...all.filter(({ level }) => level === 'problem'), ...all.filter(({ level }) => level === 'advice')];
}

/** A document of this size costs every reader this much each time it changes. */
const LARGE_BYTES = 2 ** 20;

function judgeDocument({ source, feed, charset, format }: FeedReport): Finding[] {
  const { bytes, contentType } = source.document;
  const found: Finding[] = [];
  if (feed.broken === 'truncated') found.push(problem('The document breaks off before its end. What came before is read; whatever came after is lost.'));
  if (feed.broken === 'repaired') found.push(advice('The document is not valid JSON and had to be repaired; other readers may refuse it.'));
  if (feed.skipped) found.push(problem(`${plural(feed.skipped, 'entry is', 'entries are')} broken or empty and left out.`));
  if (feed.entries.length === 0) found.push(problem('The feed lists no entries.'));
  const lost = decode(bytes, contentType).match(/\uFFFD/g)?.length ?? 0;
  if (lost) found.push(problem(`${plural(lost, 'character', 'characters')} cannot be read as ${charset.used} and show as \uFFFD. Serve UTF-8, and declare it.`));
  for (const [where, label] of [['Content-Type', charset.header], ['document', charset.declared]] as const) {
    if (label && !names(label, charset.used)) found.push(advice(`The ${where} says ${label}, the bytes are ${charset.used}: declare what is sent. (The extension read it as ${charset.used}.)`));
  }
  if (bytes.length > LARGE_BYTES) found.push(advice(`The document is large (${formatBytes(bytes.length)}), and every reader downloads it after each change. List fewer entries: those of a few days are enough.`));
  const local = [feed.homepage ?? '', ...feed.entries.map(({ guid }) => guid)].find((link) => isLoopback(link));
  if (local && (!source.serving || !isLoopback(source.document.url))) found.push(advice(`It was built with the address of a development server (${shorten(local, 60)}). The extension takes such links for your own site's; other readers cannot follow them. Build it with the site's address.`));
  if (!feed.title && format !== 'Markdown') found.push(advice('The feed has no title; readers see its host instead.'));
  return found;
}

/** Whether a label stands for the charset; an unknown label for none. */
function names(label: string, charset: string): boolean {
  try {
    return new TextDecoder(label).encoding === charset;
  } catch {
    return false;
  }
}

/** A publisher's clock may run ahead by this much, ms. */
const CLOCK_SLACK = 15 * 60_000;

function judgeEntries({ entries, format, now }: FeedReport): Finding[] {
  const found: Finding[] = [];
  for (const [guid, places] of Map.groupBy(entries.keys(), (i) => entries[i]?.entry.guid ?? '')) {
    if (places.length < 2) continue;
    const [first, ...others] = places.map((i) => entries[i]?.entry);
    const same = others.every((other) => other?.url === first?.url && other?.title === first?.title);
    if (same) found.push(advice(`${listed('Entry', places)} are one entry written ${places.length} times.`));
    else found.push(problem(`${listed('Entry', places)} share the id ${shorten(guid, 80)}: only the newest of them is kept. Give each its own.`));
  }
  const report = (wrong: (checked: CheckedEntry) => boolean, say: (places: string, number: { have: string; are: string; them: string }) => string) => {
    const places = entries.flatMap((checked, i) => (wrong(checked) ? [i] : []));
    if (places.length) found.push(advice(say(listed('Entry', places), places.length > 1 ? { have: 'have', are: 'are', them: 'them' } : { have: 'has', are: 'is', them: 'it' })));
  };
  if (format === 'Markdown' || format === 'web page') report(({ entry }) => !entry.date, (places, { have }) => `${places} ${have} no date in ${format === 'Markdown' ? 'front matter, title or first heading' : 'a time element, title, heading or address'}. The next edition at this address will replace this one instead of following it.`);
  else {
    report(({ entry }) => !entry.url && entry.guid === `${entry.title} ${entry.date?.iso ?? ''}`, (places, { have }) => `${places} ${have} no guid (id) and no link: title and date stand for it, so that correcting either makes a new, unread item. Add a guid that never changes.`);
    report(({ entry }) => !entry.date, (places, { have, them }) => `${places} ${have} no date that can be read and will be dated by when a reader first sees ${them}. Add pubDate (RSS), published (Atom) or date_published (JSON), with a time zone.`);
  }
  report(({ entry }) => !entry.url, (places, { have, them }) => `${places} ${have} no link: readers cannot open ${them}.`);
  report(({ entry }) => (entry.date?.ms ?? 0) > now + CLOCK_SLACK, (places, { are }) => `${places} ${are} dated in the future: on top until then, and no help in learning when the feed publishes. Is the time zone right?`);
  return found;
}

function judgePages({ source, entries }: FeedReport): Finding[] {
  const found: Finding[] = [];
  const failed = entries.flatMap(({ fault }, i) => (fault ? [{ i, fault }] : []));
  for (const [words, places] of Map.groupBy(failed, ({ fault }) => faultWords.en[fault.kind](fault.detail))) found.push(problem(`The page of ${listed('entry', places.map(({ i }) => i))} cannot be read, so none of its stories are. ${words}.`));
  const paged = entries.filter(({ from }) => from !== 'feed').length;
  const unread = entries.filter(({ from, fault }) => from === 'unread' && !fault).length;
  if (paged) found.push(advice(`The text of ${plural(paged, 'entry', 'entries')} holds no list of stories, so every reader fetches ${paged > 1 ? 'their pages' : 'its page'} too. Put the whole digest into the feed (RSS content:encoded, Atom content, JSON content_html): one request instead of ${paged + 1}.`));
  if (unread) found.push(advice(source.serving ? `${plural(unread, 'page was', 'pages were')} not read for this check; --pages ${paged} reads all.` : `${plural(unread, 'page was', 'pages were')} not found beside this file and not read. Check the published address too.`));
  return found;
}

function judgeStories({ entries }: FeedReport): Finding[] {
  const found: Finding[] = [];
  const empty = entries.flatMap(({ digest, stories }, i) => (digest && stories.length === 0 ? [i] : []));
  if (empty.length) found.push(problem(`${listed('Entry', empty)} ${empty.length > 1 ? 'hold' : 'holds'} nothing that could be shown: no stories, no title, no link.`));
  const told = entries.flatMap(({ digest, stories }, i) => stories.map((story) => ({ story, digest, place: `${i + 1}.${story.position}` })));
  const count = (wrong: (one: (typeof told)[number]) => boolean) => told.filter(wrong).map(({ place }) => place);
  const unlinked = count(({ story, digest }) => digest?.kind === 'digest' && story.url === digest.url);
  if (unlinked.length) found.push(advice(`${plural(unlinked.length, 'story has', 'stories have')} no link of ${unlinked.length > 1 ? 'their' : 'its'} own (${enumerate(unlinked)}): ${unlinked.length > 1 ? 'they open' : 'it opens'} the digest's page. Link the title to the source.`));
  const bare = count(({ story, digest }) => digest?.kind === 'digest' && !story.summary);
  if (bare.length) found.push(advice(`${plural(bare.length, 'story has', 'stories have')} no summary (${enumerate(bare)}).`));
  if (told.length && told.every(({ story }) => story.postIds.length === 0)) found.push(advice('No story links a post on X, so nothing will be marked there. Where the source is a post, link the post.'));
  // With no digest to its name an item is compared with all others, those of its own digest too.
  const once = [...new Map(told.map((one) => [one.story.id, one])).values()];
  const places = new Map(once.map(({ story, place }) => [story.id, { place, title: story.title }]));
  const alike = linkSimilar(once.map(({ story, digest }) => ({ id: story.id, title: story.title, digestIds: [], publishedMs: digest?.publishedMs ?? 0 })));
  if (alike.length) {
    const pairs = alike.map(({ earlier, later }) => `${places.get(earlier)?.place} and ${places.get(later)?.place}`);
    const [example] = alike;
    found.push(advice(`${plural(alike.length, 'pair', 'pairs')} of stories have almost the same title but different links (${enumerate(pairs)}: “${shorten(places.get(example?.earlier ?? '')?.title ?? '', 40)}”). A reader gets both; link the same source, and they are one item.`));
  }
  return found;
}

/** Below this the classifier is mostly wrong. */
const UNSURE = 0.5;

function judgeCategories({ entries }: FeedReport): Finding[] {
  const found: Finding[] = [];
  const stories = entries.flatMap((checked) => checked.stories);
  const unnamed = entries.flatMap(({ digest, categoriesNamed }, i) => (digest && !categoriesNamed ? [i] : []));
  const tagged = unnamed.filter((i) => entries[i]?.entry.freeTags);
  const silent = unnamed.filter((i) => !entries[i]?.entry.freeTags);
  if (tagged.length) found.push(advice(`The categories of ${listed('entry', tagged)} are taken for tags: over the whole feed they are too many, or too seldom the same. Use a dozen names at most, the same ones again and again.`));
  if (silent.length) found.push(advice(`${listed('Entry', silent)} ${silent.length > 1 ? 'name' : 'names'} no categories; those built in are used. Name yours by <category> (RSS, Atom), tags (JSON) or categories (front matter).`));
  const guessed = stories.filter(({ categorySource }) => categorySource === 'classifier');
  const weighed = guessed.flatMap(({ confidence }) => confidence ?? []);
  if (guessed.length) {
    const mean = weighed.length ? `, on average ${percent(weighed.reduce((a, b) => a + b, 0) / weighed.length)} sure` : '';
    const unsure = weighed.filter((confidence) => confidence < UNSURE).length;
    const cure = entries.some(({ digest }) => digest?.kind === 'digest') ? 'Put stories under headings named like your categories' : 'Give each entry its category';
    found.push(advice(`The category of ${guessed.length} of ${plural(stories.length, 'story', 'stories')} is guessed from the text${mean}${unsure ? `, ${unsure} of them less than ${percent(UNSURE)}` : ''}. ${cure}, and none is guessed.`));
  }
  const other = stories.filter(({ category }) => category === OTHER_CATEGORY).length;
  if (other) found.push(advice(`${plural(other, 'story fits', 'stories fit')} none of the categories and will stand under “${OTHER_CATEGORY}”.`));
  return found;
}

/** Shorter answers gain nothing by compression. */
const WORTH_COMPRESSING = 4096;

function judgeServing({ source, askedInterval, format }: FeedReport, serving: Serving): Finding[] {
  const { bytes, contentType, url } = source.document;
  const { hops, etag, lastModified, compression, second } = serving;
  const size = formatBytes(bytes.length);
  const found: Finding[] = [];
  const [hop] = hops;
  if (hop) {
    const from = new URL(hop.from).host;
    const to = new URL(url).host;
    if (new URL(hop.from).hostname !== new URL(url).hostname) found.push(problem(`The address redirects to another host, ${from} → ${to}. A reader allows one host a feed, so what comes from the second is thrown away: give readers ${url}.`));
    else found.push(advice(`The address redirects (${hops.map(({ status }) => status).join(', ')}): every poll makes ${plural(hops.length + 1, 'request', 'requests')} instead of one. Give readers ${url}.`));
  }
  if (second.answer === 'changed') found.push(advice(`Two requests in a row brought two different documents: something in it (a build time, a counter) changes without news, so that no reader is ever spared the ${size}.`));
  if (!etag && !lastModified) found.push(advice(`No ETag and no Last-Modified: every poll downloads all ${size}. With either, one that finds nothing new costs some 200 bytes (304).`));
  else if (second.answer === 'same') found.push(advice(`The server sends validators, but answers a request that brings them back with the whole document (HTTP ${second.status}) instead of 304: every poll downloads all ${size}.`));
  if (second.answer === 'failed') found.push(advice(`A second request right after the first failed${second.status ? ` (HTTP ${second.status})` : ''}: readers who share an address will meet that.`));
  if (askedInterval === null) found.push(advice('Nothing says how long the feed stays current (Cache-Control: max-age, or <ttl> in minutes). It is then asked by the rhythm of its dates, or every half hour. With max-age=300 a cache in front of your server can answer.'));
  if (!compression && bytes.length > WORTH_COMPRESSING) found.push(advice(`The answer is not compressed (${size}): turn on gzip, br or zstd for this type.`));
  if (!fitsType(contentType, format)) found.push(advice(`It is served as “${contentType || 'no type'}”, which does not say ${format}; other readers may refuse it.`));
  if (new URL(url).protocol === 'http:' && !isLoopback(url)) found.push(advice('It is served over plain http: anyone on the way can read and change it. Serve https.'));
  return found;
}

const XML = /xml$/;
/** The types that say a format. */
const TYPES: Record<FeedFormat, RegExp> = { 'JSON Feed': /json$/, RSS: XML, RDF: XML, Atom: XML, Markdown: /^text\/(?:x-)?(?:markdown|plain)$/, 'web page': /html/ };

const fitsType = (contentType: string, format: FeedReport['format']): boolean => format === null || TYPES[format].test(contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '');

/** A share as "72 %". */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A size in bytes for people. */
export const formatBytes = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 2 ** 20).toFixed(1)} MB`);

/** A text of so many characters at most. */
export const shorten = (text: string, most: number): string => (Array.from(text).length > most ? `${Array.from(text).slice(0, most - 1).join('')}…` : text);

/** Places from 0, ascending, as "Entries 1–4, 7". */
function listed(noun: 'Entry' | 'entry', places: readonly number[]): string {
  const many = noun === 'Entry' ? 'Entries' : 'entries';
  const runs: [first: number, last: number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && run[1] === place - 1) run[1] = place;
    else runs.push([place, place]);
  }
  return `${places.length > 1 ? many : noun} ${enumerate(runs.map(([first, last]) => (first === last ? `${first + 1}` : `${first + 1}${last - first > 1 ? '–' : ', '}${last + 1}`)))}`;
}

const MOST_NAMED = 6;
const enumerate = (names: readonly string[]) => `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`;
