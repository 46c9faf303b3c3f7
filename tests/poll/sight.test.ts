// What a poll notes of the digests a feed lists, and which feeds are polled at all.
import { describe, expect, it } from 'vitest';
import { intake } from '../../lib/intake.ts';
import type { PollContext } from '../../lib/poll/context.ts';
import { refreshFeed } from '../../lib/poll/refresh.ts';
import { removeFeed, updateFeed } from '../../lib/store/feeds.ts';
import { freshDatabase, HOUR, START } from '../store/database.ts';

async function start() {
  const { db, feedId } = await freshDatabase();
  const site = { slugs: ['a', 'b'], asked: 0, now: START + 100 * HOUR };
  const list = (slug: string) => `<ol>${[1, 2].map((n) => `<li><p><a href="https://x.com/someone/status/${slug.charCodeAt(0)}${n}">${slug}${n}</a> - 某人\n<strong>要点</strong>说明</p></li>`).join('')}</ol>`;
  const answer = async (_: unknown, init?: RequestInit) => {
    site.asked++;
    const etag = `"${site.slugs.join()}"`;
    if (new Headers(init?.headers).get('if-none-match') === etag) return new Response(null, { status: 304 });
    const entries = site.slugs.map((slug) => `<item><title>${slug}</title><link>https://digest.example/${slug}/</link><guid>${slug}</guid><pubDate>${new Date(START + slug.charCodeAt(0) * HOUR).toUTCString()}</pubDate><description><![CDATA[${list(slug)}]]></description></item>`);
    return new Response(`<rss version="2.0"><channel><title>t</title>${entries.join('')}</channel></rss>`, { headers: { etag } });
  };
  const context: PollContext = { db, fetch: answer as typeof fetch, now: () => site.now, random: () => 0.5, intervalMs: HOUR, loadIntake: async () => intake, resolve: (url) => url, allowed: async () => true, onSaved: async () => {}, onQuiet: async () => {} };
  const sights = async () => Object.fromEntries((await db.digests.toArray()).map(({ guid, listed, listedAt }) => [guid, listed || listedAt]));
  return { db, feedId, site, sights, poll: () => refreshFeed(feedId, context) };
}

describe('a poll', () => {
  it('notes when a digest was last listed: by the last good answer before it was gone, a 304 too', async () => {
    const { site, sights, poll, db } = await start();
    await poll();
    expect(await sights()).toEqual({ a: 1, b: 1 });
    site.now += HOUR;
    const before = await db.digests.toArray();
    await poll();
    expect(await db.digests.toArray()).toEqual(before);
    const lastSeen = site.now;
    site.now += HOUR;
    site.slugs = ['b', 'c'];
    await poll();
    expect(await sights()).toEqual({ a: lastSeen, b: 1, c: 1 });
    site.now += HOUR;
    site.slugs = ['a', 'b', 'c'];
    await poll();
    expect(await sights()).toEqual({ a: 1, b: 1, c: 1 });
  });

  it('asks nothing of a feed that is paused or removed', async () => {
    const { db, feedId, site, poll } = await start();
    await updateFeed(db, feedId, { paused: 1 });
    await poll();
    await updateFeed(db, feedId, { paused: 0 });
    await removeFeed(db, feedId, 1);
    await poll();
    expect(site.asked).toBe(0);
  });
});
