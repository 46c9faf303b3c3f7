// The list of unread items by category, how the feeds are doing, and what can be done about both.
import { formatAgo, formatTime, say } from '../../lib/i18n.ts';
import { type Feed, feedName, isFailing, type Item } from '../../lib/model.ts';
import { Bell, Icon } from '../Icon.tsx';
import { type ItemActions, ItemRow } from './ItemRow.tsx';
import { faultWords } from '../../lib/words/fault.ts';
import { readerWords } from '../../lib/words/reader.ts';

export interface Group {
  category: string;
  items: Item[];
}

export interface ReaderProps extends ItemActions {
  /** Null until the first read. */
  groups: Group[] | null;
  feeds: Pick<Feed, 'id' | 'url' | 'customTitle' | 'title' | 'paused' | 'fault' | 'notice' | 'succeededAt' | 'newestAt' | 'nextPollAt'>[];
  /** The packaged sample is subscribed. */
  sample: boolean;
  /** The reader has hidden categories. */
  filtered: boolean;
  refreshing: boolean;
  /** Something that was done and can be undone. */
  toast: string | null;
  /** The database does not answer. */
  failed: boolean;
  now: number;
  onUndo: () => void;
  onDismiss: () => void;
  onRefresh: () => void;
  onOptions: () => void;
}

export function Reader(props: ReaderProps) {
  const words = say(readerWords);
  const { groups, now } = props;
  const items = groups?.flatMap((group) => group.items) ?? [];
  return (
    <>
      <header class="bar">
        <h1>
          <Bell />
          {words.name}
        </h1>
        <p class="count" role="status">{groups ? words.unread(items.length) : ''}</p>
        <button type="button" class="icon" aria-label={words.markAllRead} title={words.markAllRead} disabled={items.length === 0} onClick={() => props.onRead(items)}>
          <Icon name="checks" />
        </button>
        <button type="button" class={props.refreshing ? 'icon turning' : 'icon'} aria-label={props.refreshing ? words.refreshing : words.refresh} title={words.refresh} aria-busy={props.refreshing} onClick={props.onRefresh}>
          <Icon name="refresh" />
        </button>
        <button type="button" class="icon" aria-label={words.options} title={words.options} onClick={props.onOptions}>
          <Icon name="gear" />
        </button>
      </header>
      <main>
        {props.failed && <p class="notice fault" role="alert">{words.storageFailed}</p>}
        {props.sample && (
          <p class="notice">
            {words.sample}{' '}
            <button type="button" class="plain link" onClick={props.onOptions}>{words.sampleAction}</button>
          </p>
        )}
        {groups === null ? (
          !props.failed && <p class="empty hint">{words.loading}</p>
        ) : groups.length ? (
          groups.map((group) => (
            <section class="group" key={group.category} aria-label={group.category}>
              <div class="head">
                <h2 dir="auto">{group.category}</h2>
                <span class="size">{group.items.length}</span>
                <button type="button" class="icon" aria-label={words.markGroupRead(group.category)} title={words.markGroupRead(group.category)} onClick={() => props.onRead(group.items)}>
                  <Icon name="checks" />
                </button>
              </div>
              <ul>
                {group.items.map((item) => (
                  <ItemRow key={item.id} item={item} now={now} onOpen={props.onOpen} onRead={props.onRead} />
                ))}
              </ul>
            </section>
          ))
        ) : (
          <Empty {...props} />
        )}
      </main>
      <div class="foot">
        {/* Always there, so that screen readers announce what comes into it. */}
        <div role="status">
          {props.toast && (
            <div class="toast">
              <span>{props.toast}</span>
              <button type="button" class="plain link" onClick={props.onUndo}>{words.undo}</button>
              <button type="button" class="icon" aria-label={words.dismiss} onClick={props.onDismiss}>
                <Icon name="close" />
              </button>
            </div>
          )}
        </div>
        <FeedStatus feeds={props.feeds} refreshing={props.refreshing} now={now} />
      </div>
    </>
  );
}

function Empty({ feeds, filtered, onOptions }: ReaderProps) {
  const words = say(readerWords);
  if (feeds.length === 0)
    return (
      <div class="empty">
        <p>{words.noFeedTitle}</p>
        <button type="button" class="button" onClick={onOptions}>{words.noFeedAction}</button>
      </div>
    );
  return (
    <div class="empty">
      <Bell />
      <p>{words.emptyTitle}</p>
      <p class="hint">{words.emptyHint}</p>
      {filtered && <p class="hint">{words.emptyHidden}</p>}
    </div>
  );
}

function FeedStatus({ feeds, refreshing, now }: Pick<ReaderProps, 'feeds' | 'refreshing' | 'now'>) {
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

function FeedTrouble({ feed, now }: { feed: ReaderProps['feeds'][number]; now: number }) {
  const words = say(readerWords);
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
