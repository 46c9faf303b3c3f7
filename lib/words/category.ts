// What a category is called where it is shown: the reader's own name, the feed's, or a word for "none of them".
import { say } from '../i18n.ts';
import { type Category, OTHER_CATEGORY, type Settings } from '../model.ts';

export const categoryWords = {
  zh: { other: '其他' },
  en: { other: 'Other' },
};

export const nameCategory = (category: Category, { categoryNames }: Pick<Settings, 'categoryNames'>): string => categoryNames[category] || (category === OTHER_CATEGORY ? say(categoryWords).other : category);
