// A worker killed in the middle of a poll: something wakes the background again, and it goes on with what was left.
import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { intake } from '../../lib/intake.ts';
import { catchUp, pollFeed } from '../../lib/poll/alarm.ts';
import type { PollContext } from '../../lib/poll/context.ts';
import { updateFeed } from '../../lib/store/feeds.ts';
import { freshDatabase } from '../store/database.ts';

const NOW = Date.parse('2025-12-22T00:10:00Z');

beforeEach(() => fakeBrowser.reset());

async function start(fetch: typeof globalThis.fetch) {
  const { db, feedId } = await freshDatabase();
  const context: PollContext = { db, fetch, now: () => NOW, random: () => 0.5, intervalMs: 1_800_000, loadIntake: async () => intake, resolve: (url) => url, allowed: async () => true, onSaved: async () => {}, onQuiet: async () => {} };
  return { db, feedId, context, alarm: () => fakeBrowser.alarms.get(`poll:${feedId}`) };
}

it('has an alarm set while a poll is under way, in case the worker does not live to end it', async () => {
  let seen: number | undefined;
  const { feedId, context, alarm } = await start(async () => {
    seen = (await alarm())?.scheduledTime;
    return new Response('', { status: 500 });
  });
  await pollFeed(feedId, context);
  expect(seen).toBe(NOW + 60_000);
  expect((await alarm())?.scheduledTime).toBe((await context.db.feeds.get(feedId))?.nextPollAt);
});

it('leaves a feed due while its pages are read, so that the next wake goes on with them', async () => {
  const feed = '<rss version="2.0"><channel><title>t</title><item><title>a</title><link>https://digest.example/a/</link><description>text</description></item></channel></rss>';
  let reached = (): void => {};
  const atPage = new Promise<void>((resolve) => (reached = resolve));
  const started = await start(async (input) => {
    if (String(input).endsWith('index.xml')) return new Response(feed);
    reached();
    return new Promise(() => {}); // the worker is stopped here
  });
  void pollFeed(started.feedId, started.context);
  await atPage;
  expect((await started.db.feeds.get(started.feedId))?.nextPollAt).toBe(NOW);
});

it('sets what is missing on every wake: the feed’s alarm, and one that wakes the background for good', async () => {
  const { db, feedId, context, alarm } = await start(async () => new Response('', { status: 500 }));
  await updateFeed(db, feedId, { nextPollAt: NOW + 500_000 });
  await catchUp(context);
  expect((await alarm())?.scheduledTime).toBe(NOW + 500_000);
  expect((await fakeBrowser.alarms.get('watch'))?.periodInMinutes).toBe(60);
});
