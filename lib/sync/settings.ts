// The reader's settings as synced values, and back.
import type { LargeSetting, Settings } from '../model/settings.ts';
import { elementKey, fieldKey, isPart, type Key, partsOf, propertyKey, rowKey } from './key.ts';
import { equal, type Json, type Observed, type Written } from './register.ts';

/** Of this browser alone: what holds for the moment, what was done here, and the language, which follows the browser's. */
const LOCAL: readonly string[] = ['quietUntil', 'welcomed', 'language'] satisfies (keyof Settings)[];
/**
 * What of a setting is merged for itself: each element of a list of texts without an order, each row of a list of objects with an
 * `id`, each property of a record, or nothing less than the whole, as where the order is what was chosen.
 */
const PARTS: Record<LargeSetting, 'elements' | 'rows' | 'properties' | 'whole'> = {
  hiddenCategories: 'elements',
  categoryOrder: 'whole',
  categoryNames: 'properties',
  categoryColors: 'properties',
  rules: 'rows',
  quiet: 'whole',
  markOff: 'elements',
  markSites: 'elements',
};

type Fields = Record<string, unknown>;
type Row = { id: string } & { [name: string]: Json };

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && typeof (value as Row).id === 'string' && isPart((value as Row).id);

/**
 * What the settings say. `stored`: as they are stored; undefined where nothing is, which says nothing at all: a browser that
 * lost its settings does not reset those of others. `parsed`: as they are understood; a field that is understood as something
 * else than is stored says nothing either, nor does a row of a list that is not understood.
 */
export function observeSettings(stored: Fields | undefined, parsed: Fields, defaults: Fields, registers: ReadonlyMap<Key, Written>): Map<Key, Observed> {
  const here = new Map<Key, Observed>();
  for (const [name, value] of Object.entries(stored ?? {})) {
    const parts = Object.hasOwn(PARTS, name) ? PARTS[name as LargeSetting] : 'whole';
    if (!isPart(name) || LOCAL.includes(name) || (parts === 'rows' ? !Array.isArray(value) : !equal(value, parsed[name]))) continue;
    if (parts === 'elements' && Array.isArray(value)) {
      for (const [, of, element = ''] of keysOf(registers, 'e')) if (of === name) here.set(elementKey(name, element), { value: false, plain: true });
      for (const element of value as string[]) if (isPart(element)) here.set(elementKey(name, element), { value: true });
    } else if (parts === 'rows' && Array.isArray(value)) {
      const understood = (Array.isArray(parsed[name]) ? parsed[name] : []) as unknown[];
      const strange = new Set(value.filter((row) => !understood.some((one) => equal(one, row))).map((row) => (isRow(row) ? row.id : '')));
      for (const [, of, id = ''] of keysOf(registers, 'r')) if (of === name && !strange.has(id)) here.set(rowKey(name, id), { value: null, plain: true });
      for (const row of understood) if (isRow(row)) here.set(rowKey(name, row.id), { value: row });
    } else if (parts === 'properties' && isRecord(value)) {
      for (const [, of, property = ''] of keysOf(registers, 'p')) if (of === name) here.set(propertyKey(name, property), { value: null, plain: true });
      for (const [property, part] of Object.entries(value)) if (isPart(property)) here.set(propertyKey(name, property), { value: part as Json });
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
    if (LOCAL.includes(name)) continue;
    if (kind === 's') after[name] = value;
    const before = after[name] ?? current[name];
    if (kind === 'p' && isRecord(before ?? {})) after[name] = withProperty((before ?? {}) as Fields, part, value);
    if (!Array.isArray(before ?? [])) continue;
    if (kind === 'e') after[name] = withElement((before ?? []) as unknown[], part, value === true);
    if (kind === 'r' && (value === null || accepts(name, [value]))) after[name] = withRow((before ?? []) as unknown[], part, value);
  }
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => !equal(value, current[name]) && accepts(name, value)));
}

const withProperty = (record: Fields, property: string, value: Json): Fields => Object.fromEntries([...Object.entries(record).filter(([name]) => name !== property), ...(value === null ? [] : [[property, value] as const])]);

function withElement(list: readonly unknown[], element: string, present: boolean): unknown[] {
  if (!present) return list.filter((one) => one !== element);
  return list.includes(element) ? [...list] : [...list, element];
}

function withRow(list: readonly unknown[], id: string, row: Json): unknown[] {
  if (!isRow(row)) return list.filter((one) => !isRow(one) || one.id !== id);
  return list.some((one) => isRow(one) && one.id === id) ? list.map((one) => (isRow(one) && one.id === id ? row : one)) : [...list, row];
}
