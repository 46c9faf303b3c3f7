// The subscribed feeds, how each is doing, and a form to add one.
import { useState } from 'preact/hooks';
import { formatAgo, say } from '../../lib/i18n.ts';
import type { Feed } from '../../lib/model.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { optionsWords } from '../../lib/words/options.ts';

export interface FeedListProps {
  feeds: Feed[];
  now: number;
  /** The address of the packaged sample, which is named and not shown. */
  sampleUrl: string;
  adding: boolean;
  /** What came of the last attempt to add or remove. */
  notice: { text: string; fault: boolean } | null;
  onAdd: (address: string) => void;
  onAddSample: () => void;
  onAllow: (feed: Feed) => void;
  onRemove: (feed: Feed) => void;
  onCategories: (feed: Feed, names: string[]) => void;
}

export function FeedList(props: FeedListProps) {
  const words = say(optionsWords);
  const [address, setAddress] = useState('');
  return (
    <section aria-labelledby="feeds">
      <h2 id="feeds">{words.feeds}</h2>
      <ul class="feeds">
        {props.feeds.map((feed) => (
          <FeedRow key={feed.id} feed={feed} {...props} />
        ))}
      </ul>
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
        <p class={props.notice?.fault ? 'notice fault' : 'notice'} role={props.notice?.fault ? 'alert' : 'status'}>
          {props.notice?.text}
        </p>
      </form>
      {!props.feeds.some((feed) => feed.url === props.sampleUrl) && (
        <button type="button" class="plain link" onClick={props.onAddSample}>{words.addSample}</button>
      )}
    </section>
  );
}

function FeedRow({ feed, now, sampleUrl, onAllow, onRemove, onCategories }: { feed: Feed } & FeedListProps) {
  const words = say(optionsWords);
  const sample = feed.url === sampleUrl;
  const name = sample ? words.sampleName : feed.title || feed.url;
  const [categories, setCategories] = useState<string | null>(null);
  const written = feed.categories.join(', ');
  const field = `categories-${feed.id}`;
  return (
    <li class="feed">
      <div class="line">
        <div class="words">
          <p class="name" dir="auto">{name}</p>
          <p class="hint address">{sample ? words.sampleNote : feed.url}</p>
        </div>
        <button type="button" class="button" aria-label={words.removeFeed(name)} onClick={() => onRemove(feed)}>{words.remove}</button>
      </div>
      <p class="hint">
        {feed.succeededAt ? words.updated(formatAgo(feed.succeededAt, now)) : words.neverUpdated}
        {feed.newestAt && ` · ${words.lastDigest(formatAgo(feed.newestAt, now))}`}
        {feed.notice === 'empty' && ` · ${words.noEntries}`}
      </p>
      {feed.fault && (
        <p class="fault" role="alert">
          {say(faultWords)[feed.fault.kind](feed.fault.detail)}{' '}
          {feed.fault.kind === 'permission' && (
            <button type="button" class="button" onClick={() => onAllow(feed)}>{words.allow}</button>
          )}
        </p>
      )}
      <form
        class="line"
        onSubmit={(event) => {
          event.preventDefault();
          const names = (categories ?? written).split(/[,，、]/).map((part) => part.trim()).filter(Boolean);
          onCategories(feed, [...new Set(names)]);
          setCategories(null);
        }}
      >
        <label class="hint" for={field} title={words.defaultCategoriesHint}>{words.defaultCategories}</label>
        <input id={field} type="text" value={categories ?? written} onInput={(event) => setCategories(event.currentTarget.value)} />
        {categories !== null && categories !== written && <button type="submit" class="button">{words.save}</button>}
      </form>
    </li>
  );
}
