// What should stand in storage.sync, item by item, and the writes that bring it about.
import { type Area, type Content, joinContents, nameOf, writeRegisters, writeStates } from './area.ts';
import { FILL_BYTES, FILL_ITEM_BYTES, FILL_ITEMS, itemBytes } from './budget.ts';
import { hash53 } from './hash.ts';
import type { Key } from './key.ts';
import { isExpired, isLater, TOMBSTONE_GRACE, type Written } from './register.ts';
import { covers, type State } from './status.ts';

/** Values are spread over so many items by a hash of their name, so that a change rewrites a small one. */
const BUCKETS = 16;
/** What an item of values may take: all of them leave room for states. */
const BUCKET_BYTES = 5500;
/** Periods that share an item of starred states: these are few, and kept before all others. */
const ERA = 30;
/** What starred states may take. */
const STAR_BYTES = FILL_BYTES * 0.3;

interface Laid extends Content {
  value: unknown;
  bytes: number;
}

/** Which items should stand there, and what found no room in them. */
export interface Layout {
  items: Map<string, Laid>;
  /** Values that did not fit. */
  leftOut: Key[];
  /** States that are in, and all there are. */
  kept: number;
  total: number;
}

/**
 * Lays out all that is known: values first, then starred states, then the others, each the newest first, until the room is used. The
 * same knowledge is laid out alike by every browser, whatever order it came in, so that two never quarrel over an item.
 */
export function layOut(registers: ReadonlyMap<Key, Written>, states: ReadonlyMap<string, State>, area: Area, now: number): Layout {
  const items = new Map<string, Laid>();
  const leftOut: Key[] = [];
  let { bytes, items: count } = area.reserved;
  const add = (base: string, content: Content, value: unknown) => {
    const name = freeName(base, area);
    const laid = { ...content, value, bytes: itemBytes(name, value) };
    items.set(name, laid);
    bytes += laid.bytes;
    count++;
  };

  const kept = [...registers].filter(([key, written]) => !isExpired(key, written, now, TOMBSTONE_GRACE));
  for (const [bucket, group] of Map.groupBy(kept, ([key]) => hash53(key) % BUCKETS)) {
    const fitting = new Map<Key, Written>();
    let size = 40;
    for (const [key, { value, stamp }] of group.sort(([a], [b]) => comparePriority(a, b))) {
      const more = itemBytes('', { [key]: [stamp, value] });
      if (size + more > BUCKET_BYTES) leftOut.push(key);
      else {
        size += more;
        fitting.set(key, { value, stamp });
      }
    }
    if (fitting.size > 0) add(`g${bucket.toString(36)}`, { registers: fitting, states: new Map() }, writeRegisters(fitting));
  }

  let laidStates = 0;
  const fill = (family: string, of: ReadonlyMap<string, State>, span: number, room: number) => {
    const groups = Map.groupBy(of, ([, { period }]) => Math.floor(period / span));
    for (const [group, entries] of [...groups].sort(([a], [b]) => b - a)) {
      const parts = writeParts(`${family}${group.toString(36)}`, new Map(entries), area);
      const size = parts.reduce((sum, part) => sum + itemBytes(freeName(part.base, area), part.value), 0);
      if (bytes + size > room || count + parts.length > FILL_ITEMS) return;
      for (const { base, states: held, value } of parts) add(base, { registers: new Map(), states: held }, value);
      laidStates += entries.length;
    }
  };
  const starred = new Map([...states].filter(([, { stars }]) => stars > 0));
  fill('t', starred, ERA, Math.min(FILL_BYTES, bytes + STAR_BYTES));
  fill('r', new Map([...states].filter(([key]) => !starred.has(key))), 1, FILL_BYTES);
  return { items, leftOut, kept: laidStates, total: states.size };
}

/** Settings and rules before feeds. */
const comparePriority = (a: Key, b: Key): number => Number(a.startsWith('f')) - Number(b.startsWith('f')) || (a < b ? -1 : 1);

/** A name that is not taken by something that cannot be read. */
function freeName(base: string, area: Area): string {
  let name = nameOf(base);
  while (area.unreadable.includes(name)) name += '~';
  return name;
}

/** States as one item, or as so many that each fits. One that stands in the area already is taken as it is: packing is what costs. */
function writeParts(base: string, states: Map<string, State>, area: Area): { base: string; states: Map<string, State>; value: unknown }[] {
  const standing = area.chunks.get(freeName(base, area));
  if (standing && standing.bytes <= FILL_ITEM_BYTES && standing.states.size === states.size && coversAll(standing, { registers: new Map(), states }) && coversAll({ registers: new Map(), states }, standing)) return [{ base, states, value: standing.value }];
  const sorted = [...states].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let count = 1; ; ) {
    const size = Math.ceil(sorted.length / count);
    const parts = Array.from({ length: Math.ceil(sorted.length / size) }, (_, i) => {
      const part = new Map(sorted.slice(i * size, (i + 1) * size));
      return { base: i === 0 ? base : `${base}.${i}`, states: part, value: writeStates(part) };
    });
    const largest = Math.max(...parts.map(({ base: name, value }) => itemBytes(nameOf(name), value)));
    if (size === 1 || largest <= FILL_ITEM_BYTES) return parts;
    count = Math.max(count + 1, Math.ceil((count * largest) / FILL_ITEM_BYTES));
  }
}

function coversAll(a: Content, b: Content): boolean {
  for (const [key, state] of b.states) if (!covers(a.states.get(key), state)) return false;
  for (const [key, written] of b.registers) {
    const standing = a.registers.get(key);
    if (!standing || !isLater(standing, written)) return false;
  }
  return true;
}

/** One call of the storage. */
export type Write = { set: string; value: unknown } | { remove: string };

/**
 * The writes that bring the area to a layout, in an order in which nothing is missing in between. An item is written only
 * where the area lacks something of it, and removed only where all of it stands elsewhere or its room is needed: a browser that
 * knows less writes nothing, and one that knows nothing removes nothing.
 */
export function planWrites({ items }: Layout, area: Area): Write[] {
  const sets = [...items].filter(([name, laid]) => {
    const standing = area.chunks.get(name);
    return !standing || !coversAll(standing, laid);
  });
  const all = joinContents(items.values());
  const spare = [...area.chunks].filter(([name]) => !items.has(name));
  const moved = spare.filter(([, chunk]) => coversAll(all, chunk));
  const set = new Set(sets.map(([name]) => name));
  let bytes = area.reserved.bytes;
  let count = area.reserved.items;
  for (const [name, chunk] of area.chunks) if (!set.has(name) && !moved.some(([other]) => other === name)) [bytes, count] = [bytes + chunk.bytes, count + 1];
  for (const [, laid] of sets) [bytes, count] = [bytes + laid.bytes, count + 1];
  const fallen: string[] = [];
  for (const [name, chunk] of spare.filter((one) => one[1].states.size > 0 && !moved.includes(one)).sort((a, b) => age(a[1]) - age(b[1]))) {
    if (bytes <= FILL_BYTES && count <= FILL_ITEMS) break;
    fallen.push(name);
    [bytes, count] = [bytes - chunk.bytes, count - 1];
  }
  // Items that hold more than they need to, where even that room is wanted.
  const swollen = bytes > FILL_BYTES ? [...items].filter(([name, laid]) => !set.has(name) && (area.chunks.get(name)?.bytes ?? 0) > laid.bytes) : [];
  const [replaced, fresh] = [sets.filter(([name]) => area.chunks.has(name)), sets.filter(([name]) => !area.chunks.has(name))];
  return [
    ...fallen.map((remove) => ({ remove })),
    ...[...swollen, ...fresh, ...replaced].map(([name, { value }]) => ({ set: name, value })),
    ...moved.map(([remove]) => ({ remove })),
  ];
}

const age = (chunk: Content): number => Math.max(...[...chunk.states.values()].map(({ period }) => period));
