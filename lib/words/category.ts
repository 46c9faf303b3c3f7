// What a category is called on every surface.
import { say } from '../i18n.ts';
import { type Category, OTHER_CATEGORY } from '../model/category.ts';
import type { Settings } from '../model/settings.ts';

/** The one category that is not a publisher's name. */
export const categoryWords = { tw: { other: '其他' }, zh: { other: '其他' }, en: { other: 'Other' } };

/** A category's name as shown: the reader's own, else the feed's; what fits none is "other" in the reader's language. */
export const nameCategory = (category: Category, { categoryNames }: Pick<Settings, 'categoryNames'>): string => (Object.hasOwn(categoryNames, category) && categoryNames[category]) || originalName(category);

/** The name a category has where the reader has given it none. */
export const originalName = (category: Category): string => (category === OTHER_CATEGORY ? say(categoryWords).other : category);
