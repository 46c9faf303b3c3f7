// The reader in popup and side panel: mounts the component on a session and hands its callbacks to it.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Reader } from '../../components/reader/Reader.tsx';
import { currentItem, setCurrent } from '../../components/reader/roving.ts';
import { language, say } from '../../lib/i18n.ts';
import { SAMPLE_FEED_URL } from '../../lib/publisher.ts';
import { openSession } from '../../lib/session.ts';
import { readerWords } from '../../lib/words/reader.ts';

document.documentElement.lang = language();
document.title = say(readerWords).name;

const session = await openSession();
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);

/** Firefox's side panel, which the types do not know. */
interface Sidebar {
  sidebarAction: { open(): Promise<void> };
}

const inPanel = location.pathname === '/sidepanel.html';

/** To be called in the click itself: browsers open the panel only in answer to a gesture. Then the popup is in the way. */
async function openPanel(): Promise<void> {
  await (import.meta.env.FIREFOX ? (browser as unknown as Sidebar).sidebarAction.open() : browser.sidePanel.open({ windowId: browser.windows.WINDOW_ID_CURRENT }));
  window.close();
}

function Page() {
  const { toast, list } = session;
  return (
    <Reader
      list={list.value}
      view={session.view.value}
      settings={session.settings.value}
      query={session.query.value}
      found={session.found.value}
      highlight={session.highlight.value}
      withMuted={session.withMuted.value}
      sample={list.value?.feeds.some((feed) => feed.url === SAMPLE_FEED_URL) ?? false}
      refreshing={session.refreshing.value}
      toast={toast.value && { words: toast.value.words, undo: toast.value.entry !== null }}
      journal={session.journal.value}
      failed={session.failed.value}
      notice={session.notice.value}
      canShare={'share' in navigator}
      now={now.value}
      onView={session.setView}
      onSearch={(query) => void session.search(query)}
      onMuted={session.setMuted}
      onMore={session.showMore}
      onOpen={(item, behind) => void session.open(item, behind)}
      onOpenAll={(rows) => void session.openAll(rows)}
      onRead={(rows, read) => void session.read(rows, read)}
      onStar={(row, starred) => void session.star(row, starred)}
      onMove={(row, category) => void session.move(row, category)}
      onRule={(rule) => void session.addRule(rule)}
      onCopy={(item) => void session.copy(item)}
      onShare={({ title, url }) => void navigator.share({ title, url }).catch(() => {})} // the reader may think better of it
      onDetails={session.details}
      onUndo={(id) => void session.undo(id)}
      onDismiss={() => (toast.value = null)}
      onDismissNotice={() => void session.dismissNotice()}
      onJournal={(open) => void session.setJournal(open)}
      onRefresh={() => void session.refresh().then(() => (now.value = Date.now()))}
      onPanel={inPanel ? null : () => void openPanel()}
      onOptions={() => void browser.runtime.openOptionsPage().then(() => window.close())}
    />
  );
}

const app = document.getElementById('app') as HTMLElement;
render(<Page />, app);

// Takes up where the reader left, once the rows it was left at stand.
session.resume.subscribe((left) => {
  if (!left) return;
  requestAnimationFrame(() => {
    const item = left.current && app.querySelector(`li.item[data-id="${CSS.escape(left.current)}"]`);
    if (item) setCurrent(app, item);
    document.documentElement.scrollTop = left.scroll;
  });
});
const leave = () => session.leave(document.documentElement.scrollTop, currentItem(app)?.dataset.id ?? '');
addEventListener('pagehide', leave);
document.addEventListener('scrollend', leave);
