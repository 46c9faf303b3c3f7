// The subscribed feeds in the reader's order, those removed lately, and a form to add one.
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatAgo, say } from '../../lib/i18n.ts';
import type { Feed } from '../../lib/model/feed.ts';
import { SAMPLE_FEED_URL } from '../../lib/sample.ts';
import { nameFeed } from '../../lib/words/feed.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { FeedRow, type FeedRowProps } from './FeedRow.tsx';
import { Ordered } from './Ordered.tsx';

/** The feeds, and what can be done with them. */
export interface FeedListProps extends Pick<FeedRowProps, 'now' | 'nameOf' | 'onAllow' | 'onRemove' | 'onFeed'> {
  feeds: Feed[];
  /** Removed, but not for good yet; the last first. */
  removed: Feed[];
  /** The categories of each feed, by feed id. */
  feedCategories: ReadonlyMap<string, string[]>;
  /** Items stored of each feed, by feed id. */
  itemsOf: ReadonlyMap<string, number>;
  /** Pages yet to be read, by feed id. */
  pendingOf: ReadonlyMap<string, number>;
  adding: boolean;
  /** What came of the last attempt to add or remove; `added`: a feed of this address; `undo` names the feed whose removal it tells of, `choices` the feeds of a page to choose from. */
  notice: { text: string; fault: boolean; added?: true; undo?: Feed; choices?: { url: string; title: string }[] } | null;
  onAdd: (address: string) => void;
  onAddSample: () => void;
  onRestore: (feed: Feed) => void;
  /** The feeds' ids in their new order. */
  onOrder: (ids: string[]) => void;
}

/** The section on feeds. */
export function FeedList(props: FeedListProps) {
  const words = say(optionsWords);
  const { feeds, notice } = props;
  const [address, setAddress] = useState('');
  const undo = useRef<HTMLButtonElement>(null);
  // The button that removed the feed is gone; whoever uses the keyboard goes on at the one that takes it back, and from there at what tells of that.
  useEffect(() => undo.current?.focus(), [notice?.undo]);
  // Ready for the next address; one that failed stays, to be mended.
  useEffect(() => { if (notice?.added) setAddress(''); }, [notice]);
  return (
    <section aria-labelledby="feeds">
      <h2 id="feeds">{words.feeds}</h2>
      <Ordered class="feeds" rowClass="feed" rows={feeds.map((feed) => ({ id: feed.id, name: nameFeed(feed) }))} onOrder={props.onOrder}>
        {(id, controls) => {
          const feed = feeds.find((one) => one.id === id);
          return feed && <FeedRow {...props} feed={feed} categories={props.feedCategories.get(id) ?? feed.categories} kept={props.itemsOf.get(id) ?? 0} pending={props.pendingOf.get(id) ?? 0} controls={controls} />;
        }}
      </Ordered>
      {props.removed.length > 0 && (
        <div class="removed">
          <h3 class="hint">{words.removedFeeds}</h3>
          <ul>
            {props.removed.map((feed) => (
              <li class="row" key={feed.id}>
                <span class="words" dir="auto">{nameFeed(feed)}</span>
                <span class="hint">{words.removedAgo(formatAgo(feed.removedAt ?? props.now, props.now))}</span>
                <button type="button" class="button" aria-label={words.restoreFeed(nameFeed(feed))} onClick={() => props.onRestore(feed)}>{words.restore}</button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <form
        class="add"
        onSubmit={(event) => {
          event.preventDefault();
          props.onAdd(address);
        }}
      >
        <label for="address">{words.addLabel}</label>
        <div class="line">
          <input id="address" type="text" inputMode="url" autocomplete="off" spellcheck={false} placeholder="https://example.com/index.xml" aria-describedby="add-hint" value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
          <button type="submit" class="button primary" disabled={props.adding || !address.trim()}>
            {props.adding ? words.adding : words.add}
          </button>
        </div>
        <p class="hint" id="add-hint">{words.addHint}</p>
        <p class={notice?.fault ? 'notice fault' : 'notice'} tabIndex={-1} role={notice?.fault ? 'alert' : 'status'}>
          {notice?.text}
          {notice?.undo && (
            <>
              {' '}
              <button type="button" class="plain link" ref={undo} onClick={(event) => { event.currentTarget.closest<HTMLElement>('.notice')?.focus(); if (notice.undo) props.onRestore(notice.undo); }}>{words.undo}</button>
            </>
          )}
        </p>
        {notice?.choices && (
          <ul class="found">
            {notice.choices.map(({ url, title }) => (
              <li class="row" key={url}>
                <span class="words">
                  {title && <span dir="auto">{title}</span>} <span class="hint address">{url}</span>
                </span>
                <button type="button" class="button" disabled={props.adding} aria-label={words.addFeed(title || url)} onClick={() => props.onAdd(url)}>{words.add}</button>
              </li>
            ))}
          </ul>
        )}
      </form>
      {!feeds.some((feed) => feed.url === SAMPLE_FEED_URL) && (
        <button type="button" class="plain link" onClick={props.onAddSample}>{words.addSample}</button>
      )}
    </section>
  );
}
