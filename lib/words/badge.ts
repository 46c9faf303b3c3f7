// The words of the background: the toolbar button's, and the name it gives the sample.
import { plural } from '../i18n.ts';
import { productName } from './name.ts';

export const badgeWords = {
  zh: {
    name: productName.zh,
    sampleName: '示例快报',
    counts: (unread: number, fresh: number) => `未读 ${unread} 条，新到 ${fresh} 条`,
    updated: (ago: string) => `更新于${ago}`,
    neverUpdated: '尚未更新',
    noFeed: '没有订阅任何快报',
    onPage: (n: number) => `此页面上有 ${n} 条帖子在快报中出现过`,
  },
  en: {
    name: productName.en,
    sampleName: 'Sample digest',
    counts: (unread: number, fresh: number) => `${plural(unread, 'unread item', 'unread items')}, ${fresh} new`,
    updated: (ago: string) => `Updated ${ago}`,
    neverUpdated: 'Not updated yet',
    noFeed: 'No feed subscribed',
    onPage: (n: number) => `${plural(n, 'post', 'posts')} on this page ${n === 1 ? 'was' : 'were'} in a digest`,
  },
};
