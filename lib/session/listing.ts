// The list of a session: read anew whenever the store, the settings or the view change.
import type { Desk } from '../desk.ts';
import type { Left } from '../opening.ts';
import { noteLook } from '../own-page.ts';
import type { Stage } from './stage.ts';

/** Of "all" so many at first, and so many more each time. */
const PAGE = 200;

/** The list of an opening. */
interface Listing {
  /** Reads the list, and again whenever it changes, until it is next called. */
  watch(): Promise<void>;
  /** The same from the beginning: what was asked for by `more` is not listed any more. */
  restart(): void;
  more(): void;
  /** Notes that the reader has been shown what is new. */
  look(): void;
}

/** `store` resolves when the database is open; `onResume` is told where to take up again once the whole list stands, unless that has changed since. */
export function createListing({ state, set }: Stage, store: Promise<Desk>, left: Left, onResume: (left: { scroll: number; current: string }) => void): Listing {
  /** Items listed as unread since the opening, from the first paint on: they stay in view when they are read. */
  const kept = new Set(state.list?.groups.flatMap(({ rows, unlisted }) => [...rows.map(({ item }) => item.id), ...unlisted]));
  let limit = PAGE;
  let whole = false;
  let looked = false;

  /** Opening the reader is looking: nothing is new after it. The background sees to it, for the list must not wait for it, and a popup may be closed the next moment. */
  function look(): void {
    if (!looked) void noteLook().catch(() => {});
    looked = true;
  }

  let stop = () => {};
  async function watch(): Promise<void> {
    const { watchList } = await store;
    if (state.notice === 'closed') return;
    stop();
    stop = watchList(
      () => [state.settings, { ...state.view, kept, withMuted: state.withMuted, limit }],
      (result) => {
        if (state.view.show === 'unread') for (const { item } of result.groups.flatMap((group) => group.rows)) kept.add(item.id);
        set({ list: result, failed: false });
        if (whole) return;
        whole = true;
        if (left.first && result.groups[0]?.rows[0]?.item.id === left.first) onResume({ scroll: left.scroll, current: left.current });
        if (state.notice !== 'newer') look();
      },
      () => set({ failed: true }),
    );
  }

  return {
    watch,
    restart() {
      limit = PAGE;
      void watch();
    },
    more() {
      limit += PAGE;
      void watch();
    },
    look,
  };
}
