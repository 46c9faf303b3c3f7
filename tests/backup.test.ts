// Backups: what is saved comes back elsewhere, an import only adds, says before what it will do, and no file does harm.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Backup, readBackup } from '../lib/backup/file.ts';
import { mergeSettings } from '../lib/backup/settings.ts';
import { importBackup, previewBackup, writeBackup, writeStarred } from '../lib/backup.ts';
import { itemId } from '../lib/link.ts';
import type { Rule } from '../lib/model/rule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../lib/model/settings.ts';
import type { Database } from '../lib/store/database.ts';
import { savePoll } from '../lib/store/digests.ts';
import { listFeeds, removeFeed } from '../lib/store/feeds.ts';
import { findByPost, setRead, setStarred } from '../lib/store/items.ts';
import { prune } from '../lib/store/retention.ts';
import { listStaleSearchDays } from '../lib/store/search.ts';
import { moveItem } from '../lib/store/moves.ts';
import { changeSettings, readSettings } from '../lib/store/settings.ts';
import { findStoreFaults } from './sound.ts';
import { digest, freshDatabase, item, START } from './store/database.ts';

const NOW = START + 86_400_000;
const rule: Rule = { id: 'r', action: 'mute', field: 'word', value: '广告', expiresAt: null, addedAt: 1 };

beforeEach(() => fakeBrowser.reset());

/** A reader with items 1 to 4: 1 read, 2 starred, 3 moved. */
async function reader(): Promise<Database> {
  const { db, feedId } = await freshDatabase();
  await savePoll(db, feedId, { digests: [digest(feedId, 0, [1, 2, 3, 4].map((n) => item(n)))], feed: { unreadSince: 5 } });
  await setRead(db, ['post:1'], true);
  await setStarred(db, ['post:2'], true);
  await moveItem(db, 'post:3', 'AI应用', NOW - 1);
  return db;
}

const read = async (file: Blob): Promise<Backup> => {
  const backup = await readBackup(file);
  if ('fault' in backup) throw new Error(backup.fault);
  return backup;
};
const fileOf = (content: unknown) => new Blob([typeof content === 'string' ? content : JSON.stringify(content)]);
const envelope = (fields: object) => ({ format: 'eight-bells-backup', version: 1, ...fields });
const dump = async (db: Database) => JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray())));

/** Another browser, where nothing has been done yet. */
async function elsewhere(): Promise<Database> {
  const { db, feedId } = await freshDatabase();
  await removeFeed(db, feedId, 0);
  await db.feeds.clear();
  return db;
}

describe('a backup', () => {
  it('brings everything that is the reader’s to another browser, under its own feed ids', async () => {
    await changeSettings({ rules: [rule], badge: 'off', hiddenCategories: ['论文'] });
    const file = await writeBackup(await reader(), { items: 'all', now: NOW });
    fakeBrowser.reset();
    const { db, feedId } = await freshDatabase(); // subscribed to the same address already
    const backup = await read(file);
    const expected = { feedsAdded: 0, feedsKnown: 1, read: 1, starred: 1, moved: 1, itemsAdded: 4, itemsKnown: 0 };
    const before = await dump(db);
    expect(await previewBackup(db, backup, NOW)).toMatchObject({ ...expected, settings: ['hiddenCategories', 'rules', 'badge'], refused: 0 });
    expect(await dump(db)).toBe(before);
    expect(await readSettings()).toEqual(DEFAULT_SETTINGS);
    expect(await importBackup(db, backup, { now: NOW })).toMatchObject(expected);
    expect(await db.statuses.orderBy('id').toArray()).toMatchObject([1, 2, 3, 4].map((n) => ({ id: `post:${n}`, read: n === 1 ? 1 : 0, starred: n === 2 ? 1 : 0, seen: 1 })));
    expect(await db.items.get('post:3')).toMatchObject({ category: 'AI应用', categorySource: 'reader', feedIds: [feedId], digestIds: [`${feedId} d0`], summary: '**第 3 条**的摘要' });
    expect(await db.digests.toArray()).toMatchObject([{ id: `${feedId} d0`, feedId, title: '第 0 期', listed: 0, fingerprint: '' }]);
    expect(await listStaleSearchDays(db)).toHaveLength(1);
    expect(await readSettings()).toMatchObject({ rules: [rule], badge: 'off', hiddenCategories: ['论文'] });
    // The same again changes nothing.
    expect(await previewBackup(db, backup, NOW)).toMatchObject({ feedsAdded: 0, read: 0, starred: 0, moved: 0, itemsAdded: 0, settings: [] });
  });

  it('brings items that are pruned with their digests, also with those that were here before', async () => {
    const backup = await read(await writeBackup(await reader(), { items: 'all', now: NOW }));
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(4), item(5)])], listed: [`${feedId} d0`], feed: { succeededAt: NOW } });
    await importBackup(db, backup, { now: NOW });
    expect(await findStoreFaults(db)).toEqual([]);
    await setRead(db, ['post:3', 'post:4', 'post:5'], true);
    await setStarred(db, ['post:2'], false);
    await savePoll(db, feedId, { digests: [100, 101, 102].map((hour) => digest(feedId, hour, [item(hour)])), listed: [100, 101, 102].map((hour) => `${feedId} d${hour}`) });
    while (await prune(db, { keepDays: 30 }, NOW + 40 * 86_400_000));
    expect(await db.items.toCollection().primaryKeys()).toEqual(['post:100', 'post:101', 'post:102']);
  });

  it('has the stories that share an address, and refuses one under the id of another', async () => {
    const { db: old, feedId } = await freshDatabase();
    const page = 'https://blog.example/d0';
    const shared = ['一', '二'].map((title, n) => ({ ...item(n), id: `${itemId(page)}#${title}`, title, url: page, postIds: [] }));
    await savePoll(old, feedId, { digests: [digest(feedId, 0, shared)] });
    await setStarred(old, shared.map(({ id }) => id), true);
    const file = await writeBackup(old, { items: 'all', now: NOW });
    const db = await elsewhere();
    const backup = await read(file);
    expect(backup.refused).toBe(0);
    expect(await importBackup(db, backup, { now: NOW })).toMatchObject({ itemsAdded: 2, starred: 2 });
    const planted = (await file.text()).replaceAll(`${itemId(page)}#一`, `${itemId('https://other.example/')}#一`);
    expect((await read(fileOf(planted))).refused).toBe(1);
  });

  it('without all items still has the words of the starred, and the feed is read anew', async () => {
    const backup = await read(await writeBackup(await reader(), { items: 'starred', now: NOW }));
    const db = await elsewhere();
    await importBackup(db, backup, { now: NOW });
    expect(await db.items.toCollection().primaryKeys()).toEqual(['post:2']);
    const [feed] = await listFeeds(db);
    expect(feed).toMatchObject({ url: 'https://digest.example/index.xml', unreadSince: 5, etag: null, succeededAt: null });
    // What was read and is told of again stays read; what was not arrives unread.
    await savePoll(db, feed?.id ?? '', { digests: [digest(feed?.id ?? '', 0, [1, 2, 3, 4].map((n) => item(n)))] });
    expect((await db.statuses.toArray()).flatMap(({ id, read }) => (read ? [id] : []))).toEqual(['post:1']);
    expect((await db.items.get('post:3'))?.category).toBe('AI应用');
  });

  it('brings what is left of pruned items, so that their posts stay marked, and nothing read comes back unread', async () => {
    const old = await reader();
    await old.digests.toCollection().modify({ listed: 0, listedAt: START - 60 * 86_400_000 });
    const { id: feedId } = (await listFeeds(old))[0] as { id: string };
    await savePoll(old, feedId, { digests: [5, 6, 7].map((n) => digest(feedId, n, [item(n)])) });
    while (await prune(old, { keepDays: 30 }, NOW));
    expect(await old.items.toCollection().primaryKeys()).toEqual(['post:2', 'post:5', 'post:6', 'post:7']); // starred, and the newest digests
    const backup = await read(await writeBackup(old, { items: 'starred', now: NOW }));
    const db = await elsewhere();
    expect(await previewBackup(db, backup, NOW)).toMatchObject({ told: 3, refused: 0 });
    await importBackup(db, backup, { now: NOW });
    const own = (await listFeeds(db))[0]?.id ?? '';
    expect(await findByPost(db, '3')).toMatchObject({ id: 'post:3', title: '第 3 条', category: 'AI应用', feedIds: [own], listedAt: START - 60 * 86_400_000 });
    expect((await db.staleDays.toArray()).map(({ day }) => day)).toContain('2026-03-01');
    const before = await dump(db);
    expect(await importBackup(db, backup, { now: NOW })).toMatchObject({ told: 0 });
    expect(await dump(db)).toBe(before);
    await savePoll(db, own, { digests: [digest(own, 0, [1, 3].map((n) => item(n)))] });
    expect([(await db.statuses.get('post:1'))?.read, (await db.statuses.get('post:3'))?.read]).toEqual([1, 1]);
    // Of those whose entries make no sense, nothing.
    const [told] = backup.snapshot.told;
    const strange = await read(fileOf(envelope({ told: [told, { ...told, postIds: ['x'] }, { ...told, feedIds: [] }, { ...told, listedAt: -1 }, null] })));
    expect([strange.snapshot.told, strange.refused]).toEqual([[told], 4]);
  });

  it('never turns what is read unread, nor takes a star, a feed or a later decision away', async () => {
    const db = await reader();
    const early = await read(await writeBackup(db, { items: 'all', now: NOW }));
    await setRead(db, ['post:2', 'post:4'], true);
    await setStarred(db, ['post:4'], true);
    await moveItem(db, 'post:3', '行业洞察', NOW + 5);
    const before = await dump(db);
    expect(await importBackup(db, early, { now: NOW + 9 })).toMatchObject({ feedsAdded: 0, read: 0, starred: 0, moved: 0, itemsAdded: 0, itemsKnown: 4 });
    expect(await dump(db)).toBe(before);
  });

  it('brings back a feed that was removed, and has one wait whose host is refused', async () => {
    const db = await reader();
    const backup = await read(await writeBackup(db, { items: 'starred', now: NOW }));
    const [feed] = await listFeeds(db);
    await removeFeed(db, feed?.id ?? '', NOW);
    const fault = { kind: 'permission' as const, detail: 'digest.example', at: NOW };
    const changes = await importBackup(db, backup, { now: NOW, waiting: new Map([['https://digest.example/index.xml', { paused: 1 as const, fault }]]) });
    expect(changes.added).toEqual([{ id: feed?.id, url: 'https://digest.example/index.xml' }]);
    expect(await listFeeds(db)).toMatchObject([{ id: feed?.id, paused: 1, fault }]);
  });

  it('is imported whole or not at all', async () => {
    const backup = await read(await writeBackup(await reader(), { items: 'all', now: NOW }));
    const db = await elsewhere();
    const before = await dump(db);
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValueOnce(new Error('QUOTA_BYTES'));
    await expect(importBackup(db, { ...backup, settings: { badge: 'off' } }, { now: NOW })).rejects.toThrow('QUOTA_BYTES');
    expect(await dump(db)).toBe(before);
  });

  it('is stopped at any step without a trace', async () => {
    const backup = await read(await writeBackup(await reader(), { items: 'all', now: NOW }));
    const db = await elsewhere();
    const before = await dump(db);
    for (let last = 1; last <= 3; last++) {
      let steps = 0;
      const stop = () => {
        if (++steps === last) throw new DOMException('', 'AbortError');
      };
      await expect(importBackup(db, { ...backup, settings: { badge: 'off' } }, { now: NOW, onProgress: stop })).rejects.toThrow();
      expect(await dump(db)).toBe(before);
      expect(await readSettings()).toEqual(DEFAULT_SETTINGS);
    }
  });

  it('tells how far it is', async () => {
    const steps: [number, number][] = [];
    const backup = await read(await writeBackup(await reader(), { items: 'all', now: NOW, onProgress: (...step) => steps.push(step) }));
    await importBackup(await elsewhere(), backup, { now: NOW, onProgress: (...step) => steps.push(step) });
    expect(steps).toEqual([[4, 4], [4, 9], [8, 9], [9, 9]]);
  });

  it('has the starred items as Markdown', async () => {
    const db = await reader();
    expect(await (await writeStarred(db, '星标', () => '3月1日'))?.text()).toBe('# 星标\n\n## [第 2 条](https://x.com/someone/status/2)\n\n某人 · 3月1日\n\n**第 2 条**的摘要\n');
    expect(await writeStarred(await elsewhere(), '星标', String)).toBeNull();
  });
});

describe('settings of a backup', () => {
  it('are taken where they are choices, and joined where they are lists', () => {
    const stored = { ...DEFAULT_SETTINGS, hiddenCategories: ['a'], rules: [rule], categoryNames: { a: 'Mine' }, keepDays: 365 as const };
    const file = { hiddenCategories: ['b'], rules: [{ ...rule, id: 'other' }, { ...rule, id: 's', value: 'x' }], categoryNames: { a: 'Theirs', b: 'B' }, keepDays: 30 as const, badge: 'unread' as const };
    expect(mergeSettings(stored, file)).toEqual({ hiddenCategories: ['a', 'b'], rules: [rule, { ...rule, id: 's', value: 'x' }], categoryNames: { a: 'Mine', b: 'B' }, badge: 'unread' });
    expect(mergeSettings({ ...stored, keepDays: 30 }, { keepDays: null })).toEqual({ keepDays: null });
    expect(mergeSettings(stored, {})).toEqual({});
    const chosen: Partial<Settings> = { badge: 'dot', notify: 'all', quiet: { ...DEFAULT_SETTINGS.quiet, on: true, days: [1] }, icon: 'panel', markUnread: true, theme: 'dark', textSize: 'large', density: 'compact', language: 'zh-TW' };
    expect(mergeSettings(stored, chosen)).toEqual(chosen);
    expect(mergeSettings({ ...stored, markOff: ['list'], markSites: ['https://a.example/*'], quietUntil: 9, welcomed: true }, { markOff: ['home'], markSites: ['https://b.example/*'], quietUntil: 5, welcomed: false })).toEqual({ markOff: ['list', 'home'], markSites: ['https://a.example/*', 'https://b.example/*'] });
  });
});

describe('a file that is none of ours, or wants to do harm', () => {
  it('is refused with a reason', async () => {
    for (const content of ['', '{', 'null', '[]', '7', '<opml/>', '{"format":"other"}', envelope({ feeds: {} }), envelope({ version: 'x' }), `${'['.repeat(200_000)}`, `{"format":${'{"a":'.repeat(100_000)}`]) expect(await readBackup(fileOf(content))).toEqual({ fault: 'notBackup' });
    expect(await readBackup(fileOf(envelope({ version: 2 })))).toEqual({ fault: 'newer' });
    expect(await readBackup({ size: 1e12 } as Blob)).toEqual({ fault: 'tooLarge' });
  });

  it('loses its bad entries, and only those', async () => {
    const good = await read(await writeBackup(await reader(), { items: 'all', now: NOW }));
    const [feed, one, decision, edition] = [good.snapshot.feeds[0], good.snapshot.items[0], good.snapshot.moves[0], good.snapshot.digests[0]];
    const badFeeds = ['javascript:alert(1)', 'data:text/xml,x', 'https://x.com/a', 'file:///etc/passwd', `https://a.example/${'x'.repeat(5000)}`].map((url) => ({ ...feed, url }));
    const badItems = [{ url: 'javascript:alert(1)' }, { id: 'post:999' }, { summary: 7 }, { postIds: ['x'] }, { appearances: [] }, { appearances: [{ digestId: 'another d', feedId: feed?.id, publishedMs: 0, position: 0 }] }, { handle: '"><script>' }, { appearances: [{ digestId: `${feed?.id} d`, feedId: feed?.id, publishedMs: 1e300, position: 0 }] }].map((fields) => ({ ...one, ...fields }));
    const content = envelope({
      feeds: [feed, null, 7, ...badFeeds, { ...feed, id: 'a b' }, { ...feed, unreadSince: 'x' }],
      read: ['post:1', 7, null, ''],
      moves: [decision, { ...decision, to: '' }, { ...decision, at: -1 }],
      digests: [edition, { ...edition, url: 'javascript:x' }, { ...edition, id: 'x' }],
      items: [one, ...badItems],
    });
    const backup = await read(fileOf(content));
    expect(backup.snapshot).toMatchObject({ feeds: [feed], statuses: [{ id: 'post:1', read: 1, starred: 0 }], moves: [decision], digests: [edition], items: [one] });
    expect(backup.refused).toBe(2 + badFeeds.length + 2 + 3 + 2 + 2 + badItems.length);
  });

  it('brings no names that mean something to every object, no strange settings and no deep ones', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`) as unknown;
    const text = JSON.stringify(envelope({ settings: { badge: 'sometimes', keepDays: 7, rules: [{ ...rule, extra: deep }, { id: 1 }], categoryNames: { X: 'x' }, strange: deep, hiddenCategories: ['y'.repeat(10_000), '论文'] } })).replace('"X":"x"', '"__proto__":"x","constructor":"y","ok":"z"');
    const backup = await read(fileOf(text));
    expect(backup.settings.rules).toEqual([rule]);
    expect(Object.keys(backup.settings.categoryNames ?? {})).toEqual(['ok']);
    expect(backup.settings.hiddenCategories).toEqual(['论文']);
    expect('strange' in backup.settings).toBe(false);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    const db = await elsewhere();
    await importBackup(db, backup, { now: NOW });
    expect(await readSettings()).toMatchObject({ badge: 'new', keepDays: 90, rules: [rule] });
  });
});
