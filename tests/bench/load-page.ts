// The half of tests/bench/load.ts that runs in a browser's page, on its IndexedDB. Served as it stands, types stripped.
import { updateSearch } from '../../lib/indexer.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { Database } from '../../lib/store/database.ts';
import { listCategories, readFingerprints, savePoll, type SavedDigest } from '../../lib/store/digests.ts';
import { addFeed, listFeeds, newFeed } from '../../lib/store/feeds.ts';
import { countUnread } from '../../lib/store/items.ts';
import { readList } from '../../lib/store/list.ts';
import { readOverview } from '../../lib/store/overview.ts';
import { prune } from '../../lib/store/retention.ts';

const HOUR = 3_600_000;
const START = Date.parse('2024-01-01T00:00:00Z');
const CATEGORIES = ['AI模型', 'AI应用', '行业洞察', '研发进展'];
/** Digests of a year at six a day; fewer where asked for. */
let count = 2190;
/** How many of the newest items are unread: the same however many are stored. */
const UNREAD_ITEMS = 170;
/** Digests saved in one transaction: what fits in memory. */
const CHUNK = 219;
const ROUNDS = 15;
/** So often an import is set against the floor; each comes first once. */
const IMPORTS = 3;
const REST_MS = 3000;
const TABLES = ['digests', 'items', 'statuses'] as const;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const middle = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;

function makeDigests(feedId: string, each: number): SavedDigest[] {
  return Array.from({ length: count }, (_, n) => {
    const publishedMs = START + n * 4 * HOUR;
    return {
      digest: { id: `${feedId} d${n}`, feedId, guid: `d${n}`, url: `https://digest.example/${n}/`, title: `第 ${n} 期`, publishedAt: new Date(publishedMs).toISOString(), publishedMs, categories: CATEGORIES, kind: 'digest', fingerprint: `f${n}`, seenAt: publishedMs },
      items: Array.from({ length: each }, (_, i) => {
        const id = String(1_750_000_000_000_000_000n + BigInt(n * 1000 + i));
        return { id: `post:${id}`, title: `第 ${n}-${i} 条，某公司发布了新的模型，能力有所提升`, url: `https://x.com/someone/status/${id}`, postIds: [id], author: '某人', handle: `user_${i}`, summary: `**要点 ${i}**，`.repeat(25), category: CATEGORIES[i % 4] as string, categorySource: 'classifier' as const, confidence: 0.8, position: i + 1 };
      }),
      unread: false,
    };
  });
}

const nameOf = (each: number) => `load-${each}`;

const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));

/** Saves the digests as a poll does, so many in one transaction; the feed lists all. */
async function importInto(db: Database, digests: (feedId: string) => SavedDigest[], size: number): Promise<number> {
  const { id: feedId } = await addFeed(db, newFeed('https://digest.example/', { title: 'Digest', categories: CATEGORIES }, 0));
  const all = digests(feedId);
  const listed = all.map(({ digest }) => digest.id);
  return timed(async () => {
    for (let at = 0; at < count; at += size) await savePoll(db, feedId, { digests: all.slice(at, at + size), listed: listed.slice(0, at + size), feed: { succeededAt: START + count * 4 * HOUR } });
  });
}

/** Fills a database with a year of digests of `each` items; returns how many those are. */
async function fill(each: number, digestCount: number): Promise<number> {
  count = digestCount;
  const db = new Database(nameOf(each));
  await importInto(db, (feedId) => makeDigests(feedId, each), CHUNK);
  const newest = (await db.items.orderBy('publishedMs').reverse().limit(UNREAD_ITEMS).primaryKeys()).map(String);
  await db.statuses.bulkPut(newest.map((id) => ({ id, read: 0, seen: 0, starred: 0 })));
  await updateSearch(db); // as after every poll
  return db.items.count();
}

/**
 * What importing them all at once takes, and a raw put of the same rows into stores without and with the same indexes; ms,
 * medians. They take turns, and the browser is given time to tidy up after each.
 */
async function compareImport(each: number): Promise<{ importMs: number; floorMs: number; indexedFloorMs: number }> {
  const filled = new Database(nameOf(each));
  const rows = await Promise.all(TABLES.map((name) => filled[name].toArray()));
  const times: Record<string, number[]> = { import: [], floor: [], indexed: [] };
  for (let n = 0; n < IMPORTS; n++) {
    const works: [string, () => Promise<number>][] = [
      ['import', async () => {
        const db = new Database(`import-${n}`);
        const ms = await importInto(db, (feedId) => makeDigests(feedId, each), count);
        await db.delete();
        return ms;
      }],
      ['floor', () => rawPut(filled, rows, `floor-${n}`, false)],
      ['indexed', () => rawPut(filled, rows, `indexed-${n}`, true)],
    ];
    for (const [name, work] of [...works.slice(n), ...works.slice(0, n)]) {
      times[name]?.push(await work());
      await pause(REST_MS);
    }
  }
  return { importMs: middle(times.import ?? []), floorMs: middle(times.floor ?? []), indexedFloorMs: middle(times.indexed ?? []) };
}

async function rawPut(like: Database, rows: unknown[][], name: string, indexed: boolean): Promise<number> {
  const raw = await new Promise<IDBDatabase>((done) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => {
      for (const table of TABLES) {
        const store = request.result.createObjectStore(table, { keyPath: 'id' });
        if (indexed) for (const { name: index, keyPath, multi } of like[table].schema.indexes) store.createIndex(index, keyPath as string | string[], { multiEntry: multi });
      }
    };
    request.onsuccess = () => done(request.result);
  });
  const ms = await timed(() => new Promise<void>((done) => {
    const transaction = raw.transaction([...TABLES], 'readwrite');
    for (const [i, table] of TABLES.entries()) for (const row of rows[i] as object[]) transaction.objectStore(table).put(row);
    transaction.oncomplete = () => done();
  }));
  raw.close();
  indexedDB.deleteDatabase(name);
  return ms;
}

async function worksOf(each: number): Promise<Record<string, () => Promise<unknown>>> {
  const db = new Database(nameOf(each));
  const feedId = (await listFeeds(db))[0]?.id ?? '';
  const now = START + count * 4 * HOUR;
  const feed = { etag: 'e', succeededAt: now };
  const listed = Array.from({ length: 60 }, (_, i) => `${feedId} d${count - 1 - i}`);
  await savePoll(db, feedId, { digests: [], listed, feed }); // from now on the feed lists ten days
  return {
    badge: () => countUnread(db, DEFAULT_SETTINGS, now),
    'unread list': () => readList(db, DEFAULT_SETTINGS, { show: 'unread', by: 'category' }, now),
    'whole list, newest 200': () => readList(db, DEFAULT_SETTINGS, { show: 'all', by: 'digest' }, now),
    'what a poll compares with': () => readFingerprints(db, listed),
    'a poll without news saved': () => savePoll(db, feedId, { digests: [], listed, feed }),
    'names of categories': () => listCategories(db),
    'pruning, nothing to do': () => prune(db, { keepDays: null }, now),
    'pruning by age, nothing to do': () => prune(db, { keepDays: 365 }, now),
    'overview of the options': () => readOverview(db),
  };
}

/** What the background and the popup do all the time, on databases of so many items a digest; ms, the median of some rounds. They take turns, so that whatever else the machine does falls on all. */
async function measure(digestCount: number, sizes: number[]): Promise<Record<string, number[]>> {
  count = digestCount;
  const works = await Promise.all(sizes.map(worksOf));
  const times: Record<string, number[]> = {};
  for (const name of Object.keys(works[0] ?? {})) {
    const rounds = works.map(() => [] as number[]);
    for (let n = 0; n <= ROUNDS; n++)
      for (const [i, work] of works.entries()) {
        const ms = await timed(work[name] as () => Promise<unknown>);
        if (n > 0) rounds[i]?.push(ms); // the first is for what is read once
      }
    times[name] = rounds.map(middle);
  }
  return times;
}

const bench = { fill, compareImport, measure };
export type LoadBench = typeof bench;
Object.assign(globalThis, { bench });
