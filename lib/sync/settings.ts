// The reader's settings as synced values, and back.
import { elementKey, fieldKey, isPart, type Key, partsOf, rowKey } from './key.ts';
import { equal, type Json, type Observed, type Written } from './register.ts';

/** Lists of texts without an order: each element is merged for itself. */
const SETS = ['hiddenCategories'];
/** Lists of objects with an `id`: each is merged for itself. */
const LISTS = ['rules'];

type Fields = Record<string, unknown>;
type Row = { id: string } & { [name: string]: Json };

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && typeof (value as Row).id === 'string' && isPart((value as Row).id);

/**
 * What the settings say. `stored`: as they are stored; undefined where nothing is, which says nothing at all: a browser that
 * lost its settings does not reset those of others. `parsed`: as they are understood; a field that is understood as something
 * else than is stored says nothing either.
 */
export function observeSettings(stored: Fields | undefined, parsed: Fields, defaults: Fields, registers: ReadonlyMap<Key, Written>): Map<Key, Observed> {
  const here = new Map<Key, Observed>();
  for (const [name, value] of Object.entries(stored ?? {})) {
    if (!isPart(name) || !equal(value, parsed[name])) continue;
    if (SETS.includes(name) && Array.isArray(value)) {
      for (const [, of, element = ''] of keysOf(registers, 'e')) if (of === name) here.set(elementKey(name, element), { value: false, plain: true });
      for (const element of value as string[]) if (isPart(element)) here.set(elementKey(name, element), { value: true });
    } else if (LISTS.includes(name) && Array.isArray(value)) {
      for (const [, of, id = ''] of keysOf(registers, 'r')) if (of === name) here.set(rowKey(name, id), { value: null, plain: true });
      for (const row of value) if (isRow(row)) here.set(rowKey(name, row.id), { value: row });
    } else here.set(fieldKey(name), { value: value as Json, plain: equal(value, defaults[name]) });
  }
  return here;
}

const keysOf = (registers: ReadonlyMap<Key, unknown>, kind: string): string[][] => [...registers.keys()].map(partsOf).filter((parts) => parts[0] === kind);

/** The changes that bring the settings to what is synced. `accepts`: whether this version understands a value; what it does not stays away, and stays synced. */
export function settingsChanges(current: Fields, registers: ReadonlyMap<Key, Written>, accepts: (name: string, value: unknown) => boolean): Fields {
  const after: Fields = {};
  for (const [key, { value }] of [...registers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind, name = '', part = ''] = partsOf(key);
    if (kind === 's') after[name] = value;
    if (kind !== 'e' && kind !== 'r') continue;
    const before = after[name] ?? current[name] ?? [];
    if (!Array.isArray(before)) continue;
    if (kind === 'e') after[name] = value === true ? (before.includes(part) ? before : [...before, part]) : before.filter((element) => element !== part);
    else after[name] = isRow(value) ? (before.some((row) => isRow(row) && row.id === part) ? before.map((row: unknown) => (isRow(row) && row.id === part ? value : row)) : [...before, value]) : before.filter((row) => !isRow(row) || row.id !== part);
  }
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => !equal(value, current[name]) && accepts(name, value)));
}
