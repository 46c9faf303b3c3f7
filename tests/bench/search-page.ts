// The half of tests/bench/search.ts that runs in a browser's page, on its IndexedDB. Served as it stands, types stripped.
import { Finder, type Found } from '../../lib/finder.ts';
import { updateSearch } from '../../lib/indexer.ts';
import type { Item } from '../../lib/model/item.ts';
import type { Column } from '../../lib/search/column.ts';
import type { Body, Head } from '../../lib/search/day.ts';
import { Database } from '../../lib/store/database.ts';
import { savePoll, type SavedDigest } from '../../lib/store/digests.ts';
import { addFeed, newFeed } from '../../lib/store/feeds.ts';
import { markSearchStale } from '../../lib/store/search.ts';

const DAY = 86_400_000;
const START = Date.parse('2024-01-01T00:00:00Z');
/** Items a day: six editions of seventeen. */
const DAILY = 102;

/** A generator of numbers below 1, the same on every run. */
function makeDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const KNOWN = ['模型', '大模型', '智能体', '开源', '发布', '推理', '训练', '数据', '芯片', '应用', '研究', '公司', '能力', '用户', '工具', 'OpenAI', 'ChatGPT', 'GPT-5', 'Claude', 'Anthropic', 'DeepSeek', 'LangChain', 'Agent', 'API', 'Qwen3', 'Gemini', 'agent', 'model', 'benchmark', 'token'];

/** Text of some known words among 4,000 made ones of one to three Chinese characters, the first of them much the most frequent, as in language. */
function makeWriter(random: () => number): (length: number) => string {
  const made = Array.from({ length: 4000 }, () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => String.fromCharCode(0x4e00 + Math.floor(random() ** 3 * 6000))).join(''));
  return (length) => {
    let text = '';
    while (text.length < length) {
      const dice = random();
      const word = (dice < 0.1 ? KNOWN[Math.floor(random() ** 2 * KNOWN.length)] : made[Math.floor(random() ** 2 * made.length)]) as string;
      text += dice < 0.03 ? `**${word}** ` : dice > 0.9 ? `${word}，` : word;
    }
    return text;
  };
}

const makeItems = (count: number): Item[] => {
  const random = makeDice(7);
  const write = makeWriter(random);
  return Array.from({ length: count }, (_, i): Item => {
    const firstMs = START + Math.floor(i / DAILY) * DAY + (i % DAILY) * 60_000;
    const id = String(1_750_000_000_000_000_000n + BigInt(i));
    return { id: `post:${id}`, title: write(28), url: `https://x.com/someone/status/${id}`, postIds: [id], author: write(4), handle: `user_${i % 700}`, summary: write(150 + random() * 150), category: 'AI模型', categorySource: 'classifier', confidence: 0.8, position: 1 + (i % 17), appearances: [{ digestId: `feed d${Math.floor(i / 17)}`, feedId: 'feed', publishedMs: firstMs, position: 1 + (i % 17) }], feedIds: ['feed'], digestIds: [`feed d${Math.floor(i / 17)}`], publishedMs: firstMs, firstMs, similar: [] };
  });
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const middle = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;
/** Bytes of a column as it is stored: a text is two bytes a character once it holds one beyond Latin-1. */
const bytesOf = ({ text, ends, humps }: Column): number => text.length * (/[\u0100-\uffff]/.test(text) ? 2 : 1) + ends.byteLength + humps.byteLength;

/** Fills the database, builds the index, polls; ms and bytes. Beside them what reading the items takes, and their texts at two bytes a character. */
async function build(count: number) {
  const db = new Database('bench');
  const feed = await addFeed(db, newFeed('https://digest.example/', { title: 'Digest', categories: [] }, 0));
  const items = makeItems(count);
  for (let at = 0; at < count; at += 5000) await db.items.bulkPut(items.slice(at, at + 5000));
  await markSearchStale(db);
  const buildMs = await timed(() => updateSearch(db));
  const readMs = await timed(() => db.items.toArray());
  const textBytes = items.reduce((sum, { title, author, handle, summary }) => sum + (title.length + author.length + (handle?.length ?? 0) + summary.length) * 2, 0);
  const heads = (await db.searchHeads.toArray()).map(({ column }) => column as Head);
  const headBytes = heads.reduce((sum, { ids, publishedMs, position, kindOf, column }) => sum + ids.join('').length + publishedMs.byteLength + position.byteLength + kindOf.byteLength + bytesOf(column), 0);
  const bodyBytes = (await db.searchBodies.toArray()).reduce((sum, { column }) => sum + bytesOf((column as Body).column), 0);
  // Polls that bring an edition, with and without the note of what turned stale; and the index's work after each, on a day that fills up.
  const polls = { noted: [] as number[], plain: [] as number[], after: [] as number[] };
  const note = db.staleSearchDays.bulkPut.bind(db.staleSearchDays);
  for (let n = 0; n < 120; n++) {
    const publishedMs = START + (Math.ceil(count / DAILY) + 1 + Math.floor(n / 6)) * DAY + (n % 6) * 4 * 3_600_000;
    const edition: SavedDigest = {
      digest: { id: `${feed.id} p${n}`, feedId: feed.id, guid: `p${n}`, url: '', title: '', publishedAt: new Date(publishedMs).toISOString(), publishedMs, categories: [], kind: 'digest', fingerprint: '', seenAt: publishedMs },
      items: items.slice(n * 17, n * 17 + 17).map(({ title, summary, author, handle }, i) => ({ id: `post:9${n * 17 + i}`, title, summary, author, handle, url: '', postIds: [`9${n * 17 + i}`], category: 'AI模型', categorySource: 'classifier', confidence: 1, position: i + 1 })),
      unread: true,
    };
    const noted = n % 2 === 0;
    if (!noted) db.staleSearchDays.bulkPut = (async () => 0) as never;
    (noted ? polls.noted : polls.plain).push(await timed(() => savePoll(db, feed.id, { digests: [edition] })));
    db.staleSearchDays.bulkPut = note as never;
    if (noted) polls.after.push(await timed(() => updateSearch(db)));
  }
  await updateSearch(db);
  db.close();
  return { buildMs, readMs, textBytes, headBytes, bodyBytes, pollMs: middle(polls.noted), plainPollMs: middle(polls.plain), afterPollMs: middle(polls.after) };
}

/** The first query of a page that has just been opened: ms from the call, the database still closed, to the first hits and to the whole. */
async function cold(query: string) {
  const began = performance.now();
  const finder = new Finder(new Database('bench'));
  let firstMs: number | null = null;
  let last: Found | null = null;
  for await (const found of finder.find(query)) {
    if (found.hits.length) firstMs ??= performance.now() - began;
    last = found;
  }
  return { firstMs, wholeMs: performance.now() - began, count: last?.count ?? 0 };
}

/** The floor of `cold`: the same bytes read by plain IndexedDB, all at once, and nothing done with them. */
async function readFloor(): Promise<number> {
  return timed(async () => {
    const db = await new Promise<IDBDatabase>((ok) => { const r = indexedDB.open('bench'); r.onsuccess = () => ok(r.result); });
    for (const store of ['searchHeads', 'searchBodies']) await new Promise<void>((ok) => { const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => ok(); });
    db.close();
  });
}

/** Types each query letter by letter, all having been read ahead; ms of each keystroke, and of the floor: one `indexOf` scan of all text for what was typed. */
async function type(queries: string[]) {
  const db = new Database('bench');
  const finder = new Finder(db);
  await finder.warm();
  const columns: Column[] = [...(await db.searchHeads.toArray()).map(({ column }) => (column as Head).column), ...(await db.searchBodies.toArray()).map(({ column }) => (column as Body).column)];
  const scan = (text: string) => columns.reduce((sum, column) => { for (let at = column.text.indexOf(text); at >= 0; at = column.text.indexOf(text, column.text.indexOf('\n', at))) sum++; return sum; }, 0);
  const strokes: { typed: string; ms: number; floorMs: number; count: number }[] = [];
  for (const query of queries)
    for (let length = 1; length <= query.length; length++) {
      const typed = query.slice(0, length);
      let count = 0;
      const ms = await timed(async () => { for await (const found of finder.find(typed)) count = found.count; });
      const floorMs = await timed(async () => scan(typed.toLowerCase()));
      strokes.push({ typed, ms, floorMs, count });
    }
  return strokes;
}

/** Reads everything ahead and keeps it, for the heap to be weighed. */
async function hold(): Promise<void> {
  const finder = new Finder(new Database('bench'));
  await finder.warm();
  Object.assign(globalThis, { held: finder });
}

/** What the other half calls by name. */
export const bench = { build, cold, readFloor, type, hold };
export type SearchBench = typeof bench;
Object.assign(globalThis, { bench });
