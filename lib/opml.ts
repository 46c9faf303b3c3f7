// OPML 2.0, the list of feeds that feed readers hand one another: read from a stranger's file, written for another program.
import { Parser } from 'htmlparser2';
import { isWebAddress, isXPage } from './link.ts';
import { type Feed, feedName } from './model/feed.ts';

/** A feed as an OPML file names it. */
export interface OpmlFeed {
  url: string;
  title: string;
  /** The name its reader gave it, where that is not its title. */
  customTitle: string | null;
}

/** What is wrong with a file: not OPML at all, OPML without a feed, or more than anybody reads. */
export type OpmlFault = 'notOpml' | 'noFeeds' | 'tooLarge';

/** What of a file is a list of feeds. */
export interface OpmlRead {
  /** In the file's order, each address once, folders flattened. */
  feeds: OpmlFeed[];
  /** Outlines whose address is none we fetch, or that are beyond MAX_FEEDS. */
  refused: number;
  /** The file ends in the middle; what stood before is read. */
  brokeOff: boolean;
  fault: OpmlFault | null;
}

/** No list of feeds is larger. */
export const MAX_OPML_BYTES = 5_000_000;
const MAX_FEEDS = 500;
const MAX_TITLE = 200;
const MAX_ADDRESS = 4096;

/**
 * Reads the feeds of an OPML file: every `outline` with an `xmlUrl`, at whatever depth and of whatever case (the element's
 * `type` is often missing or wrong, so it is not asked for). Declarations and entities of the file's own are not read, so
 * none can be expanded. Never throws: what is wrong is in `fault`.
 */
export function parseOpml(text: string): OpmlRead {
  const read: OpmlRead = { feeds: [], refused: 0, brokeOff: false, fault: null };
  if (text.length > MAX_OPML_BYTES) return { ...read, fault: 'tooLarge' };
  const urls = new Set<string>();
  let opml = false;
  let closed = false;
  const parser = new Parser(
    {
      onopentag(name, { xmlurl, text: shown = '', title = '' }) {
        if (name === 'opml') opml = true;
        if (!opml || name !== 'outline' || !xmlurl?.trim()) return;
        const address = xmlurl.trim();
        if (address.length > MAX_ADDRESS || !isWebAddress(address) || isXPage(address)) return void read.refused++;
        const url = new URL(address).href;
        if (urls.has(url)) return;
        if (urls.size >= MAX_FEEDS) return void read.refused++;
        urls.add(url);
        const [name1, name2] = [plain(title), plain(shown)];
        read.feeds.push({ url, title: name1 || name2 || new URL(url).host, customTitle: name1 && name2 && name1 !== name2 ? name2 : null });
      },
      onclosetag(name, implied) {
        if (name === 'opml' && !implied) closed = true;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true },
  );
  parser.end(text);
  read.brokeOff = opml && !closed;
  if (!opml) read.fault = 'notOpml';
  else if (read.feeds.length === 0 && read.refused === 0) read.fault = 'noFeeds';
  return read;
}

/** The feeds as an OPML 2.0 file. `text` is the name the reader sees, `title` the feed's own, which parseOpml tells apart again. */
export function writeOpml(feeds: readonly Pick<Feed, 'url' | 'title' | 'customTitle' | 'homepage'>[], title: string, now: number): string {
  const outlines = feeds.filter(({ url }) => isWebAddress(url)).map((feed) => {
    const attributes = { type: 'rss', text: feedName(feed), title: feed.title || feedName(feed), xmlUrl: feed.url, ...(feed.homepage && { htmlUrl: feed.homepage }) };
    return `    <outline ${Object.entries(attributes).map(([name, value]) => `${name}="${escape(value)}"`).join(' ')}/>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head>\n    <title>${escape(title)}</title>\n    <dateCreated>${new Date(now).toUTCString()}</dateCreated>\n  </head>\n  <body>\n${outlines.join('')}  </body>\n</opml>\n`;
}

const plain = (name: string) => withoutControls(name).replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE);
const escape = (value: string) => withoutControls(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replace(/\s+/g, ' ');

/** XML allows no control characters; some that order text from right to left could make one name look like another. */
// oxlint-disable-next-line no-control-regex
const withoutControls = (value: string) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '');
