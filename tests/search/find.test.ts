// Searching the store: the same as reading every item, in step with what polls and pruning change, whoever dies in between.
import { Dexie } from 'dexie';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Finder, type FindOptions, type Found } from '../../lib/finder.ts';
import { rebuildSearch, updateSearch } from '../../lib/indexer.ts';
import type { Item } from '../../lib/model/item.ts';
import type { Database } from '../../lib/store/database.ts';
import { savePoll } from '../../lib/store/digests.ts';
import { setRead } from '../../lib/store/items.ts';
import { prune } from '../../lib/store/retention.ts';
import { deriveSearchDay, listStaleSearchDays } from '../../lib/store/search.ts';
import { digest, freshDatabase, item, START } from '../store/database.ts';

beforeEach(() => fakeBrowser.reset());

const DAY = 86_400_000;

async function results(finder: Finder, query: string, options?: FindOptions): Promise<Found[]> {
  const found: Found[] = [];
  for await (const one of finder.find(query, options)) found.push(one);
  return found;
}
const find = async (finder: Finder, query: string, options?: FindOptions) => (await results(finder, query, options)).at(-1) as Found;
const ids = async (finder: Finder, query: string, options?: FindOptions) => (await find(finder, query, options)).hits.map(({ id }) => id);

/** A store with these items, one digest a day. */
async function storeOf(...days: Parameters<typeof item>[1][][]): Promise<{ db: Database; feedId: string; finder: Finder }> {
  const { db, feedId } = await freshDatabase();
  let n = 0;
  const digests = days.map((items, day) => digest(feedId, day * 24, items.map((fields) => item(++n, { title: '', summary: '', author: '', handle: '', ...fields }))));
  await savePoll(db, feedId, { digests });
  return { db, feedId, finder: new Finder(db) };
}

/** What search is to find, by other means: regular expressions over each text as a reader sees it. Texts are of plain letters here. */
function naive(items: Item[], words: string[]): string[] {
  const shown = (text: string) => text.normalize('NFKC').replace(/\s*([\u4e00-\u9fff])\s*/g, '$1');
  const holds = (text: string, word: string) => {
    const found = [...shown(text).matchAll(new RegExp(word.normalize('NFKC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'))];
    return /^[a-z0-9]/i.test(word.normalize('NFKC')) ? found.some((m) => !/[a-zA-Z0-9]$/.test(shown(text).slice(0, m.index)) || (/[a-z]$/.test(shown(text).slice(0, m.index)) && /^[A-Z]/.test(m[0]))) : found.length > 0;
  };
  const inHead = (one: Item, word: string) => [one.title, one.author, one.handle && `@${one.handle}`].some((text) => holds(text, word));
  const rank = (one: Item) => Number(!words.every((word) => inHead(one, word)));
  return items
    .filter((one) => words.every((word) => inHead(one, word) || holds(one.summary, word)))
    .sort((a, b) => rank(a) - rank(b) || b.publishedMs - a.publishedMs || a.position - b.position || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

const word = fc.constantFrom('模型', '大模型', '智能体', '开源', '模', '型', 'AI', 'LangChain', 'lang', 'GPT', 'ChatGPT', 'gpt4', '4o', 'agent', 'a', 'ＧＰＴ', '发布', '了');
const text = fc.array(fc.tuple(word, fc.constantFrom('', '', ' ', ' ', '，', '-', '\n')), { maxLength: 8 }).map((pieces) => pieces.flat().join(''));
const stored = fc.array(fc.record({ title: text, summary: text, author: text, handle: fc.constantFrom('', 'karpathy', 'sam_a', 'LangChainAI') }), { maxLength: 12 });
const typed = fc.array(fc.oneof(word, fc.constantFrom('la', 'g', 'ag', '@kar', '@', 'chain', '不存在')), { minLength: 1, maxLength: 3 });

describe('finding', () => {
  it('gives what reading every item gives, in its order, whether or not the index is up to date', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { maxLength: 4 }), fc.array(typed, { minLength: 1, maxLength: 4 }), fc.nat(3), async (days, queries, derived) => {
        const { db, finder } = await storeOf(...days);
        const items = await db.items.toArray();
        const stale = await listStaleSearchDays(db);
        let left = derived;
        const stop = new AbortController();
        await updateSearch(db, { signal: stop.signal, onProgress: () => void (--left <= 0 && stop.abort()) });
        expect((await listStaleSearchDays(db)).length).toBe(Math.max(0, stale.length - Math.max(1, derived)));
        for (const words of queries) {
          const all = naive(items, words);
          for (let typing = 1; typing < words.length; typing++) await find(finder, words.slice(0, typing).join(' ')); // as the reader types
          const got = await find(finder, words.join(' '), { limit: 1000 });
          expect({ words, ids: got.hits.map(({ id }) => id), count: got.count }).toEqual({ words, ids: all, count: all.length });
          expect(await ids(finder, words.join(' '), { limit: 2 })).toEqual(all.slice(0, 2));
          expect(await ids(new Finder(db, { room: 0 }), words.join(' '), { limit: 1000 })).toEqual(all);
        }
        db.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('puts titles and authors before summaries, then the newest', async () => {
    const { finder } = await storeOf([{ title: '智能体' }, { summary: '说到智能体' }], [{ summary: '智能体也在这里' }, { author: '智能体实验室' }]);
    expect(await ids(finder, '智能体')).toEqual(['post:4', 'post:1', 'post:3', 'post:2']);
  });
  it('finds words in the visible text of a summary, not in addresses', async () => {
    const { finder } = await storeOf([{ summary: '**Agent**[套件](https://example.com/hidden)与 `code`\n- 一条\\*' }]);
    expect(await ids(finder, 'agent套件与code')).toEqual(['post:1']);
    expect(await ids(finder, 'hidden')).toEqual([]);
  });
  it('finds authors by author: and handles by @, and a phrase as it stands', async () => {
    const { finder } = await storeOf([{ title: 'Sam 说', author: 'Karpathy', handle: 'karpathy' }, { title: 'Karpathy 说 agent kit', author: 'Sam', handle: 'sama' }, { summary: 'kit for an agent, agent kits' }]);
    expect(await ids(finder, 'author:sam')).toEqual(['post:2']);
    expect(await ids(finder, 'author:sam karpathy')).toEqual(['post:2']);
    expect(await ids(finder, 'author:sam kit for')).toEqual([]);
    expect(await ids(finder, '@karp')).toEqual(['post:1']);
    expect(await ids(finder, '"agent kit"')).toEqual(['post:2']);
    expect(await ids(finder, '"agent ki')).toEqual(['post:2', 'post:3']);
  });
  it('does not find across two fields or two items', async () => {
    const { finder } = await storeOf([{ title: '大', author: '模', summary: '型' }, { title: '型', summary: '大' }]);
    expect(await ids(finder, '"大模')).toEqual([]);
    expect(await ids(finder, '型大')).toEqual([]);
  });
  it('shows and counts only what is shown at all', async () => {
    const { finder } = await storeOf([{ title: '模型', category: 'AI模型' }, { title: '模型', category: 'AI应用' }, { summary: '模型', category: 'AI应用' }]);
    expect(await find(finder, '模型', { shows: ({ category }) => category === 'AI应用' })).toMatchObject({ count: 2, hits: [{ id: 'post:2' }, { id: 'post:3' }] });
    expect((await find(finder, '模型')).count).toBe(3); // and what was remembered of the query before does not depend on it
  });
  it('finds nothing for an empty query, and stops without a result when told to', async () => {
    const { finder } = await storeOf([{ title: '模型' }]);
    expect(await results(finder, '  "" author:')).toEqual([{ hits: [], count: 0, complete: true }]);
    expect(await results(finder, '模型', { signal: AbortSignal.abort() })).toEqual([]);
  });
  it('tells what it has found while it reads on', async () => {
    const { db, finder } = await storeOf(...Array.from({ length: 60 }, (_, day) => [{ title: `模型 ${day}`, summary: '模型' }]));
    await updateSearch(db);
    const cold = await results(finder, '模型', { limit: 100 });
    expect(cold.map(({ count, complete }) => [count, complete])).toEqual([[8, false], [40, false], [60, false], [60, true]]);
    expect((await results(finder, '模型 1', { limit: 100 })).length).toBe(1); // all has been read: the whole at once
    const warm = new Finder(db);
    await warm.warm();
    expect((await results(warm, '模型', { limit: 100 })).map(({ count }) => count)).toEqual([60]);
    const small = new Finder(db, { room: 10 }); // five summaries; the others are read for each query
    await small.warm();
    expect((await results(small, '模型', { limit: 100 })).at(-1)).toMatchObject({ count: 60, complete: true });
    for (const one of [finder, warm, small]) one.close();
  });
});

describe('the index', () => {
  it('follows new items, changed words, moved categories and pruning', async () => {
    const { db, feedId, finder } = await storeOf([{ title: '旧标题' }], [{ title: '另一条' }]);
    await updateSearch(db);
    expect(await ids(finder, '旧标题')).toEqual(['post:1']);
    await savePoll(db, feedId, { digests: [digest(feedId, 72, [item(1, { title: '新标题', category: 'AI应用' }), item(3, { title: '新来的' })])] });
    for (const derived of [false, true]) {
      if (derived) await updateSearch(db);
      for (const one of [finder, new Finder(db)]) {
        expect(await ids(one, '旧标题')).toEqual([]);
        expect(await ids(one, '新')).toEqual(['post:1', 'post:3']);
        expect(await ids(one, '标题', { shows: ({ category }) => category === 'AI应用' })).toEqual(['post:1']);
      }
    }
    await setRead(db, ['post:1', 'post:2', 'post:3'], true);
    await savePoll(db, feedId, { digests: [100, 101, 102].map((hour) => digest(feedId, hour, [item(hour)])), listed: [], feed: { succeededAt: START + 5 * DAY } });
    await savePoll(db, feedId, { digests: [], listed: [100, 101, 102].map((hour) => `${feedId} d${hour}`), feed: { succeededAt: START + 6 * DAY } });
    while (await prune(db, { keepDays: 30 }, START + 90 * DAY));
    expect((await db.items.toCollection().primaryKeys()).sort()).toEqual(['post:100', 'post:101', 'post:102']);
    for (const derived of [false, true]) {
      if (derived) await updateSearch(db);
      for (const one of [finder, new Finder(db)]) expect(await ids(one, '新')).toEqual([]);
    }
    expect(await db.searchHeads.count()).toBe(1);
    expect(await db.searchBodies.count()).toBe(1);
  });

  it('keeps a day stale that changed while it was derived, or whose derivation was never written', async () => {
    const { db, feedId, finder } = await storeOf([{ title: '一' }]);
    const [stale] = await listStaleSearchDays(db);
    let midway: Promise<unknown> = Promise.resolve();
    await expect(deriveSearchDay(db, stale as NonNullable<typeof stale>, () => { throw new Error('killed'); })).rejects.toThrow('killed');
    expect(await listStaleSearchDays(db)).toEqual([stale]);
    await deriveSearchDay(db, stale as NonNullable<typeof stale>, (items) => {
      midway = savePoll(db, feedId, { digests: [digest(feedId, 1, [item(9, { title: '二' })])] });
      return { head: items, body: items };
    }).then(() => midway);
    await midway;
    const days = await listStaleSearchDays(db);
    expect(days.length === 1 && days[0]?.token !== stale?.token).toBe(true);
    expect(await ids(finder, '二')).toEqual(['post:9']);
  });

  it('is rebuilt with progress; cancelled, it goes on later, and search is whole all the while', async () => {
    const { db, finder } = await storeOf([{ title: '模型' }], [{ title: '模型' }], [{ title: '模型' }]);
    await updateSearch(db);
    await db.searchHeads.put({ day: 1, token: 'left over', column: null }); // of a day that has no items any more
    const stop = new AbortController();
    const told: string[] = [];
    expect(await rebuildSearch(db, { signal: stop.signal, onProgress: (done, total) => { told.push(`${done} of ${total}`); if (done === 1) stop.abort(); } })).toBe(3);
    expect(told).toEqual(['1 of 4']);
    expect((await find(finder, '模型')).count).toBe(3);
    expect(await updateSearch(db)).toBe(0);
    expect((await find(finder, '模型')).count).toBe(3);
    expect(await db.searchHeads.count()).toBe(3);
  });

  it('hears at once that it is cancelled, while the days are looked for or one is derived', async () => {
    const { db } = await storeOf([{ title: '模型' }], [{ title: '模型' }], [{ title: '模型' }]);
    const busy = () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      return { free: resolve, done: db.transaction('rw', db.items, () => Dexie.waitFor(promise)) };
    };
    const stop = new AbortController();
    const told: number[] = [];
    const first = busy();
    const updating = updateSearch(db, { signal: stop.signal, onProgress: (done) => told.push(done) });
    await vi.waitFor(async () => expect((await navigator.locks.query()).held?.some(({ name }) => name === 'search')).toBe(true));
    await listStaleSearchDays(db); // as it does: a day is under way
    stop.abort();
    expect(await updating).toBe(3);
    first.free();
    await first.done;
    await navigator.locks.request('search', () => {});
    expect(told).toEqual([]);
    expect(await db.searchHeads.count()).toBe(1); // it was finished, and no other begun

    await updateSearch(db);
    const second = busy();
    const early = new AbortController();
    const rebuilding = rebuildSearch(db, { signal: early.signal });
    early.abort();
    expect(await rebuilding).toBe(null);
    second.free();
    await second.done;
    expect([await db.searchHeads.count(), await listStaleSearchDays(db)]).toEqual([3, []]);
  });

  it('is searched rightly while it changes between the reading of titles and of summaries', async () => {
    const { db, feedId, finder } = await storeOf([{ summary: '模型' }, { summary: '模型' }]);
    await updateSearch(db);
    const read = db.searchHeads.bulkGet.bind(db.searchHeads);
    let changed = false;
    db.searchHeads.bulkGet = ((keys: number[]) => read(keys).then(async (rows) => {
      if (!changed) {
        changed = true;
        await savePoll(db, feedId, { digests: [digest(feedId, 1, [item(7, { summary: '模型' })])] });
        await updateSearch(db);
      }
      return rows;
    })) as typeof db.searchHeads.bulkGet;
    expect((await find(finder, '模型')).count).toBe(3);
  });
});
