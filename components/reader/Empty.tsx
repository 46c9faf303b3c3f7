// What stands where a list has nothing to show.
import { say } from '../../lib/i18n.ts';
import type { FeedState, View } from '../../lib/list.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import { Bell } from '../Icon.tsx';

/** Why nothing is listed: no feed, nothing fetched yet, nothing that passes the filters (`filtered`), or all read. */
export function Empty({ list, view, filtered, onOptions }: { list: { feeds: FeedState[] }; view: View; filtered: boolean; onOptions: () => void }) {
  const words = say(sheetWords);
  if (list.feeds.length === 0)
    return (
      <div class="empty">
        <p>{words.noFeedTitle}</p>
        <button type="button" class="button" onClick={onOptions}>{words.noFeedAction}</button>
      </div>
    );
  const came = list.feeds.some(({ succeededAt }) => succeededAt !== null); // who has only just begun has caught up with nothing
  const [title, hint] = { unread: [came ? words.emptyTitle : words.emptyAll, words.emptyHint], all: [words.emptyAll, ''], starred: [words.emptyStarred, words.emptyStarredHint] }[view.show];
  return (
    <div class="empty">
      <Bell />
      <p>{title}</p>
      <p class="hint">{hint}</p>
      {filtered && view.show !== 'starred' && <p class="hint">{words.emptyHidden}</p>}
    </div>
  );
}
