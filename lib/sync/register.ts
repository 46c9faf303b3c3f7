// What a reader chose, value by value, each with a stamp that says which of two writes came later.
import { feedKey, GONE, isTombstoneKey, partsOf } from './key.ts';

/**
 * A hybrid logical clock's reading (Kulkarni et al. 2014) and the browser that wrote: nine characters of ms in base 36, then its name. They compare
 * as text. A write is stamped later than whatever it replaces, so one by a browser whose clock is days ahead holds only until
 * the next change, by whatever clock.
 */
export type Stamp = string;

const TIME_LENGTH = 9;
/** Latest time a clock may claim: about the year 3580, half of what a stamp holds, so that there is always a later one. */
const LATEST = Math.floor(36 ** TIME_LENGTH / 2);

const stampOf = (time: number, device: string): Stamp => time.toString(36).padStart(TIME_LENGTH, '0') + device;

/** The time of a stamp, ms: logical, so it may be ahead of every clock. */
const stampTime = (stamp: Stamp): number => Number.parseInt(stamp.slice(0, TIME_LENGTH), 36);

/** Whether something from outside is a stamp, early enough that there is a later one. */
export const isStamp = (value: unknown): value is Stamp => typeof value === 'string' && /^[0-9a-z]{10,20}$/.test(value) && stampTime(value) < 36 ** TIME_LENGTH * 0.9;

/** A stamp later than all of `known`. */
function nextStamp(known: Stamp | undefined, now: number, device: string): Stamp {
  return stampOf(Math.max(Math.min(Math.max(Math.floor(now), 0), LATEST), known === undefined ? 0 : stampTime(known) + 1), device);
}

/** For what stood here before sync was turned on: earlier than anything a reader changes. */
const firstStamp = (device: string): Stamp => stampOf(0, device);

/** What can be synced as a value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A value as it is synced. */
export interface Written {
  value: Json;
  stamp: Stamp;
}

/** A value as this browser remembers it. */
export interface Register extends Written {
  /** What stood here when last looked; left out where nothing did. Only what differs from both was changed by the reader. */
  base?: Json;
}

/** A value that stands here. What does not stand here is unknown, never deleted: deletions are values of their own. */
export interface Observed {
  value: Json;
  /** It is what stands where nobody chose anything: worth no telling until something else has been. */
  plain?: boolean;
  /** It stays even if another browser took it away before the two ever met. */
  insist?: boolean;
}

/** The same whatever the order of an object's names: a browser may hand them back sorted. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part)) ?? 'undefined';
}

/** Whether two values are the same to sync. */
export const equal = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/** Whether `a` is the later write, or the same. Two writes of one stamp (a copied profile) are told apart by their values. */
export const isLater = (a: Written, b: Written): boolean => a.stamp > b.stamp || (a.stamp === b.stamp && canonical(a.value) >= canonical(b.value));

/** How long it is remembered that something was deleted, ms. A browser away for longer may bring it back. */
const TOMBSTONE_LIFE = 180 * 86_400_000;
/** Near the end of its life a tombstone need not be synced any more: browsers whose clocks differ must not quarrel over it. */
export const TOMBSTONE_GRACE = 7 * 86_400_000;

/** Whether a deletion is so old that it need not be kept (`margin` 0) or sent on (`margin` the grace). */
export const isExpired = (key: string, { value, stamp }: Written, now: number, margin = 0): boolean => isTombstoneKey(key, value) && stampTime(stamp) + TOMBSTONE_LIFE - margin < now;

/**
 * Takes up what the reader changed here since the last time and what came from elsewhere. Returns all registers. What
 * stands here and differs from its register's value is then to be set.
 */
export function reconcileRegisters(known: ReadonlyMap<string, Register>, here: ReadonlyMap<string, Observed>, remote: ReadonlyMap<string, Written>, { now, device }: { now: number; device: string }): Map<string, Register> {
  const registers = new Map<string, Register>();
  for (const key of new Set([...known.keys(), ...here.keys(), ...remote.keys()])) {
    const observed = here.get(key);
    const elsewhere = remote.get(key);
    let register: Register | undefined = known.get(key);
    if (observed) register = observe(key, register, observed, elsewhere, now, device);
    if (elsewhere && (!register || !isLater(register, elsewhere))) register = { ...elsewhere, ...(observed && { base: observed.value }) };
    // An old deletion is heeded for as long as anybody tells of it: by a clock that is years ahead every one is old.
    if (register && (observed || elsewhere || !isExpired(key, register, now))) registers.set(key, register);
  }
  // With the last word of a removed feed goes what was chosen for it.
  for (const key of registers.keys()) {
    const [kind, url = ''] = partsOf(key);
    if (kind === 'f' && !registers.has(feedKey(url, GONE))) registers.delete(key);
  }
  return registers;
}

function observe(key: string, register: Register | undefined, { value, plain, insist }: Observed, elsewhere: Written | undefined, now: number, device: string): Register | undefined {
  if (!register) {
    if (elsewhere) return insist && !equal(value, elsewhere.value) ? { value, stamp: nextStamp(elsewhere.stamp, now, device), base: value } : undefined;
    if (plain) return undefined;
    return { value, stamp: isTombstoneKey(key, value) ? nextStamp(undefined, now, device) : firstStamp(device), base: value }; // a deletion's life counts from now
  }
  if (equal(value, register.value)) return { ...register, base: value };
  // Not set here yet: the worker died, or it arrived as things come.
  if ('base' in register ? equal(value, register.base) : plain) return { ...register, base: value };
  return { value, stamp: nextStamp(register.stamp, now, device), base: value };
}
