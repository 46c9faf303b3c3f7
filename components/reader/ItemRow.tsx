// One item: title, author, time, and on demand its summary and where else it was told.
import { useState } from 'preact/hooks';
import { formatTime, say } from '../../lib/i18n.ts';
import { hostOf } from '../../lib/link.ts';
import type { Details, Row } from '../../lib/list.ts';
import { isDoubtful } from '../../lib/model/item.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { describeRule } from '../../lib/words/rule.ts';
import { Icon } from '../Icon.tsx';
import { later } from '../later.tsx';
import { Marked } from './Marked.tsx';
import type { ItemActions } from './actions.ts';

const Opened = later(async () => (await import('./Opened.tsx')).Opened);

/** `category`: its shown name, where the heading over the item does not tell it. `far`: it is not in view at first, and costs little until it is. `bare`: without the buttons that show themselves only where the reader is; for a first paint, which they take a third of. */
export function ItemRow({ row, category, bare, far = false, now, ...on }: { row: Row; category: string | null; bare: boolean; far?: boolean; now: number } & ItemActions) {
  const words = say(readerWords);
  const { item, read, starred, muted, watched } = row;
  const [open, setOpen] = useState(false);
  const [details, setDetails] = useState<Details | null>(null);
  const toggle = () => {
    setOpen(!open);
    if (!open) void on.onDetails(item).then(setDetails);
  };
  const id = `summary-${item.id}`;
  const tell = (action: string) => words.actionOn(action, item.title);
  const classes = ['item', read && 'read', watched && 'watched', muted && 'muted', far && 'far'].filter(Boolean).join(' ');
  // Only one item at a time is in the tab order: see roving.ts.
  return (
    <li class={classes} data-id={item.id}>
      <div class="words">
        <a
          class="title"
          href={item.url}
          target="_blank"
          rel="noreferrer"
          dir="auto"
          tabIndex={-1}
          onClick={(event) => {
            event.preventDefault();
            on.onOpen(item, event.ctrlKey || event.metaKey);
          }}
          onAuxClick={(event) => {
            if (event.button !== 1) return;
            event.preventDefault();
            on.onOpen(item, true);
          }}
        >
          <Marked text={item.title} />
        </a>
        <p class="meta">
          <bdi class="author"><Marked text={item.author || (item.handle ? `@${item.handle}` : hostOf(item.url))} field="author" /></bdi>
          <time dateTime={new Date(item.publishedMs).toISOString()}>{formatTime(item.publishedMs, now)}</time>
          {category && <bdi class="also">{category}</bdi>}
          {item.appearances.length > 1 && <span class="also">{words.appeared(item.appearances.length - 1)}</span>}
          {isDoubtful(item) && (
            <button type="button" class="plain doubt" tabIndex={-1} title={words.doubtful(Math.round((item.confidence ?? 0) * 100))} aria-label={words.doubtful(Math.round((item.confidence ?? 0) * 100))} onClick={() => on.onMenu(row)}>
              ?
            </button>
          )}
        </p>
        {watched && <p class="rule">{words.watchedBy(describeRule(watched))}</p>}
        {muted && <p class="rule">{words.mutedBy(describeRule(muted))}</p>}
      </div>
      <div class="actions">
        {(!bare || starred === 1) && <button type="button" class={starred ? 'icon starred' : 'icon'} tabIndex={-1} aria-pressed={starred === 1} aria-label={tell(words.star)} title={starred ? words.unstar : words.star} onClick={() => on.onStar(row, !starred)}>
          <Icon name="star" />
        </button>}
        {!bare && (item.summary || item.appearances.length > 1 || item.similar.length > 0) && (
          <button type="button" class={open ? 'icon open' : 'icon'} tabIndex={-1} aria-expanded={open} aria-controls={open ? id : undefined} aria-label={tell(words.showSummary)} title={words.showSummary} onClick={toggle}>
            <Icon name="down" />
          </button>
        )}
        {!bare && <button type="button" class="icon more" tabIndex={-1} aria-haspopup="dialog" aria-label={words.menuOf(item.title)} title={words.menu} onClick={() => on.onMenu(row)}>
          <Icon name="dots" />
        </button>}
        <button type="button" class={read ? 'icon done' : 'icon'} tabIndex={-1} aria-pressed={read === 1} aria-label={tell(words.markRead)} title={read ? words.markUnread : words.markRead} onClick={() => on.onRead([row], !read)}>
          <Icon name="check" />
        </button>
      </div>
      {open && (
        <div class="summary" id={id} dir="auto">
          <Opened markdown={item.summary} details={details} now={now} onOpen={on.onOpen} />
        </div>
      )}
    </li>
  );
}
