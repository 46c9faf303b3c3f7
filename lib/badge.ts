// The toolbar button: what its badge and tooltip say, as one mapping from the store.
import { browser } from 'wxt/browser';
import { chooseLanguage, formatAgo, say } from './i18n.ts';
import { type Feed, feedName, isFailing } from './model/feed.ts';
import { DEFAULT_SETTINGS, type Settings } from './model/settings.ts';
import type { Database } from './store/database.ts';
import { listFeeds } from './store/feeds.ts';
import { countUnread } from './store/items.ts';
import type { StorageTrouble } from './store/open.ts';
import { readSettings } from './store/settings.ts';
import { badgeWords } from './words/badge.ts';
import { faultWords } from './words/fault.ts';

/** What of the store the button tells. */
export interface BadgeState {
  unread: number;
  /** Unread items that came since the popup was last opened. */
  fresh: number;
  feeds: Pick<Feed, 'customTitle' | 'title' | 'url' | 'paused' | 'fault' | 'succeededAt'>[];
  settings: Pick<Settings, 'badge'>;
  now: number;
}

/** What the button says: its badge's text and colour (CSS), and its tooltip. */
export interface Badge {
  text: string;
  color: string;
  title: string;
}

const CALM = '#a9501b';
const FAULT = '#b3261e';

/** The badge for a state. An error tints it and explains itself in the tooltip; it never hides a count, and at zero shows "!". */
export function describeBadge({ unread, fresh, feeds, settings, now }: BadgeState): Badge {
  const words = say(badgeWords);
  const count = settings.badge === 'new' ? fresh : settings.badge === 'unread' ? unread : 0;
  const failing = feeds.filter(isFailing);
  const told = settings.badge === 'dot' ? (fresh > 0 ? '•' : '') : count > 99 ? '99+' : count > 0 ? String(count) : '';
  const text = told || (failing.length && settings.badge !== 'off' ? '!' : '');
  const lines = [
    words.name,
    words.counts(unread, fresh),
    describeUpdated(feeds, now),
    ...failing.map((feed) => `${feedName(feed)}: ${feed.fault ? say(faultWords)[feed.fault.kind](feed.fault.detail) : ''}`),
  ];
  return { text, color: failing.length ? FAULT : CALM, title: lines.join('\n') };
}

/** The line of the tooltip that says when feeds were last asked. */
const UPDATED = 2;

function describeUpdated(feeds: BadgeState['feeds'], now: number): string {
  const words = say(badgeWords);
  const polled = Math.max(...feeds.map((feed) => feed.succeededAt ?? 0), 0);
  return feeds.length === 0 ? words.noFeed : polled ? words.updated(formatAgo(polled, now)) : words.neverUpdated;
}

/** Says that nothing can be counted, for the database does not open or must not be written. */
export async function showStorageTrouble(trouble: StorageTrouble): Promise<void> {
  chooseLanguage((await readSettings().catch(() => DEFAULT_SETTINGS)).language);
  const words = say(badgeWords);
  await Promise.all([browser.action.setBadgeText({ text: '!' }), browser.action.setBadgeBackgroundColor({ color: FAULT }), browser.action.setTitle({ title: `${words.name}\n${words.trouble[trouble]}` })]);
}

/** Shows the badge for what is stored now. One at a time across contexts: the last to run has seen every commit before it. */
export async function updateBadge(db: Database): Promise<void> {
  await navigator.locks.request('badge', async () => {
    const settings = await readSettings();
    chooseLanguage(settings.language);
    const now = Date.now();
    const [{ unread, fresh }, feeds] = await Promise.all([countUnread(db, settings, now), listFeeds(db)]);
    const { text, color, title } = describeBadge({ unread, fresh, feeds, settings, now });
    await Promise.all([browser.action.setBadgeText({ text }), browser.action.setBadgeBackgroundColor({ color }), browser.action.setBadgeTextColor?.({ color: '#ffffff' }), browser.action.setTitle({ title })]);
  });
}

/** Says in the tooltip that feeds have been asked meanwhile; all else that it says stays. False where it says nothing yet. */
export async function renewBadge(feeds: BadgeState['feeds'], now: number): Promise<boolean> {
  return navigator.locks.request('badge', async () => {
    const title = await browser.action.getTitle({});
    const lines = title.split('\n');
    if (lines.length <= UPDATED) return false;
    const renewed = lines.with(UPDATED, describeUpdated(feeds, now)).join('\n');
    if (renewed !== title) await browser.action.setTitle({ title: renewed });
    return true;
  });
}

/** Says on the button's tooltip, in one tab, how many digested posts its page has shown; 0 takes it back. What changes without the page (unread, updated) is not said there. */
export async function showPageCount(tabId: number, count: number): Promise<void> {
  const words = say(badgeWords);
  await browser.action.setTitle({ tabId, title: count ? `${words.name}\n${words.onPage(count)}` : await browser.action.getTitle({}) });
}
