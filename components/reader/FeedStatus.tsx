// How the feeds are doing: when they were last asked, and what is wrong with those in trouble.
import { formatAgo, formatTime, say } from '../../lib/i18n.ts';
import type { FeedState } from '../../lib/list.ts';
import { feedName, isFailing } from '../../lib/model.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { readerWords } from '../../lib/words/reader.ts';

export function FeedStatus({ feeds, refreshing, now }: { feeds: FeedState[]; refreshing: boolean; now: number }) {
  const words = say(readerWords);
  if (feeds.length === 0) return null;
  const updated = Math.max(...feeds.map((feed) => feed.succeededAt ?? 0));
  const newest = Math.max(...feeds.map((feed) => feed.newestAt ?? 0));
  return (
    <footer class="status">
      <p>
        {refreshing ? words.refreshing : updated ? words.updated(formatAgo(updated, now)) : words.neverUpdated}
        {newest > 0 && ` · ${words.lastDigest(formatAgo(newest, now))}`}
      </p>
      {feeds.map((feed) => (
        <FeedTrouble key={feed.id} feed={feed} now={now} />
      ))}
    </footer>
  );
}

function FeedTrouble({ feed, now }: { feed: FeedState; now: number }) {
  const words = say(readerWords);
  const name = feedName(feed);
  if (feed.fault && isFailing(feed))
    return (
      <p class="fault" role="alert">
        <bdi>{name}</bdi>: {say(faultWords)[feed.fault.kind](feed.fault.detail)}
        {feed.nextPollAt > now && ` · ${words.retryAt(formatTime(feed.nextPollAt, now))}`}
      </p>
    );
  return feed.notice === 'empty' ? <p>{words.noEntries(name)}</p> : null;
}
