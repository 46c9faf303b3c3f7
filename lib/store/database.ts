// The IndexedDB database: its tables and what each is keyed by. The only file that names them.
import { Dexie, type Table } from 'dexie';
import type { Digest, Feed, Item, ItemStatus, ToldItem } from '../model.ts';

/** An entry whose stories stand on a page that has not been read yet. Recorded with the feed's validators, so that a 304 loses none. */
export interface PendingPage {
  /** The digest's id. */
  id: string;
  feedId: string;
  /** The entry as the feed gave it (lib/feed Entry), opaque here. */
  entry: unknown;
  fingerprint: string;
  publishedMs: number;
  /** Whether its items arrive unread; decided when the entry was first met. */
  unread: boolean;
  attempts: number;
}

/** A day (UTC, YYYY-MM-DD) whose marks have to be derived again; written in the transaction that made them stale. */
export interface StaleDay {
  day: string;
  /** Differs each time the day turns stale, so that a derivation under way does not clear what came after it. */
  token: string;
}

/** What sync remembers of a value or of an item's states (lib/sync), by key; opaque here. */
export interface SyncRow {
  key: string;
  value: unknown;
}

export class Database extends Dexie {
  feeds!: Table<Feed, string>;
  digests!: Table<Digest, string>;
  items!: Table<Item, string>;
  statuses!: Table<ItemStatus, string>;
  toldItems!: Table<ToldItem, string>;
  pendingPages!: Table<PendingPage, string>;
  staleDays!: Table<StaleDay, string>;
  synced!: Table<SyncRow, string>;

  constructor(name = 'eight-bells') {
    super(name, { cache: 'disabled' }); // live queries show what is committed, not what is hoped for
    // Versions are only ever added to; each released one stays here.
    this.version(1).stores({
      feeds: 'id, position',
      digests: 'id, publishedMs, [feedId+publishedMs], [feedId+listed], [listed+listedAt]',
      items: 'id, publishedMs, firstMs, *digestIds',
      statuses: 'id, read, seen',
      toldItems: 'id, firstMs, listedAt',
      pendingPages: 'id, feedId',
      staleDays: 'day',
      synced: 'key',
    });
  }
}
