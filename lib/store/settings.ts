// What the reader chose, in storage.local under one key. Each field falls back alone; unknown fields are kept.
import { browser } from 'wxt/browser';
import { isSite } from '../link.ts';
import { CATEGORY_COLORS } from '../model/category.ts';
import type { Rule } from '../model/rule.ts';
import { DEFAULT_SETTINGS, DENSITIES, KEEP_DAYS, LANGUAGES, type QuietHours, type Settings, type SettingsChange, TEXT_SIZES, THEMES } from '../model/settings.ts';

const KEY = 'settings';

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function isOneOf<T>(options: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => (options as readonly unknown[]).includes(value);
}

function isRule(value: unknown): value is Rule {
  if (!isRecord(value)) return false;
  const { id, action, field, value: wanted, expiresAt, addedAt } = value as Record<keyof Rule, unknown>;
  return [id, wanted].every((text) => typeof text === 'string') && (action === 'mute' || action === 'watch') && /^(?:word|author|handle|category)$/.test(String(field)) && (expiresAt === null || typeof expiresAt === 'number') && typeof addedAt === 'number';
}

const isWhole = (value: unknown, most: number) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

function isQuietHours(value: unknown): value is QuietHours {
  if (!isRecord(value)) return false;
  const { on, from, to, days } = value as Record<keyof QuietHours, unknown>;
  return typeof on === 'boolean' && isWhole(from, 1439) && isWhole(to, 1439) && Array.isArray(days) && days.every((day) => isWhole(day, 6));
}

/** A check for every field: what is stored may come from an older or newer version, or from a hand. */
const CHECKS: { [K in keyof Settings]: (value: unknown) => value is Settings[K] } = {
  hiddenCategories: isTexts,
  categoryOrder: isTexts,
  categoryNames: (value): value is Settings['categoryNames'] => isRecord(value) && isTexts(Object.values(value)),
  categoryColors: (value): value is Settings['categoryColors'] => isRecord(value) && Object.values(value).every(isOneOf(CATEGORY_COLORS)),
  rules: (value): value is Rule[] => Array.isArray(value) && value.every(isRule), // in parts: see parseSettings
  markMuted: isBoolean,
  badge: isOneOf(['new', 'unread', 'dot', 'off']),
  notify: isOneOf(['off', 'watched', 'all']),
  quiet: isQuietHours,
  quietUntil: (value): value is number => typeof value === 'number' && Number.isFinite(value),
  icon: isOneOf(['popup', 'panel']),
  reuseTab: isBoolean,
  marks: isBoolean,
  markUnread: isBoolean,
  markDim: isBoolean,
  markFold: isBoolean,
  markOpened: isBoolean,
  markOff: isTexts,
  markEmbeds: isBoolean,
  markSites: (value): value is string[] => isTexts(value) && value.every(isSite),
  keepDays: isOneOf(KEEP_DAYS),
  welcomed: isBoolean,
  theme: isOneOf(THEMES),
  textSize: isOneOf(TEXT_SIZES),
  density: isOneOf(DENSITIES),
  language: isOneOf(LANGUAGES),
};

/** Whatever is stored as settings; a field that makes no sense is its default, and of the rules those that make sense are taken. */
export function parseSettings(stored: unknown): Settings {
  const raw = isRecord(stored) ? stored : {};
  const settings: Record<string, unknown> = { ...raw, rules: Array.isArray(raw.rules) ? raw.rules.filter(isRule) : undefined };
  for (const name of Object.keys(CHECKS) as (keyof Settings)[]) if (!CHECKS[name](settings[name])) settings[name] = DEFAULT_SETTINGS[name];
  return settings as unknown as Settings;
}

/** What the reader chose; what is not stored, or makes no sense, is its default. Rejects where the browser does not answer. */
export async function readSettings(): Promise<Settings> {
  return parseSettings(await readStoredSettings());
}

/** Changes some settings and returns all. One change at a time across contexts, so that two of them lose neither. */
export async function changeSettings(change: SettingsChange): Promise<Settings> {
  return navigator.locks.request('settings', async () => {
    const raw = (await readStoredSettings()) ?? {};
    const stored = parseSettings(raw);
    const changes = typeof change === 'function' ? change(stored) : change;
    const settings = { ...stored, ...changes };
    await browser.storage.local.set({ [KEY]: { ...settings, ...notUnderstood(raw, changes, settings.rules) } });
    return settings;
  });
}

/** What is stored and not understood here: a newer version's, most likely, so it stays as it is until the reader changes that very field. */
function notUnderstood(raw: Record<string, unknown>, changes: Partial<Settings>, rules: readonly Rule[]): Record<string, unknown> {
  const fields = (Object.keys(CHECKS) as (keyof Settings)[]).filter((name) => name in raw && name !== 'rules' && !(name in changes) && !CHECKS[name](raw[name]));
  const strange = Array.isArray(raw.rules) ? raw.rules.filter((rule: unknown) => !isRule(rule)) : [];
  return { ...Object.fromEntries(fields.map((name) => [name, raw[name]])), ...(strange.length > 0 && { rules: [...rules, ...strange] }) };
}

/** Calls back with the settings, and with what they were before, whenever they change, in whichever context. Returns how to stop. */
export function watchSettings(callback: (settings: Settings, before: Settings) => void): () => void {
  const listener = (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>, area: string) => {
    const change = changes[KEY];
    if (area === 'local' && change) callback(parseSettings(change.newValue), parseSettings(change.oldValue));
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

/** The settings as they are stored; undefined where none are, which is not the same as the defaults having been chosen. */
export async function readStoredSettings(): Promise<Record<string, unknown> | undefined> {
  const stored = (await browser.storage.local.get(KEY))[KEY];
  return isRecord(stored) ? stored : undefined;
}
