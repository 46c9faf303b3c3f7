// What is done in a session: noted, done, told in words, and taken back.
import type { Wish } from '../action.ts';
import { say } from '../i18n.ts';
import { announcePage } from '../own-page.ts';
import { noteWish, type TabsWish } from '../wishes.ts';
import { readerWords } from '../words/reader.ts';
import { isTrouble, type Stage } from './stage.ts';

/** What takes longer than this is told to be under way, ms. */
const BUSY_MS = 300;

/** What can be done in an opening. */
interface Deeds {
  /** Rejects where nothing could be written, and then has told the reader so; what would have followed must not. */
  act(wish: Wish, tabs?: TabsWish | null): Promise<void>;
  /** Takes back an entry of the journal, or else what was done last. */
  undo(id: number | undefined): Promise<void>;
  setJournal(open: boolean): Promise<void>;
}

/** Deeds wait for the desk, and are told by toast and journal. */
export function createDeeds({ state, set, desk }: Stage): Deeds {
  /** `tabs`: what the caller opens after it. Where the page is closed first, the background does both. */
  async function act(wish: Wish, tabs: TabsWish | null = null): Promise<void> {
    announcePage('reader');
    const at = Date.now();
    const note = noteWish({ wish, at, tabs });
    let done = false;
    try {
      await guard(() => perform(wish, at));
      done = true;
      // Each leaves the note before it is opened: that may close this page.
      for (const [i, url] of tabs?.urls.entries() ?? []) {
        await note.leave(tabs?.urls.slice(i + 1) ?? []);
        await (await desk).openTab(url, tabs as TabsWish);
      }
    } finally {
      await note.settle();
      // Tabs do not wait for it, and of a page that is closed the background does it.
      if (done) await guard(async () => (await desk).update());
    }
  }

  async function perform(wish: Wish, at: number): Promise<void> {
    const { act: done, describe, describeKnown } = await desk;
    const entry = await signal(done(wish, at));
    if (entry) set({ toast: { words: describe(entry, state.settings), entry: entry.id } });
    else if (wish.kind === 'addRule') set({ toast: { words: describeKnown(wish.rule), entry: null } });
  }

  /** Tells the reader that work is under way, should it take long. */
  async function signal<T>(work: Promise<T>): Promise<T> {
    const sign = { words: say(readerWords).working, entry: null };
    const timer = setTimeout(() => set({ toast: sign }), BUSY_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      if (state.toast === sign) set({ toast: null });
    }
  }

  async function guard(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      console.error('Eight Bells: nothing could be written', error);
      if (isTrouble(state.notice)) return; // it says so itself, and what is listed can be opened all the same
      set({ failed: true });
      throw error; // what would have followed, an opened tab for one, must not
    }
  }

  async function readJournal(): Promise<void> {
    const { listEntries, describe } = await desk;
    const entries = await listEntries();
    set({ journal: entries.map((entry) => ({ id: entry.id, at: entry.at, words: describe(entry, state.settings), undone: entry.undone === 1 })) });
  }

  return {
    act,
    async undo(id) {
      announcePage('reader');
      const { undo, update } = await desk;
      await signal(undo(id));
      set({ toast: null });
      if (state.journal) await readJournal();
      await update();
    },
    async setJournal(open) {
      if (open) await readJournal();
      else set({ journal: null });
    },
  };
}
