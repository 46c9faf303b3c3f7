// The settings: what the reader chose, and what stands where nothing was chosen.
import type { Category, CategoryColor } from './category.ts';
import type { Rule } from './rule.ts';

/** Ages to choose from, in days: what no feed has listed for so long is pruned; null for never. */
export const KEEP_DAYS = [30, 90, 180, 365, null] as const;

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
/** Sizes of our pages' text. */
export const TEXT_SIZES = ['small', 'normal', 'large'] as const;
/** How much space is between rows. */
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

/** What stands where the reader chose nothing. */
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
