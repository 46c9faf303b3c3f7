// A database of every version there was, and of one there is not yet: each opens, nothing in it is lost, and no page blocks another.
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Database, NewerDatabaseError } from '../../lib/store/database.ts';
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

let count = 0;
const opened: Dexie[] = [];
afterEach(() => {
  for (const db of opened.splice(0)) db.close();
  vi.restoreAllMocks();
});

async function writeOld(version: number, more: Record<string, string> = {}): Promise<string> {
  const name = `version-${++count}-${process.pid}`;
  const old = new Dexie(name);
  old.version(version).stores({ ...VERSION_1.stores, ...more });
  await old.open();
  for (const [table, rows] of Object.entries(VERSION_1.rows)) await old.table(table).bulkPut(rows);
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

describe('a database of a newer version', () => {
  it('is read, and nothing in it is changed', async () => {
    const name = await writeOld(3, { tomorrow: 'id' });
    const db = open(name);
    expect(await openPatiently(db)).toBe('newer');
    expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:1']);
    await expect(db.statuses.put({ id: 'post:1', read: 1, seen: 1, starred: 0 })).rejects.toThrow(NewerDatabaseError);
    await expect(db.transaction('rw', db.statuses, () => db.statuses.clear())).rejects.toThrow('newer version');
    await expect(db.statuses.clear()).rejects.toThrow('newer version');
    db.close();
    const later = new Dexie(name);
    opened.push(later);
    later.version(3).stores({ ...VERSION_1.stores, tomorrow: 'id' });
    expect(await later.table('statuses').toArray()).toEqual(VERSION_1.rows.statuses);
  });

  it('comes to be under an open page without being blocked, and the page is told', async () => {
    const name = await writeOld(1);
    const old = open(name);
    const told: string[] = [];
    watchTrouble(old, (trouble) => told.push(trouble));
    await old.open();
    const later = new Dexie(name);
    opened.push(later);
    later.version(3).stores({ ...VERSION_1.stores, tomorrow: 'id' });
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
