// What is done in a page that is closed the next moment is done all the same: once, in order, by the background.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Wish } from '../lib/action.ts';
import { act, finish, undo } from '../lib/reading.ts';
import { savePoll } from '../lib/store/digests.ts';
import { listEntries } from '../lib/store/journal.ts';
import { readSettings } from '../lib/store/settings.ts';
import { type NotedWish, noteWish, onWishLeft } from '../lib/wishes.ts';
import { digest, freshDatabase, item, listUnread } from './store/database.ts';

beforeEach(() => {
  vi.restoreAllMocks();
  fakeBrowser.reset();
});

const read = (id: string): Wish => ({ kind: 'read', ids: [id] });
const noted = (wish: Wish, at = Date.now(), tabs: NotedWish['tabs'] = null): NotedWish => ({ wish, at, tabs });
const left = async () => Object.values(await browser.storage.session.get(null));
/** Notes it in a page that is closed at once: the browser takes its locks away. */
async function noteAndClose(wish: NotedWish): Promise<void> {
  const lock = vi.spyOn(navigator.locks, 'request').mockResolvedValueOnce(undefined as never);
  noteWish(wish);
  lock.mockRestore();
}

function listen() {
  const [done, after] = [[] as NotedWish[], vi.fn(async () => {})];
  return { done, after, doLeft: onWishLeft(async (wish) => void done.push(wish), after) };
}

describe('a wish', () => {
  it('is noted before anything is waited for, and left to its page while that is open', async () => {
    const { done, after, doLeft } = listen();
    const { settle } = noteWish(noted(read('post:1'), 5));
    expect(await left()).toEqual([{ wish: read('post:1'), at: 5, tabs: null }]);
    const doing = doLeft();
    await new Promise((later) => setTimeout(later, 20));
    expect(done).toEqual([]);
    await settle();
    await doing;
    expect([done, await left(), after.mock.calls]).toEqual([[], [], []]);
  });

  it('is left to its page where another of the same page was done while it was at it', async () => {
    const { done, after, doLeft } = listen();
    const { settle: settleFirst } = noteWish(noted(read('post:1'), 1));
    await vi.waitFor(async () => expect(await left()).toHaveLength(1));
    const { settle: settleSecond } = noteWish(noted(read('post:2'), 2, { urls: ['https://x.com/a/status/20'], behind: true, reuse: false }));
    await settleFirst();
    await new Promise((later) => setTimeout(later, 20));
    expect(done).toEqual([]);
    await settleSecond();
    await doLeft();
    expect([done, await left(), after.mock.calls]).toEqual([[], [], []]);
  });

  it('is done by the background where its page was closed, whoever wakes it', async () => {
    const { done, after } = listen();
    await noteAndClose(noted(read('post:1')));
    await vi.waitFor(() => expect(after).toHaveBeenCalledOnce());
    expect([done.map(({ wish }) => wish), await left()]).toEqual([[read('post:1')], []]);
  });

  it('is done in its order among others that are left from before', async () => {
    for (const [id, at] of [['post:2', 2], ['post:1', 1], ['post:3', 3]] as const) await noteAndClose(noted(read(id), at));
    const { done, doLeft } = listen();
    await doLeft();
    expect(done.map(({ at }) => at)).toEqual([1, 2, 3]);
  });

  it('opens its tabs only as long as the reader still waits for them', async () => {
    const tabs = { urls: ['https://x.com/a/status/20'], behind: false, reuse: true };
    await noteAndClose(noted(read('post:1'), Date.now() - 60_000, tabs));
    await noteAndClose(noted(read('post:2'), Date.now(), tabs));
    const { done, doLeft } = listen();
    await doLeft();
    expect(done.map((wish) => wish.tabs)).toEqual([null, tabs]);
  });

  it('leaves to the background only those of its tabs that its page had not opened', async () => {
    const urls = ['https://x.com/a/status/20', 'https://x.com/a/status/21'];
    const lock = vi.spyOn(navigator.locks, 'request').mockResolvedValueOnce(undefined as never); // the page is closed soon
    const note = noteWish(noted(read('post:1'), Date.now(), { urls, behind: true, reuse: false }));
    lock.mockRestore();
    await note.leave(urls.slice(1));
    const { done, doLeft } = listen();
    await doLeft();
    expect(done.map(({ tabs }) => tabs?.urls)).toEqual([[urls[1]]]);
  });

  it('that fails keeps no other from being done', async () => {
    for (const at of [1, 2]) await noteAndClose(noted(read('post:1'), at));
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const perform = vi.fn(async ({ at }: NotedWish) => {
      if (at === 1) throw new Error('disk full');
    });
    await onWishLeft(perform, async () => {})();
    expect([perform.mock.calls.length, told.mock.calls.length, await left()]).toEqual([2, 1, []]);
  });

  it('holds up no page where the browser does not take the note', async () => {
    vi.spyOn(browser.storage.session, 'set').mockRejectedValue(new Error('quota'));
    await noteWish(noted(read('post:1'))).settle();
    expect(await (await navigator.locks.query()).held).toEqual([]);
  });
});

describe('what a page may have done before it was closed', () => {
  async function stored() {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)])] });
    return db;
  }
  const move: Wish = { kind: 'move', id: 'post:1', title: '第 1 条', to: 'AI应用' };

  it('is done where it was not', async () => {
    const db = await stored();
    await finish(db, read('post:1'), 7);
    await finish(db, move, 8);
    expect((await listUnread(db)).map(({ id }) => id)).toEqual(['post:2']);
    expect((await listEntries(db)).map(({ at, action }) => [at, action.kind])).toEqual([[8, 'move'], [7, 'read']]);
  });

  it('is not done again, so that undoing it once undoes it', async () => {
    const db = await stored();
    const entry = await act(db, move, 8);
    expect(await finish(db, move, 8)).toBeNull();
    await undo(db, entry?.id);
    expect((await db.items.get('post:1'))?.category).toBe('AI模型');
    await finish(db, move, 8); // the reader has thought better of it
    expect((await db.items.get('post:1'))?.category).toBe('AI模型');
  });

  it('does not add a rule again that the reader has taken back', async () => {
    const db = await stored();
    const wish: Wish = { kind: 'addRule', rule: { id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: null, addedAt: 0 } };
    const entry = await act(db, wish, 9);
    await undo(db, entry?.id);
    expect(await finish(db, wish, 9)).toBeNull();
    expect((await readSettings()).rules).toEqual([]);
  });

  it('does not overturn what the reader did after it', async () => {
    const db = await stored();
    await act(db, read('post:1'), 7);
    expect(await act(db, read('post:1'), 8)).toBeNull(); // opened again: nothing to write down
    await act(db, { kind: 'unread', ids: ['post:1'] }, 9);
    await finish(db, read('post:1'), 8);
    expect((await db.statuses.get('post:1'))?.read).toBe(0);
  });

  it('is done whole where a rule was written down and not added yet', async () => {
    const db = await stored();
    const wish: Wish = { kind: 'addRule', rule: { id: 'r', action: 'mute', field: 'word', value: 'x', expiresAt: null, addedAt: 0 } };
    await finish(db, wish, 9);
    await finish(db, wish, 9);
    expect([(await readSettings()).rules.length, (await listEntries(db)).length]).toEqual([1, 1]);
  });
});
