// One poll against a publisher in memory, with the clock in the test's hands: what is asked, what is stored, what is told.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Classifier, createClassifier } from '../../lib/category/classifier.ts';
import { classify } from '../../lib/category/classify.ts';
import { intake } from '../../lib/intake.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import type { Fault } from '../../lib/model/fault.ts';
import type { PollContext } from '../../lib/poll/context.ts';
import { refreshFeed } from '../../lib/poll/refresh.ts';
import { subscribe } from '../../lib/poll/subscribe.ts';
import { listPendingPages } from '../../lib/store/digests.ts';
import { listFeeds } from '../../lib/store/feeds.ts';
import { countUnread } from '../../lib/store/items.ts';
import { forgetLessons, moveItem } from '../../lib/store/moves.ts';
import { BARGAINS, OTHERS } from '../fixtures/category/items.ts';
import { freshDatabase, HOUR, listUnread, START } from '../store/database.ts';

const ORIGIN = 'https://digest.example';

interface Edition {
  slug: string;
  hour: number;
  posts: number[];
}

const list = ({ posts }: Edition) => `<ol>${posts.map((id) => `<li><p><a href="https://x.com/someone/status/${id}">第 ${id} 条</a> - 某人\n<strong>要点 ${id}</strong>说明</p></li>`).join('')}</ol>`;

/** A publisher that counts requests and answers as told. */
class Publisher {
  asked: { path: string; headers: Headers }[] = [];
  /** Answers that take the place of the site's own, by path. */
  instead = new Map<string, () => Response | Promise<Response>>();

  constructor(
    public editions: Edition[],
    private readonly full = true,
  ) {}

  feed(): string {
    const entries = this.editions.toSorted((a, b) => b.hour - a.hour).map((edition) => `<item><title>${edition.slug}</title><link>${ORIGIN}/${edition.slug}/</link><guid>${edition.slug}</guid><pubDate>${new Date(START + edition.hour * HOUR).toUTCString()}</pubDate>${this.full ? `<description><![CDATA[${list(edition)}]]></description>` : '<description>只有文字</description>'}</item>`);
    return `<rss version="2.0"><channel><title>测试快报</title><link>${ORIGIN}/</link>${entries.join('')}</channel></rss>`;
  }

  fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(String(input));
    const headers = new Headers(init.headers);
    this.asked.push({ path: pathname, headers });
    const instead = this.instead.get(pathname);
    if (instead) return Promise.race([instead(), new Promise<never>((_, fail) => init.signal?.addEventListener('abort', () => fail(init.signal?.reason)))]);
    const edition = this.editions.find(({ slug }) => pathname === `/${slug}/`);
    const body = pathname === '/index.xml' ? this.feed() : edition ? `<html><body><main>${list(edition)}</main></body></html>` : null;
    if (body === null) return new Response('nothing', { status: 404 });
    const etag = `"${body.length}-${this.editions.length}"`;
    if (headers.get('if-none-match') === etag) return new Response(null, { status: 304 });
    return new Response(body, { headers: { etag, 'last-modified': 'Mon, 01 Mar 2026 00:00:00 GMT' } });
  };

  count = (path: string) => this.asked.filter((one) => one.path === path).length;
}

async function start(publisher: Publisher, overrides: Partial<PollContext> = {}) {
  const { db, feedId } = await freshDatabase();
  const clock = { now: START + 100 * HOUR };
  let saved = 0;
  let quiet = 0;
  const context: PollContext = { db, fetch: publisher.fetch, now: () => clock.now, random: () => 0.5, intervalMs: 30 * 60_000, loadIntake: async () => intake, resolve: (url) => url, allowed: async () => true, onSaved: async () => void saved++, onQuiet: async () => void quiet++, timeoutMs: 200, ...overrides };
  const feed = async () => {
    const row = await db.feeds.get(feedId);
    if (!row) throw new Error('the feed is gone');
    return row;
  };
  return { db, feedId, clock, context, feed, poll: () => refreshFeed(feedId, context), saved: () => saved, quiet: () => quiet, unread: async () => (await listUnread(db, { hiddenCategories: [], rules: [] })).map(({ id }) => id) };
}

const three = (): Edition[] => [
  { slug: 'a', hour: 0, posts: [1, 2] },
  { slug: 'b', hour: 4, posts: [2, 3] },
  { slug: 'c', hour: 8, posts: [4, 5] },
];

describe('a first poll', () => {
  it('stores every digest and leaves only the newest unread', async () => {
    const { db, poll, unread, feed, saved } = await start(new Publisher(three()));
    await poll();
    expect(await db.items.count()).toBe(5);
    expect(await unread()).toEqual(['post:4', 'post:5']);
    expect(await feed()).toMatchObject({ title: '测试快报', homepage: `${ORIGIN}/`, fault: null, failures: 0, newestAt: START + 8 * HOUR, lastModified: 'Mon, 01 Mar 2026 00:00:00 GMT' });
    expect(saved()).toBeGreaterThan(0);
  });

  it('leaves the newest 30 of a feed of single stories unread', async () => {
    const publisher = new Publisher([]);
    publisher.feed = () => `<rss version="2.0"><channel><title>t</title>${Array.from({ length: 40 }, (_, i) => `<item><title>故事 ${i}</title><link>https://news.example/${i}</link><category>AI应用</category><pubDate>${new Date(START - i * HOUR).toUTCString()}</pubDate><description>x</description></item>`).join('')}</channel></rss>`;
    const { db, poll, unread } = await start(publisher);
    await poll();
    expect(await db.items.count()).toBe(40);
    expect(await unread()).toEqual(Array.from({ length: 30 }, (_, i) => `link:news.example/${i}`));
    expect((await db.items.toArray()).every((item) => item.category === 'AI应用' && item.categorySource === 'feed')).toBe(true);
  });

  it('does the same where only their pages show that the entries are stories, and stops asking for pages', async () => {
    const publisher = new Publisher([]);
    publisher.feed = () => `<rss version="2.0"><channel><title>t</title>${Array.from({ length: 40 }, (_, i) => `<item><title>故事 ${i}</title><link>${ORIGIN}/s${i}/</link><pubDate>${new Date(START - i * HOUR).toUTCString()}</pubDate><description>只有文字</description></item>`).join('')}</channel></rss>`;
    for (let i = 0; i < 40; i++) publisher.instead.set(`/s${i}/`, () => new Response('<html><body><article><p>一篇文章</p></article></body></html>'));
    const { db, poll, unread } = await start(publisher);
    await poll();
    expect(await db.items.count()).toBe(40);
    expect(await unread()).toHaveLength(30);
    expect(publisher.asked.length).toBeLessThan(12);
  });
});

describe('a poll that finds nothing new', () => {
  it('has nothing derived, save where it ends a trouble', async () => {
    const publisher = new Publisher(three());
    const { clock, feed, poll, saved, quiet } = await start(publisher);
    await poll();
    const told = saved();
    clock.now += HOUR;
    await poll();
    expect([saved(), quiet(), (await feed()).succeededAt]).toEqual([told, 1, clock.now]);
    publisher.instead.set('/index.xml', () => new Response('later', { status: 500 }));
    await poll();
    expect([saved(), quiet()]).toEqual([told + 1, 1]);
    publisher.instead.clear();
    await poll();
    expect([saved(), quiet(), (await feed()).fault]).toEqual([told + 2, 1, null]);
    await poll();
    expect([saved(), quiet()]).toEqual([told + 2, 2]);
  });
});

describe('the trained classifier', () => {
  it('is asked for only when something new is to be categorised, and its word is stored', async () => {
    let asked = 0;
    const classifier: Classifier = { classes: ['AI模型', 'AI应用'], read: () => [], weigh: () => [0.1, 0.9], rarity: () => 1 };
    const { db, poll, clock } = await start(new Publisher(three()), { loadClassifier: async () => (asked++, classifier) });
    await poll();
    expect((await db.items.toArray()).map(({ category }) => category)).toEqual(Array.from({ length: 5 }, () => 'AI应用'));
    expect(asked).toBe(1);
    clock.now += HOUR;
    await poll();
    expect(asked).toBe(1);
  });

  it('is done without where it cannot be had', async () => {
    const { db, poll, feed } = await start(new Publisher(three()), { loadClassifier: async () => null });
    await poll();
    expect(await db.items.count()).toBe(5);
    expect((await feed()).fault).toBeNull();
  });
});

describe('what the reader moved', () => {
  const shipped = createClassifier(readFileSync(path.resolve(import.meta.dirname, '../../public/category-model.bin')));
  const stories = [...BARGAINS, ...OTHERS];
  const asShipped = stories.map(({ title, summary }) => classify({ title, summary, section: '' }, { kind: 'digest', categories: [...DEFAULT_CATEGORIES] }, false, shipped).category);
  const numbers = stories.map((_, n) => n);
  const others = numbers.slice(BARGAINS.length);
  /** Bargains that stand where this reader does not want them; a few of the kind stand right from the start. */
  const wrong = numbers.slice(0, BARGAINS.length).filter((n) => asShipped[n] === 'AI应用');
  const [moved, later] = [wrong.slice(0, 10), wrong.slice(10)];

  /** A publisher of the invented items; an edition names them by number. */
  async function startStories() {
    const editions: number[][] = [];
    const publisher = new Publisher([]);
    const told = (n: number) => `<li><p><a href="https://x.com/someone/status/${n}">${stories[n]?.title}</a> - 某人</p><p>${stories[n]?.summary}</p></li>`;
    publisher.feed = () => `<rss version="2.0"><channel><title>t</title>${editions.map((posts, i) => `<item><title>第 ${i} 期</title><link>${ORIGIN}/${i}/</link><pubDate>${new Date(START + i * HOUR).toUTCString()}</pubDate><description><![CDATA[<ol>${posts.map(told).join('')}</ol>]]></description></item>`).join('')}</channel></rss>`;
    const started = await start(publisher, { loadClassifier: async () => shipped });
    await started.db.feeds.update(started.feedId, { categories: [...DEFAULT_CATEGORIES] });
    const publish = async (posts: number[]) => {
      editions.push(posts);
      started.clock.now += HOUR;
      await started.poll();
    };
    const placesOf = async (posts: number[]) => (await started.db.items.bulkGet(posts.map((n) => `post:${n}`))).map((item) => item?.category);
    return { ...started, publish, placesOf };
  }

  it('shifts, ten of a kind, the eleventh in the very next poll, spoils no other, and can be forgotten', async () => {
    const { db, publish, placesOf } = await startStories();
    await publish(moved);
    expect(await placesOf(moved)).toEqual(Array.from({ length: 10 }, () => 'AI应用'));
    for (const n of moved) await moveItem(db, `post:${n}`, '行业洞察', n);

    await publish([...later, ...others]);
    expect(later.length).toBeGreaterThan(0);
    expect(await placesOf(later)).toEqual(later.map(() => '行业洞察'));
    expect(await placesOf(others)).toEqual(others.map((n) => asShipped[n]));
    expect((await db.items.get(`post:${later[0]}`))?.categorySource).toBe('classifier');

    await forgetLessons(db);
    await publish(numbers);
    expect(await placesOf(later)).toEqual(later.map(() => 'AI应用'));
    expect(await placesOf(others)).toEqual(others.map((n) => asShipped[n]));
    expect(await placesOf(moved)).toEqual(moved.map(() => '行业洞察')); // what the reader decided is no lesson
  });

  it('teaches nothing by what was moved back', async () => {
    const { db, publish, placesOf } = await startStories();
    await publish(moved);
    for (const to of ['行业洞察', 'AI应用']) for (const n of moved) await moveItem(db, `post:${n}`, to, n);
    await publish(later);
    expect(await placesOf(later)).toEqual(later.map(() => 'AI应用'));
  });
});

describe('a later poll', () => {
  it('sends the validators, and a 304 changes nothing but the times', async () => {
    const publisher = new Publisher(three());
    const { poll, feed, clock, db } = await start(publisher);
    await poll();
    const [before, items] = [await feed(), await db.items.toArray()];
    clock.now += HOUR;
    await poll();
    expect(publisher.asked.at(-1)?.headers.get('if-none-match')).toBe(before.etag);
    expect(publisher.asked.at(-1)?.headers.get('if-modified-since')).toBe(before.lastModified);
    expect(await feed()).toEqual({ ...before, looks: [...before.looks, clock.now], checkedAt: clock.now, succeededAt: clock.now, nextPollAt: clock.now + 30 * 60_000 });
    expect(await db.items.toArray()).toEqual(items);
  });

  it('adds a new digest, of which only unmet items are unread', async () => {
    const publisher = new Publisher(three());
    const { poll, unread, db } = await start(publisher);
    await poll();
    await db.statuses.toCollection().modify({ read: 1, seen: 1 });
    publisher.editions.push({ slug: 'd', hour: 12, posts: [5, 6, 1] });
    await poll();
    expect(await unread()).toEqual(['post:6']);
    expect((await db.items.get('post:5'))?.appearances).toHaveLength(2);
  });

  it('leaves a digest alone that has not changed', async () => {
    const publisher = new Publisher(three());
    const { poll, db } = await start(publisher);
    await poll();
    await db.items.update('post:1', { title: 'kept as it is' });
    publisher.editions.push({ slug: 'd', hour: 12, posts: [9] });
    await poll();
    expect((await db.items.get('post:1'))?.title).toBe('kept as it is');
  });
});

describe('a feed of text summaries', () => {
  it('leads to the digests’ pages, newest first, each fetched once', async () => {
    const publisher = new Publisher(three(), false);
    const { poll, unread, db, feed } = await start(publisher);
    await poll();
    expect(publisher.asked.map((one) => one.path)).toEqual(['/index.xml', '/c/', '/b/', '/a/']);
    expect(await unread()).toEqual(['post:4', 'post:5']);
    expect(await db.items.count()).toBe(5);
    expect((await feed()).fault).toBeNull();
    publisher.editions.push({ slug: 'd', hour: 12, posts: [9] });
    await poll();
    expect(publisher.asked.map((one) => one.path).slice(4)).toEqual(['/index.xml', '/d/']);
  });

  it('remembers a page that failed although the feed answers 304 from then on', async () => {
    const publisher = new Publisher(three(), false);
    publisher.instead.set('/b/', () => new Response('', { status: 500 }));
    const { poll, feed, db, feedId, clock } = await start(publisher);
    await poll();
    expect(await db.items.count()).toBe(4);
    expect((await feed()).fault).toMatchObject({ kind: 'page', detail: '1' });
    expect((await feed()).nextPollAt).toBeLessThan(clock.now + 5 * 60_000);
    publisher.instead.clear();
    await poll();
    expect(await db.items.count()).toBe(5);
    expect(await listPendingPages(db, feedId)).toEqual([]);
    expect((await feed()).fault).toBeNull();
  });

  it('gives a page up after five tries and keeps the entry as a link to it', async () => {
    const publisher = new Publisher(three().slice(2), false);
    publisher.instead.set('/c/', () => new Response('', { status: 404 }));
    const { poll, unread, db, feedId } = await start(publisher);
    for (let i = 0; i < 5; i++) await poll();
    expect(await listPendingPages(db, feedId)).toEqual([]);
    expect(await unread()).toEqual(['link:digest.example/c']);
    await poll();
    expect(publisher.count('/c/')).toBe(5);
  });

  it('never gives up a page for the weather: it asks ever more slowly, and reads the edition when the site is back', async () => {
    const publisher = new Publisher(three(), false);
    const { poll, feed, clock, unread, db } = await start(publisher);
    await poll();
    publisher.editions.push({ slug: 'd', hour: 12, posts: [6, 7] });
    publisher.instead.set('/d/', () => new Response('', { status: 503 }));
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      await poll();
      waits.push((await feed()).nextPollAt - clock.now);
      clock.now = (await feed()).nextPollAt;
    }
    expect(waits.at(-1)).toBeGreaterThan(30 * 60_000);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    publisher.instead.delete('/d/');
    await poll();
    expect(await unread()).toEqual(['post:6', 'post:7', 'post:4', 'post:5']);
    expect(await feed()).toMatchObject({ fault: null, failures: 0 });
    expect((await db.digests.toArray()).map(({ kind }) => kind)).toEqual(['digest', 'digest', 'digest', 'digest']);
  });

  it('does not take a digest feed for one of stories because pages were given up, and keeps what was read of one before', async () => {
    const publisher = new Publisher(three(), false);
    const { poll, db, feedId } = await start(publisher);
    for (const slug of ['a', 'b', 'c']) publisher.instead.set(`/${slug}/`, () => new Response('', { status: 404 }));
    for (let i = 0; i < 5; i++) await poll();
    expect(await listPendingPages(db, feedId)).toEqual([]);
    publisher.instead.clear();
    publisher.editions.push({ slug: 'd', hour: 12, posts: [6, 7] });
    await poll();
    expect((await db.digests.toArray()).map(({ kind }) => kind)).toEqual(['digest', 'digest', 'digest', 'digest']); // those given up were asked for again
    publisher.instead.set('/d/', () => new Response('', { status: 404 }));
    const whole = publisher.feed();
    publisher.feed = () => whole.replace('<title>d</title>', '<title>d, edited</title>');
    for (let i = 0; i < 6; i++) await poll();
    expect(await db.digests.get(`${feedId} d`)).toMatchObject({ kind: 'digest', title: 'd' });
    expect(await db.items.bulkGet(['post:6', 'post:7'])).toMatchObject([{ id: 'post:6' }, { id: 'post:7' }]);
  });

  it('remembers which stories of a first poll arrive unread, though their pages fail at first', async () => {
    const publisher = new Publisher([]);
    publisher.feed = () => `<rss version="2.0"><channel><title>t</title>${Array.from({ length: 10 }, (_, i) => `<item><title>故事 ${i}</title><link>${ORIGIN}/s${i}/</link><pubDate>${new Date(START - i * HOUR).toUTCString()}</pubDate><description>x</description></item>`).join('')}</channel></rss>`;
    const story = () => new Response('<html><body><p>story</p></body></html>');
    for (let i = 0; i < 10; i++) publisher.instead.set(`/s${i}/`, i === 0 ? story : () => new Response('', { status: 503 }));
    const { poll, clock, feed, unread } = await start(publisher);
    await poll();
    for (let i = 1; i < 10; i++) publisher.instead.set(`/s${i}/`, story);
    clock.now = (await feed()).nextPollAt;
    await poll();
    expect(await unread()).toHaveLength(10);
  });
});

describe('dates that lie', () => {
  it('lets no entry dated ahead keep later editions from arriving unread', async () => {
    const publisher = new Publisher([...three(), { slug: 'ahead', hour: 9000, posts: [90, 91] }]);
    const { poll, feed, clock, unread, db } = await start(publisher);
    await poll();
    expect(await unread()).toEqual(['post:4', 'post:5']);
    expect((await feed()).newestAt).toBe(START + 8 * HOUR);
    await db.statuses.toCollection().modify({ read: 1 });
    publisher.editions.push({ slug: 'd', hour: 101, posts: [6, 7] });
    clock.now += 2 * HOUR;
    await poll();
    expect(await unread()).toEqual(['post:6', 'post:7']);
  });
});

describe('a document that broke off', () => {
  it('is read as far as it goes, without its validators and without taking the rest for gone', async () => {
    const publisher = new Publisher(three());
    const { poll, feed, db } = await start(publisher);
    await poll();
    publisher.editions.push({ slug: 'd', hour: 12, posts: [6, 7] });
    const whole = publisher.feed.bind(publisher);
    publisher.feed = () => whole().slice(0, whole().indexOf('<title>b</title>'));
    await poll();
    expect(await feed()).toMatchObject({ etag: null, lastModified: null, bodyHash: null, damage: { broken: 'truncated' } });
    expect((await db.digests.toArray()).map(({ guid, listed }) => `${guid}${listed}`).sort()).toEqual(['a1', 'b1', 'c1', 'd1']);
    publisher.feed = whole;
    await poll();
    expect(await feed()).toMatchObject({ damage: null, etag: expect.stringMatching(/./) });
  });
});

describe('a full disk', () => {
  it('is told as such, waits like any trouble, and costs no page', async () => {
    const publisher = new Publisher(three(), false);
    const { poll, feed, clock, db, unread } = await start(publisher);
    let full = true;
    db.items.hook('creating', () => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
    });
    for (let i = 0; i < 7; i++) {
      await poll();
      expect((await feed()).nextPollAt).toBeGreaterThan(clock.now + 20_000);
      clock.now = (await feed()).nextPollAt;
    }
    full = false;
    await poll();
    expect(await unread()).toEqual(['post:4', 'post:5']);
    publisher.editions.push({ slug: 'd', hour: 12, posts: [6, 7] });
    const direct = new Publisher(publisher.editions);
    publisher.feed = () => direct.feed();
    full = true;
    await poll();
    expect((await feed()).fault).toMatchObject({ kind: 'storage' });
  });
});

describe('trouble', () => {
  const cases: [string, Fault['kind'], () => Response | Promise<Response>][] = [
    ['a 404', 'http', () => new Response('', { status: 404 })],
    ['a 500', 'http', () => new Response('', { status: 500 })],
    ['a web page instead of a feed', 'html', () => new Response('<!doctype html><html><body>Hi</body></html>')],
    ['an empty body', 'empty', () => new Response('')],
    ['nonsense', 'malformed', () => new Response('lorem ipsum dolor')],
    ['a server that hangs', 'timeout', () => new Promise<Response>(() => {})],
    ['a body that hangs', 'timeout', () => new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode('<rss>')) }))],
    ['no network', 'network', () => Promise.reject(new TypeError('fetch failed'))],
  ];
  for (const [what, kind, answer] of cases)
    it(`keeps everything on ${what}, and says so on the feed`, async () => {
      const publisher = new Publisher(three());
      const { poll, feed, unread, clock, saved } = await start(publisher);
      await poll();
      const before = await feed();
      const told = saved();
      publisher.instead.set('/index.xml', answer);
      clock.now += HOUR;
      await poll();
      expect(await feed()).toMatchObject({ fault: { kind, at: clock.now }, failures: 1, etag: before.etag, succeededAt: before.succeededAt });
      expect(await unread()).toEqual(['post:4', 'post:5']);
      expect(saved()).toBeGreaterThan(told);
      publisher.instead.clear();
      await poll();
      expect(await feed()).toMatchObject({ fault: null, failures: 0 });
    });

  it('waits longer after each failure', async () => {
    const publisher = new Publisher(three());
    publisher.instead.set('/index.xml', () => new Response('', { status: 503 }));
    const { poll, feed, clock } = await start(publisher);
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) {
      await poll();
      waits.push((await feed()).nextPollAt - clock.now);
    }
    expect(waits).toEqual([45_000, 75_000, 135_000, 255_000]);
  });

  it('takes a valid feed without entries as a notice, not a fault', async () => {
    const publisher = new Publisher([]);
    const { poll, feed } = await start(publisher);
    await poll();
    expect(await feed()).toMatchObject({ fault: null, notice: 'empty' });
    publisher.editions = three();
    await poll();
    expect(await feed()).toMatchObject({ fault: null, notice: null, unreadSince: START + 8 * HOUR });
  });

  it('asks nothing of a host that is not allowed', async () => {
    const publisher = new Publisher(three());
    const { poll, feed } = await start(publisher, { allowed: async () => false });
    await poll();
    expect(publisher.asked).toEqual([]);
    expect((await feed()).fault).toMatchObject({ kind: 'permission', detail: 'digest.example' });
  });

  it('polls once when asked twice at the same time', async () => {
    const publisher = new Publisher(three());
    const { poll } = await start(publisher);
    await Promise.all([poll(), poll(), poll()]);
    expect(publisher.count('/index.xml')).toBe(1);
  });
});

describe('a polite poll', () => {
  it('writes one row on a 304, and none but the feed’s', async () => {
    const publisher = new Publisher(three());
    const { db, poll, clock } = await start(publisher);
    await poll();
    clock.now += HOUR;
    const written: string[] = [];
    for (const table of db.tables) {
      table.hook('creating', () => void written.push(`create ${table.name}`));
      table.hook('updating', () => void written.push(`update ${table.name}`));
      table.hook('deleting', () => void written.push(`delete ${table.name}`));
    }
    await poll();
    expect(publisher.asked.at(-1)?.headers.get('if-none-match')).toBeTruthy();
    expect(written).toEqual(['update feeds']);
  });

  it('reads an unchanged body once where the server sends no validators', async () => {
    const publisher = new Publisher(three());
    publisher.instead.set('/index.xml', () => new Response(publisher.feed()));
    const { db, poll, feed, clock } = await start(publisher);
    await poll();
    await db.feeds.update((await feed()).id, { title: 'not parsed again' });
    clock.now += HOUR;
    await poll();
    expect(await feed()).toMatchObject({ title: 'not parsed again', succeededAt: clock.now, etag: null });
    publisher.editions.push({ slug: 'd', hour: 12, posts: [9] });
    await poll();
    expect(await feed()).toMatchObject({ title: '测试快报', newestAt: START + 12 * HOUR });
  });

  it('learns the rhythm and rests until the next slot', async () => {
    const publisher = new Publisher(Array.from({ length: 10 }, (_, i) => ({ slug: `e${i}`, hour: 4 * i, posts: [i + 1] })));
    const { poll, feed, clock } = await start(publisher);
    clock.now = START + 36 * HOUR + 10 * 60_000;
    await poll();
    const { rhythm, nextPollAt } = await feed();
    expect(rhythm).toMatchObject({ period: 4 * HOUR, slots: [0] });
    expect(Math.abs(nextPollAt - (START + 40 * HOUR))).toBeLessThan(10 * 60_000);
  });

  it('keeps to ttl, Cache-Control and Retry-After', async () => {
    const publisher = new Publisher(three());
    const { poll, feed, clock } = await start(publisher);
    publisher.instead.set('/index.xml', () => new Response(publisher.feed().replace('<title>', '<ttl>90</ttl><title>'), { headers: { 'cache-control': 'max-age=600' } }));
    await poll();
    expect(await feed()).toMatchObject({ publisherInterval: 1.5 * HOUR });
    expect((await feed()).nextPollAt).toBeGreaterThanOrEqual(clock.now + 1.5 * HOUR);
    publisher.instead.set('/index.xml', () => new Response('', { status: 429, headers: { 'retry-after': '7200' } }));
    await poll();
    expect(await feed()).toMatchObject({ retryAfter: clock.now + 2 * HOUR, fault: { kind: 'http', detail: '429' } });
    expect((await feed()).nextPollAt).toBeGreaterThanOrEqual(clock.now + 2 * HOUR);
    publisher.instead.clear();
    await poll();
    expect(await feed()).toMatchObject({ retryAfter: null, fault: null });
  });

  it('asks for no more pages once one asks for a pause', async () => {
    const publisher = new Publisher(Array.from({ length: 20 }, (_, i) => ({ slug: `e${i}`, hour: i * i, posts: [i + 1] })), false);
    for (let i = 0; i < 20; i++) publisher.instead.set(`/e${i}/`, () => new Response('', { status: 503, headers: { 'retry-after': '3600' } }));
    const { poll, feed, clock } = await start(publisher);
    await poll();
    expect(publisher.asked).toHaveLength(2);
    expect((await feed()).nextPollAt).toBeGreaterThanOrEqual(clock.now + HOUR);
  });

  it('stops at a feed that is gone, says so, and tries once when asked', async () => {
    const publisher = new Publisher(three());
    const { context, feedId, poll, feed, clock } = await start(publisher);
    publisher.instead.set('/index.xml', () => new Response('', { status: 410 }));
    await poll();
    expect(await feed()).toMatchObject({ fault: { kind: 'gone' }, nextPollAt: 0 });
    clock.now += 99 * HOUR;
    await refreshFeed(feedId, context, { askedSince: -Infinity });
    expect(publisher.asked).toHaveLength(1);
    await refreshFeed(feedId, context, { urgent: true });
    expect(publisher.asked).toHaveLength(2);
    expect(await feed()).toMatchObject({ fault: { kind: 'gone' }, nextPollAt: 0 });
    publisher.instead.clear();
    await refreshFeed(feedId, context, { urgent: true });
    expect((await feed()).nextPollAt).toBeGreaterThan(clock.now);
  });

  it('asks the feed’s own address again where only the one it had moved to is gone', async () => {
    const publisher = new Publisher(three());
    const { poll, feed, clock, context } = await start(publisher);
    let gone = false;
    const asked: string[] = [];
    context.fetch = async (input, init) => {
      asked.push(String(input));
      if (String(input).startsWith('https://new.')) return new Response('', { status: 410 });
      const response = await publisher.fetch(input, init);
      if (!gone) Object.defineProperty(response, 'url', { value: 'https://new.example/index.xml' });
      return response;
    };
    for (let i = 0; i < 5; i++) {
      publisher.editions.push({ slug: `x${i}`, hour: 20 + i, posts: [100 + i, 200 + i] });
      await poll();
      clock.now += HOUR;
    }
    gone = true;
    await poll();
    expect(await feed()).toMatchObject({ fault: { kind: 'http', detail: '410' }, movedTo: null });
    await poll();
    expect(asked.slice(-2)).toEqual(['https://new.example/index.xml', `${ORIGIN}/index.xml`]);
    expect((await feed()).fault).toBeNull();
  });

  it('asks the new address after five polls that led there, and the old one when that fails', async () => {
    const publisher = new Publisher(three());
    publisher.instead.set('/index.xml', () => Object.defineProperty(new Response(publisher.feed()), 'url', { value: `${ORIGIN}/new.xml` }));
    publisher.instead.set('/new.xml', () => new Response(publisher.feed()));
    const { poll, feed, clock } = await start(publisher);
    for (let i = 0; i < 6; i++) await poll();
    expect(publisher.asked.map(({ path }) => path)).toEqual([...Array<string>(5).fill('/index.xml'), '/new.xml']);
    expect(await feed()).toMatchObject({ url: expect.stringContaining('/index.xml'), movedTo: { url: `${ORIGIN}/new.xml`, polls: 5 } });
    clock.now += 8 * 24 * HOUR;
    await poll();
    expect(publisher.asked.at(-1)?.path).toBe('/index.xml');
    publisher.instead.set('/new.xml', () => new Response('', { status: 404 }));
    await poll();
    await poll();
    expect(publisher.asked.slice(-2).map(({ path }) => path)).toEqual(['/new.xml', '/index.xml']);
    expect(await feed()).toMatchObject({ fault: null });
  });
});

describe('a reader who checks now', () => {
  it('gets an answer while a poll hangs, which then saves nothing', async () => {
    const publisher = new Publisher(three());
    const { context, feedId, feed, poll } = await start(publisher, { timeoutMs: 5000 });
    publisher.instead.set('/index.xml', () => new Promise<Response>(() => {}));
    const hanging = poll();
    await new Promise((later) => setTimeout(later, 20));
    publisher.instead.clear();
    await refreshFeed(feedId, context, { urgent: true });
    expect(await feed()).toMatchObject({ fault: null, newestAt: START + 8 * HOUR });
    const before = await feed();
    await hanging;
    expect(await feed()).toEqual(before);
    expect(publisher.asked).toHaveLength(2);
  });

  it('takes over from a poll whose pages hang, without counting that against them', async () => {
    const publisher = new Publisher(three(), false);
    const { context, db, feedId, feed, poll } = await start(publisher, { timeoutMs: 5000 });
    publisher.instead.set('/c/', () => new Promise<Response>(() => {}));
    const hanging = poll();
    while (publisher.count('/c/') === 0) await new Promise((later) => setTimeout(later, 5));
    expect((await listPendingPages(db, feedId)).every(({ attempts }) => attempts === 0)).toBe(true);
    publisher.instead.clear();
    await Promise.all([hanging, refreshFeed(feedId, context, { urgent: true })]);
    expect(await feed()).toMatchObject({ fault: null, failures: 0 });
    expect(await db.items.count()).toBe(5);
  });

  it('joins a poll that is about to end', async () => {
    const publisher = new Publisher(three());
    const { context, feedId, poll } = await start(publisher, { timeoutMs: 5000 });
    await Promise.all([poll(), refreshFeed(feedId, context, { urgent: true })]);
    expect(publisher.count('/index.xml')).toBe(1);
  });
});

describe('a page that leads elsewhere', () => {
  const ledTo = (url: string) => () => Object.defineProperty(new Response(`<html><body><main>${list(three()[0] as Edition)}</main></body></html>`), 'url', { value: url });

  it.each([
    ['http://192.168.1.1/c/', '1 private 192.168.1.1'],
    ['https://elsewhere.example/c/', '1 permission elsewhere.example'],
  ])('to %s is refused, told of, and at last kept as a story that links to it', async (url, detail) => {
    const publisher = new Publisher(three(), false);
    publisher.instead.set('/c/', ledTo(url));
    const { poll, feed, clock, db } = await start(publisher, { allowed: async (address) => new URL(address).origin === ORIGIN });
    for (let i = 0; i < 5; i++) {
      await poll();
      expect((await feed()).fault).toMatchObject({ kind: 'page', detail });
      clock.now = (await feed()).nextPollAt;
    }
    const [digest] = (await db.digests.toArray()).filter(({ guid }) => guid === 'c');
    expect([digest?.kind, digest?.url]).toEqual(['story', `${ORIGIN}/c/`]);
    await poll();
    expect((await feed()).fault).toBeNull();
  });
});

describe('X', () => {
  it.each(['https://x.com/someone', 'https://www.twitter.com/a.xml', 'https://mobile.x.com/feed'])('is asked for nothing: %s', async (url) => {
    const publisher = new Publisher(three());
    const { context, db, feedId, poll, feed } = await start(publisher);
    expect(await subscribe(url, ['甲'], context)).toMatchObject({ ok: false, fault: { kind: 'x' } });
    await db.feeds.update(feedId, { url });
    await poll();
    expect([(await feed()).fault?.kind, publisher.asked]).toEqual(['x', []]);
  });
});

describe('subscribing', () => {
  it('stores a feed only if one stands there', async () => {
    const publisher = new Publisher(three());
    const page = () => new Response('<!doctype html><html></html>');
    publisher.instead.set('/page', page);
    publisher.instead.set('/index.xml', page); // nor where feeds usually stand
    const { context, db } = await start(publisher);
    for (const [address, kind] of [['not an address', 'address'], ['ftp://digest.example/', 'address'], ['javascript:alert(1)', 'address'], [`${ORIGIN}/page`, 'html'], [`${ORIGIN}/nothing`, 'http']] as const) {
      expect(await subscribe(address, ['甲'], context)).toMatchObject({ ok: false, fault: { kind } });
    }
    expect(await listFeeds(db)).toHaveLength(1);
    publisher.instead.delete('/index.xml');
    publisher.instead.set('/other.xml', () => new Response(publisher.feed()));
    expect(await subscribe(` ${ORIGIN}/other.xml `, ['甲'], context)).toMatchObject({ ok: true, title: '测试快报', known: false });
    expect(await subscribe(`${ORIGIN}/other.xml`, ['甲'], context)).toMatchObject({ ok: true, known: true });
    expect((await listFeeds(db)).at(-1)).toMatchObject({ url: `${ORIGIN}/other.xml`, categories: ['甲'] });
    expect(await countUnread(db, { hiddenCategories: [], rules: [] }, 0)).toEqual({ unread: 0, fresh: 0 });
  });
});
