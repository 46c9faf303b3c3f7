// Notifications: what of the store rings, in the items' words, once. Shown where the reader asked for them and the browser allows them.
//
// Between a commit and the notification, and between that and the note that it was shown, the worker may be killed. So which
// digests ring is written with their items (lib/store/digests.ts), and the notification's id is written before it shows: who
// finds it unsettled asks the browser whether it stands, and shows it only where not. One that is closed or clicked settles itself.
import { browser } from 'wxt/browser';
import { say } from './i18n.ts';
import { isWebAddress } from './link.ts';
import { type Feed, feedName } from './model/feed.ts';
import type { Item } from './model/item.ts';
import { openReader } from './panel.ts';
import { quietEnd } from './quiet.ts';
import { act } from './reading.ts';
import { hasBells, holdBells, planRings, readRing, type Ring, settleRing } from './store/bells.ts';
import type { Database } from './store/database.ts';
import { mapFeeds } from './store/feeds.ts';
import { readSettings } from './store/settings.ts';
import { notifyWords } from './words/notify.ts';

/** Wakes the background when quiet ends, where something waits for that. */
const ALARM = 'quiet';
/** Titles in a notification; browsers cut off what is longer. */
const LINES = 4;

/** A notification's words. */
export interface Notice {
  title: string;
  message: string;
}

/** A notification's words. One item is told by its title; several by theirs, under the name of the digest; several digests by theirs, too. */
export function describeRing({ rung, held }: Pick<Ring, 'rung' | 'held'>, nameOf: (feedId: string) => string, watched: boolean): Notice {
  const words = say(notifyWords);
  const items = rung.flatMap((one) => one.items);
  const [first] = rung;
  const [item] = items;
  if (!first || !item) return { title: '', message: '' };
  const name = nameOf(first.digest.feedId);
  if (items.length === 1) return { title: item.title, message: item.author ? words.by(item.author, name) : name };
  const title = rung.length > 1 ? (held ? words.digestsHeld : words.digests)(rung.length) : (watched ? words.watched : words.items)(items.length, name);
  const left = items.length - LINES;
  return { title, message: [...items.slice(0, LINES).map((one) => one.title), ...(left > 0 ? [words.more(left)] : [])].join('\n') };
}

/** Whether the browser lets us notify at present; the reader can withdraw that at any time. */
export const mayNotify = (): Promise<boolean> => browser.permissions.contains({ permissions: ['notifications'] });

/** Asks for the permission; to be called in the reader's click itself. */
export const askToNotify = (): Promise<boolean> => browser.permissions.request({ permissions: ['notifications'] });

/**
 * Shows what is to ring by now. In quiet it only notes what waits, and has itself woken when quiet ends; then all that waited
 * is told at once. One at a time across contexts; never rejects, and what was not shown is tried again after the next commit.
 */
export async function ringBells(db: Database, now = Date.now): Promise<void> {
  await navigator.locks.request('notify', () => ring(db, now())).catch(report);
}

const report = (error: unknown) => console.error('Eight Bells: what is new could not be notified of', error);

async function ring(db: Database, now: number): Promise<void> {
  if (!(await hasBells(db))) return;
  const settings = await readSettings();
  const notify = settings.notify !== 'off' && (await mayNotify()) ? settings.notify : 'off';
  const end = notify === 'off' ? null : quietEnd(now, settings);
  if (end !== null) {
    await holdBells(db);
    await browser.alarms.create(ALARM, { when: end });
    return;
  }
  const rings = await planRings(db, { ...settings, notify }, now, () => `bell:${crypto.randomUUID()}`);
  const shown = rings.length && notify !== 'off' ? await browser.notifications.getAll() : {};
  const feeds = await mapFeeds(db);
  const tell = async (one: Ring) => {
    // One planned before the reader switched notifications off is settled without a sound.
    if (notify !== 'off' && one.rung.length && !(one.id in shown)) await show(one, feeds, notify === 'watched');
    await settleRing(db, one.id);
  };
  for (const one of rings) await tell(one).catch(report); // the others ring all the same
}

async function show(one: Ring, feeds: ReadonlyMap<string, Feed>, watched: boolean): Promise<void> {
  const { title, message } = describeRing(one, (id) => feedName(feeds.get(id) ?? { customTitle: null, title: '', url: id }), watched);
  await browser.notifications.create(one.id, { type: 'basic', iconUrl: browser.runtime.getURL('/icon/128.png'), title, message });
}

/** Opens what a notification told of: its one item, its one digest's page, or the reader. */
async function openRing(db: Database, id: string): Promise<void> {
  const told = await readRing(db, id);
  await settleRing(db, id);
  await browser.notifications.clear(id);
  const [first, ...others] = told?.rung ?? [];
  const item: Item | undefined = others.length === 0 && first?.items.length === 1 ? first.items[0] : undefined;
  if (item) await act(db, { kind: 'read', ids: [item.id] }, Date.now());
  const url = item?.url ?? (others.length === 0 ? first?.digest.url : undefined);
  if (url && isWebAddress(url)) await browser.tabs.create({ url });
  else await openReader();
}

/** To be called on the background's first tick. `onRead`: an item was marked read. */
export function listenNotifications(db: Database, onRead: () => Promise<void>): void {
  let listening = false;
  const listen = () => {
    const { notifications } = browser as { notifications?: typeof browser.notifications };
    if (listening || !notifications) return; // not there while the permission is not given
    listening = true;
    notifications.onClicked.addListener((id) => void openRing(db, id).then(onRead));
    notifications.onClosed.addListener((id) => void settleRing(db, id));
  };
  listen();
  browser.permissions.onAdded.addListener(listen);
  browser.alarms.onAlarm.addListener(({ name }) => void (name === ALARM && ringBells(db)));
}
