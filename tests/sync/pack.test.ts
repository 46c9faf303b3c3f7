// States as text: all come back, damage is noticed, and it is as small as promised.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOf, readArea, writeRegisters, writeStates } from '../../lib/sync/area.ts';
import { bestRice, BitReader, BitWriter } from '../../lib/sync/bits.ts';
import { itemBytes, MAX_ITEMS, QUOTA_BYTES, QUOTA_BYTES_PER_ITEM } from '../../lib/sync/budget.ts';
import { layOut, planWrites } from '../../lib/sync/layout.ts';
import { packStates, unpackStates } from '../../lib/sync/pack.ts';
import { PERIOD, type State, stateKey } from '../../lib/sync/status.ts';
import { readingYears } from './reading.ts';

const SEED = 20260304;
const NOW = Date.parse('2026-03-01T00:00:00Z');
const EMPTY = readArea({});

const ids = fc.oneof(
  fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }).map((id) => `post:${id}`),
  fc.bigInt({ min: 1_900_000_000_000_000_000n, max: 1_901_000_000_000_000_000n }).map((id) => `post:${id}`),
  fc.webUrl().map((url) => `link:${url}`),
  fc.constantFrom('post:007', 'post:0', 'post:1', 'post:9999999999999999999', 'guid:x y', ''),
);
const states = (period: fc.Arbitrary<number>) => fc.array(fc.tuple(ids, fc.record({ reads: fc.oneof(fc.constant(1), fc.nat(40)), stars: fc.oneof(fc.constant(0), fc.nat(3)), period }, { noNullPrototype: true })), { maxLength: 120 }).map((list) => new Map<string, State>(list.map(([id, state]) => [stateKey(id), state])));

describe('a row of bits', () => {
  it('gives every number back', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.nat(5), fc.nat(100_000), fc.maxSafeNat())), (numbers) => {
      const k = bestRice(numbers);
      const bits = new BitWriter();
      for (const number of numbers) bits.writeRice(number, k);
      for (const number of numbers) bits.write(number, 53);
      const text = bits.toString();
      expect(text).toMatch(/^[!#-;=-[\]-~]*$/);
      const reader = new BitReader(text);
      for (const number of numbers) expect(reader.readRice(k)).toBe(number);
      for (const number of numbers) expect(reader.read(53)).toBe(number);
    }), { seed: SEED });
  });
});

describe('packed states', () => {
  it('come back, whatever order they were in', () => {
    fc.assert(fc.property(states(fc.constant(6836)), (all) => {
      const text = packStates(all);
      expect(packStates(new Map([...all].reverse()))).toBe(text);
      expect(unpackStates(text, 6836)).toEqual(all);
    }), { seed: SEED, numRuns: 150 });
  });

  it('of many periods stand in an item, which is unreadable as soon as one character is another', () => {
    fc.assert(fc.property(states(fc.nat(20_000)), fc.nat(), fc.constantFrom('a', '!', ' ', ':', '~', ''), (all, at, char) => {
      const value = writeStates(all);
      expect(readArea({ 'v1.r1': value }).states).toEqual(all);
      const i = at % value.length;
      const damaged = value.slice(0, i) + char + value.slice(i + 1);
      if (damaged !== value) expect(readArea({ 'v1.r1': damaged })).toMatchObject({ unreadable: ['v1.r1'], states: new Map() });
    }), { seed: SEED, numRuns: 150 });
  });
});

describe('the area', () => {
  it('may hold anything at all', () => {
    fc.assert(fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('v1.r1', 'v1.g0', 'v2.g0', 'v1.')), fc.jsonValue()), (items) => {
      const { chunks, unreadable, newer, reserved } = readArea(items);
      expect(reserved.items + chunks.size).toBe(Object.keys(items).length);
      expect(unreadable.length + newer.length).toBeLessThanOrEqual(reserved.items);
    }), { seed: SEED, numRuns: 300 });
  });

  it('gives values back from a browser that sorts an object’s names', () => {
    const registers = new Map([['r\nrules\nx', { value: { id: 'x', b: 1, a: [null, { d: 1, c: '<' }] }, stamp: '000000001aa' }]]);
    const sorted = JSON.parse(JSON.stringify(writeRegisters(registers)), (_, part: unknown) => (part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part)) as unknown;
    expect(readArea({ 'v1.g1': sorted }).registers).toEqual(registers);
  });
});

describe('the layout', () => {
  it('holds 16,000 read posts of a reader of 100 a day, the newest, within every limit', () => {
    const all = readingYears(100, 250);
    const { items, kept, total } = layOut(new Map(), all, EMPTY, NOW);
    expect(total).toBe(25_000);
    expect(kept).toBeGreaterThan(16_000);
    const sizes = [...items].map(([name, { value }]) => itemBytes(name, value));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(QUOTA_BYTES_PER_ITEM);
    expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(QUOTA_BYTES);
    expect(items.size).toBeLessThanOrEqual(MAX_ITEMS);
    const held = new Set([...items.values()].flatMap((item) => [...item.states.keys()]));
    const oldest = Math.min(...[...held].map((key) => (all.get(key) as State).period));
    expect([...all].filter(([, { period }]) => period >= oldest).every(([key]) => held.has(key))).toBe(true);
  }, 20_000);

  it('stays within every limit for readers of very little and very much', () => {
    for (const [perDay, days] of [[1, 3000], [2000, 20]] as const) {
      const { items, kept } = layOut(new Map(), readingYears(perDay, days), EMPTY, NOW);
      const sizes = [...items].map(([name, { value }]) => itemBytes(name, value));
      expect(kept).toBeGreaterThan(perDay === 1 ? 1400 : 12_000);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(QUOTA_BYTES_PER_ITEM);
      expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(QUOTA_BYTES);
      expect(items.size).toBeLessThanOrEqual(MAX_ITEMS);
    }
  }, 20_000);

  it('keeps stars before newer readings, and values before both', () => {
    const all = readingYears(100, 250);
    const old = Math.floor((NOW - 900 * 86_400_000) / PERIOD);
    all.set('p123456789', { reads: 1, stars: 1, period: old });
    const registers = new Map(Array.from({ length: 200 }, (_, i) => [`f\nhttps://feed-${i}.example/index.xml\ngone`, { value: false, stamp: '000000001aa' }]));
    const layout = layOut(registers, all, EMPTY, NOW);
    const held = [...layout.items.values()];
    expect(held.some(({ states: of }) => of.has('p123456789'))).toBe(true);
    expect(held.reduce((sum, { registers: of }) => sum + of.size, 0)).toBe(200);
    expect(layout.leftOut).toEqual([]);
    expect(layout.kept).toBeGreaterThan(13_000);
  }, 20_000);

  it('leaves out one value that is too large, and says so', () => {
    const registers = new Map([['s\nlong', { value: '长'.repeat(3000), stamp: '000000001aa' }], ['s\nbadge', { value: 'off', stamp: '000000001aa' }]]);
    const { leftOut, items } = layOut(registers, new Map(), EMPTY, NOW);
    expect(leftOut).toEqual(['s\nlong']);
    expect(items.size).toBe(1);
  });
});

describe('the writes', () => {
  const at = (all: ReadonlyMap<string, State>, area = EMPTY) => planWrites(layOut(new Map(), all, area, NOW), area);
  const one = new Map([['p5', { reads: 1, stars: 0, period: 6836 }]]);
  const name = nameOf(`r${(6836).toString(36)}`);

  it('leave what cannot be read as it is, and go beside it', () => {
    const area = readArea({ [name]: 'damaged', 'v1.g0': { c: 'x', d: {} }, other: 1 });
    expect(area.unreadable).toEqual([name, 'v1.g0']);
    expect(at(one, area)).toEqual([{ set: `${name}~`, value: writeStates(one) }]);
  });

  it('are none for a browser that knows less, or nothing', () => {
    const more = new Map([...one, ['p6', { reads: 3, stars: 0, period: 6836 }]]);
    const area = readArea({ [name]: writeStates(more) });
    expect(at(one, area)).toEqual([]);
    expect(at(new Map(), area)).toEqual([]);
  });

  it('take away what is damaged no more and stands twice', () => {
    expect(at(one, readArea({ [name]: writeStates(one), [`${name}~`]: writeStates(one) }))).toEqual([{ remove: `${name}~` }]);
  });

  it('take the oldest away where room is needed, and never go over a limit in between', () => {
    const all = readingYears(100, 250);
    const items: Record<string, unknown> = {};
    const area = () => readArea({ ...items });
    const bytes = () => Object.entries(items).reduce((sum, [key, value]) => sum + itemBytes(key, value), 0);
    const run = (known: ReadonlyMap<string, State>) => {
      for (const write of at(known, area())) {
        if ('set' in write) items[write.set] = write.value;
        else delete items[write.remove];
        expect(bytes()).toBeLessThanOrEqual(QUOTA_BYTES);
      }
    };
    run(all);
    const newer = new Map([...all].map(([key, state]): [string, State] => [`p${BigInt(key.slice(1)) + (1n << 60n)}`, { ...state, period: state.period + 20 }]));
    run(new Map([...all, ...newer]));
    expect(at(new Map([...all, ...newer]), area())).toEqual([]);
    expect([...area().states.values()].every(({ period }) => period > Math.floor(NOW / PERIOD) - 60)).toBe(true);
  }, 20_000);
});
