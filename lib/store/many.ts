// Reading many rows by their keys, and writing many.
import type { PromiseExtended, Table } from 'dexie';

/** Rows of the first range that is read, and the most of one. */
const FIRST = 16;
const MOST = 512;
/** So many rows may be read in vain before the rest is read one by one, beside as many as were wanted. */
const IN_VAIN = 64;

/**
 * The rows with these keys, in their order; undefined where there is none. As `bulkGet`, but each single row costs
 * Chromium a message of its own, and what is wanted together mostly stands together (posts are numbered by time): so
 * ranges are read, longer ones while they hold what is wanted. Where too little is found that way, or few are wanted, the rest is read one by one.
 * Without an async function of its own: Dexie counts native awaits, and of one more within another it now and then loses
 * track; then a live query that asked is not told of changes.
 */
export function getMany<T>(table: Table<T, string>, keys: readonly string[]): PromiseExtended<(T | undefined)[]> {
  if (keys.length <= FIRST) return table.bulkGet([...keys]);
  const keyOf = table.schema.primKey.keyPath as keyof T;
  const sorted = [...new Set(keys)].sort();
  const wanted = new Set(sorted);
  const found = new Map<string, T>();
  const add = (row: T | undefined) => row && wanted.has(row[keyOf] as string) && found.set(row[keyOf] as string, row);
  const readFrom = (at: number, size: number, vain: number): PromiseExtended<unknown> => {
    if (at >= sorted.length || vain > found.size + IN_VAIN) return table.bulkGet(sorted.slice(at)).then((rows) => rows.forEach(add));
    return table.where(':id').between(sorted[at], sorted.at(-1), true, true).limit(size).toArray().then((rows) => {
      const before = found.size;
      rows.forEach(add);
      const hits = found.size - before;
      const last = rows.length < size ? (sorted.at(-1) as string) : (rows.at(-1)?.[keyOf] as string);
      let next = at;
      while (next < sorted.length && (sorted[next] as string) <= last) next++;
      return readFrom(next, hits * 2 >= rows.length ? Math.min(size * 2, MOST) : FIRST, vain + rows.length - hits);
    });
  };
  return readFrom(0, FIRST, 0).then(() => keys.map((key) => found.get(key)));
}

/** Rows sent to the browser at once: some milliseconds of a page's time. */
const SENT = 250;

/**
 * Writes rows, in one transaction with whatever calls it. As `bulkPut`, but a few at a time: each row is a message of its own to
 * Chromium, and a page that sends it 20,000 without a break neither paints nor hears a key for seconds. Nor an async function.
 */
export function putMany<T>(table: Table<T, string>, rows: readonly T[]): PromiseExtended<unknown> {
  const sendFrom = (at: number): PromiseExtended<unknown> => table.bulkPut(rows.slice(at, at + SENT)).then((last): unknown => (at + SENT < rows.length ? sendFrom(at + SENT) : last));
  return sendFrom(0);
}
