// Read and star states of many browsers: how they are counted, joined, and held against what stands here.
import { postItem } from '../model/post.ts';
import { hash53 } from './hash.ts';

/**
 * What readers did with an item, over all browsers. `reads` and `stars` count how often it changed (a causal-length set, Yu & Rostad
 * 2020): even is unread, odd is read. Joining takes the larger, so no clock has a say, two browsers that both read it
 * agree, and marking unread counts as later than the reading it takes back.
 */
export interface State {
  reads: number;
  stars: number;
  /** When its newest digest was published, in PERIODs since the epoch: old ones fall out first. */
  period: number;
}

/** Days that share one piece of the synced states. */
export const PERIOD = 3 * 86_400_000;

/** A state as this browser remembers it; `met`: an item's own status here is known to agree with it. */
export interface KnownState extends State {
  met: 0 | 1;
}

/** An item's status as it stands here. */
export interface StatusHere {
  read: 0 | 1;
  starred: 0 | 1;
  /** Whether the item itself is stored: where it is not, nobody but pruning can have changed its status. */
  stored: boolean;
  /** Whether it came read, as the backlog of a new feed does; nobody has read it then. */
  cameRead: boolean;
  period: number;
}

/**
 * What an item is called in sync: a post by its id, so that its state can be set before it comes; anything else by 40 bits of
 * a hash: among 10,000 such items a stranger is taken for one of them once in 100 million times.
 */
export function stateKey(id: string): string {
  const post = /^post:([1-9]\d{0,18})$/.exec(id)?.[1];
  return post ? `p${post}` : `h${hash53(id) % HASHES}`;
}

/** Bits of the hash that stands for an item's id. */
export const HASH_BITS = 40;
const HASHES = 2 ** HASH_BITS;

/** Whether a key (stateKey) is a post's. */
export const isPost = (key: string): boolean => key.startsWith('p');

/** The item id of a post's key. */
export const postItemId = (key: string): string => postItem(key.slice(1));

/** What becomes of an item's states here. */
export interface StatusChange {
  read: 0 | 1;
  starred: 0 | 1;
}

/** What two browsers know of an item together. */
export const join = (a: State, b: State): State => ({ reads: Math.max(a.reads, b.reads), stars: Math.max(a.stars, b.stars), period: Math.max(a.period, b.period) });

/** Whether `a` says all that `b` does. */
export const covers = (a: State | undefined, b: State): boolean => a !== undefined && a.reads >= b.reads && a.stars >= b.stars && a.period >= b.period;

const odd = (count: number): 0 | 1 => (count % 2 === 1 ? 1 : 0);
/** One more where the count does not say what the reader did. */
const count = (before: number, is: 0 | 1): number => (odd(before) === is ? before : before + 1);

/**
 * Takes up what was done here since the last time and what came from elsewhere. Returns the states that are new or
 * different, and the statuses to set here; one that is set where none stands yet makes its item arrive that way.
 */
export function reconcileStates(known: ReadonlyMap<string, KnownState>, here: ReadonlyMap<string, StatusHere>, remote: ReadonlyMap<string, State>): { states: Map<string, KnownState>; changes: Map<string, StatusChange> } {
  const states = new Map<string, KnownState>();
  const changes = new Map<string, StatusChange>();
  for (const key of new Set([...here.keys(), ...remote.keys(), ...known.keys()])) {
    const before = known.get(key);
    const status = here.get(key);
    const elsewhere = remote.get(key);
    // Nearly all: nothing new, here or elsewhere.
    if (status && before?.met && odd(before.reads) === status.read && odd(before.stars) === status.starred && (!status.stored || before.period >= status.period) && (!elsewhere || covers(before, elsewhere))) continue;
    let state: State = before ?? { reads: 0, stars: 0, period: 0 };
    if (status?.stored) {
      // Of one met for the first time, that it is unread or has no star is how items come, not what a reader did.
      const unasked = status.read ? status.cameRead && !(before?.met && state.reads > 0) : !before?.met;
      if (!unasked) state = { ...state, reads: count(state.reads, status.read) };
      if (status.starred || before?.met) state = { ...state, stars: count(state.stars, status.starred) };
      if (state.reads || state.stars) state = { ...state, period: Math.max(state.period, status.period) };
    }
    if (elsewhere) state = join(state, elsewhere);
    if (!state.reads && !state.stars) continue; // nobody did anything with it
    // What came read and was only starred elsewhere stays read.
    const read = state.reads === 0 && status ? status.read : odd(state.reads);
    const starred = odd(state.stars);
    const differs = !status ? isPost(key) && (read === 1 || starred === 1) : (status.read !== read || status.starred !== starred) && (status.stored || !before?.met || !covers(before, state));
    if (differs) changes.set(key, { read, starred });
    const met = status || differs ? 1 : 0;
    if (!before || !covers(before, state) || before.met !== met) states.set(key, { ...state, met });
  }
  return { states, changes };
}
