// Categories: their names, where that of an item came from, and the colours they can have.

/** The name of a category, exactly as the feed writes it. */
export type Category = string;

/** The digest's own four categories, used where neither feed nor page says any and the feed sets no others. */
export const DEFAULT_CATEGORIES: readonly Category[] = ['AI模型', 'AI应用', '行业洞察', '研发进展'];

/** For an item that fits none of its digest's categories. Like a feed's own names it is data; surfaces that know it show it in the reader's language. */
export const OTHER_CATEGORY: Category = '其他';

/** Where an item's category came from, most trusted first: reader, feed, section, classifier. */
export type CategorySource = 'feed' | 'section' | 'classifier' | 'reader';

/** Colours a category can have; each surface has its own shade of them. */
export const CATEGORY_COLORS = ['red', 'amber', 'green', 'teal', 'blue', 'violet', 'pink', 'grey'] as const;
/** One of these. */
export type CategoryColor = (typeof CATEGORY_COLORS)[number];
