// The settings of a backup: what of a file's is understood, and what becomes of it beside those that stand.
import type { Category } from '../model/category.ts';
import type { Rule } from '../model/rule.ts';
import { DEFAULT_SETTINGS, type LargeSetting, type Settings } from '../model/settings.ts';
import { parseSettings } from '../store/settings.ts';

/** Longest text and list in settings that come from a file. */
const MOST_TEXT = 500;
const MOST_ENTRIES = 2000;

const texts = (list: readonly string[]) => list.filter((one) => one.length <= MOST_TEXT).slice(0, MOST_ENTRIES);
/** Without names that mean something to every object. */
const record = <T extends string>(all: Record<string, T>) => Object.fromEntries(Object.entries(all).filter(([key, value]) => key.length <= MOST_TEXT && !(key in Object.prototype) && value.length <= MOST_TEXT).slice(0, MOST_ENTRIES));

/** Of each that is understood what is taken: no more than a reader could have meant, and no field nobody knows. */
const TAKEN: { [K in LargeSetting]: (value: Settings[K]) => Settings[K] } = {
  hiddenCategories: texts,
  categoryOrder: texts,
  categoryNames: record,
  categoryColors: record,
  rules: (rules) => rules.filter(({ id, value }) => id.length <= MOST_TEXT && value.length <= MOST_TEXT).slice(0, MOST_ENTRIES).map(({ id, action, field, value, expiresAt, addedAt }) => ({ id, action, field, value, expiresAt, addedAt })),
  quiet: ({ on, from, to, days }) => ({ on, from, to, days: [...new Set(days)] }),
  markOff: texts,
  markSites: texts,
};

/** Of settings in a file those that this version knows and understands. */
export function readSettingsPart(stored: unknown): Partial<Settings> {
  if (typeof stored !== 'object' || stored === null) return {};
  const parsed = parseSettings(stored);
  const given = (Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]).filter((key) => Object.hasOwn(stored, key) && (stored as Record<string, unknown>)[key] !== undefined);
  const take = (key: keyof Settings) => (key in TAKEN ? (TAKEN[key as LargeSetting] as (value: unknown) => unknown)(parsed[key]) : parsed[key]);
  return Object.fromEntries(given.map((key) => [key, take(key)]));
}

/**
 * What becomes of the settings: choices are the file's, lists and records gain what they lack, what is stored is kept for the
 * longer of the two times, the later quiet holds, and first steps that are done stay done. Returns the fields that differ.
 */
export function mergeSettings(stored: Settings, file: Partial<Settings>): Partial<Settings> {
  const union = (a: readonly Category[], b: readonly Category[] = []) => [...new Set([...a, ...b])];
  const sameRule = (a: Rule) => (b: Rule) => a.id === b.id || (a.action === b.action && a.field === b.field && a.value === b.value);
  const large: Pick<Settings, LargeSetting> = {
    hiddenCategories: union(stored.hiddenCategories, file.hiddenCategories),
    categoryOrder: union(stored.categoryOrder, file.categoryOrder),
    categoryNames: { ...file.categoryNames, ...stored.categoryNames },
    categoryColors: { ...file.categoryColors, ...stored.categoryColors },
    rules: [...stored.rules, ...(file.rules ?? []).filter((rule) => !stored.rules.some(sameRule(rule)))],
    quiet: file.quiet ?? stored.quiet,
    markOff: union(stored.markOff, file.markOff),
    markSites: union(stored.markSites, file.markSites),
  };
  const merged: Settings = {
    ...stored,
    ...file,
    ...large,
    quietUntil: Math.max(stored.quietUntil, file.quietUntil ?? 0),
    welcomed: stored.welcomed || file.welcomed === true,
    keepDays: file.keepDays === undefined ? stored.keepDays : stored.keepDays === null || file.keepDays === null ? null : (Math.max(stored.keepDays, file.keepDays) as Settings['keepDays']),
  };
  const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
  return Object.fromEntries(names.filter((key) => JSON.stringify(merged[key]) !== JSON.stringify(stored[key])).map((key) => [key, merged[key]]));
}
