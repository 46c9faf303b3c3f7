// The half of tests/bench/load.ts that runs in a browser's page, on its IndexedDB. Served as it stands, types stripped.
import { updateSearch } from '../../lib/indexer.ts';
import { DEFAULT_SETTINGS } from '../../lib/model.ts';
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
/** Digests saved in one transaction: a year in one where it is the import, else what fits in memory. */
const CHUNK = 219;
const ROUNDS = 15;

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

/** Imports a year of digests of `each` items as a poll does; ms, and those a raw put of the same rows takes into stores without and with the same indexes (null where not asked for). */
async function fill(each: number, floor: boolean, digestCount: number) {
  count = digestCount;
  const db = new Database(nameOf(each));
  const { id: feedId } = await addFeed(db, newFeed('https://digest.example/', { title: 'Digest', categories: CATEGORIES }, 0));
  const digests = makeDigests(feedId, each);
  const listed = digests.map(({ digest }) => digest.id);
  const size = floor ? count : CHUNK;
  const importMs = await timed(async () => {
    for (let at = 0; at < count; at += size) await savePoll(db, feedId, { digests: digests.slice(at, at + size), listed: listed.slice(0, at + size), feed: { succeededAt: START + count * 4 * HOUR } });
  });
  const newest = digests.flatMap(({ items }) => items.map(({ id }) => id)).slice(-UNREAD_ITEMS);
  await db.statuses.bulkPut(newest.map((id) => ({ id, read: 0, seen: 0, starred: 0 })));
  await updateSearch(db); // as after every poll
  return { importMs, items: await db.items.count(), floorMs: floor ? await rawPut(db, false) : null, indexedFloorMs: floor ? await rawPut(db, true) : null };
}

async function rawPut(db: Database, indexed: boolean): Promise<number> {
  const names = ['digests', 'items', 'statuses'] as const;
  const rows = await Promise.all(names.map((name) => db[name].toArray()));
  const raw = await new Promise<IDBDatabase>((done) => {
    const request = indexedDB.open(`floor-${indexed}`);
    request.onupgradeneeded = () => {
      for (const name of names) {
        const store = request.result.createObjectStore(name, { keyPath: 'id' });
        if (indexed) for (const { name: index, keyPath, multi } of db[name].schema.indexes) store.createIndex(index, keyPath as string | string[], { multiEntry: multi });
      }
    };
    request.onsuccess = () => done(request.result);
  });
  return timed(() => new Promise<void>((done) => {
    const transaction = raw.transaction([...names], 'readwrite');
    for (const [i, name] of names.entries()) for (const row of rows[i] as object[]) transaction.objectStore(name).put(row);
    transaction.oncomplete = () => done();
  }));
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

const bench = { fill, measure };
export type LoadBench = typeof bench;
Object.assign(globalThis, { bench });
