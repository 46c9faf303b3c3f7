// The mirror: what is the reader's own of the database, kept a second time in storage.local, and brought back where the
// database has been lost. For its size it leaves out what is left of pruned items (marks of posts from before the loss of the
// database), which a backup has, and for the same reasons as that the journal. Only this file knows how it is kept.
import { browser } from 'wxt/browser';
import type { Move } from './model/move.ts';
import type { Database } from './store/database.ts';
import { listStarred } from './store/items.ts';
import { noteFact, readFact, type Restored } from './store/meta.ts';
import { countLessons } from './store/moves.ts';
import { mergeSnapshot, readSnapshot, type SavedDigest, saveFeed, type SavedFeed, type SavedItem, type SavedStatus, type Snapshot } from './store/snapshot.ts';
import { listFeeds } from './store/feeds.ts';
import { hash53 } from './sync/hash.ts';
import { packStates, unpackStates } from './sync/pack.ts';
import { isPost, postItemId, type State, stateKey } from './sync/status.ts';
import { readSync, turnSync } from './sync.ts';

/** Which database the mirror is of, and the newer of its two generations. */
const HEAD = 'mirror';
const GENERATIONS = ['mirror.0', 'mirror.1'] as const;
/** Every X page is told of every change in storage.local, so the mirror is written this often at most, ms. */
const PAUSE_MS = 10 * 60_000;
/** Read states kept: the newest posts' (half a year of a busy digest, about 6 bytes each), and the newest stored items' that are none; what is older no feed lists any more. Stars are all kept. */
const MOST_POSTS = 20_000;
const MOST_OTHERS = 5_000;
/** Starred items of which title and address are kept too, and moves of which the lesson is. */
const MOST_STARS = 300;
const MOST_LESSONS = 100;

interface Head {
  incarnation: string;
  newest: 0 | 1;
  /** When it was written, ms; 0 before the first time. */
  at: number;
  /** What it was written from, to tell cheaply whether anything has changed. */
  of: string;
}

interface Generation {
  at: number;
  /** Checksum of `body`. */
  sum: number;
  body: string;
}

/** What a generation's body says, as JSON. */
interface Body {
  v: 1;
  sync: boolean;
  feeds: SavedFeed[];
  /** States of posts, packed: read is 1, unread 2; starred 1. */
  posts: string;
  /** Ids of other items. */
  read: string[];
  unread: string[];
  starred: string[];
  moves: Move[];
  items: SavedItem[];
  /** Those in which the items stood: an item that stands in none would never be pruned. */
  digests: SavedDigest[];
}

const readHead = async (): Promise<Head | undefined> => (await browser.storage.local.get(HEAD))[HEAD] as Head | undefined;

/** What the mirror is kept of, and how a database that is made anew begins. */
export interface MirrorContext {
  db: Database;
  now: () => number;
  /** Subscribes to what is built in; only for a database that is made anew, and where nothing could be restored. */
  begin: () => Promise<unknown>;
}

/**
 * Where the database is a new one although there was one before, restores what the mirror has; then brings the mirror up
 * to date, but not more often than every ten minutes. A database that was lost never overwrites the mirror. Safe to repeat
 * and to be killed in; one at a time across contexts. Returns when the mirror is to be written, ms; null where it is up to date.
 */
export const keepMirror = (context: MirrorContext): Promise<number | null> => navigator.locks.request('mirror', () => keep(context));

async function keep(context: MirrorContext): Promise<number | null> {
  const { db, now } = context;
  if (!(await db.open().then(() => !db.isNewer))) return null;
  const own = await readFact(db, 'incarnation');
  const head = await readHead();
  if (own === undefined || head?.incarnation !== own) await takeUp(context, own, head);
  return writeMirror(db, now());
}

/** Begins with a database that the mirror is not of: a new one, or one from elsewhere. */
async function takeUp({ db, now, begin }: MirrorContext, own: string | undefined, head: Head | undefined): Promise<void> {
  const mirror = head ? await readMirror(head) : null;
  const incarnation = own ?? crypto.randomUUID();
  const at = now();
  await db.transaction('rw', db.tables, async () => {
    if (own === undefined) await noteFact(db, 'since', at);
    await noteFact(db, 'incarnation', incarnation);
    if (mirror) {
      const { feedsAdded, read, starred, moved } = await mergeSnapshot(db, mirror, { now: at });
      const restored: Restored = { at, feeds: feedsAdded, read, starred, moved, complete: true };
      if (own === undefined || feedsAdded + read + starred + moved > 0) await noteFact(db, 'restored', restored);
    } else {
      if (own === undefined) await begin();
      if (own === undefined && head) await noteFact(db, 'restored', { at, feeds: 0, read: 0, starred: 0, moved: 0, complete: false });
    }
    if (mirror?.sync) await turnSync(db, true);
  });
  await browser.storage.local.set({ [HEAD]: { incarnation, newest: head?.newest ?? 0, at: 0, of: '' } satisfies Head });
}

/** The newest generation that is whole; null where none is. */
async function readMirror(head: Pick<Head, 'newest'>): Promise<(Snapshot & { sync: boolean }) | null> {
  const stored = await browser.storage.local.get([...GENERATIONS]);
  for (const name of [GENERATIONS[head.newest], ...GENERATIONS]) {
    try {
      const { sum, body } = stored[name as string] as Generation;
      if (typeof body === 'string' && hash53(body) === sum) return unpackMirror(JSON.parse(body) as Body);
    } catch {
      // damaged: the other one is older, and better than nothing
    }
  }
  return null;
}

/** What stands in the mirror, for a reader whose database cannot be opened; null where there is none. */
export const readKept = async (): Promise<Snapshot | null> => readMirror((await readHead()) ?? { newest: 0 });

async function writeMirror(db: Database, now: number): Promise<number | null> {
  const head = (await readHead()) as Head;
  if (head.of === (await fingerprint(db))) return null;
  if (now >= head.at && now - head.at < PAUSE_MS) return head.at + PAUSE_MS; // a clock that was set back holds nothing up
  // What was written after the look above is in the body, and so must be in what that is known by.
  const { incarnation, of, body } = await db.transaction('r', db.tables, async () => ({ incarnation: await readFact(db, 'incarnation'), of: await fingerprint(db), body: JSON.stringify(packMirror(await readSnapshot(db), await listRecent(db), (await readSync(db)).on)) }));
  if (incarnation !== head.incarnation) return now; // lost just now: the next round restores it
  const newest = head.newest === 0 ? 1 : 0;
  const generation: Generation = { at: now, sum: hash53(body), body };
  await browser.storage.local.set({ [GENERATIONS[newest] as string]: generation, [HEAD]: { ...head, newest, at: now, of } satisfies Head });
  return null;
}

/** Differs whenever the mirror would, save that a read item was swapped for another unseen. Reads index keys, and the few feeds and moves. */
async function fingerprint(db: Database): Promise<string> {
  return db.transaction('r', [db.feeds, db.statuses, db.moves, db.synced], async () => {
    const unread = await db.statuses.where('lists').equals('unread').primaryKeys();
    const starred = await listStarred(db);
    const moves = [await db.moves.orderBy('at').keys(), await countLessons(db)];
    return String(hash53(JSON.stringify([(await listFeeds(db)).map(saveFeed), await db.statuses.count(), unread, starred, moves, (await readSync(db)).on])));
  });
}

/** The newest items that are no posts: of others, unless starred or unread, no feed tells again. */
async function listRecent(db: Database): Promise<Set<string>> {
  const ids = (await db.items.orderBy('publishedMs').reverse().primaryKeys()).filter((id) => !isPost(stateKey(id)));
  return new Set(ids.slice(0, MOST_OTHERS));
}

/** A snapshot as a generation's body; pure. `recent`: the items that are no posts whose read states are kept. */
export function packMirror({ feeds, statuses, moves, items, digests }: Omit<Snapshot, 'told'>, recent: ReadonlySet<string>, sync: boolean): Body {
  const posts = statuses.filter(({ id }) => isPost(stateKey(id))).sort((a, b) => b.id.length - a.id.length || (a.id < b.id ? 1 : -1)); // newest first
  const others = statuses.filter(({ id }) => !isPost(stateKey(id)));
  const kept = posts.filter(({ starred }, i) => starred || i < MOST_POSTS);
  const stars = items.sort((a, b) => b.publishedMs - a.publishedMs).slice(0, MOST_STARS);
  const digestIds = new Set(stars.flatMap((item) => item.digestIds));
  const stateOf = ({ read: is, starred }: SavedStatus): State => ({ reads: is ? 1 : 2, stars: starred, period: 0 });
  return {
    v: 1,
    sync,
    feeds,
    posts: packStates(new Map(kept.map((status) => [stateKey(status.id), stateOf(status)]))),
    read: others.filter((status) => status.read && (status.starred || recent.has(status.id))).map(({ id }) => id),
    unread: others.filter((status) => !status.read).map(({ id }) => id),
    starred: others.filter(({ starred }) => starred).map(({ id }) => id),
    moves: moves.sort((a, b) => b.at - a.at).map((move, i) => (i < MOST_LESSONS ? move : { ...move, title: '', summary: '' })),
    items: stars.map((item) => ({ ...item, summary: '' })),
    digests: digests.filter(({ id }) => digestIds.has(id)),
  };
}

/** And back. */
export function unpackMirror({ sync, feeds, posts, read, unread, starred, moves, items, digests }: Body): Snapshot & { sync: boolean } {
  const stars = new Set(starred);
  const toStatus = (is: 0 | 1) => (id: string): SavedStatus => ({ id, read: is, starred: stars.has(id) ? 1 : 0 });
  const packed = [...unpackStates(posts, 0)].map(([key, { reads, stars: count }]): SavedStatus => ({ id: postItemId(key), read: reads === 1 ? 1 : 0, starred: count === 1 ? 1 : 0 }));
  return { sync, feeds, moves, items, digests, told: [], statuses: [...packed, ...read.map(toStatus(1)), ...unread.map(toStatus(0))] };
}
