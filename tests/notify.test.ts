// Notifications: only what was asked for, one a digest, in quiet one for all, and each once wherever the worker is killed.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { intake } from '../lib/intake.ts';
import type { Rule } from '../lib/model/rule.ts';
import type { Settings } from '../lib/model/settings.ts';
import { describeRing, listenNotifications, ringBells } from '../lib/notify.ts';
import { refreshFeed } from '../lib/poll/refresh.ts';
import { planRings } from '../lib/store/bells.ts';
import { savePoll, type SavedDigest } from '../lib/store/digests.ts';
import { setRead } from '../lib/store/items.ts';
import { changeSettings } from '../lib/store/settings.ts';
import { digest, freshDatabase, item } from './store/database.ts';

const NOW = new Date(2026, 2, 2, 12).getTime();
const WATCH: Rule = { id: 'w', action: 'watch', field: 'word', value: 'Dugong', expiresAt: null, addedAt: 0 };
const create = browser.notifications.create.bind(browser.notifications) as unknown as (id: string, options: object) => Promise<string>;
let allowed = true;
let shown: { id: string; title: string; message: string }[];

beforeEach(() => {
  fakeBrowser.reset();
  allowed = true;
  shown = [];
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  vi.spyOn(navigator, 'language', 'get').mockReturnValue('en');
  vi.spyOn(browser.permissions, 'contains').mockImplementation((async () => allowed) as never);
  vi.spyOn(browser.permissions.onAdded, 'addListener').mockImplementation(() => {});
  vi.spyOn(browser.notifications, 'create').mockImplementation((async (id: string, options: { title: string; message: string }) => {
    shown.push({ id, title: options.title, message: options.message });
    return create(id, options);
  }) as never);
});

async function start(settings: Partial<Settings>) {
  await changeSettings(settings);
  const { db, feedId } = await freshDatabase();
  let n = 0;
  /** A digest with these titles comes, as after a poll. */
  const arrive = async (hour: number, ...titles: string[]) => {
    const items = titles.map((title) => item(++n + hour * 100, { title }));
    const saved: SavedDigest = { ...digest(feedId, hour, items), ringsAt: NOW };
    await savePoll(db, feedId, { digests: [saved] });
    return items.map(({ id }) => id);
  };
  const ring = (now = NOW) => ringBells(db, () => now);
  return { db, feedId, arrive, ring };
}

const told = () => shown.map(({ title, message }) => `${title} | ${message}`);

describe('what rings', () => {
  it('is nothing by default, or where the browser does not allow it; and nothing of it later', async () => {
    const { arrive, ring } = await start({ rules: [WATCH] });
    await arrive(1, 'Dugong-2');
    await ring();
    await changeSettings({ notify: 'all' });
    await ring();
    allowed = false;
    await arrive(2, 'Dugong-3');
    await ring();
    allowed = true;
    await ring();
    expect(told()).toEqual([]);
    await arrive(3, 'Dugong-4');
    await ring();
    expect(told()).toEqual(['Dugong-4 | 某人 · Digest']);
  });

  it('is what a watch rule meets, is unread and not muted; one notification a digest', async () => {
    const mute: Rule = { ...WATCH, id: 'm', action: 'mute', value: 'giveaway' };
    const { db, arrive, ring } = await start({ notify: 'watched', rules: [WATCH, mute] });
    const [, read] = await arrive(1, 'Dugong-1', 'Dugong read', 'Dugong giveaway', 'Other', 'About Dugong');
    await setRead(db, [read as string], true);
    await arrive(2, 'Other 2');
    await ring();
    expect(told()).toEqual(['Digest: 2 items you watch for | Dugong-1\nAbout Dugong']);
  });

  it('is everything shown where the reader wants all', async () => {
    const { arrive, ring } = await start({ notify: 'all', hiddenCategories: [] });
    await arrive(1, 'A', 'B', 'C', 'D', 'E', 'F');
    await ring();
    expect(told()).toEqual(['Digest: 6 new items | A\nB\nC\nD\nand 2 more']);
    await changeSettings({ hiddenCategories: ['AI模型'] });
    await arrive(2, 'G');
    await ring();
    expect(shown).toHaveLength(1);
  });

  it('is a digest once: not again for what its publisher adds, unless there was nothing to tell before', async () => {
    const { db, feedId, ring } = await start({ notify: 'watched', rules: [WATCH] });
    const edition = (...titles: string[]) => savePoll(db, feedId, { digests: [{ ...digest(feedId, 1, titles.map((title, i) => item(i, { title }))), ringsAt: NOW }] });
    await edition('Other');
    await ring();
    await edition('Other', 'Dugong-1');
    await ring();
    await edition('Other', 'Dugong-1', 'Dugong-2');
    await ring();
    await ring();
    expect(told()).toEqual(['Dugong-1 | 某人 · Digest']);
  });

  it('does not ring twice for one item in two digests, nor for one met before', async () => {
    const { db, feedId, ring } = await start({ notify: 'all' });
    const one = item(1, { title: 'A' });
    await savePoll(db, feedId, { digests: [{ ...digest(feedId, 2, [one]), ringsAt: NOW }, { ...digest(feedId, 1, [one]), ringsAt: NOW }] });
    await savePoll(db, feedId, { digests: [{ ...digest(feedId, 3, [one]), ringsAt: NOW }] });
    await ring();
    expect(told()).toEqual(['A | 某人 · Digest']);
  });

  it('is told together where many digests come at once', async () => {
    const { arrive, ring } = await start({ notify: 'all' });
    for (const hour of [1, 2, 3]) await arrive(hour, `A${hour}`);
    await ring();
    expect(shown).toHaveLength(3);
    for (const hour of [4, 5, 6, 7]) await arrive(hour, `A${hour}`);
    await ring();
    expect(told().slice(3)).toEqual(['4 digests have news | A7\nA6\nA5\nA4']);
  });
});

describe('a poll', () => {
  const edition = (n: number, date: string) => `<item><guid>${n}</guid><title>Edition ${n}</title><link>https://digest.example/${n}/</link><pubDate>${date}</pubDate><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<h2>AI</h2><ol><li><a href="https://x.com/a/status/${n}0000001">Story ${n}</a> text</li></ol>]]></content:encoded></item>`;
  const hoursAgo = (hours: number) => new Date(NOW - hours * 3_600_000).toUTCString();

  it('rings for nothing it finds first, nor for backlog that comes later; then for what is new', async () => {
    const { db, feedId, ring } = await start({ notify: 'all' });
    let body = '';
    const context = { db, fetch: async () => new Response(`<rss version="2.0"><channel><title>t</title>${body}</channel></rss>`), now: () => NOW, random: () => 0.5, intervalMs: 1_800_000, loadIntake: async () => intake, resolve: (url: string) => url, allowed: async () => true, onSaved: ring, onQuiet: ring };
    body = edition(1, hoursAgo(3)) + edition(2, hoursAgo(7));
    await refreshFeed(feedId, context);
    expect(await db.items.count()).toBe(2);
    expect((await db.statuses.where('lists').equals('unread').count()) > 0).toBe(true); // it does arrive unread
    body = edition(3, hoursAgo(30)) + body;
    await refreshFeed(feedId, context);
    expect([await db.items.count(), told()]).toEqual([3, []]);
    body = edition(4, hoursAgo(0)) + body;
    await refreshFeed(feedId, context);
    expect(told().map((line) => line.split(' | ')[0])).toEqual(['Story 4']);
  });

  it('rings for a new digest whose page is read after the feed, and not for the pages it finds first', async () => {
    const { db, feedId, ring } = await start({ notify: 'all' });
    let body = '';
    const teaser = (n: number, hours: number) => `<item><guid>${n}</guid><title>Edition ${n}</title><link>https://digest.example/${n}/</link><pubDate>${hoursAgo(hours)}</pubDate><description>text</description></item>`;
    const page = (n: string) => `<html><body><article><h2>AI</h2><ol><li><a href="https://x.com/a/status/${n}0000001">Story ${n}</a> text</li><li><a href="https://x.com/a/status/${n}0000002">More ${n}</a> text</li></ol></article></body></html>`;
    const fetch = async (input: RequestInfo | URL) => {
      const [, n] = /digest\.example\/(\d+)\//.exec(String(input)) ?? [];
      return n ? new Response(page(n), { headers: { 'content-type': 'text/html' } }) : new Response(`<rss version="2.0"><channel><title>t</title>${body}</channel></rss>`);
    };
    const context = { db, fetch, now: () => NOW, random: () => 0.5, intervalMs: 1_800_000, loadIntake: async () => intake, resolve: (url: string) => url, allowed: async () => true, onSaved: ring, onQuiet: ring };
    body = teaser(1, 3) + teaser(2, 7);
    await refreshFeed(feedId, context);
    expect([await db.items.count(), told()]).toEqual([4, []]);
    body = teaser(3, 0) + body;
    await refreshFeed(feedId, context);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.message).toBe('Story 3\nMore 3');
  });
});

describe('quiet', () => {
  const quiet = { on: true, from: 11 * 60, to: 13 * 60, days: [0, 1, 2, 3, 4, 5, 6] };
  const AFTER = NOW + 3_600_000;
  const alarm = async () => (await fakeBrowser.alarms.get('quiet'))?.scheduledTime;

  it('holds back what comes, and tells it in one notification when it ends', async () => {
    const { arrive, ring } = await start({ notify: 'all', quiet });
    await arrive(1, 'A');
    await ring();
    await arrive(2, 'B');
    await ring();
    expect([told(), await alarm()]).toEqual([[], AFTER]);
    await arrive(3, 'C'); // came as it ended
    await ring(AFTER);
    await ring(AFTER);
    expect(told()).toEqual(['2 digests while quiet | B\nA', 'C | 某人 · Digest']);
  });

  it('tells of a single digest as ever, and of nothing that was read meanwhile', async () => {
    const { db, arrive, ring } = await start({ notify: 'all', quietUntil: AFTER });
    const read = await arrive(1, 'A');
    await arrive(2, 'B');
    await ring();
    await setRead(db, read, true);
    await ring(AFTER);
    expect(told()).toEqual(['B | 某人 · Digest']);
  });

  it('wakes nobody where nothing waits', async () => {
    const { ring } = await start({ notify: 'all', quiet });
    await ring();
    expect(await alarm()).toBeUndefined();
  });
});

describe('a worker that is killed', () => {
  it('before anything was planned, or with a notification planned: the next one shows it, once', async () => {
    const { db, arrive, ring } = await start({ notify: 'all' });
    await arrive(1, 'A'); // killed right after the commit
    await planRings(db, { notify: 'all', hiddenCategories: [], rules: [] }, NOW, () => 'bell:x'); // killed before it was shown
    expect(told()).toEqual([]);
    await ring();
    await ring();
    expect(shown.map(({ id, title }) => [id, title])).toEqual([['bell:x', 'A']]);
  });

  it('after it was shown: neither shown again while it stands, nor once the reader has closed it', async () => {
    for (const closed of [false, true]) {
      const { db, arrive, ring } = await start({ notify: 'all' });
      listenNotifications(db, async () => {});
      await arrive(1, 'A');
      await planRings(db, { notify: 'all', hiddenCategories: [], rules: [] }, NOW, () => 'bell:y');
      await browser.notifications.create('bell:y', { type: 'basic', iconUrl: 'x', title: 'A', message: '' }); // killed here
      shown = [];
      if (closed) {
        await browser.notifications.clear('bell:y');
        await fakeBrowser.notifications.onClosed.trigger('bell:y', true);
        await vi.waitFor(async () => expect((await db.bells.toArray()).map(({ state }) => state)).toEqual(['over']));
      }
      await ring();
      expect(shown).toEqual([]);
      fakeBrowser.reset();
    }
  });

  it('two contexts that ring at once: it rings once', async () => {
    const { arrive, ring } = await start({ notify: 'all' });
    await arrive(1, 'A');
    await Promise.all([ring(), ring(), ring()]);
    expect(shown).toHaveLength(1);
  });

  it('where showing fails: the others show, and it is tried again after the next commit', async () => {
    const { arrive, ring } = await start({ notify: 'all' });
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    await arrive(1, 'A');
    await arrive(2, 'B');
    vi.mocked(browser.notifications.create).mockRejectedValueOnce(new Error('no'));
    await ring();
    expect([shown.length, silent.mock.calls.length]).toEqual([1, 1]);
    await ring();
    await ring();
    expect(told().toSorted()).toEqual(['A | 某人 · Digest', 'B | 某人 · Digest']);
    silent.mockRestore();
  });
});

it('forgets after a week what it told of, and rings for nothing that old', async () => {
  const { db, arrive, ring } = await start({ notify: 'all' });
  await arrive(1, 'A');
  await ring();
  await arrive(2, 'B'); // and the browser is closed
  await ring(NOW + 8 * 86_400_000);
  expect([told(), await db.bells.count()]).toEqual([['A | 某人 · Digest'], 0]);
});

describe('a click', () => {
  const click = async (...arrivals: string[][]) => {
    const { db, arrive, ring } = await start({ notify: 'all', quietUntil: NOW + 1 });
    const tabs: (string | undefined)[] = [];
    vi.spyOn(browser.tabs, 'create').mockImplementation((async ({ url }: { url?: string }) => void tabs.push(url)) as never);
    const popup = vi.spyOn(browser.action, 'openPopup').mockResolvedValue(undefined as never);
    let updated = 0;
    listenNotifications(db, async () => void updated++);
    for (const [i, titles] of arrivals.entries()) await arrive(i + 1, ...titles);
    await ring(); // quiet
    await ring(NOW + 1);
    await fakeBrowser.notifications.onClicked.trigger(shown[0]?.id as string);
    await vi.waitFor(() => expect(updated).toBe(1));
    return { tabs, popups: popup.mock.calls.length, read: await db.statuses.filter(({ read }) => read === 1).count(), standing: Object.keys(await browser.notifications.getAll()) };
  };

  it('opens the one item it tells of, and marks it read', async () => {
    expect(await click(['A'])).toEqual({ tabs: ['https://x.com/someone/status/101'], popups: 0, read: 1, standing: [] });
  });
  it('opens the digest’s page where it tells of several', async () => {
    expect(await click(['A', 'B'])).toEqual({ tabs: ['https://digest.example/1/'], popups: 0, read: 0, standing: [] });
  });
  it('opens the reader where it tells of several digests', async () => {
    expect(await click(['A'], ['B'])).toEqual({ tabs: [], popups: 1, read: 0, standing: [] });
  });
});

it('speaks Chinese', () => {
  vi.mocked(browser.i18n.getUILanguage).mockReturnValue('zh-CN');
  const rung = (n: number, titles: string[]) => ({ digest: { id: `${n}`, title: '', url: '', feedId: 'f' }, items: titles.map((title, i) => ({ title, author: '', id: `${n}${i}` }) as never) });
  expect(describeRing({ rung: [rung(1, ['甲', '乙'])], held: false }, () => '晨报', true)).toEqual({ title: '晨报：2 条你关注的内容', message: '甲\n乙' });
  expect(describeRing({ rung: [rung(1, ['甲']), rung(2, ['乙'])], held: true }, () => '晨报', true)).toEqual({ title: '免打扰期间到了 2 期快报', message: '甲\n乙' });
});
