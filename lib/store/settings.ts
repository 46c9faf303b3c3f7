// What the reader chose, in storage.local under one key. Each field falls back alone; unknown fields are kept.
import { browser } from 'wxt/browser';
import { DEFAULT_SETTINGS, KEEP_DAYS, type Settings } from '../model.ts';

const KEY = 'settings';

/** A check for every field: what is stored may come from an older or newer version, or from a hand. */
const CHECKS: { [K in keyof Settings]: (value: unknown) => value is Settings[K] } = {
  hiddenCategories: (value): value is string[] => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  badge: (value): value is Settings['badge'] => value === 'new' || value === 'unread' || value === 'off',
  marks: (value): value is boolean => typeof value === 'boolean',
  keepDays: (value): value is Settings['keepDays'] => (KEEP_DAYS as readonly unknown[]).includes(value),
};

/** Whatever is stored as settings; a field that makes no sense is its default. */
export function parseSettings(stored: unknown): Settings {
  const raw = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const settings: Record<string, unknown> = { ...raw };
  for (const name of Object.keys(CHECKS) as (keyof Settings)[]) if (!CHECKS[name](raw[name])) settings[name] = DEFAULT_SETTINGS[name];
  return settings as unknown as Settings;
}

export async function readSettings(): Promise<Settings> {
  return parseSettings((await browser.storage.local.get(KEY))[KEY]);
}

/** Changes some settings and returns all. One change at a time across contexts, so that two of them lose neither. */
export async function changeSettings(changes: Partial<Settings>): Promise<Settings> {
  return navigator.locks.request('settings', async () => {
    const settings = { ...(await readSettings()), ...changes };
    await browser.storage.local.set({ [KEY]: settings });
    return settings;
  });
}

/** Calls back with the settings whenever they change, in whichever context. Returns how to stop. */
export function watchSettings(callback: (settings: Settings) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    const change = changes[KEY];
    if (area === 'local' && change) callback(parseSettings(change.newValue));
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

/** The settings as they are stored; undefined where none are, which is not the same as the defaults having been chosen. */
export async function readStoredSettings(): Promise<Record<string, unknown> | undefined> {
  const stored = (await browser.storage.local.get(KEY))[KEY];
  return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : undefined;
}
