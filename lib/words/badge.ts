// The words of the toolbar button.
import { count, plural } from '../i18n.ts';
import { productName } from './name.ts';

/** What badge and tooltip say. */
export const badgeWords = {
  tw: {
    name: productName.tw,
    counts: (unread: number, fresh: number) => `未讀 ${count(unread)} 則，新到 ${count(fresh)} 則`,
    updated: (ago: string) => `更新於${ago}`,
    neverUpdated: '尚未更新',
    noFeed: '沒有訂閱任何快報',
    onPage: (n: number) => `此頁面上有 ${count(n)} 則貼文曾在快報中出現`,
    trouble: { closed: '無法讀取本機儲存的快報；詳情請見設定', newer: '本機儲存的資料來自較新的版本，請更新擴充功能' },
  },
  zh: {
    name: productName.zh,
    counts: (unread: number, fresh: number) => `未读 ${count(unread)} 条，新到 ${count(fresh)} 条`,
    updated: (ago: string) => `更新于${ago}`,
    neverUpdated: '尚未更新',
    noFeed: '没有订阅任何快报',
    onPage: (n: number) => `此页面上有 ${count(n)} 条帖子在快报中出现过`,
    trouble: { closed: '无法读取本机存储的快报；详情见设置', newer: '本机存储的数据来自更新的版本，请更新扩展' },
  },
  en: {
    name: productName.en,
    counts: (unread: number, fresh: number) => `${plural(unread, 'unread item', 'unread items')}, ${count(fresh)} new`,
    updated: (ago: string) => `Updated ${ago}`,
    neverUpdated: 'Not updated yet',
    noFeed: 'No feed subscribed',
    onPage: (n: number) => `${plural(n, 'post', 'posts')} on this page ${n === 1 ? 'was' : 'were'} in a digest`,
    trouble: { closed: 'The stored digests cannot be read; the options say more', newer: 'The stored data is of a newer version; please update the extension' },
  },
};
