// What rules meet among the stored items: exact, newest first, in chunks, and no further than it is wanted.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../lib/model/item.ts';
import type { Rule } from '../../lib/model/rule.ts';
import type { RulePreview } from '../../lib/rules.ts';
import type { Database } from '../../lib/store/database.ts';
import { countMet, createLatest, previewRule, readSuggestions } from '../../lib/store/preview.ts';
import { freshDatabase, item } from './database.ts';

const never = new AbortController().signal;
const rule = (fields: Partial<Rule> = {}): Rule => ({ id: 'r', action: 'mute', field: 'word', value: '融资', expiresAt: null, addedAt: 0, ...fields });

/** A database of `count` items, one a second, each tenth about funding; ids do not sort by time. */
async function filled(count: number): Promise<Database> {
  const { db, feedId } = await freshDatabase();
  const rows = Array.from({ length: count }, (_, n): Item => ({
    ...item((n * 7919) % 100_003, { title: n % 10 === 0 ? `融资 ${n}` : `第 ${n} 条`, summary: '', author: n % 3 === 0 ? 'Ada' : 'Bob', handle: n % 3 === 0 ? 'ada' : '', category: n % 4 === 0 ? '其他' : 'AI模型' }),
    appearances: [],
    feedIds: [feedId],
    digestIds: [],
    publishedMs: n * 1000,
    firstMs: n * 1000,
    similar: [],
  }));
  await db.items.bulkAdd(rows);
  return db;
}

async function collect(steps: AsyncGenerator<RulePreview>): Promise<RulePreview[]> {
  const all: RulePreview[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

describe('a preview', () => {
  it('counts every item and names the newest', async () => {
    const steps = await collect(previewRule(await filled(1000), rule(), never));
    expect(steps.at(-1)).toEqual({ field: 'word', value: '融资', met: 100, total: 1000, newest: [990, 980, 970, 960, 950].map((n) => expect.objectContaining({ title: `融资 ${n}` })), done: true });
  });

  it('tells the newest in its first step, before the rest is read', async () => {
    const steps = await collect(previewRule(await filled(1000), rule(), never));
    expect(steps.map(({ met, done }) => [met, done])).toEqual([[25, false], [50, false], [75, false], [100, true]]);
    expect(steps[0]?.newest).toEqual(steps.at(-1)?.newest);
  });

  it('is an answer too where nothing is stored, and where nothing is met', async () => {
    expect(await collect(previewRule(await filled(0), rule(), never))).toEqual([{ field: 'word', value: '融资', met: 0, total: 0, newest: [], done: true }]);
    expect(await collect(previewRule(await filled(250), rule({ value: '火星' }), never))).toEqual([{ field: 'word', value: '火星', met: 0, total: 250, newest: [], done: true }]);
  });

  it('reads no further once it is no longer wanted', async () => {
    const db = await filled(1000);
    const reads = vi.spyOn(db.items, 'bulkGet');
    const stop = new AbortController();
    const steps: number[] = [];
    for await (const { met } of previewRule(db, rule(), stop.signal)) {
      steps.push(met);
      stop.abort();
    }
    expect([steps, reads.mock.calls.length]).toEqual([[25], 1]);
    expect(await collect(previewRule(db, rule(), stop.signal))).toEqual([]);
    expect(reads).toHaveBeenCalledTimes(1);
  });
});

describe('the counts of rules', () => {
  it('are each rule’s own, expired or not', async () => {
    const rules = [rule(), rule({ id: 'a', field: 'handle', value: '@Ada' }), rule({ id: 'old', field: 'category', value: '其他', expiresAt: 1 })];
    expect(await countMet(await filled(600), rules, never)).toEqual(new Map([['r', 60], ['a', 200], ['old', 150]]));
  });

  it('are none where they were stopped, and need no reading where there is no rule', async () => {
    const db = await filled(10);
    const reads = vi.spyOn(db.items, 'bulkGet');
    expect(await countMet(db, [rule()], AbortSignal.abort())).toBeNull();
    expect(await countMet(db, [], never)).toEqual(new Map());
    expect(reads).not.toHaveBeenCalled();
  });
});

describe('suggestions', () => {
  it('are the names of recent items, most frequent first, none of them empty', async () => {
    expect(await readSuggestions(await filled(100), never)).toEqual({ authors: ['Bob', 'Ada'], handles: ['ada'], categories: ['AI模型', '其他'] });
  });

  it('look at recent items only', async () => {
    const db = await filled(2600);
    await db.items.orderBy('publishedMs').first((oldest) => oldest && db.items.update(oldest.id, { author: '很久以前' }));
    expect((await readSuggestions(db, never))?.authors).toEqual(['Bob', 'Ada']);
  });
});

describe('the latest work', () => {
  afterEach(() => void vi.useRealTimers());

  it('is done once no other has come for a while; those before it are dropped or told to stop', async () => {
    vi.useFakeTimers();
    const did: string[] = [];
    const faults: unknown[] = [];
    const latest = createLatest(200, (error) => faults.push(error));
    const work = (name: string) => async (signal: AbortSignal) => {
      did.push(`${name} begins`);
      signal.addEventListener('abort', () => did.push(`${name} is stopped`));
    };
    latest(work('a'));
    await vi.advanceTimersByTimeAsync(199);
    latest(work('b'));
    await vi.advanceTimersByTimeAsync(199);
    expect(did).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    latest(work('c'));
    expect(did).toEqual(['b begins', 'b is stopped']);
    await vi.advanceTimersByTimeAsync(200);
    latest(() => Promise.reject(new Error('broken')));
    await vi.advanceTimersByTimeAsync(200);
    expect([did.slice(2), faults]).toEqual([['c begins', 'c is stopped'], [new Error('broken')]]);
  });
});
