// An item as Markdown, to be pasted or saved elsewhere.
import type { Item } from './model/item.ts';

const linkOf = ({ title, url }: Pick<Item, 'title' | 'url'>): string => `[${title.replace(/[[\]\\]/g, '\\$&').replace(/\s+/g, ' ')}](${url.replace(/[()<>\s]/g, encodeURIComponent).replaceAll('(', '%28').replaceAll(')', '%29')})`;

/** An item with its author and summary. */
export const toMarkdown = (item: Pick<Item, 'title' | 'url' | 'author' | 'summary'>): string => [linkOf(item) + (item.author && ` - ${item.author}`), item.summary].filter(Boolean).join('\n\n');

/** Several as a document of that title, each under a heading. `dateOf`: in words. */
export const toDocument = (title: string, items: readonly Pick<Item, 'title' | 'url' | 'author' | 'summary' | 'publishedMs'>[], dateOf: (ms: number) => string): string =>
  `${[`# ${title}`, ...items.map((item) => [`## ${linkOf(item)}`, [item.author, dateOf(item.publishedMs)].filter(Boolean).join(' · '), item.summary].filter(Boolean).join('\n\n'))].join('\n\n')}\n`;
