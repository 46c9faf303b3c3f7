// The rows kept for the popup's first paint.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readGlance, writeGlance } from '../lib/glance.ts';
import { chooseLanguage } from '../lib/i18n.ts';
import { DEFAULT_SETTINGS } from '../lib/model/settings.ts';
import { makeRow, NOW } from './components/reader.ts';

beforeEach(() => {
  fakeBrowser.reset();
  chooseLanguage('en');
});
afterEach(() => chooseLanguage('system'));

it('are the first, with the ids of all others that are unread', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => makeRow(n));
  const groups = [{ key: 'AI模型', digest: null, count: 30, rows: rows.slice(0, 30), unlisted: [] }, { key: 'AI应用', digest: null, count: 10, rows: [...rows.slice(30, 39), { ...makeRow(39), read: 1 as const }], unlisted: [] }];
  await writeGlance({ list: { groups, unread: 39, muted: 0, more: false, feeds: [], categories: [] }, settings: DEFAULT_SETTINGS }, NOW);
  const kept = (await readGlance())?.list.groups;
  expect(kept?.map((group) => [group.count, group.rows.length, group.unlisted.length])).toEqual([[30, 24, 6], [10, 0, 9]]);
  expect(kept?.flatMap((group) => [...group.rows.map(({ item }) => item.id), ...group.unlisted])).toEqual(rows.slice(0, 39).map(({ item }) => item.id));
});
