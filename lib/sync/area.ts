// What stands in storage.sync: reads every item of it, and tells what cannot be read, which is then nobody's to change.
import { itemBytes } from './budget.ts';
import { shortHash } from './hash.ts';
import { type Key } from './key.ts';
import { packStates, unpackStates } from './pack.ts';
import { canonical, isLater, isStamp, type Json, type Written } from './register.ts';
import { join, type State } from './status.ts';

/** Items of ours begin with the format they are written in. */
const VERSION = 1;
/** The name of an item of ours in the area. */
export const nameOf = (rest: string): string => `v${VERSION}.${rest}`;

/** What one item holds. */
export interface Content {
  registers: Map<Key, Written>;
  states: Map<string, State>;
}

interface Chunk extends Content {
  bytes: number;
  value: unknown;
}

/** What could be read of the area, and what could not. */
export interface Area {
  /** The items that could be read, by name. */
  chunks: Map<string, Chunk>;
  /** All they hold, joined. */
  registers: Map<Key, Written>;
  states: Map<string, State>;
  /** Items of ours that cannot be read, and such of a newer version. */
  unreadable: string[];
  newer: string[];
  /** Bytes and items of all that is not ours to change. */
  reserved: { bytes: number; items: number };
}

/** Reads all items of the area. Whatever stands there, nothing is thrown. */
export function readArea(items: Record<string, unknown>): Area {
  const area: Area = { chunks: new Map(), registers: new Map(), states: new Map(), unreadable: [], newer: [], reserved: { bytes: 0, items: 0 } };
  for (const [name, value] of Object.entries(items)) {
    const version = Number(/^v(\d{1,6})\./.exec(name)?.[1] ?? 0);
    const content = version === VERSION ? readChunk(value) : null;
    if (content) {
      area.chunks.set(name, { ...content, value, bytes: itemBytes(name, value) });
      mergeInto(area, content);
      continue;
    }
    if (version === VERSION) area.unreadable.push(name);
    else if (version > VERSION) area.newer.push(name);
    area.reserved.bytes += itemBytes(name, value);
    area.reserved.items++;
  }
  return area;
}

function mergeInto(all: Content, { registers, states }: Content): void {
  for (const [key, written] of registers) {
    const before = all.registers.get(key);
    if (!before || !isLater(before, written)) all.registers.set(key, written);
  }
  for (const [key, state] of states) {
    const before = all.states.get(key);
    all.states.set(key, before ? join(before, state) : state);
  }
}

/** Joins several contents. */
export function joinContents(contents: Iterable<Content>): Content {
  const all: Content = { registers: new Map(), states: new Map() };
  for (const content of contents) mergeInto(all, content);
  return all;
}

/** Values as an item: `c` is a checksum of `d`. */
export function writeRegisters(registers: ReadonlyMap<Key, Written>): unknown {
  const d = Object.fromEntries([...registers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { value, stamp }]) => [key, [stamp, value]]));
  return { c: shortHash(canonical(d)), d };
}

/** States as an item: a checksum, then each period with its states. */
export function writeStates(states: ReadonlyMap<string, State>): string {
  const periods = Map.groupBy([...states], ([, { period }]) => period);
  const body = [...periods].sort(([a], [b]) => a - b).map(([period, group]) => `${period.toString(36)}:${packStates(new Map(group))}`).join(' ');
  return shortHash(body) + body;
}

function readChunk(value: unknown): Content | null {
  try {
    return typeof value === 'string' ? readStates(value) : readRegisters(value as { c?: unknown; d?: unknown } | null);
  } catch {
    return null;
  }
}

function readStates(text: string): Content | null {
  const [sum, body] = [text.slice(0, 6), text.slice(6)];
  if (sum !== shortHash(body)) return null;
  const states = new Map<string, State>();
  for (const part of body.split(' ')) {
    const [, digits, bits] = /^([0-9a-z]{1,6}):(.*)$/.exec(part) ?? [];
    if (digits === undefined || bits === undefined) return null;
    for (const [key, state] of unpackStates(bits, Number.parseInt(digits, 36))) states.set(key, state);
  }
  return { registers: new Map(), states };
}

function readRegisters(value: { c?: unknown; d?: unknown } | null): Content | null {
  if (!value?.d || typeof value.d !== 'object' || value.c !== shortHash(canonical(value.d))) return null;
  const registers = new Map<Key, Written>();
  for (const [key, entry] of Object.entries(value.d as Record<string, unknown>)) {
    if (!Array.isArray(entry) || entry.length !== 2 || !isStamp(entry[0])) return null;
    registers.set(key, { stamp: entry[0], value: entry[1] as Json });
  }
  return { registers, states: new Map() };
}
