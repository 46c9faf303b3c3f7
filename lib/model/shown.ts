// What of the items is shown, and in which order.
import type { Category } from './category.ts';
import { type Feed, showsCategory } from './feed.ts';
import type { Item } from './item.ts';
import type { Settings } from './settings.ts';

/** What of an item decides whether and how it is shown. */
export type Shown = Pick<Item, 'title' | 'author' | 'handle' | 'category' | 'feedIds'> & Partial<Pick<Item, 'summary'>>;

/** True where the reader has not hidden the item's category, neither everywhere nor in every feed it came by. */
export function passesFilters({ category, feedIds }: Pick<Shown, 'category' | 'feedIds'>, settings: Pick<Settings, 'hiddenCategories'>, feeds: ReadonlyMap<string, Pick<Feed, 'removedAt' | 'hiddenCategories'>>): boolean {
  return (
    !settings.hiddenCategories.includes(category) &&
    feedIds.some((id) => {
      const feed = feeds.get(id);
      return feed !== undefined && showsCategory(feed, category);
    })
  );
}

/** Reading order: newest digest first, then as the digest ordered them. */
export function compareItems(a: Item, b: Item): number {
  return b.publishedMs - a.publishedMs || a.position - b.position || (a.id < b.id ? -1 : 1);
}

/** Items by category: in the reader's order, then the feeds' own, then others as they come. Categories without items are left out. */
export function groupItems(items: readonly Item[], order: readonly Category[]): { category: Category; items: Item[] }[] {
  const groups = new Map<Category, Item[]>();
  for (const category of order) groups.set(category, []);
  for (const item of items) {
    const group = groups.get(item.category);
    if (group) group.push(item);
    else groups.set(item.category, [item]);
  }
  return [...groups].filter(([, list]) => list.length > 0).map(([category, list]) => ({ category, items: list }));
}

/** Categories in the reader's order; those the reader has not placed follow as they come. */
export const orderCategories = (names: readonly Category[], { categoryOrder }: Pick<Settings, 'categoryOrder'>): Category[] => [...new Set([...categoryOrder.filter((name) => names.includes(name)), ...names])];
