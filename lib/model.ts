// The words of the product as types, and the rules about them that need nothing but their arguments.

/** An X status id. Always a string: 64 bits do not fit a number. */
export type PostId = string;

/** The name of a category, exactly as the feed writes it. */
export type Category = string;

/** The digest's own four categories, used where neither feed nor page says any and the feed sets no others. */
export const DEFAULT_CATEGORIES: readonly Category[] = ['AI模型', 'AI应用', '行业洞察', '研发进展'];

/** For an item that fits none of its digest's categories. Like a feed's own names it is data; surfaces that know it show it in the reader's language. */
export const OTHER_CATEGORY: Category = '其他';

/** Where an item's category came from, most trusted first: reader, feed, section, classifier. */
export type CategorySource = 'feed' | 'section' | 'classifier' | 'reader';

/** Why a feed or page could not be read. The words for each kind are in lib/words/fault; code compares kinds, never messages. */
export type FaultKind =
  | 'address' // not an http(s) address
  | 'x' // a page of X, which is never asked
  | 'permission' // the reader has not allowed this host
  | 'private' // led into the reader's own network by something outside it; `detail` is the host
  | 'network' // no answer: offline, DNS, refused, blocked
  | 'timeout' // no complete answer in time
  | 'http' // an answer, but not a good one; `detail` is the status
  | 'gone' // taken down for good (HTTP 410): the feed is not polled by itself any more
  | 'tooLarge' // more bytes than the cap
  | 'empty' // an answer without a body
  | 'html' // a web page where a feed was expected
  | 'malformed' // neither a feed nor a digest
  | 'page' // the feed is fine, but digest pages it leads to could not be read; `detail` is how many, and where they were refused the kind and the host
  | 'storage'; // what was read could not be stored

/** A fault as it is kept on a feed and shown to the reader. */
export interface Fault {
  kind: FaultKind;
  /** A status code, a count or a technical remark; never a sentence of its own. */
  detail: string;
  /** When it happened, ms since the epoch. */
  at: number;
}

/** When a feed publishes, as learnt from it. Slots are UTC: a multiple of `period` since the epoch plus one of `slots`. */
export interface Rhythm {
  /** ms. */
  period: number;
  /** When editions begin to be dated, ms into the period, ascending. */
  slots: number[];
  /** From a slot to its first look, ms; may be negative. Moves with every edition, so that the first look usually finds it. */
  wait: number;
  /** Date of the newest edition seen, ms; dates in the future do not count. */
  newest: number;
  /** Editions in a row that the first look did not find. */
  late: number;
  /** Editions in a row that came after the last look for them: with two the rhythm is not trusted. */
  lost: number;
}

/** Where an address leads. */
export interface Redirect {
  url: string;
  /** Successful polls in a row that were led there. */
  polls: number;
  /** The last of them, ms. */
  at: number;
}

/** An address we poll. */
export interface Feed {
  id: string;
  url: string;
  title: string;
  /** The reader's own name for it; null where the feed's title is shown. */
  customTitle: string | null;
  /** The site the feed belongs to. */
  homepage: string | null;
  /** The categories of digests that name none of their own. */
  categories: Category[];
  /** Categories the reader hides in this feed; beside the filter for all feeds. */
  hiddenCategories: Category[];
  /** Whether posts it tells of are marked on X. */
  marks: 0 | 1;
  /** Not polled until the reader resumes it; what is stored stays as it is. */
  paused: 0 | 1;
  position: number;
  addedAt: number;
  /** When the reader removed it, ms; kept for a while so that this can be undone. Null where subscribed. */
  removedAt: number | null;
  etag: string | null;
  lastModified: string | null;
  /** Hash of the last document read: servers without validators send the same one again and again. */
  bodyHash: string | null;
  /** Where the feed's address has led by redirects; asked directly once that has proved lasting (lib/poll/redirect). */
  movedTo: Redirect | null;
  /** When the feed publishes; null where no rhythm is seen in its entries' dates. */
  rhythm: Rhythm | null;
  /** When it was asked within the last day, ms, ascending. */
  looks: number[];
  /** Least time between polls the publisher asks for (ttl, sy:updatePeriod, Cache-Control), ms, capped; null where nothing is asked. */
  publisherInterval: number | null;
  /** Until when the server asked to be left alone (Retry-After), ms, capped; null after a good answer. */
  retryAfter: number | null;
  /** Last answer of any kind, ms; null before the first. */
  checkedAt: number | null;
  /** Last good answer (200 or 304), ms. */
  succeededAt: number | null;
  /** Time of the next poll, ms; 0 where the feed is gone and nothing is planned. */
  nextPollAt: number;
  /** Failed polls since the last good one. */
  failures: number;
  fault: Fault | null;
  /** 'empty': a valid feed without entries. */
  notice: 'empty' | null;
  /** What was wrong with the last document that could be read all the same: entries left out, and whether it broke off or had to be repaired. */
  damage: { skipped: number; broken: 'truncated' | 'repaired' | null } | null;
  /** Entries published before this arrive already read, so that a first install is no flood; null before the first success. */
  unreadSince: number | null;
  /** Publication time of the newest digest seen, ms. */
  newestAt: number | null;
}

/** One published edition; a single-story entry counts as an edition of one. */
export interface Digest {
  /** `feedId` and the entry's guid, so that two feeds never share a digest. */
  id: string;
  feedId: string;
  guid: string;
  url: string;
  title: string;
  /** ISO 8601 with the offset the publisher wrote. */
  publishedAt: string;
  publishedMs: number;
  categories: Category[];
  kind: 'digest' | 'story';
  /** Ids of the stored items that it holds, or held before its publisher edited it. */
  itemIds: string[];
  /** Hash of the entry it was made from: an entry that has not changed is not read again. */
  fingerprint: string;
  /** Whether its feed listed it when it last told what it lists. */
  listed: 0 | 1;
  /** Where not listed any more: the last time it was, ms. Where listed, that is its feed's `succeededAt`, and this is older. */
  listedAt: number;
  /** When it was first stored here, ms. */
  seenAt: number;
  /** The feed's last good answer before that, which did not list it, ms; null where the feed's first answer did. */
  soughtAt: number | null;
}

/** A story as its digest tells it, before it has a category and is stored. */
export interface Story {
  id: string;
  title: string;
  url: string;
  /** Every X post it links; the first is its own. */
  postIds: PostId[];
  /** Display name; empty where the digest gives none. */
  author: string;
  /** X handle of the own post, without @; empty where unknown. */
  handle: string;
  /** Markdown. */
  summary: string;
  /** Place in the digest, from 1. */
  position: number;
  /** The heading it stands under; empty where there is none. */
  section: string;
}

/** A digest in which an item stood. */
export interface Appearance {
  digestId: string;
  feedId: string;
  publishedMs: number;
  position: number;
}

/** One story as it is stored: in the words of its newest digest, at that digest's position. */
export interface Item extends Omit<Story, 'section'> {
  category: Category;
  categorySource: CategorySource;
  /** How probable the category is, 0 to 1; null where it was not weighed but told. */
  confidence: number | null;
  /** Newest first; one post in several digests is one item with several appearances. */
  appearances: Appearance[];
  /** Ids of the feeds it appeared in; one of them may have been removed since. */
  feedIds: string[];
  /** Ids of the digests it appeared in; each begins with its feed's id. */
  digestIds: string[];
  /** Publication of the newest appearance, ms. */
  publishedMs: number;
  /** Publication of the earliest appearance, ms. */
  firstMs: number;
  /** Ids of items of other editions that tell the same story under almost the same title: linked, never merged. */
  similar: string[];
}

/** What of an item follows from its appearances, of which there is one at least; they come in any order. */
export function gatherAppearances(unsorted: readonly Appearance[]): Pick<Item, 'appearances' | 'feedIds' | 'digestIds' | 'publishedMs' | 'firstMs'> {
  const appearances = unsorted.toSorted((a, b) => b.publishedMs - a.publishedMs);
  const times = appearances.map(({ publishedMs }) => publishedMs);
  return { appearances, feedIds: [...new Set(appearances.map(({ feedId }) => feedId))], digestIds: appearances.map(({ digestId }) => digestId), publishedMs: times[0] as number, firstMs: times.at(-1) as number };
}

/** The reader's decision where an item belongs. Keyed by item id, outlives the item; what it moved also teaches the classifier. */
export interface Move {
  id: string;
  /** Where it stood before the reader first moved it. */
  from: Category;
  to: Category;
  /** The categories of its digest, by which `from` and `to` are understood. */
  declared: Category[];
  /** What it taught, shortened; empty once the reader has it forgotten. */
  title: string;
  summary: string;
  /** When, ms. */
  at: number;
}

/** True where a move is a lesson still: it led elsewhere, and what it moved is not forgotten. */
export const teaches = ({ from, to, title, summary }: Move): boolean => from !== to && (title !== '' || summary !== '');

/** What the reader did with an item. Keyed by item id, outlives the item. Numbers because booleans are no IndexedDB keys. */
export interface ItemStatus {
  id: string;
  read: 0 | 1;
  /** The popup has been opened since it came. */
  seen: 0 | 1;
  /** Kept for good, whatever becomes of its digest or feed. */
  starred: 0 | 1;
}

/** What is left of an item that was pruned: enough to mark its posts, under whichever filters and rules; its summary is gone. */
export interface ToldItem extends Pick<Item, 'id' | 'postIds' | 'category' | 'firstMs' | 'feedIds' | 'title' | 'author' | 'handle'> {
  appearances: Pick<Appearance, 'feedId' | 'publishedMs'>[];
  /** Last time a feed listed it, ms. */
  listedAt: number;
}

/** Ages to choose from, in days: what no feed has listed for so long is pruned; null for never. */
export const KEEP_DAYS = [30, 90, 180, 365, null] as const;

/** What a rule looks at. A word is looked for in title, summary and author. */
export type RuleField = 'word' | 'author' | 'handle' | 'category';

/** The reader's rule: items it meets are not shown (mute) or stand out (watch). Evaluated when shown, never when stored. */
export interface Rule {
  id: string;
  action: 'mute' | 'watch';
  field: RuleField;
  value: string;
  /** Until when it holds, ms; null for good. */
  expiresAt: number | null;
  addedAt: number;
}

/** Colours a category can have; each surface has its own shade of them. */
export const CATEGORY_COLORS = ['red', 'amber', 'green', 'teal', 'blue', 'violet', 'pink', 'grey'] as const;
export type CategoryColor = (typeof CATEGORY_COLORS)[number];

/** Hours in which nothing rings, by the clock on the wall. */
export interface QuietHours {
  on: boolean;
  /** Minutes into the day, 0 to 1439. Where `to` is not later, they end on the next day. */
  from: number;
  to: number;
  /** The weekdays on which they begin, 0 is Sunday. */
  days: number[];
}

/** How our pages can look; "contrast" is high contrast, light or dark by the system. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const TEXT_SIZES = ['small', 'normal', 'large'] as const;
export const DENSITIES = ['comfortable', 'compact'] as const;
/** Languages to choose from, as BCP 47 tags; "system" is the browser's. */
export const LANGUAGES = ['system', 'zh-CN', 'zh-TW', 'en'] as const;

/** What the reader chose. */
export interface Settings {
  hiddenCategories: Category[];
  /** Categories in the reader's order; those not named follow in the feeds' own. */
  categoryOrder: Category[];
  /** The reader's own names for categories. */
  categoryNames: Record<Category, string>;
  categoryColors: Record<Category, CategoryColor>;
  rules: Rule[];
  /** Muted items are marked on X all the same. */
  markMuted: boolean;
  badge: 'new' | 'unread' | 'dot' | 'off';
  /** Which new items ring; only where the browser's permission was given, too. */
  notify: 'off' | 'watched' | 'all';
  quiet: QuietHours;
  /** Nothing rings before this time, ms; one that is past says nothing. */
  quietUntil: number;
  /** What a click on the icon opens. */
  icon: 'popup' | 'panel';
  /** A post opened from the reader takes the place of an open page of X; otherwise every item gets a new tab. */
  reuseTab: boolean;
  marks: boolean;
  /** Only posts of unread items are marked on X. */
  markUnread: boolean;
  /** Digested posts on X are dimmed. */
  markDim: boolean;
  /** Digested posts on X are collapsed, with a button that shows them; the post of a page of its own never is. */
  markFold: boolean;
  /** Opening a digested post on X marks its item read. */
  markOpened: boolean;
  /** Kinds of X's pages (lib/x/check) on which nothing is marked. */
  markOff: string[];
  /** Posts embedded in other sites' pages are marked, too: in X's own frames, and all of them on the sites of `markSites`. */
  markEmbeds: boolean;
  /** Match patterns of hosts; see isSite. */
  markSites: string[];
  keepDays: (typeof KEEP_DAYS)[number];
  /** The first steps are done or were skipped. */
  welcomed: boolean;
  theme: (typeof THEMES)[number];
  textSize: (typeof TEXT_SIZES)[number];
  density: (typeof DENSITIES)[number];
  language: (typeof LANGUAGES)[number];
}

/** Settings that hold others: lists and records. Where such are merged, each has to say how. */
export type LargeSetting = { [K in keyof Settings]: Settings[K] extends object ? K : never }[keyof Settings];

/** A change of settings: some fields, or how they follow from what is stored; the latter where a field is a list or record, so that changes made elsewhere meanwhile are kept. */
export type SettingsChange = Partial<Settings> | ((settings: Settings) => Partial<Settings>);

export const DEFAULT_SETTINGS: Settings = {
  hiddenCategories: [],
  categoryOrder: [],
  categoryNames: {},
  categoryColors: {},
  rules: [],
  markMuted: false,
  badge: 'new',
  notify: 'off',
  quiet: { on: false, from: 22 * 60, to: 8 * 60, days: [0, 1, 2, 3, 4, 5, 6] },
  quietUntil: 0,
  icon: 'popup',
  reuseTab: false,
  marks: true,
  markUnread: false,
  markDim: false,
  markFold: false,
  markOpened: false,
  markOff: [],
  markEmbeds: false,
  markSites: [],
  keepDays: 90,
  welcomed: false,
  theme: 'system',
  textSize: 'normal',
  density: 'comfortable',
  language: 'system',
};

/** Own hosts of X, and mirrors whose paths carry the same ids (../shared facts: 55,477 measured links). */
const X_HOST = /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/;
const MIRROR_HOST = /^(?:[a-z]\.)?(?:fxtwitter|fixupx|vxtwitter|fixvx|twittpr|xcancel)\.com$|^(?:www\.)?nitter\.[a-z.]+$/;
const STATUS_PATH = /^\/(?:(?:i\/(?:web\/)?)|(\w{1,20})\/)status(?:es)?\/(\d{1,19})(?=[^\w]|$)/;

/**
 * The X post an address leads to, or null. Whole path segments are matched, so a handle may contain "status";
 * trailing segments, queries and stray punctuation after the id are ignored.
 * `handle` is empty for /i/status/ links.
 */
export function readPostLink(address: string): { postId: PostId; handle: string } | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/\.$/, '');
  if (!X_HOST.test(host) && !MIRROR_HOST.test(host)) return null;
  const m = STATUS_PATH.exec(url.pathname);
  return m?.[2] ? { postId: m[2], handle: m[1] ?? '' } : null;
}

/** X's ids count from here, ms since the epoch (4 November 2010); older posts are numbered without a time. */
export const SNOWFLAKE_EPOCH = 1_288_834_974_657;
const FIRST_SNOWFLAKE_DIGITS = 11;

/**
 * The second in which a post was posted, s since the epoch, as its `<time datetime>` on X says it; null for posts older
 * than such ids. An id is `(ms - epoch) << 22` and some low bits.
 */
export function secondOfPost(postId: PostId): number | null {
  if (postId.length < FIRST_SNOWFLAKE_DIGITS) return null;
  const ms = Number(postId) / 2 ** 22; // off by 1/16384 at most, as the id does not fit a number
  const fraction = ms % 1;
  const whole = fraction > 0.001 && fraction < 0.999 ? Math.floor(ms) : Number(BigInt(postId) >> 22n);
  return Math.floor((whole + SNOWFLAKE_EPOCH) / 1000);
}

/** The name a feed goes by: the reader's own, else its title. */
export const feedName = (feed: Pick<Feed, 'customTitle' | 'title' | 'url'>): string => feed.customTitle || feed.title || feed.url;

/** True where a feed is asked by itself. */
export const isPolled = (feed: Pick<Feed, 'paused' | 'removedAt'>): boolean => !feed.paused && feed.removedAt === null;

/** True where a feed has a fault to tell of: a paused one is asked nothing, so it calls for nothing. */
export const isFailing = (feed: Pick<Feed, 'paused' | 'fault'>): boolean => feed.fault !== null && !feed.paused;

/** True where a feed is subscribed to and shows the category. */
export const showsCategory = (feed: Pick<Feed, 'removedAt' | 'hiddenCategories'>, category: Category): boolean => feed.removedAt === null && !feed.hiddenCategories.includes(category);

/** Of items weighed to be less probable than this, more than half stand in another category than an annotator chose (tests/bench/category.ts); one in eleven is. */
const DOUBT = 0.5;

/** True where an item's category was weighed and found not certain enough to be shown without a word. */
export const isDoubtful = ({ confidence, categorySource }: Pick<Item, 'confidence' | 'categorySource'>): boolean => categorySource === 'classifier' && confidence !== null && confidence < DOUBT;

/** What of an item decides whether and how it is shown. */
export type Shown = Pick<Item, 'title' | 'author' | 'handle' | 'category' | 'feedIds'> & Partial<Pick<Item, 'summary'>>;

/** True where the reader has not hidden the item's category, neither everywhere nor in every feed it came by. */
export function passesFilters({ category, feedIds }: Pick<Shown, 'category' | 'feedIds'>, settings: Pick<Settings, 'hiddenCategories'>, feeds: ReadonlyMap<string, Pick<Feed, 'removedAt' | 'hiddenCategories'>>): boolean {
  return (
    !settings.hiddenCategories.includes(category) &&
    feedIds.some((id) => {
      const feed = feeds.get(id);
      return feed !== undefined && showsCategory(feed, category);
    })
  );
}

/** Reading order: newest digest first, then as the digest ordered them. */
export function compareItems(a: Item, b: Item): number {
  return b.publishedMs - a.publishedMs || a.position - b.position || (a.id < b.id ? -1 : 1);
}

/** Items by category: in the reader's order, then the feeds' own, then others as they come. Categories without items are left out. */
export function groupItems(items: readonly Item[], order: readonly Category[]): { category: Category; items: Item[] }[] {
  const groups = new Map<Category, Item[]>();
  for (const category of order) groups.set(category, []);
  for (const item of items) {
    const group = groups.get(item.category);
    if (group) group.push(item);
    else groups.set(item.category, [item]);
  }
  return [...groups].filter(([, list]) => list.length > 0).map(([category, list]) => ({ category, items: list }));
}

/** Categories in the reader's order; those the reader has not placed follow as they come. */
export const orderCategories = (names: readonly Category[], { categoryOrder }: Pick<Settings, 'categoryOrder'>): Category[] => [...new Set([...categoryOrder.filter((name) => names.includes(name)), ...names])];
