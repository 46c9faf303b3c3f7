// A fresh database for a test, on an IndexedDB in memory (the e2e tests use the browsers' own), and ready-made rows.
import type { Digest } from '../../lib/model/digest.ts';
import type { Item } from '../../lib/model/item.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { Database } from '../../lib/store/database.ts';
import type { NewItem, SavedDigest } from '../../lib/store/digests.ts';
import { addFeed, newFeed } from '../../lib/store/feeds.ts';
import { readList } from '../../lib/store/list.ts';

let count = 0;

/** A database with one feed, whose id is `feedId`. */
export async function freshDatabase(): Promise<{ db: Database; feedId: string }> {
  const db = new Database(`test-${++count}-${process.pid}`);
  const feed = await addFeed(db, newFeed('https://digest.example/index.xml', { title: 'Digest', categories: ['AI模型', 'AI应用'] }, 0));
  return { db, feedId: feed.id };
}

/** An item that is post `n`. */
export const item = (n: number, fields: Partial<NewItem> = {}): NewItem => ({
  id: `post:${n}`,
  title: `第 ${n} 条`,
  url: `https://x.com/someone/status/${n}`,
  postIds: [String(n)],
  author: '某人',
  handle: 'someone',
  summary: `**第 ${n} 条**的摘要`,
  category: 'AI模型',
  confidence: null,
  categorySource: 'classifier',
  position: 1,
  ...fields,
});

export const HOUR = 3_600_000;
export const START = Date.parse('2026-03-01T00:00:00Z');

/** The digest published `hour` hours after START, holding these items in this order. */
export function digest(feedId: string, hour: number, items: NewItem[], { unread = true, fields = {} as Partial<Digest> } = {}): SavedDigest {
  const publishedMs = START + hour * HOUR;
  return {
    digest: { id: `${feedId} d${hour}`, feedId, guid: `d${hour}`, url: `https://digest.example/${hour}/`, title: `第 ${hour} 期`, publishedAt: new Date(publishedMs).toISOString(), publishedMs, categories: ['AI模型', 'AI应用'], kind: 'digest', fingerprint: `f${hour}`, seenAt: publishedMs, ...fields },
    items: items.map((one, i) => ({ ...one, position: i + 1 })),
    unread,
  };
}

/** The unread items that are listed, in reading order. */
export async function listUnread(db: Database, settings: Partial<Pick<Settings, 'hiddenCategories' | 'rules'>> = {}): Promise<Item[]> {
  const { groups } = await readList(db, { hiddenCategories: [], rules: [], categoryOrder: [], ...settings }, { show: 'unread', by: 'digest' }, 0);
  return groups.flatMap(({ rows }) => rows.map(({ item }) => item));
}
