// How the feeds are doing: when they were last asked, and what is wrong with those in trouble.
import { formatAgo, say } from '../../lib/i18n.ts';
import type { FeedState } from '../../lib/list.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { later } from '../later.tsx';

/** The words for all that can go wrong are many, and seldom needed. */
const FeedTrouble = later(async () => (await import('./FeedTrouble.tsx')).FeedTrouble);

/** One line for all feeds, and one for each in trouble; `now` in ms. */
export function FeedStatus({ feeds, refreshing, now }: { feeds: FeedState[]; refreshing: boolean; now: number }) {
  const words = say(readerWords);
  const updated = Math.max(...feeds.map((feed) => feed.succeededAt ?? 0));
  const newest = Math.max(...feeds.map((feed) => feed.newestAt ?? 0));
  return (
    <>
      <p>
        {refreshing ? words.refreshing : updated ? words.updated(formatAgo(updated, now)) : words.neverUpdated}
        {newest > 0 && ` · ${words.lastDigest(formatAgo(newest, now))}`}
      </p>
      {feeds.map((feed) => (feed.fault || feed.notice) && <FeedTrouble key={feed.id} feed={feed} now={now} />)}
    </>
  );
}
