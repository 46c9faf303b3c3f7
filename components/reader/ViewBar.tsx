// Which items are listed, and how they are grouped: two rows of buttons.
import { say } from '../../lib/i18n.ts';
import type { View } from '../../lib/list.ts';
import { readerWords } from '../../lib/words/reader.ts';
import type { ReaderActions } from './actions.ts';
import type { ReaderState } from './state.ts';

/** The choice of a view, the chosen one pressed. */
export function ViewBar({ view, onView }: Pick<ReaderState, 'view'> & Pick<ReaderActions, 'onView'>) {
  const words = say(readerWords);
  const shows: [View['show'], string][] = [['unread', words.showUnread], ['all', words.showAll], ['starred', words.showStarred]];
  const groupings: [View['by'], string][] = [['category', words.byCategory], ['digest', words.byDigest]];
  return (
    <nav class="views" aria-label={words.view}>
      <div role="group" aria-label={words.view}>
        {shows.map(([show, label]) => (
          <button key={show} type="button" class="view" aria-pressed={view.show === show} onClick={() => onView({ ...view, show })}>{label}</button>
        ))}
      </div>
      <div role="group" aria-label={words.grouping}>
        {groupings.map(([by, label]) => (
          <button key={by} type="button" class="view" aria-pressed={view.by === by} onClick={() => onView({ ...view, by })}>{label}</button>
        ))}
      </div>
    </nav>
  );
}
