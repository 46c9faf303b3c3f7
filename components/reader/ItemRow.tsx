// One item: title, author, time, and on demand its summary.
import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { formatTime, say } from '../../lib/i18n.ts';
import { hostOf } from '../../lib/address.ts';
import type { Item } from '../../lib/model.ts';
import { Icon } from '../Icon.tsx';
import { readerWords } from '../../lib/words/reader.ts';

export interface ItemActions {
  /** Opens the item's link; `background`: without leaving the list. */
  onOpen: (item: Item, background: boolean) => void;
  onRead: (items: Item[]) => void;
}

type Summary = ComponentType<{ markdown: string }>;

export function ItemRow({ item, now, onOpen, onRead }: { item: Item; now: number } & ItemActions) {
  const words = say(readerWords);
  const [open, setOpen] = useState(false);
  const [Summary, setSummary] = useState<Summary | null>(null);
  const toggle = async () => {
    setOpen(!open);
    if (!Summary) {
      const module = await import('./Summary.tsx');
      setSummary(() => module.Summary);
    }
  };
  const id = `summary-${item.id}`;
  return (
    <li class="item">
      <div class="words">
        <a
          class="title"
          href={item.url}
          target="_blank"
          rel="noreferrer"
          dir="auto"
          onClick={(event) => {
            event.preventDefault();
            onOpen(item, event.ctrlKey || event.metaKey);
          }}
          onAuxClick={(event) => {
            if (event.button !== 1) return;
            event.preventDefault();
            onOpen(item, true);
          }}
        >
          {item.title}
        </a>
        <p class="meta">
          <span class="author" dir="auto">{item.author || (item.handle ? `@${item.handle}` : hostOf(item.url))}</span>
          <time dateTime={new Date(item.publishedMs).toISOString()}>{formatTime(item.publishedMs, now)}</time>
        </p>
        {open && (
          <div class="summary" id={id} dir="auto">
            {Summary && <Summary markdown={item.summary} />}
          </div>
        )}
      </div>
      <div class="actions">
        {item.summary && (
          <button type="button" class={open ? 'icon open' : 'icon'} aria-expanded={open} aria-controls={open ? id : undefined} aria-label={words.showSummary(item.title)} title={words.showSummary('').replace(/[：:]\s*$/, '')} onClick={() => void toggle()}>
            <Icon name="down" />
          </button>
        )}
        <button type="button" class="icon" aria-label={words.markRead(item.title)} title={words.markRead('').replace(/[：:]\s*$/, '')} onClick={() => onRead([item])}>
          <Icon name="check" />
        </button>
      </div>
    </li>
  );
}
