// The words of notifications.
import { count, plural } from '../i18n.ts';

/** What a notification says beside the items' titles. */
export const notifyWords = {
  tw: {
    items: (n: number, name: string) => `${name}：${count(n)} 則新內容`,
    watched: (n: number, name: string) => `${name}：${count(n)} 則你關注的內容`,
    digests: (n: number) => `${count(n)} 期快報有新內容`,
    digestsHeld: (n: number) => `勿擾期間到了 ${count(n)} 期快報`,
    more: (n: number) => `還有 ${count(n)} 則`,
    by: (author: string, name: string) => `${author} · ${name}`,
  },
  zh: {
    items: (n: number, name: string) => `${name}：${n} 条新内容`,
    watched: (n: number, name: string) => `${name}：${n} 条你关注的内容`,
    digests: (n: number) => `${n} 期快报有新内容`,
    digestsHeld: (n: number) => `免打扰期间到了 ${n} 期快报`,
    more: (n: number) => `还有 ${n} 条`,
    by: (author: string, name: string) => `${author} · ${name}`,
  },
  en: {
    items: (n: number, name: string) => `${name}: ${plural(n, 'new item', 'new items')}`,
    watched: (n: number, name: string) => `${name}: ${plural(n, 'item you watch for', 'items you watch for')}`,
    digests: (n: number) => plural(n, 'digest has news', 'digests have news'),
    digestsHeld: (n: number) => `${plural(n, 'digest', 'digests')} while quiet`,
    more: (n: number) => `and ${n} more`,
    by: (author: string, name: string) => `${author} · ${name}`,
  },
};
