// A backup as one JSON file: how it is written, and read with distrust.
import * as z from 'zod/mini';
import { isWebAddress, isXPage, itemId } from '../link.ts';
import { gatherAppearances } from '../model/item.ts';
import type { Settings } from '../model/settings.ts';
import { SAMPLE_FEED_URL } from '../sample.ts';
import type { OnProgress, Snapshot } from '../store/snapshot.ts';
import { readSettingsPart } from './settings.ts';

const FORMAT = 'eight-bells-backup';
/** Raised only where an older version would misread a file. */
const VERSION = 1;
/** A text of this many bytes a browser still reads (Chromium none of 2^29 characters); of ten years of digests it is 410 MB. */
const MAX_BACKUP_BYTES = 500_000_000;
/** Rows checked before the page may answer again. */
const CHUNK = 2000;

/** Texts are cut into parts, so that none is longer than a browser allows. */
function writeRows(name: string, rows: readonly unknown[]): string[] {
  return [`,\n"${name}":[`, ...rows.map((row, i) => `${i ? ',' : ''}\n${JSON.stringify(row)}`), ']'];
}

/** A snapshot, and the settings as they are stored, as a file. */
export function writeFile({ feeds, statuses, moves, items, digests, told }: Snapshot, settings: Record<string, unknown>, now: number): Blob {
  const idsOf = (fits: (status: Snapshot['statuses'][number]) => unknown) => statuses.filter(fits).map(({ id }) => id);
  const lists: [string, readonly unknown[]][] = [['feeds', feeds], ['read', idsOf(({ read }) => read)], ['unread', idsOf(({ read }) => !read)], ['starred', idsOf(({ starred }) => starred)], ['moves', moves], ['digests', digests], ['items', items], ['told', told]];
  const head = JSON.stringify({ format: FORMAT, version: VERSION, at: new Date(now).toISOString(), settings }).slice(0, -1);
  return new Blob([head, ...lists.flatMap(([name, rows]) => writeRows(name, rows)), '}\n'], { type: 'application/json' });
}

const text = (most: number) => z.string().check(z.maxLength(most));
const name = text(200).check(z.minLength(1));
/** Until the year 2096, so that every date is one. */
const moment = z.number().check(z.gte(0), z.lte(4_000_000_000_000));
const flag = z.literal([0, 1]);
const web = text(4096).check(z.refine(isWebAddress));
const feedId = z.string().check(z.regex(/^[\w-]{1,64}$/));
const names = z.array(name).check(z.maxLength(500));

const SavedFeedRow = z.object({
  id: feedId,
  url: text(4096).check(z.refine((url) => url === SAMPLE_FEED_URL || (isWebAddress(url) && !isXPage(url)))),
  title: text(1000),
  customTitle: z.nullable(text(1000)),
  homepage: z.nullable(web),
  categories: names,
  hiddenCategories: names,
  marks: flag,
  paused: flag,
  position: z.number(),
  addedAt: moment,
  unreadSince: z.nullable(moment),
});

const MoveRow = z.object({ id: text(5000), from: name, to: name, declared: names, title: text(1000), summary: text(2000), at: moment });

const AppearanceRow = z.object({ digestId: text(5000), feedId, publishedMs: moment, position: z.number() }).check(z.refine(({ digestId, feedId: own }) => digestId.startsWith(`${own} `)));

const ItemRow = z
  .object({
    id: text(5000),
    title: text(5000),
    url: web,
    postIds: z.array(z.string().check(z.regex(/^\d{1,19}$/))).check(z.maxLength(1000)),
    author: text(500),
    handle: z.string().check(z.regex(/^\w{0,20}$/)),
    summary: text(500_000),
    category: name,
    categorySource: z.enum(['feed', 'section', 'classifier', 'reader']),
    confidence: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    position: z.number(),
    appearances: z.array(AppearanceRow).check(z.minLength(1), z.maxLength(5000)),
  })
  // Nothing is planted under another's id. A "#" comes before the title where several stories share an address (lib/feed/digest.ts).
  .check(z.refine(({ id, url }) => id === itemId(url) || id.startsWith(`${itemId(url)}#`) || id.startsWith('guid:')));

const DigestRow = z
  .object({ id: text(5000), feedId, guid: text(4096), url: text(4096).check(z.refine((url) => url === '' || isWebAddress(url))), title: text(5000), publishedAt: text(64), publishedMs: moment, categories: names, kind: z.enum(['digest', 'story']), listedAt: moment, seenAt: moment, soughtAt: z.nullable(moment) })
  .check(z.refine(({ id, feedId: own }) => id.startsWith(`${own} `)));

const ToldRow = z.object({
  id: text(5000),
  postIds: z.array(z.string().check(z.regex(/^\d{1,19}$/))).check(z.minLength(1), z.maxLength(1000)),
  category: name,
  title: text(5000),
  author: text(500),
  handle: z.string().check(z.regex(/^\w{0,20}$/)),
  firstMs: moment,
  feedIds: z.array(feedId).check(z.minLength(1), z.maxLength(500)),
  appearances: z.array(z.object({ feedId, publishedMs: moment })).check(z.minLength(1), z.maxLength(5000)),
  listedAt: moment,
});

const rows = z.optional(z.array(z.unknown()));
const Envelope = z.object({ format: z.literal(FORMAT), version: z.number(), settings: z.optional(z.unknown()), feeds: rows, read: rows, unread: rows, starred: rows, moves: rows, digests: rows, items: rows, told: rows });

/** Why a file is no backup that can be read. */
export type BackupFault = 'tooLarge' | 'notBackup' | 'newer';

/** A backup as it is understood. */
export interface Backup {
  snapshot: Snapshot;
  settings: Partial<Settings>;
  /** Entries that make no sense; they are left out. */
  refused: number;
}

/** Reads a file, and trusts nothing in it. Stores nothing. */
export async function readBackup(file: Blob, onProgress?: OnProgress): Promise<Backup | { fault: BackupFault }> {
  if (file.size > MAX_BACKUP_BYTES) return { fault: 'tooLarge' };
  let content: unknown;
  try {
    content = JSON.parse(await file.text());
  } catch {
    return { fault: 'notBackup' };
  }
  const envelope = Envelope.safeParse(content);
  if (!envelope.success) return { fault: 'notBackup' };
  if (envelope.data.version > VERSION) return { fault: 'newer' };
  const { settings, feeds = [], read = [], unread = [], starred = [], moves = [], digests = [], items = [], told = [] } = envelope.data;
  const all = { feeds, read, unread, starred, moves, digests, items, told };
  const total = Object.values(all).reduce((sum, list) => sum + list.length, 0);
  let done = 0;
  let refused = 0;
  const check = async <T>(list: readonly unknown[], take: (row: unknown) => T | null): Promise<T[]> => {
    const taken: T[] = [];
    for (let at = 0; at < list.length; at += CHUNK) {
      for (const row of list.slice(at, at + CHUNK)) {
        const one = take(row);
        if (one === null) refused++;
        else taken.push(one);
      }
      onProgress?.((done += Math.min(CHUNK, list.length - at)), total);
      await new Promise((later) => setTimeout(later));
    }
    return taken;
  };
  const by = <T>(schema: { safeParse(row: unknown): { success: true; data: T } | { success: false } }) => (row: unknown): T | null => {
    const parsed = schema.safeParse(row);
    return parsed.success ? parsed.data : null;
  };
  const id = (row: unknown) => (typeof row === 'string' && row.length > 0 && row.length <= 5000 ? row : null);
  const stars = new Set(await check(starred, id));
  const readIds = new Set(await check(read, id));
  const unreadIds = (await check(unread, id)).filter((one) => !readIds.has(one));
  const known = new Set([...readIds, ...unreadIds]);
  const snapshot: Snapshot = {
    feeds: await check(feeds, by(SavedFeedRow)),
    statuses: [...readIds, ...unreadIds, ...[...stars].filter((one) => !known.has(one))].map((one) => ({ id: one, read: readIds.has(one) || !known.has(one) ? 1 : 0, starred: stars.has(one) ? 1 : 0 })),
    moves: await check(moves, by(MoveRow)),
    digests: await check(digests, by(DigestRow)),
    told: await check(told, by(ToldRow)),
    items: (await check(items, by(ItemRow))).map((item) => ({ ...item, ...gatherAppearances(item.appearances) })),
  };
  return { snapshot, settings: readSettingsPart(settings), refused };
}
