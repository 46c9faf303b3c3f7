// The search of a session: the newest alone goes on, and again when the store was written to.
import type { Stage } from './stage.ts';

/** Of what a search finds so many at first, and so many more each time. */
const HITS = 60;
/** A search is repeated so long after the store was written to, ms. */
const SEARCH_AGAIN_MS = 400;

/** The search of an opening. */
interface Search {
  /** Searches for what is typed. */
  run(): Promise<void>;
  /** The same in a while, if something is typed. */
  again(): void;
  /** Searches for something else; null closes the search. */
  type(query: string | null): Promise<void>;
  more(): void;
}

/** Nothing is searched until it is asked to. */
export function createSearch({ state, set, desk }: Stage): Search {
  let hits = HITS;
  let searching = new AbortController();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  /** The newest search alone goes on; what it finds stands until the next has found something. */
  async function run(): Promise<void> {
    searching.abort();
    const text = state.query?.trim();
    if (!text) {
      set({ found: null, highlight: null });
      return;
    }
    const { signal: stopped } = (searching = new AbortController());
    const { find, highlight: mark } = await desk;
    for await (const result of find(text, state.settings, { limit: hits, signal: stopped })) {
      if (stopped.aborted) return;
      set({ highlight: mark(text), found: result });
    }
  }

  /** What is found may have changed; not at each of a hundred writes. */
  function again(): void {
    if (!state.query) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => void run(), SEARCH_AGAIN_MS);
  }

  return {
    run,
    again,
    async type(query) {
      const opened = state.query === null && query !== null;
      set({ query });
      hits = HITS;
      if (opened) void desk.then(({ warmSearch }) => warmSearch());
      await run();
    },
    more() {
      hits += HITS;
      void run();
    },
  };
}
