// The card's side of the background: who may ask, what is told, and that a page can do no more than its card.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { answerPage, readRuns } from '../lib/page-answer.ts';
import { updateMarks } from '../lib/derived.ts';
import { MarkIndex, readPieces, readWays } from '../lib/mark-list.ts';
import { parsePageRequest, readRequest } from '../lib/messages.ts';
import type { PageRequest } from '../lib/page-request.ts';
import { act } from '../lib/reading.ts';
import type { Database } from '../lib/store/database.ts';
import { savePoll } from '../lib/store/digests.ts';
import { setRead } from '../lib/store/items.ts';
import { changeSettings, readSettings } from '../lib/store/settings.ts';
import { digest, freshDatabase, HOUR, item, START } from './store/database.ts';

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('zh-CN');
});

describe('a message from a page', () => {
  const sender = { id: 'us', url: 'https://x.com/home', tab: { id: 7 } };
  it('is taken from our own script in a tab of X alone', () => {
    const message = { type: 'card', postId: '1' };
    expect(parsePageRequest(message, sender, 'us')).toEqual({ request: message, tabId: 7 });
    for (const url of ['https://twitter.com/a/status/1', 'https://mobile.x.com/home', 'https://x.com']) expect(parsePageRequest(message, { ...sender, url }, 'us')).not.toBeNull();
    for (const url of ['https://evilx.com/', 'https://x.com.evil.example/', 'https://evil.example/x.com/', 'https://x.com@evil.example/', 'chrome-extension://us/options.html', '', undefined]) expect(parsePageRequest(message, { ...sender, url }, 'us')).toBeNull();
    expect(parsePageRequest(message, { ...sender, id: 'other' }, 'us')).toBeNull();
    expect(parsePageRequest(message, { id: 'us', url: 'https://x.com/' }, 'us')).toBeNull();
  });

  it('is one of a short list, which holds nothing our own pages may ask', () => {
    for (const message of [{ type: 'refresh' }, { type: 'addFeed', url: 'https://a.example' }, { type: 'card', postId: 'a' }, { type: 'card', postId: 1 }, { type: 'card' }, { type: 'card', postId: '12345678901234567890' }, { type: 'card', postId: '1\n' }, { type: 'opened' }, { type: 'cardAct', postId: '1' }, { type: 'cardAct', postId: '1', act: 'toString' }, { type: 'cardAct', act: 'read' }, { type: 'cardAct', postId: '1', act: 'undo', entry: -1 }, { type: 'cardAct', postId: '1', act: 'undo', entry: 0.5 }, { type: 'cardAct', postId: '1', act: 'removeFeed' }, { type: 'cardAct', postId: '1', act: 'undo', entry: 'x' }, { type: 'count', count: -1 }, { type: 'count', count: 1.5 }, { type: 'count', count: '1' }, { type: 'count' }, { type: 'toString' }, { type: 'count', count: 1e9 }, null, 'card'])
      expect(parsePageRequest(message, sender, 'us'), JSON.stringify(message)).toBeNull();
    for (const message of [{ type: 'card', postId: '1234567890123456789' }, { type: 'cardAct', postId: '1', act: 'undo', entry: 0 }, { type: 'cardAct', postId: '1', act: 'mute' }, { type: 'opened', postId: '1' }, { type: 'count', count: 0 }, { type: 'count', count: 100_000 }])
      expect(parsePageRequest({ ...message, more: 1 }, sender, 'us'), JSON.stringify(message)).toEqual({ request: message, tabId: 7 });
    expect(readRequest({ type: 'card', postId: '1' }, { id: 'own', url: 'chrome-extension://own/popup.html' }, { id: 'own', base: 'chrome-extension://own/' })).toBeNull();
  });
});

describe('the card', () => {
  let db: Database;
  let feedId: string;
  const saved = vi.fn<() => Promise<void>>();
  const ask = (request: PageRequest) => answerPage(db, request, 7, START + 100 * HOUR, saved);
  const card = (postId: string) => ask({ type: 'card', postId });
  const doing = (actName: 'read' | 'unread' | 'star' | 'unstar' | 'mute', postId = '1') => ask({ type: 'cardAct', postId, act: actName });

  beforeEach(async () => {
    saved.mockReset().mockResolvedValue();
    ({ db, feedId } = await freshDatabase());
    await savePoll(db, feedId, { digests: [
      digest(feedId, 0, [item(1, { postIds: ['1', '11'] })]),
      digest(feedId, 4, [item(1, { postIds: ['1', '11'], summary: '**新**的[摘要](https://a.example/x)' }), item(2, { postIds: ['2', '1'], handle: '' })]),
    ] });
  });

  it('tells the post’s own item with every digest it stood in, newest first', async () => {
    expect(await card('1')).toMatchObject({ title: '第 1 条', summary: [[{ text: '新', bold: true }, { text: '的摘要', bold: false }]], category: 'AI模型', firstMs: START, state: { read: false, starred: false }, mutable: '@someone', entry: null, digests: [{ title: '第 4 期', url: 'https://digest.example/4/' }, { title: '第 0 期' }] });
    expect((await card('11'))?.title).toBe('第 1 条'); // only linked
    expect((await card('2'))?.mutable).toContain('某人');
    expect(await card('3')).toBeNull();
    expect(saved).not.toHaveBeenCalled();
  });

  it('leaves out what hides in a text and where a digest leads to no web page', async () => {
    await savePoll(db, feedId, { digests: [digest(feedId, 8, [item(5, { title: 'a\u202eb' })], { fields: { url: 'javascript:alert(1)' } })] });
    expect(await card('5')).toMatchObject({ title: 'ab', digests: [{ url: null }] });
  });

  it('reads, stars and takes either back, in the journal', async () => {
    expect(await doing('read')).toMatchObject({ state: { read: true, starred: false } });
    const starred = await doing('star');
    expect(starred).toMatchObject({ state: { read: true, starred: true } });
    expect(await ask({ type: 'cardAct', postId: '1', act: 'undo', entry: starred?.entry ?? -1 })).toMatchObject({ state: { read: true, starred: false }, entry: null });
    expect(await doing('unread')).toMatchObject({ state: { read: false } });
    expect((await doing('unread'))?.entry).toBeNull(); // nothing was changed
    expect(saved).toHaveBeenCalled();
  });

  it('mutes posts like it by the handle, and takes that back', async () => {
    const muted = await doing('mute');
    expect((await readSettings()).rules).toMatchObject([{ action: 'mute', field: 'handle', value: 'someone', expiresAt: null }]);
    await ask({ type: 'cardAct', postId: '1', act: 'undo', entry: muted?.entry ?? -1 });
    expect((await readSettings()).rules).toEqual([]);
    await doing('mute', '2');
    expect((await readSettings()).rules).toMatchObject([{ field: 'author', value: '某人' }]);
  });

  it('undoes nothing that was done elsewhere', async () => {
    const other = await act(db, { kind: 'read', ids: ['post:2'] }, 0);
    const removed = await act(db, { kind: 'removeFeed', feedId, name: 'x' }, 0);
    const both = await act(db, { kind: 'star', ids: ['post:1', 'post:2'] }, 0);
    for (const entry of [other, removed, both]) await ask({ type: 'cardAct', postId: '1', act: 'undo', entry: entry?.id ?? -1 });
    expect((await db.statuses.get('post:2'))?.read).toBe(1);
    expect((await db.feeds.get(feedId))?.removedAt).toBe(0);
    expect((await db.statuses.get('post:1'))?.starred).toBe(1);
  });

  it('has an opened post read only where the reader wishes it', async () => {
    await ask({ type: 'opened', postId: '1' });
    expect((await db.statuses.get('post:1'))?.read).toBe(0);
    await changeSettings({ markOpened: true });
    await ask({ type: 'opened', postId: '1' });
    expect((await db.statuses.get('post:1'))?.read).toBe(1);
  });

  it('has the tooltip of that tab alone say how many posts there were', async () => {
    const title = vi.spyOn(browser.action, 'setTitle').mockResolvedValue();
    await ask({ type: 'count', count: 3 });
    expect(title).toHaveBeenCalledWith({ tabId: 7, title: expect.stringContaining('3') });
  });
});

describe('a summary', () => {
  it('becomes paragraphs of plain and bold text', () => {
    expect(readRuns('# Head\n\nA **b** [c](https://x.example "t") `d` &lt;e&gt;\n\n- one\n- two')).toEqual([
      [{ text: 'Head', bold: false }],
      [{ text: 'A ', bold: false }, { text: 'b', bold: true }, { text: ' c d <e>', bold: false }],
      [{ text: '• one', bold: false }],
      [{ text: '• two', bold: false }],
    ]);
    expect(readRuns('**模型（LLM）**已发布 **open')).toEqual([[{ text: '模型（LLM）', bold: true }, { text: '已发布 open', bold: false }]]);
    expect(readRuns('<img src=x onerror=alert(1)>')).toEqual([[{ text: '<img src=x onerror=alert(1)>', bold: false }]]);
    expect(readRuns(' \n\n ')).toEqual([]);
  });

  it('is cut where it is long, never inside a character', () => {
    const text = readRuns(`${'a'.repeat(1199)}😀${'b'.repeat(50)}`)[0]?.[0]?.text ?? '';
    expect(text).toBe(`${'a'.repeat(1199)}…`);
  });
});

describe('the list of marks', () => {
  it('holds only unread items where that is wished, and follows their read states', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2)]), digest(feedId, 30, [item(3)])] });
    const posts = async () => {
      await updateMarks(db);
      const index = new MarkIndex();
      index.set(await readPieces());
      return ['1', '2', '3'].filter((id) => index.get(id));
    };
    await setRead(db, ['post:1', 'post:3'], true);
    expect(await posts()).toEqual(['1', '2', '3']);
    await changeSettings({ markUnread: true });
    expect(await posts()).toEqual(['2']);
    await setRead(db, ['post:3'], false);
    expect(await posts()).toEqual(['2', '3']);
    await setRead(db, ['post:2', 'post:3'], true);
    expect(await posts()).toEqual([]);
    await changeSettings({ markUnread: false });
    expect(await posts()).toEqual(['1', '2', '3']);
  });

  it('comes with what else the reader chose, written only where it changes', async () => {
    const { db } = await freshDatabase();
    await changeSettings({ markFold: true, markOff: ['search'], language: 'zh-TW' });
    await updateMarks(db);
    expect(await readWays()).toEqual({ markDim: false, markEmbeds: false, markFold: true, markOpened: false, markOff: ['search'], markSites: [], language: 'zh-TW' });
    const set = vi.spyOn(browser.storage.local, 'set');
    await updateMarks(db);
    expect(set.mock.calls.filter(([values]) => 'markWays' in values)).toEqual([]);
  });
});
