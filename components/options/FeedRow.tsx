// One subscribed feed: what it is called, how it is doing, where it stands, and what the reader chose for it.
import { formatAgo, say } from '../../lib/i18n.ts';
import type { Feed } from '../../lib/model/feed.ts';
import { SAMPLE_FEED_URL } from '../../lib/sample.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { nameFeed, originalFeedName } from '../../lib/words/feed.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Icon } from '../Icon.tsx';
import { Field } from './Field.tsx';
import type { OrderControls } from './Ordered.tsx';

/** What a reader may change of a feed. */
export type FeedChanges = Partial<Pick<Feed, 'customTitle' | 'categories' | 'hiddenCategories' | 'marks' | 'paused'>>;

/** A feed with what is known of it, and what can be done with it. */
export interface FeedRowProps {
  feed: Feed;
  now: number;
  /** The categories its digests use, with those hidden in it. */
  categories: string[];
  /** Items stored of it. */
  kept: number;
  /** Pages of it yet to be read. */
  pending: number;
  /** A category's name as shown. */
  nameOf: (category: string) => string;
  controls: OrderControls;
  onAllow: (feed: Feed) => void;
  onRemove: (feed: Feed) => void;
  onFeed: (feed: Feed, changes: FeedChanges) => void;
}

/** One feed, its settings folded in. */
export function FeedRow({ feed, now, categories, kept, pending, nameOf, controls, onAllow, onRemove, onFeed }: FeedRowProps) {
  const words = say(optionsWords);
  const name = nameFeed(feed);
  // A large feed takes many seconds, in which nothing of it is there yet.
  const first = !feed.succeededAt && !feed.paused && !feed.fault && feed.nextPollAt - now < 60_000;
  return (
    <>
      <div class="line">
        {controls.grip}
        <div class="words">
          <p class="name" dir="auto">{name}</p>
          <p class="hint address">{feed.url === SAMPLE_FEED_URL ? words.sampleNote : feed.url}</p>
        </div>
        <span class="tools">
          {controls.steps}
          <button type="button" class="icon" aria-label={words.pause(name)} title={words.pause(name)} aria-pressed={feed.paused === 1} onClick={() => onFeed(feed, { paused: feed.paused ? 0 : 1 })}>
            <Icon name="pause" />
          </button>
        </span>
        <button type="button" class="button" aria-label={words.removeFeed(name)} onClick={() => onRemove(feed)}>{words.remove}</button>
      </div>
      <p class="hint health">
        {feed.paused === 1 && <strong>{words.paused} · </strong>}
        {feed.succeededAt ? words.updated(formatAgo(feed.succeededAt, now)) : first ? words.firstRead : words.neverUpdated}
        {feed.newestAt && ` · ${words.lastDigest(formatAgo(feed.newestAt, now))}`}
        {!feed.paused && !first && feed.nextPollAt > 0 && ` · ${feed.nextPollAt - now < 60_000 ? words.nextPollSoon : words.nextPoll(formatAgo(feed.nextPollAt, now))}`}
        {` · ${words.kept(kept)}`}
        {pending > 0 && ` · ${words.pending(pending)}`}
        {feed.publisherInterval !== null && ` · ${words.publisherAsks(Math.round(feed.publisherInterval / 60_000))}`}
        {feed.notice === 'empty' && ` · ${words.noEntries}`}
        {feed.damage && ` · ${words.damaged(feed.damage.skipped, feed.damage.broken)}`}
      </p>
      {feed.fault && (
        <p class="fault" role="alert">
          {say(faultWords)[feed.fault.kind](feed.fault.detail)}{' '}
          {feed.fault.kind === 'permission' && (
            <button type="button" class="button" onClick={() => onAllow(feed)}>{words.allow}</button>
          )}
        </p>
      )}
      <FeedDetails feed={feed} name={name} categories={categories} nameOf={nameOf} onFeed={onFeed} />
    </>
  );
}

function FeedDetails({ feed, name, categories, nameOf, onFeed }: Pick<FeedRowProps, 'feed' | 'categories' | 'nameOf' | 'onFeed'> & { name: string }) {
  const words = say(optionsWords);
  const hidden = new Set(feed.hiddenCategories);
  const toggle = (category: string) => onFeed(feed, { hiddenCategories: hidden.has(category) ? feed.hiddenCategories.filter((other) => other !== category) : [...feed.hiddenCategories, category] });
  const published = originalFeedName(feed);
  return (
    <details class="more">
      <summary aria-label={words.moreOf(name)}>{words.more}</summary>
      <Field id={`name-${feed.id}`} label={words.name} value={feed.customTitle ?? ''} placeholder={published} hint={words.ownName(published)} onSave={(text) => onFeed(feed, { customTitle: text.trim().slice(0, 200) || null })} />
      {categories.length > 0 && (
        <div class="row" role="group" aria-label={words.shownCategories}>
          <span class="hint" title={words.shownCategoriesHint}>{words.shownCategories}</span>
          <div class="toggles">
            {categories.map((category) => (
              <button type="button" class="toggle" key={category} dir="auto" aria-label={words.categoryOf(nameOf(category), name)} aria-pressed={!hidden.has(category)} onClick={() => toggle(category)}>{nameOf(category)}</button>
            ))}
          </div>
        </div>
      )}
      <Field
        id={`categories-${feed.id}`}
        label={words.defaultCategories}
        value={feed.categories.join(', ')}
        hint={words.defaultCategoriesHint}
        onSave={(text) => onFeed(feed, { categories: [...new Set(text.split(/[,，、]/).map((part) => part.trim()).filter(Boolean))] })}
      />
      <label class="row check">
        <input type="checkbox" checked={feed.marks === 1} onChange={(event) => onFeed(feed, { marks: event.currentTarget.checked ? 1 : 0 })} />
        <span>{words.feedMarks}</span>
      </label>
    </details>
  );
}
