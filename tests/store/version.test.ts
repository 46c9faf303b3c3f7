// A database of every version there was, and of one there is not yet: each opens, nothing in it is lost, and no page blocks another.
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../lib/model/item.ts';
import { Database, NewerDatabaseError } from '../../lib/store/database.ts';
import { findByPost, listStarred } from '../../lib/store/items.ts';
import { listUnread } from './database.ts';
import { findStoreFaults } from '../sound.ts';
import { openPatiently, watchTrouble } from '../../lib/store/open.ts';

/** Version 1 as it was released: its stores, and a row in each that is the reader's own. Never to be changed. */
const VERSION_1 = {
  stores: {
    feeds: 'id, position',
    digests: 'id, publishedMs, [feedId+publishedMs], [feedId+listed], [listed+listedAt]',
    items: 'id, publishedMs, firstMs, *digestIds, *postIds',
    statuses: 'id, [read+starred]',
    toldItems: 'id, firstMs, listedAt, *postIds',
    moves: 'id, at',
    journal: '++id',
    pendingPages: 'id, feedId',
    bells: 'id, ring',
    staleDays: 'day',
    staleLinks: 'day',
    searchHeads: 'day, [day+token]',
    searchBodies: 'day',
    staleSearchDays: 'day',
    dayCounts: 'day',
    synced: 'key',
    meta: 'key',
  },
  rows: {
    feeds: [{ id: 'f', url: 'https://digest.example/index.xml', title: 'Digest', customTitle: null, homepage: null, categories: ['AI模型'], hiddenCategories: [], marks: 1, paused: 0, position: 0, addedAt: 0, removedAt: null, etag: null, lastModified: null, bodyHash: null, movedTo: null, rhythm: null, looks: [], publisherInterval: null, retryAfter: null, checkedAt: null, succeededAt: null, nextPollAt: 0, failures: 0, fault: null, notice: null, damage: null, unreadSince: 0, newestAt: null }],
    digests: [{ id: 'f d', feedId: 'f', guid: 'd', url: 'https://digest.example/d', title: 'd', publishedAt: '1970-01-01T00:00:00Z', publishedMs: 1, categories: ['AI模型'], kind: 'digest', fingerprint: 'x', listed: 1, listedAt: 0, seenAt: 1, soughtAt: null }],
    items: [{ id: 'post:1', title: 't', url: 'https://x.com/a/status/1', postIds: ['1'], author: '', handle: 'a', summary: 's', position: 1, category: 'AI模型', categorySource: 'feed', confidence: null, appearances: [{ digestId: 'f d', feedId: 'f', publishedMs: 1, position: 1 }], feedIds: ['f'], digestIds: ['f d'], publishedMs: 1, firstMs: 1, similar: [] }],
    statuses: [{ id: 'post:1', read: 0, seen: 0, starred: 1 }],
    moves: [{ id: 'post:2', from: 'AI模型', to: 'AI应用', declared: ['AI模型'], title: 't', summary: 's', at: 1 }],
    meta: [{ key: 'incarnation', value: 'x' }],
  } as Record<string, unknown[]>,
};

/** Version 2 likewise, as far as it differs. Never to be changed. */
const VERSION_2 = {
  stores: { ...VERSION_1.stores, items: 'id, publishedMs, firstMs, *postIds' },
  rows: {
    ...VERSION_1.rows,
    digests: VERSION_1.rows.digests?.map((digest) => ({ ...(digest as object), itemIds: ['post:1', 'post:3', 'link:a.example/b'] })),
    items: [
      ...(VERSION_1.rows.items as object[]),
      { ...(VERSION_1.rows.items?.[0] as object), id: 'post:3', postIds: ['3', '1'], url: 'https://x.com/a/status/3', position: 2 },
      { ...(VERSION_1.rows.items?.[0] as object), id: 'link:a.example/b', postIds: ['4'], url: 'https://a.example/b', position: 3 },
    ],
    statuses: [{ id: 'link:a.example/b', read: 1, seen: 1, starred: 1 }, { id: 'post:1', read: 0, seen: 0, starred: 1 }, { id: 'post:3', read: 1, seen: 1, starred: 0 }, { id: 'post:gone', read: 1, seen: 1, starred: 0 }],
  } as Record<string, unknown[]>,
};

/** A version that there is not yet: ours, and a store more. */
const TOMORROW = { version: 4, stores: { ...VERSION_2.stores, items: 'id, publishedMs, firstMs, *linkedPosts', statuses: 'id, *lists', tomorrow: 'id' } };

let count = 0;
const opened: Dexie[] = [];
afterEach(() => {
  for (const db of opened.splice(0)) db.close();
  vi.restoreAllMocks();
});

async function writeOld(version: number, { stores, rows = VERSION_1.rows }: { stores: Record<string, string>; rows?: Record<string, unknown[]> } = VERSION_1): Promise<string> {
  const name = `version-${++count}-${process.pid}`;
  const old = new Dexie(name);
  old.version(version).stores(stores);
  await old.open();
  for (const [table, rowsOf] of Object.entries(rows)) await old.table(table).bulkPut(rowsOf);
  old.close();
  return name;
}

const open = (name: string) => {
  const db = new Database(name);
  opened.push(db);
  return db;
};

describe('a database of version 1', () => {
  it('opens with all that is the reader’s', async () => {
    const db = open(await writeOld(1));
    expect(await openPatiently(db)).toBeNull();
    for (const [table, rows] of Object.entries(VERSION_1.rows)) expect(await db.table(table).toArray()).toMatchObject(rows);
    expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:1']);
    // Since version 2 a digest says which items it holds.
    expect((await db.digests.toArray()).map(({ itemIds }) => itemIds)).toEqual([['post:1']]);
    expect(db.items.schema.indexes.map(({ name }) => name)).not.toContain('digestIds');
    expect(await findStoreFaults(db)).toEqual([]);
  });

  it('is upgraded under an open page of the version before, which is not in the way', async () => {
    const name = await writeOld(1);
    const page = new Dexie(name);
    opened.push(page);
    page.version(1).stores(VERSION_1.stores);
    await page.open();
    const db = open(name);
    expect(await openPatiently(db)).toBeNull();
    expect((await db.digests.get('f d'))?.itemIds).toEqual(['post:1']);
    expect(await page.table('statuses').count()).toBe(1); // opened again, as it now is
  });
});

describe('a database of version 2', () => {
  it('opens with all that is the reader’s, and finds by its new indexes what it found by the old', async () => {
    const db = open(await writeOld(2, VERSION_2));
    expect(await openPatiently(db)).toBeNull();
    for (const [table, rows] of Object.entries(VERSION_2.rows)) expect(await db.table(table).orderBy(':id').toArray()).toEqual(expect.arrayContaining(rows.map((row) => expect.objectContaining(row))));
    expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:1']);
    expect(await listStarred(db)).toEqual(['link:a.example/b', 'post:1']);
    expect(await Promise.all(['1', '3', '4', '5'].map(async (postId) => (await findByPost(db, postId))?.id))).toEqual(['post:1', 'post:3', 'link:a.example/b', undefined]);
    expect(await db.items.where('linkedPosts').equals('1').primaryKeys()).toEqual(['post:3']);
    expect(db.statuses.schema.indexes.map(({ name }) => name)).toEqual(['lists']);
    expect(await findStoreFaults(db)).toEqual([]);
  });
});

describe('what an index is to find rows by', () => {
  it('follows every write, and stands in no row that is not looked for', async () => {
    const db = open(await writeOld(2, VERSION_2));
    const lists = async () => (await db.statuses.bulkGet(['post:1', 'post:3'])).map((status) => status?.lists);
    await db.statuses.put({ id: 'post:3', read: 0, seen: 1, starred: 0 });
    expect(await lists()).toEqual([['unread', 'starred'], ['unread']]);
    await db.statuses.update('post:1', { read: 1 });
    await db.statuses.bulkUpdate([{ key: 'post:3', changes: { starred: 1 } }]);
    expect(await lists()).toEqual([['starred'], ['unread', 'starred']]);
    await db.statuses.toCollection().modify({ read: 1, starred: 0 });
    expect(await lists()).toEqual([undefined, undefined]);
    expect((await db.statuses.toArray()).some((status) => 'lists' in status)).toBe(false);
    const item = (await db.items.get('post:3')) as Item;
    await db.items.put({ ...item, postIds: ['3'] });
    expect(await db.items.get('post:3')).not.toHaveProperty('linkedPosts');
  });
});

describe('a database of a newer version', () => {
  it('is read, and nothing in it is changed', async () => {
    const name = await writeOld(TOMORROW.version, { stores: TOMORROW.stores, rows: { ...VERSION_1.rows, statuses: [{ id: 'post:1', read: 0, seen: 0, starred: 1, lists: ['unread', 'starred'] }] } });
    const db = open(name);
    expect(await openPatiently(db)).toBe('newer');
    expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:1']);
    await expect(db.statuses.put({ id: 'post:1', read: 1, seen: 1, starred: 0 })).rejects.toThrow(NewerDatabaseError);
    await expect(db.transaction('rw', db.statuses, () => db.statuses.clear())).rejects.toThrow('newer version');
    await expect(db.statuses.clear()).rejects.toThrow('newer version');
    db.close();
    const later = new Dexie(name);
    opened.push(later);
    later.version(TOMORROW.version).stores(TOMORROW.stores);
    expect(await later.table('statuses').toArray()).toMatchObject(VERSION_1.rows.statuses as object[]);
  });

  it('comes to be under an open page without being blocked, and the page is told', async () => {
    const name = await writeOld(1);
    const old = open(name);
    const told: string[] = [];
    watchTrouble(old, (trouble) => told.push(trouble));
    await old.open();
    const later = new Dexie(name);
    opened.push(later);
    later.version(TOMORROW.version).stores(TOMORROW.stores);
    await later.open();
    expect(told).toEqual(['newer']);
    expect(await old.statuses.count()).toBe(1); // opened again, as it now is
    await expect(old.statuses.clear()).rejects.toThrow('newer version');
  });
});

describe('a database that does not open', () => {
  it('is tried again, and only then given up', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    const busy = open(await writeOld(1));
    vi.spyOn(busy, 'open').mockRejectedValueOnce(new Error('busy')).mockRejectedValueOnce(new Error('busy'));
    expect(await openPatiently(busy, wait)).toBeNull();
    expect(waits).toHaveLength(2);
    vi.spyOn(busy, 'open').mockRejectedValue(new Error('corrupt'));
    expect(await openPatiently(busy, wait)).toBe('closed');
  });
});
