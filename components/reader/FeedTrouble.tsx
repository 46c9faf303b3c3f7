// What is wrong with a feed, in words. Loaded when a feed is first in trouble.
import { formatTime, say } from '../../lib/i18n.ts';
import type { FeedState } from '../../lib/list.ts';
import { feedName, isFailing } from '../../lib/model/feed.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { sheetWords } from '../../lib/words/sheets.ts';

/** A failing feed by its name, with its fault; `now` in ms. */
export function FeedTrouble({ feed, now }: { feed: FeedState; now: number }) {
  const words = say(sheetWords);
  const name = feedName(feed);
  if (feed.fault && isFailing(feed))
    return (
      <p class="fault" role="alert">
        {name}: {say(faultWords)[feed.fault.kind](feed.fault.detail)}
        {feed.nextPollAt > now && ` · ${words.retryAt(formatTime(feed.nextPollAt, now))}`}
      </p>
    );
  return feed.notice === 'empty' ? <p>{words.noEntries(name)}</p> : null;
}
