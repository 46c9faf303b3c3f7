// Waking up: alarms that are missing, stranded or past, and feeds that are overdue.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { intake } from '../../lib/intake.ts';
import { catchUp, answerAlarm, pollAll, pollFeed } from '../../lib/poll/alarm.ts';
import type { PollContext } from '../../lib/poll/context.ts';
import { updateFeed } from '../../lib/store/feeds.ts';
import { freshDatabase } from '../store/database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function start(fields: Parameters<typeof updateFeed>[2] = {}) {
  const { db, feedId } = await freshDatabase();
  const now = Date.now();
  let asked = 0;
  const fetch = async () => {
    asked++;
    return new Response('<rss version="2.0"><channel><title>t</title></channel></rss>');
  };
  await updateFeed(db, feedId, { checkedAt: now - HOUR, nextPollAt: now + HOUR, ...fields });
  const context: PollContext = { db, fetch, now: () => now, random: () => 0.5, intervalMs: 30 * MINUTE, loadIntake: async () => intake, resolve: (url) => url, allowed: async () => true, onSaved: async () => {}, onQuiet: async () => {} };
  const alarm = async () => (await browser.alarms.get(`poll:${feedId}`))?.scheduledTime ?? null;
  return { context, feedId, db, now, alarm, asked: () => asked };
}

beforeEach(() => {
  vi.restoreAllMocks();
  fakeBrowser.reset();
});

describe('an alarm', () => {
  it('changes nothing, and says nothing, where a newer version made the database', async () => {
    const { context, db, feedId, now, asked } = await start({ nextPollAt: 1 });
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(db, 'isNewer', 'get').mockReturnValue(true); // so every write to it fails
    for (const name of ['watch', `poll:${feedId}`]) await answerAlarm({ name, scheduledTime: now }, context);
    expect([told.mock.calls, asked()]).toEqual([[], 0]);
  });

  it('is told to be in vain, and no more, where the database does not open', async () => {
    const { context, db, feedId, now, asked } = await start({ nextPollAt: 1 });
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    db.close();
    vi.spyOn(db, 'open').mockRejectedValue(new Error('corrupt'));
    for (const name of ['watch', `poll:${feedId}`]) await answerAlarm({ name, scheduledTime: now }, context);
    expect([told.mock.calls.length, asked()]).toEqual([2, 0]);
    vi.restoreAllMocks();
    await db.open();
    await answerAlarm({ name: `poll:${feedId}`, scheduledTime: now }, context);
    expect(asked()).toBe(1);
  });
});

describe('catching up', () => {
  it('sets an alarm again that was lost, without asking before its time', async () => {
    const { context, now, alarm, asked } = await start();
    await catchUp(context);
    expect([await alarm(), asked()]).toEqual([now + HOUR, 0]);
  });

  it('sets an alarm right that a changed clock has stranded', async () => {
    const { context, feedId, now, alarm } = await start();
    await browser.alarms.create(`poll:${feedId}`, { when: now + 9000 * HOUR });
    await catchUp(context);
    expect(await alarm()).toBe(now + HOUR);
  });

  it.each([
    ['whose time is past', { nextPollAt: 1 }],
    ['planned by a clock that was turned back', { nextPollAt: Date.now() + 9000 * HOUR }],
    ['last asked in what is now the future', { checkedAt: Date.now() + 30 * MINUTE }],
  ])('polls a feed %s, once', async (_, fields) => {
    const { context, feedId, now, alarm, asked } = await start(fields);
    const woken = { name: `poll:${feedId}`, scheduledTime: now };
    await Promise.all([catchUp(context), answerAlarm(woken, context)]);
    await answerAlarm(woken, context); // the alarm that woke the worker, delivered late
    expect([await alarm(), asked()]).toEqual([now + 30 * MINUTE, 1]);
  });

  it('leaves a feed alone that is gone', async () => {
    const { context, feedId, alarm, asked, now } = await start({ nextPollAt: 0, fault: { kind: 'gone', detail: '410', at: 0 } });
    await catchUp(context);
    expect([await alarm(), asked()]).toEqual([null, 0]);
    await pollAll(context);
    expect([await alarm(), asked()]).toEqual([now + 30 * MINUTE, 1]);
    await pollFeed(feedId, context, { askedSince: -Infinity });
    expect(asked()).toBe(1);
  });

  it('clears the alarm of a feed that was removed', async () => {
    const { context, feedId, db, alarm } = await start();
    await catchUp(context);
    await db.feeds.delete(feedId);
    await pollFeed(feedId, context, { askedSince: -Infinity });
    expect(await alarm()).toBeNull();
  });
});
