// Searches the store as the reader types: reads the index newest first, titles before summaries, and keeps what it has read.
import { type Body, type Head, indexDay, itemsWith, itemsWithout, type Kind, matchBody, matchHead } from './search/day.ts';
import { BestHits, type Hit } from './search/hits.ts';
import { narrows, parseQuery, type Term } from './search/query.ts';
import type { Database } from './store/database.ts';
import { listItemsOfDay, readSearchRows, type SearchDay, watchSearchDays } from './store/search.ts';

/** What is wanted of a search. */
export interface FindOptions {
  /** Most hits wanted; the count is of all. For more, find again with a larger one: little is read or looked through twice. */
  limit?: number;
  /** Which items are shown at all; asked once for each kind and day. */
  shows?: (kind: Kind) => boolean;
  /** Ends the search, without a last result. */
  signal?: AbortSignal;
}

/** What has been found so far. */
export interface Found {
  /** Best first. */
  hits: readonly Hit[];
  count: number;
  /** Whether everything has been looked through; until then hits may still be added, and the count grow. */
  complete: boolean;
}

/** A day as far as it has been read. */
interface Loaded {
  token: string;
  head: Head;
  /** Null where not read yet, or not kept. */
  body: Body | null;
  /** What the last query to look through all of the day found there. */
  last: { terms: readonly Term[]; items: readonly number[] } | null;
}

/** A day in the middle of a search. */
interface Searched extends SearchDay {
  loaded: Loaded;
  /** What its head holds (lib/search/day.ts). */
  held: Uint16Array;
  /** The only items that can answer, where known. */
  among: readonly number[] | null;
}

/** Days read at once: few first, so that the first hits are there at once. */
const FIRST_DAYS = 8;
const MORE_DAYS = 32;
/** Characters of summaries read at once, and kept at most; with more stored, the older ones are read again for each query that asks for them. */
const BODY_READ = 1_500_000;
const BODY_KEPT = 30_000_000;
/** A word of either kind. */
const REHEARSAL = 'e 的';
/** Searches begun again because the store changed under them, before the last one is taken as it is. */
const RESTARTS = 3;

/** One per page, for as long as it lives. Reads nothing until it is asked. */
export class Finder {
  readonly #db: Database;
  readonly #room: number;
  readonly #days = new Map<number, Loaded>();
  /** Characters of the bodies kept. */
  #kept = 0;
  /** Whether a body has been read that there was no room for. */
  #full = false;
  /** Reads follow one another, so that a search that is overtaken by the next keystroke has read for it. */
  #reading: Promise<unknown> = Promise.resolve();

  readonly #watch: ReturnType<typeof watchSearchDays>;

  /** `onChange`: the store has been written to, here or elsewhere; what is shown of a query may be out of date. */
  constructor(db: Database, { room = BODY_KEPT, onChange = () => {} }: { room?: number; onChange?: () => void } = {}) {
    this.#db = db;
    this.#room = room;
    this.#watch = watchSearchDays(db, onChange);
  }

  /** Stops following the store. */
  close(): void {
    this.#watch.stop();
  }

  /**
   * Reads ahead what the first query will need, for the moment the search box gets the focus: by a search nobody sees, bit by
   * bit, so that the browser has compiled searching too, which costs the first keystrokes more than the search itself.
   */
  async warm(): Promise<void> {
    const rehearsal = this.find(REHEARSAL, { limit: 0 });
    while (!this.#full && !(await rehearsal.next()).done);
    await rehearsal.return();
  }

  /**
   * Looks through everything stored, newest first: titles and authors, then summaries. Yields what has been found whenever
   * reading brought more, and at last the whole; once all has been read, the whole at once. Rejects where the database does not answer. Of the state the store has when it
   * is called; to follow it, search again on `onChange`, soon but not for every one.
   */
  async *find(query: string, options: FindOptions = {}): AsyncGenerator<Found, void, void> {
    for (let restarts = 0; ; restarts++) {
      const outcome = yield* this.#findOnce(parseQuery(query), options, restarts < RESTARTS);
      if (outcome !== 'changed') return;
    }
  }

  async *#findOnce(terms: readonly Term[], { limit = 50, shows = () => true, signal }: FindOptions, mayRestart: boolean): AsyncGenerator<Found, 'changed' | 'ended', void> {
    const best = new BestHits(limit);
    const found = (complete: boolean): Found => ({ hits: [...best.hits], count: best.count, complete });
    const days = terms.length ? await this.#listDays() : [];
    const searched: Searched[] = [];
    let told = 0;
    for (const batch of batchDays(days)) {
      const read = await this.#loadHeads(batch);
      if (signal?.aborted) return 'ended';
      for (const day of batch) {
        const loaded = this.#days.get(day.day);
        if (!loaded) continue;
        const { head, last } = loaded;
        const among = last && narrows(last.terms, terms) ? last.items : null;
        if (among?.length === 0) continue;
        const held = matchHead(head, terms);
        addHits(best, head, shows, true, itemsWith(held, terms));
        // The same query again, for more hits or after a space: what its summaries hold is known.
        if (among && last && narrows(terms, last.terms)) addHits(best, head, shows, false, itemsWithout(held, terms, among));
        else searched.push({ ...day, loaded, held, among });
      }
      if (read && best.count > told) yield found(false);
      told = best.count;
    }
    for (const batch of batchBodies(searched)) {
      const bodies = await this.#loadBodies(batch);
      if (signal?.aborted) return 'ended';
      for (const { day, loaded, held, among } of batch) {
        const body = loaded.body ?? bodies?.get(day);
        if (!body) {
          this.#forget(day); // its rows are of another state than its head was
          if (mayRestart) return 'changed';
          continue;
        }
        const items = matchBody(body, terms, held, among);
        addHits(best, loaded.head, shows, false, items);
        loaded.last = { terms, items: [...itemsWith(held, terms), ...items].sort((a, b) => a - b) };
      }
      if (bodies && best.count > told) yield found(false);
      told = best.count;
    }
    yield found(true);
    return 'ended';
  }

  /** The days there are; forgets what was read of those that have changed. */
  async #listDays(): Promise<SearchDay[]> {
    const days = await this.#watch.list();
    const tokens = new Map(days.map(({ day, token }) => [day, token]));
    for (const [day, { token }] of this.#days) if (tokens.get(day) !== token) this.#forget(day);
    return days;
  }

  #forget(day: number): void {
    const loaded = this.#days.get(day);
    if (loaded?.body) {
      this.#kept -= loaded.head.bodyLength;
      this.#full = false;
    }
    this.#days.delete(day);
  }

  /** Reads the heads of those days that have not been read. Returns whether there were any. */
  async #loadHeads(days: readonly SearchDay[]): Promise<boolean> {
    const isMissing = ({ day }: SearchDay) => !this.#days.has(day);
    if (!days.some(isMissing)) return false;
    await this.#readInTurn(async () => {
      const missing = days.filter(isMissing);
      const rows = await readSearchRows(this.#db, 'searchHeads', missing.flatMap(({ day, stale }) => (stale ? [] : [day])));
      for (const { day, token, column } of rows) this.#days.set(day, { token, head: column as Head, body: null, last: null });
      for (const { day, token, stale } of missing) {
        if (!stale) continue;
        const { head, body } = indexDay(await listItemsOfDay(this.#db, day));
        this.#days.set(day, { token, head, body, last: null });
        this.#kept += head.bodyLength;
      }
    });
    return true;
  }

  /** Reads the bodies of those days that have none, and keeps them while there is room. Returns those it read; null where all were there. */
  async #loadBodies(days: readonly { day: number; loaded: Loaded }[]): Promise<Map<number, Body> | null> {
    if (days.every(({ loaded }) => loaded.body)) return null;
    const bodies = new Map<number, Body>();
    await this.#readInTurn(async () => {
      const missing = new Map(days.filter(({ loaded }) => !loaded.body).map(({ day, loaded }) => [day, loaded]));
      for (const { day, token, column } of await readSearchRows(this.#db, 'searchBodies', [...missing.keys()])) {
        const loaded = missing.get(day);
        if (loaded?.token !== token) continue;
        bodies.set(day, column as Body);
        if (this.#kept + loaded.head.bodyLength > this.#room) this.#full = true;
        if (this.#full || this.#days.get(day) !== loaded) continue;
        loaded.body = column as Body;
        this.#kept += loaded.head.bodyLength;
      }
    });
    return bodies;
  }

  #readInTurn(read: () => Promise<void>): Promise<void> {
    const turn = this.#reading.then(read);
    this.#reading = turn.catch(() => {}); // told to who asked; the next may fare better
    return turn;
  }
}

function addHits(best: BestHits, { ids, publishedMs, position, kinds, kindOf }: Head, shows: (kind: Kind) => boolean, inHead: boolean, items: readonly number[]): void {
  if (items.length === 0) return;
  const shown = kinds.map(shows);
  for (const item of items) if (shown[kindOf[item] as number]) best.add(inHead, publishedMs[item] as number, position[item] as number, ids[item] as string);
}

function* batchDays<T>(days: readonly T[]): Generator<T[]> {
  for (let at = 0, size = FIRST_DAYS; at < days.length; at += size, size = MORE_DAYS) yield days.slice(at, at + size);
}

/** Days in order, so many at once as have BODY_READ characters to be read. */
function* batchBodies<T extends { loaded: Loaded }>(days: readonly T[]): Generator<T[]> {
  let batch: T[] = [];
  let length = 0;
  for (const day of days) {
    batch.push(day);
    if (!day.loaded.body) length += day.loaded.head.bodyLength;
    if (length < BODY_READ) continue;
    yield batch;
    [batch, length] = [[], 0];
  }
  if (batch.length) yield batch;
}
