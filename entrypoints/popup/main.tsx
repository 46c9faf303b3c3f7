// The reader in popup and side panel: takes over from the script that painted it first (entrypoints/early.tsx), mounts the
// component on a session and hands its callbacks to it.
import './look.ts'; // before anything is drawn
import { hydrate, render } from 'preact';
import { browser } from 'wxt/browser';
import type { ReaderActions } from '../../components/reader/actions.ts';
import { loadRest } from '../../components/reader/Reader.tsx';
import { currentItem, setCurrent } from '../../components/reader/roving.ts';
import { releaseInput } from '../../lib/early-input.ts';
import { say } from '../../lib/i18n.ts';
import { openPanel } from '../../lib/panel.ts';
import { openSession, type Session } from '../../lib/session.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { drawReader, inPanel } from './draw.tsx';
import type { FirstSteps } from './welcome.tsx';

document.title = say(readerWords).name;

/** The first steps, which most openings need not load: with what comes after the first paint, until they are done or skipped. */
let Steps: typeof FirstSteps | null = null;

const actionsOf = (session: Session): ReaderActions => ({
  onView: session.setView,
  onSearch: (query) => void session.search(query),
  onMuted: session.setMuted,
  onMore: session.showMore,
  onOpen: (item, behind) => void session.open(item, behind),
  onOpenAll: (rows) => void session.openAll(rows),
  onRead: (rows, read) => void session.read(rows, read),
  onStar: (row, starred) => void session.star(row, starred),
  onMove: (row, category) => void session.move(row, category),
  onRule: (rule) => void session.addRule(rule),
  onCopy: (item) => void session.copy(item),
  onShare: ({ title, url }) => void navigator.share({ title, url }).catch(() => {}), // the reader may think better of it
  onDetails: session.details,
  onUndo: (id) => void session.undo(id),
  onDismiss: session.dismiss,
  onDismissNotice: () => void session.dismissNotice(),
  onJournal: (open) => void session.setJournal(open),
  onRefresh: () => void session.refresh(),
  onPanel: inPanel() ? null : () => void openPanel().then(() => window.close()), // where the panel opens, the popup is in the way
  onOptions: () => void browser.runtime.openOptionsPage().then(() => window.close()),
});

const app = document.getElementById('app') as HTMLElement;

/** Returns what draws all of a session anew, once after the changes of this moment. */
function drawer(session: Session): () => void {
  const on = actionsOf(session);
  let put = app.firstChild ? hydrate : render; // what stands there already is taken over as it is
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      const { settings, list } = session.state;
      put(drawReader(session.state, on, Steps && !settings.welcomed && <Steps settings={settings} categories={list?.categories ?? []} nameOf={(category) => nameCategory(category, settings)} change={session.change} />), app);
      put = render;
    });
  };
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
let draw = () => {};
void openSession(() => draw(), takeUp).then((session) => {
  draw = drawer(session);
  draw();
  queueMicrotask(() => void releaseInput());
  void session.ready.then(async () => {
    if (!session.state.settings.welcomed) {
      Steps = (await import('./welcome.tsx')).FirstSteps;
      draw();
    }
    await loadRest();
  });
  const leave = () => session.leave(document.documentElement.scrollTop, currentItem(app)?.dataset.id ?? '');
  addEventListener('pagehide', leave);
  document.addEventListener('scrollend', leave);
});
