// What a reader does is written down with a way back, and the way back leads exactly to where it was.
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Rule } from '../lib/model/rule.ts';
import { act, undo } from '../lib/reading.ts';
import { savePoll } from '../lib/store/digests.ts';
import { listFeeds } from '../lib/store/feeds.ts';
import { listEntries } from '../lib/store/journal.ts';
import { changeSettings, readSettings } from '../lib/store/settings.ts';
import { digest, freshDatabase, item, listUnread } from './store/database.ts';

beforeEach(() => fakeBrowser.reset());

async function stored() {
  const { db, feedId } = await freshDatabase();
  await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2), item(3)])] });
  return { db, feedId, unread: async () => (await listUnread(db)).map(({ id }) => id).sort() };
}
const RULE: Rule = { id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: null, addedAt: 0 };

describe('an action', () => {
  it('is undone for what it changed, and for nothing else', async () => {
    const { db, unread } = await stored();
    await act(db, { kind: 'read', ids: ['post:1'] }, 1);
    const entry = await act(db, { kind: 'read', ids: ['post:1', 'post:2', 'post:404'] }, 2);
    expect(entry?.action).toEqual({ kind: 'read', ids: ['post:2'] });
    await undo(db, entry?.id);
    expect(await unread()).toEqual(['post:2', 'post:3']);
  });

  it('that changes nothing is not written down', async () => {
    const { db } = await stored();
    expect(await act(db, { kind: 'unread', ids: ['post:1'] }, 1)).toBeNull();
    expect(await listEntries(db)).toEqual([]);
  });

  it('calls nothing unread and stars nothing that was pruned meanwhile, nor does undoing', async () => {
    const { db } = await stored();
    const reading = await act(db, { kind: 'read', ids: ['post:1', 'post:2'] }, 1);
    await db.items.delete('post:1');
    expect(await act(db, { kind: 'unread', ids: ['post:1'] }, 2)).toBeNull();
    expect(await act(db, { kind: 'star', ids: ['post:1'] }, 3)).toBeNull();
    await undo(db, reading?.id);
    expect(await db.statuses.bulkGet(['post:1', 'post:2'])).toMatchObject([{ read: 1, starred: 0 }, { read: 0 }]);
  });

  it('is undone once; without a name the newest that stands', async () => {
    const { db, unread } = await stored();
    const first = await act(db, { kind: 'read', ids: ['post:1'] }, 1);
    await act(db, { kind: 'read', ids: ['post:2'] }, 2);
    expect((await undo(db))?.action).toMatchObject({ ids: ['post:2'] });
    expect((await undo(db))?.id).toBe(first?.id);
    expect([await undo(db), await undo(db, first?.id)]).toEqual([null, null]);
    expect(await unread()).toEqual(['post:1', 'post:2', 'post:3']);
    expect((await listEntries(db)).map(({ undone }) => undone)).toEqual([1, 1]);
  });

  it('stars, moves and removes, and takes each back', async () => {
    const { db, feedId } = await stored();
    const before = await db.items.get('post:1');
    const acts = [await act(db, { kind: 'star', ids: ['post:1'] }, 1), await act(db, { kind: 'move', id: 'post:1', title: '第 1 条', to: 'AI应用' }, 2), await act(db, { kind: 'removeFeed', feedId, name: 'Digest' }, 3)];
    expect([(await db.statuses.get('post:1'))?.starred, (await db.items.get('post:1'))?.category, (await listFeeds(db)).length]).toEqual([1, 'AI应用', 0]);
    for (const entry of acts.toReversed()) await undo(db, entry?.id);
    expect([(await db.statuses.get('post:1'))?.starred, await db.items.get('post:1'), await db.moves.count(), (await listFeeds(db)).length]).toEqual([0, before, 0, 1]);
  });

  it('adds a rule and takes it back, others of the time between stay', async () => {
    const { db } = await stored();
    const entry = await act(db, { kind: 'addRule', rule: RULE }, 1);
    await act(db, { kind: 'addRule', rule: { ...RULE, id: 's', value: 'y' } }, 2);
    expect(await act(db, { kind: 'addRule', rule: { ...RULE, id: 't' } }, 2)).toBeNull(); // it is there already
    await undo(db, entry?.id);
    expect((await readSettings()).rules.map(({ id }) => id)).toEqual(['s']);
    const removed = await act(db, { kind: 'removeRule', rule: { ...RULE, id: 's', value: 'y' } }, 3);
    expect((await readSettings()).rules).toEqual([]);
    await changeSettings({ badge: 'off' });
    await undo(db, removed?.id);
    expect(await readSettings()).toMatchObject({ badge: 'off', rules: [{ id: 's' }] });
  });

  it('is remembered among the last fifty', async () => {
    const { db } = await stored();
    for (let i = 0; i < 60; i++) await act(db, { kind: i % 2 ? 'unread' : 'read', ids: ['post:1'] }, i);
    const entries = await listEntries(db);
    expect([entries.length, entries[0]?.at, entries.at(-1)?.at]).toEqual([50, 59, 10]);
  });
});
