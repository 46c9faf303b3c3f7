// The IndexedDB database: its tables and what each is keyed by. The only file that names them.
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { JournalEntry } from '../action.ts';
import type { Digest } from '../model/digest.ts';
import type { Feed } from '../model/feed.ts';
import type { Item, ItemStatus, ToldItem } from '../model/item.ts';
import type { Move } from '../model/move.ts';
import { type PostId, postItem } from '../model/post.ts';
import { putMany } from './many.ts';

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
  /** Whether it may ring; decided likewise. */
  rings: boolean;
  attempts: number;
  /** The feed's last good answer before the entry was met, ms; null where its first answer held it. */
  soughtAt: number | null;
}

/** A digest that may ring: with new items that have not been told of, or told of lately. Written in the transaction that brought the items. */
export interface Bell {
  /** The digest's id. */
  id: string;
  /** When its items came, ms. */
  at: number;
  /** New items nobody has looked at yet; once it rings, those that are told of. */
  itemIds: string[];
  /** 'ringing': in the notification `ring`, which may be on screen already. 'over': told of, or there was nothing to tell. */
  state: 'waiting' | 'ringing' | 'over';
  /** The id of the notification that tells of it; null while there is none. */
  ring: string | null;
  /** It waited for quiet to end. */
  held: 0 | 1;
}

/** A day (UTC, YYYY-MM-DD) whose marks have to be derived again; written in the transaction that made them stale. */
export interface StaleDay {
  day: string;
  /** Differs each time the day turns stale, so that a derivation under way does not clear what came after it. */
  token: string;
}

/** A day some of whose items have to be linked again to like ones of other editions; written in the transaction that changed them. */
export interface StaleLinks {
  /** Days since the epoch (UTC) of the items' publication. */
  day: number;
}

/** One day's part of one column of the search index (lib/search), opaque here. */
export interface SearchRow {
  /** Days since the epoch (UTC), of the items' `firstMs`. */
  day: number;
  /** The stale day's it was derived for. */
  token: string;
  column: unknown;
}

/** A day whose part of the search index has to be derived again; written in the transaction that made it stale. */
export interface StaleSearchDay {
  day: number;
  /** Differs each time the day turns stale. */
  token: string;
  /** Its items are still those of `dayCounts`: the index is made anew, not they. */
  counted?: 1;
}

/** How many items were first told of on a day, in all and by the feed they appeared in; derived together with the day's part of the search index. */
export interface DayCount {
  /** Days since the epoch (UTC), of the items' `firstMs`. */
  day: number;
  items: number;
  feeds: Record<string, number>;
}

/** What sync remembers of a value or of an item's states (lib/sync), by key; opaque here. */
export interface SyncRow {
  key: string;
  value: unknown;
}

/** A fact about the database itself, by key (lib/store/meta.ts); opaque here. */
export interface MetaRow {
  key: string;
  value: unknown;
}

/** What an item's row holds for an index alone. */
interface ItemKeys {
  /** The posts it links beside its own, which is its id. */
  linkedPosts?: PostId[];
}

/** What a status's row holds for an index alone. */
interface StatusKeys {
  /** The lists of the reader that its item stands in. */
  lists?: ('unread' | 'starred')[];
}

/**
 * What an index is to find rows by, and null of rows that it is never asked for: each of its entries is a write of its own, and most
 * items are read, without a star, and link their own post alone. Set by the database itself, so that no writer leaves it behind.
 */
const KEYS = {
  items: ({ id, postIds }: Item): [keyof ItemKeys, string[] | null] => ['linkedPosts', orNull(postIds.filter((postId) => id !== postItem(postId)))],
  statuses: ({ read, starred }: ItemStatus): [keyof StatusKeys, string[] | null] => ['lists', orNull([...(read ? [] : ['unread']), ...(starred ? ['starred'] : [])])],
};

const orNull = <T>(list: T[]): T[] | null => (list.length > 0 ? list : null);

/** The row as it is written, with its keys. */
function withKeys<T extends object>(row: T, keysOf: (row: T) => [string, string[] | null]): T {
  const [field, keys] = keysOf(row);
  if (keys) return { ...row, [field]: keys };
  if (!(field in row)) return row;
  const { [field as keyof T]: _, ...rest } = row;
  return rest as T;
}

/** The newest schema this code knows. Dexie keeps it as ten times that in the browser, and adds to the units by itself. */
const SCHEMA = 3;

/** A write to a database that a newer version of the extension has made: this one reads it, and changes nothing it does not know. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError';
}

/** The database as Dexie knows it; closed until it is first used. */
export class Database extends Dexie {
  feeds!: Table<Feed, string>;
  digests!: Table<Digest, string>;
  items!: Table<Item & ItemKeys, string>;
  statuses!: Table<ItemStatus & StatusKeys, string>;
  toldItems!: Table<ToldItem, string>;
  moves!: Table<Move, string>;
  journal!: EntityTable<JournalEntry, 'id'>;
  pendingPages!: Table<PendingPage, string>;
  bells!: Table<Bell, string>;
  staleDays!: Table<StaleDay, string>;
  staleLinks!: Table<StaleLinks, number>;
  searchHeads!: Table<SearchRow, number>;
  searchBodies!: Table<SearchRow, number>;
  staleSearchDays!: Table<StaleSearchDay, number>;
  dayCounts!: Table<DayCount, number>;
  synced!: Table<SyncRow, string>;
  meta!: Table<MetaRow, string>;

  /** True where a newer version has made the database; known once it is open. Then every write fails with NewerDatabaseError. */
  get isNewer(): boolean {
    return this.isOpen() && this.backendDB().version >= (SCHEMA + 1) * 10;
  }

  constructor(name = 'eight-bells') {
    super(name, { cache: 'disabled' }); // live queries show what is committed, not what is hoped for
    // Versions are only ever added to; each released one stays here, with its number, and SCHEMA is the last.
    this.version(1).stores({
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
    });
    // A digest says itself which items it holds: an index over all items' digests made an import a tenth dearer.
    this.version(2)
      .stores({ items: 'id, publishedMs, firstMs, *postIds' })
      .upgrade(async (upgrading) => {
        const held = new Map<string, string[]>();
        await upgrading.table<Item, string>('items').each(({ id, digestIds }) => {
          for (const digestId of digestIds) {
            const ids = held.get(digestId);
            if (ids) ids.push(id);
            else held.set(digestId, [id]);
          }
        });
        await upgrading.table<Digest, string>('digests').toCollection().modify((digest) => void (digest.itemIds = held.get(digest.id) ?? []));
      });
    // Of read states and posts all were indexed, and nearly none of them was ever looked for: a third of what an import cost.
    this.version(3)
      .stores({ items: 'id, publishedMs, firstMs, *linkedPosts', statuses: 'id, *lists' })
      .upgrade(async (upgrading) => {
        // Written again, those that have keys get them. Not by modify(): Dexie keeps what that read for the whole transaction, by
        // keys alone, and would take items for the statuses of the same ids.
        const [items, statuses] = [upgrading.table<Item, string>('items'), upgrading.table<ItemStatus, string>('statuses')];
        await putMany(items, await items.filter((item) => KEYS.items(item)[1] !== null).toArray());
        await putMany(statuses, await statuses.filter((status) => KEYS.statuses(status)[1] !== null).toArray());
      });
    this.use({
      stack: 'dbcore',
      name: 'keys',
      create: (core) => ({
        ...core,
        table: (name) => {
          const table = core.table(name);
          const keysOf = KEYS[name as keyof typeof KEYS] as ((row: object) => [string, string[] | null]) | undefined;
          if (!keysOf) return table;
          return { ...table, mutate: (request) => table.mutate(request.type === 'put' || request.type === 'add' ? { ...request, values: request.values.map((row: object) => withKeys(row, keysOf)) } : request) };
        },
      }),
    });
    // Asked to open a newer version, Dexie opens it as it is. (Where a newer version wants to upgrade under this one, Dexie
    // closes at once, so that it is never blocked, and opens again with the next query.)
    this.use({
      stack: 'dbcore',
      name: 'newer',
      create: (core) => ({
        ...core,
        transaction: (stores, mode, options) => {
          if (mode === 'readwrite' && this.isNewer) throw new NewerDatabaseError('the database is of a newer version');
          return core.transaction(stores, mode, options);
        },
      }),
    });
  }
}
