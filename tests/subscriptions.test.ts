// Importing feeds: asked for once, nothing lost where a host is refused; resuming one when its host is allowed.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Feed } from '../lib/model/feed.ts';
import { listFeeds, removeFeed } from '../lib/store/feeds.ts';
import { changeSettings } from '../lib/store/settings.ts';
import { addByAddress, allowFeed, completeAddress, giveBack, importFeeds, readOpmlFile } from '../lib/subscriptions.ts';
import { freshDatabase } from './store/database.ts';

const granted = new Set<string>();
const asked: string[][] = [];
const sent: unknown[] = [];
let answer: (origins: string[]) => string[] = (origins) => origins;
let reply: unknown;

beforeEach(() => {
  fakeBrowser.reset();
  granted.clear();
  asked.length = sent.length = 0;
  answer = (origins) => origins;
  reply = { ok: true };
  const permissions = {
    request: async ({ origins = [] }: { origins?: string[] }) => {
      asked.push(origins);
      const given = answer(origins);
      for (const origin of given) granted.add(origin);
      return given.length === origins.length;
    },
    contains: async ({ origins = [] }: { origins?: string[] }) => origins.every((origin) => granted.has(origin)),
    remove: async ({ origins = [] }: { origins?: string[] }) => origins.every((origin) => granted.delete(origin)),
  };
  Object.assign(browser, { permissions });
  vi.spyOn(browser.runtime, 'sendMessage').mockImplementation(async (message: unknown) => {
    sent.push(message);
    return reply as never;
  });
});

const opml = (...urls: string[]) => new Blob([`<opml version="2.0"><body>${urls.map((url, i) => `<outline text="${i}" xmlUrl="${url}"/>`).join('')}</body></opml>`]);

describe('importing', () => {
  it('shows first what a file holds, against what is subscribed to, and stores nothing', async () => {
    const { db } = await freshDatabase();
    expect(await readOpmlFile(db, opml('https://digest.example/index.xml', 'https://a.example/f', 'ftp://b.example/'))).toMatchObject({ fresh: [{ url: 'https://a.example/f' }], known: 1, refused: 1, fault: null });
    expect(await readOpmlFile(db, new Blob(['nonsense']))).toMatchObject({ fresh: [], fault: 'notOpml' });
    expect([await db.feeds.count(), asked, sent]).toEqual([1, [], []]);
  });

  it('asks for every host in one question, then adds all in the file’s order and has them polled', async () => {
    const { db } = await freshDatabase();
    const { fresh } = await readOpmlFile(db, opml('https://b.example/1', 'https://a.example/', 'https://b.example/2'));
    const adding = importFeeds(db, fresh, ['甲'], 5);
    expect(asked).toEqual([['https://b.example/*', 'https://a.example/*']]); // asked already: in the click itself
    expect(await adding).toEqual({ added: 3, known: 0, waiting: 0 });
    expect((await listFeeds(db)).slice(1)).toMatchObject([{ url: 'https://b.example/1', title: '0', categories: ['甲'], paused: 0, fault: null }, { url: 'https://a.example/' }, { url: 'https://b.example/2' }]);
    expect(sent).toEqual([{ type: 'refresh', feedIds: (await listFeeds(db)).slice(1).map(({ id }) => id) }]);
  });

  it('adds feeds of refused hosts paused, saying why, and resumes one when its host is allowed', async () => {
    const { db } = await freshDatabase();
    answer = () => [];
    granted.add('https://b.example/*');
    const { fresh } = await readOpmlFile(db, opml('https://a.example/', 'https://b.example/'));
    expect(await importFeeds(db, fresh, [], 5)).toEqual({ added: 2, known: 0, waiting: 1 });
    const [, a, b] = await listFeeds(db);
    expect([a, b]).toMatchObject([{ paused: 1, fault: { kind: 'permission', detail: 'a.example' } }, { paused: 0, fault: null }]);
    await allowFeed(db, a as Feed);
    expect((await listFeeds(db))[1]).toMatchObject({ paused: 1 });
    answer = (origins) => origins;
    await allowFeed(db, a as Feed);
    expect((await listFeeds(db))[1]).toMatchObject({ paused: 0, fault: null });
  });

  it('brings a removed feed back instead of doubling it', async () => {
    const { db, feedId } = await freshDatabase();
    await removeFeed(db, feedId, 1);
    const { fresh } = await readOpmlFile(db, opml('https://digest.example/index.xml'));
    expect(await importFeeds(db, fresh, [], 5)).toEqual({ added: 1, known: 0, waiting: 0 });
    expect(await db.feeds.toArray()).toMatchObject([{ id: feedId, removedAt: null }]);
  });
});

describe('adding by address', () => {
  it('completes what was typed', () => {
    expect([' a.example/f ', 'http://a.example', 'ftp://a.example', 'localhost:1313/index.xml'].map(completeAddress)).toEqual(['https://a.example/f', 'http://a.example', 'ftp://a.example', 'https://localhost:1313/index.xml']);
    const hosts = ['localhost', 'LOCALHOST/f', '127.0.0.1:8080/f', '[::1]/f', '报纸。测试', 'intranet:8080', 'a.b'];
    expect(hosts.map(completeAddress)).toEqual(hosts.map((host) => `https://${host}`));
    expect(completeAddress('http://intranet/feed.xml')).toBe('http://intranet/feed.xml');
  });

  it('asks the browser for no host where a mere word was typed', async () => {
    const { db } = await freshDatabase();
    for (const word of ['hello', ' hello/feed.xml', 'hello.', '.', 'localhosts', 'hello?a.b', '123']) expect(await addByAddress(db, word)).toEqual({ ok: false, word: word.trim() });
    expect(await addByAddress(db, 'ftp://a.example/')).toMatchObject({ ok: false, fault: { kind: 'address' } });
    expect(await addByAddress(db, 'a b.example')).toMatchObject({ ok: false, fault: { kind: 'address' } });
    expect([asked, sent]).toEqual([[], []]);
    await addByAddress(db, 'http://intranet/feed.xml');
    expect(asked).toEqual([['http://intranet/*']]);
  });

  it('says whose host was refused, and gives a host back where no feed stands', async () => {
    const { db } = await freshDatabase();
    answer = () => [];
    expect(await addByAddress(db, 'https://a.example/')).toEqual({ ok: false, denied: 'a.example' });
    expect(sent).toEqual([]);
    answer = (origins) => origins;
    reply = { ok: false, fault: { kind: 'html', detail: '', at: 1 } };
    expect(await addByAddress(db, 'https://a.example/')).toEqual(reply);
    await addByAddress(db, 'https://digest.example/other');
    expect([...granted]).toEqual(['https://digest.example/*']); // a subscribed feed needs it
  });

  it('gives no host back that marks are wanted on, or that a feed leads to', async () => {
    const { db, feedId } = await freshDatabase();
    await db.feeds.update(feedId, { movedTo: { url: 'https://moved.example/f', polls: 1, at: 1 } });
    await changeSettings({ markSites: ['https://blog.example/*'] });
    const hosts = ['https://digest.example/*', 'https://moved.example/*', 'https://blog.example/*', 'https://other.example/*'];
    for (const host of hosts) granted.add(host);
    for (const host of hosts) await giveBack(db, host);
    expect([...granted]).toEqual(hosts.slice(0, 3));
  });
});
