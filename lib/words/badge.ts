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
    trouble: { closed: '无法读取本机存储的快报；详情见设置', newer: '本机存储的数据来自更新的版本，请更新扩展' },
  },
  en: {
    name: productName.en,
    sampleName: 'Sample digest',
    counts: (unread: number, fresh: number) => `${plural(unread, 'unread item', 'unread items')}, ${fresh} new`,
    updated: (ago: string) => `Updated ${ago}`,
    neverUpdated: 'Not updated yet',
    noFeed: 'No feed subscribed',
    trouble: { closed: 'The stored digests cannot be read; the options say more', newer: 'The stored data is of a newer version; please update the extension' },
  },
};
