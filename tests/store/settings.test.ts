// Settings: each field falls back alone, unknown ones are kept, two changes at once lose neither.
import { beforeEach, describe, expect, it } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Rule } from '../../lib/model/rule.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { changeSettings, parseSettings, readSettings, readStoredSettings, watchSettings } from '../../lib/store/settings.ts';

beforeEach(() => fakeBrowser.reset());

describe('settings', () => {
  it('are the defaults where nothing is stored, or nonsense', () => {
    for (const stored of [undefined, null, 7, 'x', []]) expect(parseSettings(stored)).toMatchObject(DEFAULT_SETTINGS);
  });

  it('reset a broken field alone and keep what they do not know', () => {
    expect(parseSettings({ hiddenCategories: ['论文'], badge: 'sometimes', marks: false, future: { a: 1 } })).toEqual({ ...DEFAULT_SETTINGS, hiddenCategories: ['论文'], marks: false, future: { a: 1 } });
    expect(parseSettings({ hiddenCategories: ['论文', 3], badge: 'off' })).toEqual({ ...DEFAULT_SETTINGS, badge: 'off' });
  });

  it('take names and colours only whole, and of the rules those that make sense', () => {
    const rule = { id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: null, addedAt: 1 };
    expect(parseSettings({ rules: [rule] }).rules).toEqual([rule]);
    for (const broken of [{ ...rule, field: 'body' }, { ...rule, action: 'hide' }, { ...rule, value: 1 }, { ...rule, expiresAt: 'soon' }, null, [rule]]) expect(parseSettings({ rules: [broken, rule] }).rules).toEqual([rule]);
    expect(parseSettings({ rules: { 0: rule } }).rules).toEqual([]);
    expect(parseSettings({ categoryNames: { A: 'B' }, categoryColors: { A: 'teal' } })).toMatchObject({ categoryNames: { A: 'B' }, categoryColors: { A: 'teal' } });
    expect(parseSettings({ categoryNames: ['A'], categoryColors: { A: 'url(x)' } })).toMatchObject({ categoryNames: {}, categoryColors: {} });
  });

  it('take sites for marks only as patterns of one whole host, and never X’s', () => {
    const markSites = ['https://nitter.net/*', 'http://127.0.0.1/*'];
    expect(parseSettings({ markSites }).markSites).toEqual(markSites);
    for (const broken of ['https://*/*', '*://nitter.net/*', 'https://*.nitter.net/*', 'https://nitter.net/', 'https://nitter.net/a/*', '<all_urls>', 'https://x.com/*', 'http://mobile.twitter.com/*', 'https://nitter.net:8080/*', 'https://a@nitter.net/*', 'https://nitter .net/*', 7]) expect(parseSettings({ markSites: [...markSites, broken] }).markSites).toEqual([]);
  });

  it('take quiet hours only whole', () => {
    const quiet = { on: true, from: 0, to: 1439, days: [0, 6] };
    expect(parseSettings({ quiet, quietUntil: 5 })).toMatchObject({ quiet, quietUntil: 5 });
    for (const broken of [{ ...quiet, on: 1 }, { ...quiet, from: -1 }, { ...quiet, to: 1440 }, { ...quiet, from: 1.5 }, { ...quiet, days: [7] }, { ...quiet, days: null }, null, [quiet]]) expect(parseSettings({ quiet: broken }).quiet).toEqual(DEFAULT_SETTINGS.quiet);
    expect(parseSettings({ quietUntil: NaN, notify: 'some', icon: 'tab' })).toMatchObject({ quietUntil: 0, notify: 'off', icon: 'popup' });
  });

  it('know the ages to choose from, and no others', () => {
    for (const keepDays of [30, 90, 180, 365, null]) expect(parseSettings({ keepDays }).keepDays).toBe(keepDays);
    for (const keepDays of [0, 7, -1, '30', undefined, Infinity]) expect(parseSettings({ keepDays }).keepDays).toBe(90);
  });

  it('know the looks and languages to choose from, and no others', () => {
    const look = { theme: 'contrast', textSize: 'large', density: 'compact', language: 'zh-TW' };
    expect(parseSettings(look)).toEqual({ ...DEFAULT_SETTINGS, ...look });
    expect(parseSettings({ theme: 'pink', textSize: 3, density: null, language: 'de' })).toEqual(DEFAULT_SETTINGS);
  });

  it('lose neither of two changes made at once', async () => {
    await Promise.all([changeSettings({ marks: false }), changeSettings({ badge: 'unread' })]);
    expect(await readSettings()).toEqual({ ...DEFAULT_SETTINGS, marks: false, badge: 'unread' });
  });

  it('lose neither of two changes of one list made at once', async () => {
    await Promise.all(['a', 'b'].map((name) => changeSettings(({ hiddenCategories }) => ({ hiddenCategories: [...hiddenCategories, name] }))));
    expect((await readSettings()).hiddenCategories).toEqual(['a', 'b']);
  });

  it('keep what a newer version chose, rules too, until that very field is changed here', async () => {
    const rule: Rule = { id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: null, addedAt: 1 };
    const newer = { id: 'n', action: 'dim', field: 'domain', value: 'example.com', addedAt: 1 };
    await browser.storage.local.set({ settings: { badge: 'bell', keepDays: 7, rules: [newer, rule], later: { a: 1 } } });
    await changeSettings(({ rules }) => ({ marks: false, keepDays: 30, rules: [...rules, { ...rule, id: 's' }] }));
    expect(await readStoredSettings()).toMatchObject({ badge: 'bell', keepDays: 30, marks: false, later: { a: 1 }, rules: [rule, { ...rule, id: 's' }, newer] });
    expect(await readSettings()).toMatchObject({ badge: 'new', rules: [rule, { ...rule, id: 's' }] });
    await changeSettings({ badge: 'off', rules: [] });
    expect(await readStoredSettings()).toMatchObject({ badge: 'off', rules: [newer] });
  });

  it('tell of changes, and only of their own', async () => {
    const seen: string[] = [];
    const stop = watchSettings(({ badge }) => seen.push(badge));
    await changeSettings({ badge: 'off' });
    await browser.storage.local.set({ other: 1 });
    stop();
    await changeSettings({ badge: 'unread' });
    expect(seen).toEqual(['off']);
  });
});
