// What the options page does about subscriptions beyond the store: asks for the hosts, then has feeds added, imported, resumed.
import { browser } from 'wxt/browser';
import { download } from './download.ts';
import { decode } from './feed/decode.ts';
import type { AddFeedAnswer, Request } from './messages.ts';
import { isWebAddress, isXPage } from './link.ts';
import type { Category } from './model/category.ts';
import type { Fault } from './model/fault.ts';
import type { Feed } from './model/feed.ts';
import { MAX_OPML_BYTES, type OpmlFault, type OpmlFeed, parseOpml, writeOpml } from './opml.ts';
import { hostPattern } from './publisher.ts';
import type { Database } from './store/database.ts';
import { addFeeds, listFeeds, mapFeeds, newFeed, updateFeed } from './store/feeds.ts';
import { readSettings } from './store/settings.ts';

/** What came of adding an address. `word`: what was typed names no host. */
export type Added = AddFeedAnswer | { ok: false; denied: string } | { ok: false; word: string };

/** What came of an import: feeds that are new, those subscribed to already, and how many of the new ones wait for their host. */
export interface Imported {
  added: number;
  known: number;
  waiting: number;
}

const send = (request: Request) => browser.runtime.sendMessage(request);

/** Has the background poll these feeds now. */
export const refreshFeeds = (feeds: readonly Pick<Feed, 'id'>[]): Promise<unknown> => send({ type: 'refresh', feedIds: feeds.map(({ id }) => id) });

/** Has the background sync now, as far as sync is on. */
export const syncSoon = (): Promise<unknown> => send({ type: 'sync' });

/** A name with a dot inside (also those the URL parser takes for one), localhost, an IPv6 address, or whatever has a port. */
const HOST = /^(?:[^/?#]*[^/?#.。．｡][.。．｡][^/?#.。．｡]|localhost(?:[/?#]|$)|\[|[^/?#]*:\d)/i;

/**
 * What a reader typed as an address; https where it names no scheme. What stands before a port (localhost:1313) is none.
 * Null for a mere word: a name of the reader's own network has to be written with its scheme, or the browser would be asked for a host that is none.
 */
export function completeAddress(typed: string): string | null {
  const address = typed.trim();
  if (/^[a-z]+:(?!\d)/i.test(address)) return address;
  return HOST.test(address) ? `https://${address}` : null;
}

/**
 * Asks for the host of what a reader typed as an address and has the background subscribe to it. To be called in the click
 * itself: the browser asks only in answer to a gesture. A host whose address turns out no feed is given back.
 */
export async function addByAddress(db: Database, typed: string): Promise<Added> {
  const address = completeAddress(typed);
  if (address === null) return { ok: false, word: typed.trim() };
  if (!isWebAddress(address)) return { ok: false, fault: { kind: 'address', detail: address, at: Date.now() } };
  if (isXPage(address)) return { ok: false, fault: { kind: 'x', detail: '', at: Date.now() } }; // its host is the marks', not to be asked for or given back
  if (!(await browser.permissions.request({ origins: [hostPattern(address)] }))) return { ok: false, denied: new URL(address).host };
  const answer = (await send({ type: 'addFeed', url: address })) as AddFeedAnswer;
  if ('fault' in answer) await giveBack(db, hostPattern(address));
  return answer;
}

/** Gives the host of a match pattern back to the browser, unless a feed is on it, or leads there, or marks are wanted there. */
export async function giveBack(db: Database, pattern: string): Promise<void> {
  const used = [...(await mapFeeds(db)).values()].flatMap(({ url, movedTo, homepage }) => [url, movedTo?.url ?? '', homepage ?? '']);
  if (!used.some((url) => isWebAddress(url) && hostPattern(url) === pattern) && !(await readSettings()).markSites.includes(pattern)) await browser.permissions.remove({ origins: [pattern] }).catch(() => {}); // built-in hosts cannot be given back
}

/**
 * Asks for the hosts of all these addresses at once; to be called in the click itself. Returns what a feed of a host that is
 * refused begins with: it waits and says why, for one "no" to a question about twenty sites must not lose the reader's
 * list, and each then has a button that asks for its own host alone.
 */
export async function askHosts(urls: readonly string[], now: number): Promise<Map<string, Pick<Feed, 'paused' | 'fault'>>> {
  const web = urls.filter(isWebAddress);
  const asked = web.length > 0 ? browser.permissions.request({ origins: [...new Set(web.map(hostPattern))] }) : Promise.resolve(true);
  await asked.catch(() => false); // a host that cannot be asked for counts as refused
  const waiting = new Map<string, Pick<Feed, 'paused' | 'fault'>>();
  for (const url of web) {
    const allowed = await browser.permissions.contains({ origins: [hostPattern(url)] }).catch(() => false);
    const fault: Fault = { kind: 'permission', detail: new URL(url).host, at: now };
    if (!allowed) waiting.set(url, { paused: 1, fault });
  }
  return waiting;
}

/** Subscribes to the feeds of a list, asking for all their hosts at once; to be called in the click itself. Feeds whose host is refused are added all the same. */
export async function importFeeds(db: Database, feeds: readonly OpmlFeed[], categories: Category[], now: number): Promise<Imported> {
  const waiting = await askHosts(feeds.map(({ url }) => url), now);
  const rows = feeds.map(({ url, title, customTitle }, i) => newFeed(url, { title, customTitle, categories, position: now + i, ...waiting.get(url) }, now));
  const before = new Set((await listFeeds(db)).map(({ url }) => url));
  const counts = await addFeeds(db, rows);
  void refreshFeeds((await listFeeds(db)).filter(({ url }) => !before.has(url)));
  return { ...counts, waiting: rows.filter((row) => row.paused && !before.has(row.url)).length };
}

/** A file of feeds, set against what is subscribed to. */
export interface OpmlFile {
  fresh: OpmlFeed[];
  known: number;
  refused: number;
  brokeOff: boolean;
  fault: OpmlFault | null;
}

/** Reads a file and tells which of its feeds are new. Stores nothing and asks nobody. */
export async function readOpmlFile(db: Database, file: Blob): Promise<OpmlFile> {
  if (file.size > MAX_OPML_BYTES) return { fresh: [], known: 0, refused: 0, brokeOff: false, fault: 'tooLarge' };
  const { feeds, ...rest } = parseOpml(decode(new Uint8Array(await file.arrayBuffer()), ''));
  const urls = new Set((await listFeeds(db)).map(({ url }) => url));
  const fresh = feeds.filter(({ url }) => !urls.has(url));
  return { ...rest, fresh, known: feeds.length - fresh.length };
}

/** Asks for a feed's host and, once allowed, has it polled. To be called in the click itself. */
export async function allowFeed(db: Database, feed: Feed): Promise<void> {
  // The host that was refused may be one the feed's own address leads to.
  const refused = feed.fault?.kind === 'permission' ? URL.parse(`https://${feed.fault.detail}/`) : null;
  const origins = [hostPattern(feed.url), ...(refused ? [`${new URL(feed.url).protocol}//${refused.hostname}/*`, `https://${refused.hostname}/*`] : [])];
  if (!(await browser.permissions.request({ origins: [...new Set(origins)] }))) return;
  await updateFeed(db, feed.id, { paused: 0, fault: null });
  await refreshFeeds([feed]);
}

/** Has the browser save the feeds as an OPML file of this title. */
export const downloadOpml = (feeds: readonly Feed[], title: string, now: number): void => download(new Blob([writeOpml(feeds, title, now)], { type: 'text/x-opml' }), 'eight-bells.opml');
