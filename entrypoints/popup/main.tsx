// The reader in popup and side panel: mounts the component on a session and hands its callbacks to it.
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { loadRest, Reader } from '../../components/reader/Reader.tsx';
import { currentItem, setCurrent } from '../../components/reader/roving.ts';
import { language, say } from '../../lib/i18n.ts';
import { SAMPLE_FEED_URL } from '../../lib/sample.ts';
import { openSession, type Session } from '../../lib/session.ts';
import { readerWords } from '../../lib/words/reader.ts';

document.documentElement.lang = language();
document.title = say(readerWords).name;

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

function drawReader(session: Session) {
  const { toast, list, ...state } = session.state;
  return (
    <Reader
      {...state}
      list={list}
      sample={list?.feeds.some((feed) => feed.url === SAMPLE_FEED_URL) ?? false}
      toast={toast && { words: toast.words, undo: toast.entry !== null }}
      canShare={'share' in navigator}
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
      onDismiss={session.dismiss}
      onJournal={(open) => void session.setJournal(open)}
      onRefresh={() => void session.refresh()}
      onPanel={inPanel ? null : () => void openPanel()}
      onOptions={() => void browser.runtime.openOptionsPage().then(() => window.close())}
    />
  );
}

const app = document.getElementById('app') as HTMLElement;
let waiting = false;
/** Draws it all after the changes of this moment. */
function draw(session: Session): void {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    render(drawReader(session), app);
  });
}

/** Takes up where the reader left, in rows that are about to be drawn. */
function takeUp(left: { scroll: number; current: string }): void {
  requestAnimationFrame(() => {
    const item = left.current && app.querySelector(`li.item[data-id="${CSS.escape(left.current)}"]`);
    if (item) setCurrent(app, item);
    document.documentElement.scrollTop = left.scroll;
  });
}

// Not awaited at the top: what is loaded later waits for this module to end.
const opened = openSession(() => void opened.then(draw), takeUp);
void opened.then((session) => {
  draw(session);
  void session.ready.then(loadRest);
  const leave = () => session.leave(document.documentElement.scrollTop, currentItem(app)?.dataset.id ?? '');
  addEventListener('pagehide', leave);
  document.addEventListener('scrollend', leave);
});
