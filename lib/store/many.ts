// Reading many rows by their keys.
import type { Table } from 'dexie';

/** Rows of the first range that is read, and the most of one. */
const FIRST = 16;
const MOST = 512;
/** So many rows may be read in vain before the rest is read one by one, beside as many as were wanted. */
const IN_VAIN = 64;

/**
 * The rows with these keys, in their order; undefined where there is none. As `bulkGet`, but each single row costs
 * Chromium a message of its own, and what is wanted together mostly stands together (posts are numbered by time): so
 * ranges are read, longer ones while they hold what is wanted. Where too little is found that way, or few are wanted, the rest is read one by one.
 */
export async function getMany<T>(table: Table<T, string>, keys: readonly string[]): Promise<(T | undefined)[]> {
  if (keys.length <= FIRST) return table.bulkGet([...keys]);
  const keyOf = table.schema.primKey.keyPath as keyof T;
  const sorted = [...new Set(keys)].sort();
  const wanted = new Set(sorted);
  const found = new Map<string, T>();
  let [at, size, vain] = [0, FIRST, 0];
  while (at < sorted.length && vain <= found.size + IN_VAIN) {
    const rows = await table.where(':id').between(sorted[at], sorted.at(-1), true, true).limit(size).toArray();
    const before = found.size;
    for (const row of rows) if (wanted.has(row[keyOf] as string)) found.set(row[keyOf] as string, row);
    const hits = found.size - before;
    vain += rows.length - hits;
    const last = rows.length < size ? (sorted.at(-1) as string) : (rows.at(-1)?.[keyOf] as string);
    while (at < sorted.length && (sorted[at] as string) <= last) at++;
    size = hits * 2 >= rows.length ? Math.min(size * 2, MOST) : FIRST;
  }
  const rest = sorted.slice(at);
  (await table.bulkGet(rest)).forEach((row, i) => row && found.set(rest[i] as string, row));
  return keys.map((key) => found.get(key));
}
