// The popup: mounts the reader on a live query and hands its callbacks to the store.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Reader } from '../../components/reader/Reader.tsx';
import { updateBadge } from '../../lib/badge.ts';
import { language, say } from '../../lib/i18n.ts';
import { DEFAULT_SETTINGS, groupItems, type Item, orderCategories } from '../../lib/model.ts';
import { announceWrite } from '../../lib/page.ts';
import { SAMPLE_FEED_URL } from '../../lib/publisher.ts';
import { Database } from '../../lib/store/database.ts';
import { markSeen, readInbox, setRead } from '../../lib/store/items.ts';
import { liveSignal } from '../../lib/store/live.ts';
import { readSettings } from '../../lib/store/settings.ts';
import { readerWords } from '../../lib/words/reader.ts';

document.documentElement.lang = language();
document.title = say(readerWords).name;

const db = new Database();
const failed = signal(false);
const refreshing = signal(false);
const undo = signal<{ words: string; ids: string[] } | null>(null);
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);

const settings = await readSettings().catch(() => DEFAULT_SETTINGS);
const inbox = liveSignal(
  () => readInbox(db, settings, Date.now()),
  () => (failed.value = true),
);

async function read(items: Item[]): Promise<void> {
  announceWrite();
  const ids = await setRead(
    db,
    items.map((item) => item.id),
    true,
  );
  if (ids.length) undo.value = { words: say(readerWords).didRead(ids.length), ids };
  await updateBadge(db);
}

async function takeBack(): Promise<void> {
  const last = undo.value;
  undo.value = null;
  announceWrite();
  if (last) await setRead(db, last.ids, false);
  await updateBadge(db);
}

async function open(item: Item, background: boolean): Promise<void> {
  await read([item]); // before the tab: a popup that loses focus is closed at once
  await browser.tabs.create({ url: item.url, active: !background });
}

async function refresh(): Promise<void> {
  if (refreshing.value) return;
  refreshing.value = true;
  try {
    await browser.runtime.sendMessage({ type: 'refresh' });
  } finally {
    refreshing.value = false;
    now.value = Date.now();
  }
}

function Popup() {
  const { items, feeds } = inbox.value.value ?? { items: null, feeds: [] };
  return (
    <Reader
      groups={items && groupItems(items, orderCategories(feeds.flatMap((feed) => feed.categories), settings))}
      feeds={feeds}
      sample={feeds.some((feed) => feed.url === SAMPLE_FEED_URL)}
      filtered={settings.hiddenCategories.length > 0}
      refreshing={refreshing.value}
      toast={undo.value?.words ?? null}
      failed={failed.value}
      now={now.value}
      onOpen={(item, background) => void open(item, background)}
      onRead={(items) => void read(items)}
      onUndo={() => void takeBack()}
      onDismiss={() => (undo.value = null)}
      onRefresh={() => void refresh()}
      onOptions={() => void browser.runtime.openOptionsPage().then(() => window.close())}
    />
  );
}

render(<Popup />, document.getElementById('app') as HTMLElement);

// Opening the popup is looking: nothing is new after it. Only once the list stands, which must not wait for it.
const stop = inbox.value.subscribe((read) => {
  if (!read) return;
  queueMicrotask(() => stop());
  announceWrite();
  void markSeen(db).then(() => updateBadge(db));
});
