// What passes the filters, and in which order things stand.
import { describe, expect, it } from 'vitest';
import type { Item } from '../../lib/model/item.ts';
import { compareItems, groupItems, orderCategories, passesFilters } from '../../lib/model/shown.ts';

describe('items', () => {
  const item = (id: string, publishedMs: number, position: number, category = 'A') => ({ id, publishedMs, position, category }) as Item;

  it('stand newest digest first, then as the digest has them', () => {
    expect([item('c', 1, 1), item('b', 2, 2), item('a', 2, 1)].sort(compareItems).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('are grouped in the order of categories, others after, empty ones left out', () => {
    const groups = groupItems([item('1', 3, 1, 'Z'), item('2', 2, 1, 'B'), item('3', 1, 1, 'B')], ['A', 'B']);
    expect(groups.map(({ category, items }) => [category, items.length])).toEqual([['B', 2], ['Z', 1]]);
  });

  it('have the reader’s order of categories first, then the feeds’', () => {
    expect(orderCategories(['A', 'B', 'C', 'B'], { categoryOrder: ['C', 'gone', 'B'] })).toEqual(['C', 'B', 'A']);
  });

  it('are hidden by their category, everywhere or in every feed they came by', () => {
    const feeds = new Map([['a', { removedAt: null, hiddenCategories: ['C'] }], ['b', { removedAt: null, hiddenCategories: [] }], ['gone', { removedAt: 1, hiddenCategories: [] }]]);
    const passes = (category: string, ...feedIds: string[]) => passesFilters({ category, feedIds }, { hiddenCategories: ['B'] }, feeds);
    expect([passes('A', 'a'), passes('B', 'a'), passes('C', 'a'), passes('C', 'a', 'b'), passes('A', 'gone'), passes('A', 'never')]).toEqual([true, false, false, true, false, false]);
  });
});
