// The feeds on the options page: adding one by its address, removing it and taking that back, and what the reader changes of it.
import type { FeedListProps } from '../../components/options/FeedList.tsx';
import type { FeedChanges } from '../../components/options/FeedRow.tsx';
import { say } from '../../lib/i18n.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Feed } from '../../lib/model/feed.ts';
import { act } from '../../lib/reading.ts';
import { SAMPLE_FEED_URL } from '../../lib/sample.ts';
import type { Database } from '../../lib/store/database.ts';
import { orderFeeds, restoreFeed, updateFeed } from '../../lib/store/feeds.ts';
import { UNDO_DAYS } from '../../lib/store/retention.ts';
import { addByAddress, allowFeed, refreshFeeds } from '../../lib/subscriptions.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { nameFeed } from '../../lib/words/feed.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { createTask, type Notice } from './task.ts';

/** Returns what gives the component its props; to be called while the page renders. `subscribe` adds a feed that needs no host, `categories` are those of a feed that names none. */
export function wireFeeds(db: Database, categories: Category[], subscribe: (url: string) => Promise<Feed>, write: (work: () => Promise<unknown>) => Promise<void>) {
  const words = say(optionsWords);
  const { busy, notice, run } = createTask();

  async function add(typed: string): Promise<Notice> {
    const answer = await addByAddress(db, typed);
    if (answer.ok) return answer.known ? { text: words.alreadyAdded, fault: false } : { text: words.added(answer.title), fault: false, added: true };
    if ('choices' in answer) return { text: words.choose, fault: false, choices: answer.choices };
    if ('word' in answer) return { text: words.noHost(answer.word), fault: true };
    if ('denied' in answer) return { text: words.denied(answer.denied), fault: true };
    const { kind, detail } = answer.fault;
    // Of a feed that is subscribed to, the general words say besides what becomes of it.
    return { text: kind === 'gone' ? words.addGone : say(faultWords)[kind](detail), fault: true };
  }

  async function remove(feed: Feed): Promise<void> {
    await write(() => act(db, { kind: 'removeFeed', feedId: feed.id, name: nameFeed(feed) }, Date.now()));
    notice.value = { text: words.removed(nameFeed(feed), UNDO_DAYS), fault: false, undo: feed };
  }

  async function restore(feed: Feed): Promise<void> {
    await write(() => restoreFeed(db, feed.id));
    notice.value = { text: words.restored(nameFeed(feed)), fault: false };
    await refreshFeeds([feed]);
  }

  async function change(feed: Feed, changes: FeedChanges): Promise<void> {
    await write(() => updateFeed(db, feed.id, changes.categories?.length === 0 ? { categories } : changes));
    if (changes.paused === 0) await refreshFeeds([feed]);
  }

  return (): Pick<FeedListProps, 'adding' | 'notice' | 'onAdd' | 'onAddSample' | 'onAllow' | 'onRemove' | 'onRestore' | 'onOrder' | 'onFeed'> => ({
    adding: busy.value,
    notice: notice.value,
    onAdd: (address) => void run(() => add(address)),
    onAddSample: () => void run(() => write(async () => refreshFeeds([await subscribe(SAMPLE_FEED_URL)]))),
    onAllow: (feed) => void allowFeed(db, feed),
    onRemove: (feed) => void remove(feed),
    onRestore: (feed) => void restore(feed),
    onOrder: (ids) => void write(() => orderFeeds(db, ids)),
    onFeed: (feed, changes) => void change(feed, changes),
  });
}
