// The bar over the list: how much is unread, and what can be done with all of it.
import { say } from '../../lib/i18n.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { Bell, Icon } from '../Icon.tsx';
import type { ReaderActions } from './actions.ts';
import type { ReaderState } from './state.ts';

/** Of the reader's props what the bar shows and calls; `allRead`: nothing is left to mark read. */
interface BarProps extends Pick<ReaderState, 'list' | 'query' | 'refreshing'>, Pick<ReaderActions, 'onSearch' | 'onRefresh' | 'onJournal' | 'onPanel' | 'onOptions'> {
  allRead: boolean;
  onReadAll: () => void;
}

/** The reader's bar. */
export function Bar(props: BarProps) {
  const words = say(readerWords);
  return (
    <header class="bar">
      <h1>
        <Bell />
        {words.name}
      </h1>
      <p class="count" role="status">{props.list ? words.unread(props.list.unread) : ''}</p>
      <button type="button" class="icon" aria-label={words.markAllRead} title={`${words.markAllRead} (M)`} disabled={props.allRead} onClick={props.onReadAll}>
        <Icon name="checks" />
      </button>
      <button type="button" class="icon" aria-label={words.search} title={`${words.search} (/)`} aria-expanded={props.query !== null} onClick={() => props.onSearch(props.query === null ? '' : null)}>
        <Icon name="search" />
      </button>
      <button type="button" class={props.refreshing ? 'icon turning' : 'icon'} aria-label={props.refreshing ? words.refreshing : words.refresh} title={`${words.refresh} (r)`} aria-busy={props.refreshing} onClick={props.onRefresh}>
        <Icon name="refresh" />
      </button>
      <button type="button" class="icon" aria-label={words.journal} title={words.journal} aria-haspopup="dialog" onClick={() => props.onJournal(true)}>
        <Icon name="history" />
      </button>
      {props.onPanel && (
        <button type="button" class="icon" aria-label={words.panel} title={words.panel} onClick={props.onPanel}>
          <Icon name="panel" />
        </button>
      )}
      <button type="button" class="icon" aria-label={words.options} title={words.options} onClick={props.onOptions}>
        <Icon name="gear" />
      </button>
    </header>
  );
}
