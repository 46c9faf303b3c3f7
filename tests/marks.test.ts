// The compact list: exact, filtered, one piece a day, and in step with the store whatever happens in between.
import { beforeEach, describe, expect, it } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { updateMarks } from '../lib/derived.ts';
import { MarkIndex, type MarkPiece, watchPieces } from '../lib/marks.ts';
import { savePoll } from '../lib/store/digests.ts';
import { addFeed, newFeed, orderFeeds, removeFeed, restoreFeed, updateFeed } from '../lib/store/feeds.ts';
import { changeSettings } from '../lib/store/settings.ts';
import { digest, freshDatabase, HOUR, item, START } from './store/database.ts';

beforeEach(() => fakeBrowser.reset());

async function readIndex(): Promise<MarkIndex> {
  const index = new MarkIndex();
  (await watchPieces((day: string, piece: MarkPiece | null) => index.set(day, piece)))();
  return index;
}
const days = async () => Object.keys(await browser.storage.local.get(null)).filter((key) => key.startsWith('marks:')).sort();

describe('the compact list', () => {
  it('tells digest time and category of every post an item links, and nothing of others', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1, { postIds: ['1', '11'] }), item(2, { category: 'AI应用' }), item(3, { id: 'link:a.example', url: 'https://a.example', postIds: [] })])] });
    await updateMarks(db);
    const index = await readIndex();
    expect(index.get('1')).toEqual({ publishedMs: START, category: 'AI模型' });
    expect(index.get('11')).toEqual({ publishedMs: START, category: 'AI模型' });
    expect(index.get('2')).toEqual({ publishedMs: START, category: 'AI应用' });
    expect([index.get('3'), index.get('')]).toEqual([null, null]);
  });

  it('lets a post’s own item speak before one that only links it, and the earliest digest before later ones', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1, { postIds: ['1', '2'] }), item(2, { category: 'AI应用' })]), digest(feedId, 40, [item(3, { postIds: ['3', '1'], category: 'AI应用' }), item(2, { category: 'AI模型' })])] });
    await updateMarks(db);
    const index = await readIndex();
    expect(index.get('2')).toEqual({ publishedMs: START, category: 'AI模型' });
    expect(index.get('1')?.publishedMs).toBe(START);
  });

  it('leaves hidden categories out, brings them back, and is empty when marks are off', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2, { category: 'AI应用' })])] });
    const known = async () => {
      await updateMarks(db);
      const index = await readIndex();
      return ['1', '2'].filter((id) => index.get(id));
    };
    expect(await known()).toEqual(['1', '2']);
    await changeSettings({ hiddenCategories: ['AI应用'] });
    expect(await known()).toEqual(['1']);
    await changeSettings({ hiddenCategories: [] });
    expect(await known()).toEqual(['1', '2']);
    await changeSettings({ marks: false });
    expect(await known()).toEqual([]);
    expect(await days()).toEqual([]);
    await changeSettings({ marks: true });
    expect(await known()).toEqual(['1', '2']);
  });

  it('writes only the days that changed', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)]), digest(feedId, 30, [item(2)])] });
    await updateMarks(db);
    expect(await days()).toEqual(['marks:2026-03-01', 'marks:2026-03-02']);
    const changed: string[] = [];
    browser.storage.onChanged.addListener((changes) => changed.push(...Object.keys(changes)));
    await savePoll(db, feedId, { digests: [digest(feedId, 31, [item(2), item(3)])] });
    await updateMarks(db);
    await updateMarks(db);
    expect(changed).toEqual(['marks:2026-03-02']);
  });

  it('is caught up after the worker died between commit and list', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] });
    // dead; on the next start:
    await updateMarks(db);
    expect((await readIndex()).get('1')).not.toBeNull();
    expect(await db.staleDays.count()).toBe(0);
  });

  it('follows what each feed is set to: a post is marked where any of its feeds marks it, at the time that feed told of it', async () => {
    const { db, feedId: a } = await freshDatabase();
    const { id: b } = await addFeed(db, newFeed('https://other.example/', { title: 'Other', categories: [] }, 1));
    await savePoll(db, a, { digests: [digest(a, 0, [item(1), item(2)])] });
    await savePoll(db, b, { digests: [digest(b, 30, [item(2), item(3)])] });
    const told = async () => {
      await updateMarks(db);
      const index = await readIndex();
      return ['1', '2', '3'].map((id) => index.get(id)?.publishedMs ?? null);
    };
    const [first, second] = [START, START + 30 * HOUR];
    expect(await told()).toEqual([first, first, second]);
    await updateFeed(db, a, { marks: 0 });
    expect(await told()).toEqual([null, second, second]);
    await updateFeed(db, a, { marks: 1, hiddenCategories: ['AI模型'] });
    expect(await told()).toEqual([null, second, second]);
    await updateFeed(db, a, { hiddenCategories: [], paused: 1 }); // a pause takes nothing back
    expect(await told()).toEqual([first, first, second]);
    await removeFeed(db, a, 1);
    expect(await told()).toEqual([null, second, second]);
    await restoreFeed(db, a);
    expect(await told()).toEqual([first, first, second]);
  });

  it('lets the earliest telling speak, also where a day’s piece tells of a later time', async () => {
    const { db, feedId: a } = await freshDatabase();
    const { id: b } = await addFeed(db, newFeed('https://other.example/', { title: 'Other', categories: [] }, 1));
    await savePoll(db, a, { digests: [digest(a, 0, [item(1)])] });
    await savePoll(db, b, { digests: [digest(b, 30, [item(2, { postIds: ['2', '1'] })]), digest(b, 60, [item(1)])] });
    await removeFeed(db, a, 1);
    await updateMarks(db);
    expect((await readIndex()).get('1')?.publishedMs).toBe(START + 30 * HOUR);
  });

  it('has no day derived again because feeds were added or moved', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] });
    await updateMarks(db);
    const { id } = await addFeed(db, newFeed('https://other.example/', { title: 'Other', categories: [] }, 1));
    await orderFeeds(db, [id, feedId]);
    const changed: string[] = [];
    browser.storage.onChanged.addListener((changes) => changed.push(...Object.keys(changes)));
    await updateMarks(db);
    expect(changed).toEqual([]);
  });

  it('forgets the posts of a removed feed', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1)])] });
    await updateMarks(db);
    await removeFeed(db, feedId, 1);
    await updateMarks(db);
    expect(await days()).toEqual([]);
  });

  it('tells a page of pieces that come later', async () => {
    const { db, feedId } = await freshDatabase();
    const seen: [string, boolean][] = [];
    await watchPieces((day: string, piece: MarkPiece | null) => seen.push([day, piece !== null]));
    await savePoll(db, feedId, { digests: [digest(feedId, HOUR / HOUR, [item(1)])] });
    await updateMarks(db);
    await changeSettings({ marks: false });
    await updateMarks(db);
    expect(seen).toEqual([['2026-03-01', true], ['2026-03-01', false]]);
  });
});
