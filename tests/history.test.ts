// The last weeks in figures: whole days of the reader's time zone, and lateness only where somebody looked.
import { describe, expect, it } from 'vitest';
import { buildHistory, type HistorySource, startOfDay } from '../lib/history.ts';

const MINUTE = 60_000;
const at = (day: number, hour = 12, minute = 0) => new Date(2026, 2, day, hour, minute).getTime();
const NOW = at(10, 15);

const item = (id: string, firstMs: number, fields: Partial<HistorySource['items'][number]> = {}) => ({ id, firstMs, category: 'AI模型', author: '某人', handle: 'someone', ...fields });
const build = (fields: Partial<HistorySource>) => buildHistory({ items: [], read: new Set(), digests: [], since: at(8, 0), now: NOW, ...fields });

describe('the days', () => {
  it('are all there, oldest first, the empty ones too', () => {
    expect(build({}).days.map((day) => day.at)).toEqual([at(8, 0), at(9, 0), at(10, 0)]);
  });

  it('begin and end at the reader’s midnight', () => {
    const { days } = build({ items: [item('a', at(9, 0)), item('b', at(9, 23, 59)), item('c', at(10, 0)), item('old', at(7, 23, 59))] });
    expect(days.map(({ unread }) => unread)).toEqual([0, 2, 1]);
  });

  it('leave out a day that was read in part, but never today', () => {
    expect(build({ since: at(8, 0, 1) }).days.map((day) => day.at)).toEqual([at(9, 0), at(10, 0)]);
    expect(build({ since: at(10, 9) }).days.map((day) => day.at)).toEqual([at(10, 0)]);
  });

  it('are days also where the clock is changed', () => {
    for (let day = 0; day < 400; day++) {
      const start = startOfDay(NOW, day);
      expect(new Date(start).getHours() * 60 + new Date(start).getMinutes()).toBe(0);
      expect(startOfDay(start - 1)).toBe(startOfDay(NOW, day + 1));
    }
  });

  it('count by category, read and unread', () => {
    const { days, categories, read, unread } = build({ items: [item('a', at(9)), item('b', at(9), { category: 'AI应用' }), item('c', at(10), { category: 'AI应用' })], read: new Set(['b']) });
    expect([...(days[1]?.counts ?? [])]).toEqual([['AI模型', 1], ['AI应用', 1]]);
    expect(days.map((day) => [day.read, day.unread])).toEqual([[0, 0], [1, 1], [0, 1]]);
    expect(categories).toEqual([{ category: 'AI应用', count: 2 }, { category: 'AI模型', count: 1 }]);
    expect([read, unread]).toEqual([1, 2]);
  });
});

it('takes authors for one by their handle, else by their name, and leaves out those without either', () => {
  const items = [item('a', at(9), { handle: 'Lab', author: '' }), item('b', at(9), { handle: 'lab', author: 'The Lab' }), item('c', at(9), { handle: '', author: '某人' }), item('d', at(9), { handle: '', author: '' })];
  expect(build({ items, read: new Set(['a']) }).authors).toEqual([{ name: 'The Lab', handle: 'Lab', read: 1, unread: 1 }, { name: '某人', handle: '', read: 0, unread: 1 }]);
});

describe('a digest came', () => {
  const digest = (publishedMs: number, seen: number, sought: number | null, fields = {}) => ({ id: `f ${publishedMs}`, feedId: 'f', title: '', publishedAt: new Date(publishedMs).toISOString().replace(/T00:00/, 'T00:01'), publishedMs, kind: 'digest' as const, seenAt: publishedMs + seen * MINUTE, soughtAt: sought === null ? null : publishedMs + sought * MINUTE, ...fields });
  const came = (...digests: ReturnType<typeof digest>[]) => build({ digests }).arrivals.map((one) => one.came);

  it('on time where it was here soon, whenever it was looked for before', () => {
    expect([came(digest(at(9), 29, -200)), came(digest(at(9), 29, 20)), came(digest(at(9), 5, null))]).toEqual([['onTime'], ['onTime'], ['onTime']]);
  });

  it('late where it was looked for in vain after that time', () => {
    const { arrivals } = build({ digests: [digest(at(9), 200, 40)] });
    expect(arrivals).toMatchObject([{ came: 'late', atLeast: 40 * MINUTE }]);
  });

  it('nobody knows when, where nobody looked: not late because the browser was closed, nor on the first poll', () => {
    expect([came(digest(at(9), 600, -100)), came(digest(at(9), 600, 10)), came(digest(at(9), 600, null))]).toEqual([['unknown'], ['unknown'], ['unknown']]);
  });

  it('nobody knows when, where it carries no time: dated by us, or by the day alone', () => {
    expect(came(digest(at(9), 0, -30))).toEqual(['unknown']);
    const midnight = (day: number, publishedAt: string) => digest(at(day), 10, 5, { id: `m${day}`, publishedAt });
    expect(came(midnight(8, '2026-03-08T00:00:00Z'), midnight(9, '2026-03-09T00:00:00+08:00'))).toEqual(['unknown', 'unknown']);
    // One that now and then comes out at midnight says times.
    expect(came(midnight(8, '2026-03-08T00:00:00Z'), midnight(9, '2026-03-09T04:00:00Z'))).toEqual(['onTime', 'onTime']);
  });

  it('not at all where it is a single story, or of another day', () => {
    expect(came(digest(at(9), 5, 0, { kind: 'story' }), digest(at(7), 5, 0), digest(at(11), 5, 0))).toEqual([]);
  });
});
