// The compact list: exact, filtered, one piece a day, and in step with the store whatever happens in between.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { updateMarks } from '../lib/derived.ts';
import { chooseLanguage } from '../lib/i18n.ts';
import { buildPiece, hashHandle, MarkIndex, type MarkPiece, readPieces, watchPieces } from '../lib/mark-list.ts';
import { OTHER_CATEGORY } from '../lib/model/category.ts';
import { DEFAULT_SETTINGS } from '../lib/model/settings.ts';
import { savePoll } from '../lib/store/digests.ts';
import { addFeed, newFeed, orderFeeds, removeFeed, restoreFeed, updateFeed } from '../lib/store/feeds.ts';
import { changeSettings } from '../lib/store/settings.ts';
import { digest, freshDatabase, HOUR, item, START } from './store/database.ts';

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
});
afterEach(() => {
  chooseLanguage('system');
  vi.restoreAllMocks();
});

async function readIndex(): Promise<MarkIndex> {
  const index = new MarkIndex();
  index.set(await readPieces());
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
    const stop = watchPieces((changed) => seen.push(...[...changed].map(([day, piece]): [string, boolean] => [day, piece !== null])));
    await savePoll(db, feedId, { digests: [digest(feedId, HOUR / HOUR, [item(1)])] });
    await updateMarks(db);
    await changeSettings({ marks: false });
    await updateMarks(db);
    expect(seen).toEqual([['2026-03-01', true], ['2026-03-01', false]]);
    stop();
    await changeSettings({ marks: true });
    await updateMarks(db);
    expect(seen).toHaveLength(2);
  });
});

describe('rules and names', () => {
  it('take the marks of muted items away, unless the reader wants them, and bring them back when a rule ends', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1, { author: '甲' }), item(2, { author: '乙' })])] });
    const marked = async () => {
      await updateMarks(db);
      const index = await readIndex();
      return ['1', '2'].filter((id) => index.get(id));
    };
    const rule = { id: 'r', action: 'mute', field: 'author', value: '甲', expiresAt: null, addedAt: 0 } as const;
    expect(await marked()).toEqual(['1', '2']);
    await changeSettings({ rules: [rule] });
    expect(await marked()).toEqual(['2']);
    await changeSettings({ markMuted: true });
    expect(await marked()).toEqual(['1', '2']);
    await changeSettings({ markMuted: false, rules: [{ ...rule, action: 'watch' }] });
    expect(await marked()).toEqual(['1', '2']);
    await changeSettings({ rules: [{ ...rule, expiresAt: 1 }] }); // it ended long ago
    expect(await marked()).toEqual(['1', '2']);
  });

  it('show in what a mark says', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1), item(2, { category: OTHER_CATEGORY })])] });
    await changeSettings({ categoryNames: { AI模型: '模型' }, language: 'en' });
    await updateMarks(db);
    const index = await readIndex();
    expect([index.get('1')?.category, index.get('2')?.category]).toEqual(['模型', 'Other']);
  });

  it('speak the language that the reader chose, from then on', async () => {
    const { db, feedId } = await freshDatabase();
    await savePoll(db, feedId, { digests: [digest(feedId, 0, [item(1, { category: OTHER_CATEGORY })]), digest(feedId, 48, [item(2, { category: OTHER_CATEGORY })])] });
    const said = async () => {
      await updateMarks(db);
      const index = await readIndex();
      return ['1', '2'].map((id) => index.get(id)?.category);
    };
    expect(await said()).toEqual(['Other', 'Other']);
    await changeSettings({ language: 'zh-CN' });
    expect(await said()).toEqual(['其他', '其他']);
    const set = vi.spyOn(browser.storage.local, 'set');
    await changeSettings({ language: 'zh-TW' });
    expect(await said()).toEqual(['其他', '其他']);
    expect(set.mock.calls.flatMap(([values]) => Object.keys(values)).sort()).toEqual(['markWays', 'settings']); // the same word: no day is written again
    await changeSettings({ language: 'system' });
    vi.mocked(browser.i18n.getUILanguage).mockReturnValue('zh-TW'); // the browser is another's by now
    expect(await said()).toEqual(['其他', '其他']);
    vi.mocked(browser.i18n.getUILanguage).mockReturnValue('en');
    expect(await said()).toEqual(['Other', 'Other']);
  });
});

describe('the index', () => {
  const FEED = { id: 'f', marks: 1 as const, hiddenCategories: [], removedAt: null };
  interface Told { id: string; handle?: string; links?: string[]; at?: number; category?: string }
  const piece = (...told: Told[]): MarkPiece | null =>
    buildPiece(told.map(({ id, handle = '', links = [], at = 1, category = 'AI' }) => ({ id: `post:${id}`, title: id, author: '', postIds: [id, ...links], handle, category, firstMs: at, feedIds: ['f'], appearances: [{ feedId: 'f', publishedMs: at }] })), DEFAULT_SETTINGS, [FEED], 0);
  /** A post of `ms` after the first of 2026, and some low bits. */
  const postAt = (ms: number, low = 0) => String(((BigInt(Date.parse('2026-01-01T00:00:00Z') + ms) - 1_288_834_974_657n) << 22n) + BigInt(low));
  const SECOND = Date.parse('2026-01-01T00:00:00Z') / 1000;

  it('finds a post by its author, however written, and its second, to the millisecond', () => {
    const index = new MarkIndex();
    index.set([['a', piece({ id: postAt(0), handle: 'Dotey' }, { id: postAt(1999, 4_194_303), handle: 'dotey' }, { id: postAt(2000), handle: 'sama' })]]);
    expect(index.find(SECOND, () => 'DOTEY')).toBe(postAt(0));
    expect(index.find(SECOND + 1, () => 'dotey')).toBe(postAt(1999, 4_194_303));
    expect(index.find(SECOND + 2, () => 'dotey')).toBeNull();
    expect(index.find(SECOND + 2, () => 'sama')).toBe(postAt(2000));
    expect(index.find(SECOND + 2, () => null)).toBeNull();
    expect(index.find(SECOND + 2, () => '')).toBeNull();
  });

  it('asks for the author only where a post of that second is known', () => {
    const index = new MarkIndex();
    index.set([['a', piece({ id: postAt(0), handle: 'dotey' })]]);
    const author = () => {
      throw new Error('asked');
    };
    expect(index.find(SECOND + 1, author)).toBeNull();
    expect(() => index.find(SECOND, author)).toThrow('asked');
  });

  it('finds none of two posts of one author and second, and one that two days tell of', () => {
    const index = new MarkIndex();
    index.set([['a', piece({ id: postAt(100), handle: 'dotey' }, { id: postAt(5000), handle: 'dotey' })], ['b', piece({ id: postAt(900), handle: 'dotey' }, { id: postAt(5000), handle: 'dotey', at: 2 })]]);
    expect(index.find(SECOND, () => 'dotey')).toBeNull();
    expect(index.find(SECOND + 5, () => 'dotey')).toBe(postAt(5000));
    index.set([['b', null]]);
    expect(index.find(SECOND, () => 'dotey')).toBe(postAt(100));
  });

  it('finds no post whose author is unknown, nor one older than ids that tell a time, by author and second', () => {
    const index = new MarkIndex();
    index.set([['a', piece({ id: postAt(0), links: [postAt(0, 7)] }, { id: '20', handle: 'jack' })]]);
    expect(index.find(SECOND, () => 'dotey')).toBeNull();
    expect(index.find(1_288_834_974, () => 'jack')).toBeNull();
    expect(index.get('20')).not.toBeNull();
  });

  it('takes in days one after another as if they had all come at once', () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
    const days = ['a', 'b', 'c', 'd'];
    const index = new MarkIndex();
    const now = new Map<string, MarkPiece>();
    for (let step = 0; step < 300; step++) {
      const day = days[random(4)] as string;
      const told = Array.from({ length: random(6) }, (): Told => ({ id: postAt(random(12) * 1000), handle: 'dotey', at: 1 + random(9), category: random(2) ? 'x' : 'y' }));
      const next = piece(...new Map(told.map((one) => [one.id, one])).values());
      if (next) now.set(day, next);
      else now.delete(day);
      index.set([[day, next]]);
      const whole = new MarkIndex();
      whole.set(now);
      if (random(3)) for (let n = 0; n < 12; n++) {
        const at = [...now.values()].flatMap((text) => text.split('\n')).filter((line) => line.includes(postAt(n * 1000))).map((line) => Number(line.split('\t')[0]));
        expect(index.get(postAt(n * 1000))?.publishedMs).toBe(at.length ? Math.min(...at) : undefined);
        expect(whole.get(postAt(n * 1000))?.publishedMs).toBe(index.get(postAt(n * 1000))?.publishedMs);
        expect(index.find(SECOND + n, () => 'dotey')).toBe(at.length ? postAt(n * 1000) : null);
      }
    }
  });

  it('says whether anything differs when all is read again', () => {
    const index = new MarkIndex();
    const pieces = () => new Map([['a', piece({ id: '1' }) as MarkPiece], ['b', piece({ id: '2' }) as MarkPiece]]);
    expect(index.replace(pieces())).toBe(true);
    const mark = index.get('1');
    expect(index.replace(pieces())).toBe(false);
    expect(index.get('1')).toBe(mark);
    expect(index.replace(new Map([['b', piece({ id: '3' }) as MarkPiece]]))).toBe(true);
    expect(['1', '2', '3'].map((id) => index.get(id) !== null)).toEqual([false, false, true]);
  });

  it('hashes handles alike in every case, and differently one from another', () => {
    expect(hashHandle('OpenAI')).toBe(hashHandle('openai'));
    const names = Array.from({ length: 20_000 }, (_, i) => `user_${i}`);
    expect(new Set(names.map(hashHandle)).size).toBe(names.length);
    for (const name of names.slice(0, 500)) expect(hashHandle(name)).toMatch(/^[0-9a-z]{6}$/);
  });
});
