// One round of sync as a pure function: what stands here, what is remembered, what stands in storage.sync → what becomes of each.
import type { Area } from './area.ts';
import { type FeedDefaults, type FeedFields, feedChanges, observeFeeds, type SyncedFeed } from './feeds.ts';
import type { Key } from './key.ts';
import { equal, type Observed, reconcileRegisters, type Register } from './register.ts';
import { observeSettings, settingsChanges } from './settings.ts';
import { type KnownState, reconcileStates, type StatusChange, type StatusHere } from './status.ts';

/** What is remembered from round to round. Lost together with what stands here, this browser is a new one. */
export interface Memory {
  registers: ReadonlyMap<Key, Register>;
  states: ReadonlyMap<string, KnownState>;
}

/** What stands in this browser. */
export interface Here {
  /** As stored; undefined where nothing is. */
  settings: Record<string, unknown> | undefined;
  feeds: readonly SyncedFeed[];
  /** By stateKey. */
  statuses: ReadonlyMap<string, StatusHere>;
}

/** What a merge knows beside its inputs; `now` in ms. */
export interface MergeContext extends FeedDefaults {
  now: number;
  /** This browser's name among those synced: lower-case letters and digits. */
  device: string;
  parse: (stored: unknown) => Record<string, unknown>;
  settings: Record<string, unknown>;
  /** Whether a feed's address may be subscribed to. */
  accepts: (url: string) => boolean;
}

/** What becomes of each. */
export interface Merged {
  registers: Map<Key, Register>;
  /** All states; `newStates` are those to be remembered anew. */
  states: Map<string, KnownState>;
  newStates: Map<string, KnownState>;
  /** What is to be set here. Whatever is not set by the next round is asked for again. */
  changes: {
    settings: Record<string, unknown>;
    feeds: { added: Map<string, FeedFields>; changed: Map<string, FeedFields> };
    /** By stateKey. */
    statuses: Map<string, StatusChange>;
  };
}

/** Joins the three. Nothing is written; the caller keeps registers and states in the transaction that sets the statuses. */
export function merge(memory: Memory, here: Here, area: Area, { now, device, parse, settings, accepts, ...defaults }: MergeContext): Merged {
  const parsed = parse(here.settings);
  const observed = observe(here, memory.registers, { parse, settings, ...defaults });
  const registers = reconcileRegisters(memory.registers, observed, area.registers, { now, device });
  const { states: newStates, changes: statuses } = reconcileStates(memory.states, here.statuses, area.states);
  const understood = (name: string, value: unknown) => JSON.stringify(parse({ ...here.settings, [name]: value })[name]) === JSON.stringify(value);
  return {
    registers,
    states: new Map([...memory.states, ...newStates]),
    newStates,
    changes: { settings: settingsChanges(parsed, registers, understood), feeds: feedChanges(here.feeds, registers, now, accepts), statuses },
  };
}

type Observing = Pick<MergeContext, 'parse' | 'settings' | 'builtIn' | 'categories'>;

const observe = ({ settings, feeds }: Pick<Here, 'settings' | 'feeds'>, registers: ReadonlyMap<Key, Register>, context: Observing): Map<Key, Observed> =>
  new Map([...observeSettings(settings, context.parse(settings), context.settings, registers), ...observeFeeds(feeds, registers, context)]);

/**
 * The registers whose value has come to stand here since the merge: to be kept, so that a reader who then goes back to
 * what stood before is understood. To be called when all changes have been set.
 */
export function confirm(registers: ReadonlyMap<Key, Register>, here: Pick<Here, 'settings' | 'feeds'>, context: Observing): Map<Key, Register> {
  const observed = observe(here, registers, context);
  return new Map([...registers].flatMap(([key, register]) => {
    const value = observed.get(key)?.value;
    return value !== undefined && equal(value, register.value) && !equal(register.base, value) ? [[key, { ...register, base: value }]] : [];
  }));
}
