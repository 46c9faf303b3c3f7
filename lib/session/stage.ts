// What the parts of a session share: what stands on the page, how it is changed, and the desk that comes after the first paint.
import type { Desk, StorageTrouble } from '../desk.ts';
import type { State } from '../opening.ts';

/** A part reads `state` and changes it by `set`, which has the page drawn anew; nothing else passes between parts. */
export interface Stage {
  state: State;
  set(changes: Partial<State>): void;
  /** Resolves when the store's code is loaded, long after the first paint; its database may not be open yet. */
  desk: Promise<Desk>;
}

/** True where the database cannot be opened, or not be written to: the page says so until it is closed. */
export const isTrouble = (notice: State['notice']): notice is StorageTrouble => notice === 'closed' || notice === 'newer';
