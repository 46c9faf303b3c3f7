// When a feed publishes: learnt from the dates of its entries, then followed by what each look finds. Pure.
import type { Rhythm } from '../model/feed.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** First looks at a slot are spread evenly over this time, so that a million readers do not ask in the same seconds. */
const SPREAD = 6 * MINUTE;
/** Least wait after a look that found nothing; then as long again as the edition has been awaited. */
const FIRST_GAP = 6 * MINUTE;
/** An edition is looked for so long after its slot's first look, then the feed rests until the next slot. */
const PATIENCE = 60 * MINUTE;
/** Where the slot before was missed too, there is one further look, so much later. */
const MISSED_GAP = 25 * MINUTE;
/** Share of editions the first look should find: more costs freshness, less costs requests. */
const FIRST_LOOK_SHARE = 0.7;
/** Most that one edition moves the first look, unless several in a row say the same. */
const STEP = 2 * MINUTE;
/** A look later than planned by more than this was slept through and tells nothing about the publisher. */
const OVERSLEPT = 2 * MINUTE;

/** Entries dated closer together than this are one edition. */
const SAME_EDITION = 15 * MINUTE;
/** Newest editions a rhythm is read from; the fewer show a change of rhythm sooner. */
const WINDOW = 18;
const SHORT_WINDOW = 8;
const MIN_EDITIONS = 6;
/** Share of editions that keep to the slots, and of slots that hold an edition. */
const IN_SLOT = 0.7;
const SLOTS_HELD = 0.6;
const PERIODS = [1, 2, 3, 4, 6, 8, 12, 24, 7 * 24].map((hours) => hours * HOUR);
/** How far the editions of one slot may lie apart. */
const WIDEST_SLOT = HOUR;
const MOST_SLOTS_A_DAY = 8;
/** Share of editions that keep to the slots where fewer are looked at, or slots are more: chance would fill the usual share. */
const MOSTLY = 0.85;
/** Slots that come out this near to those followed so far are the same. */
const SAME_SLOT = 10 * MINUTE;

/**
 * The rhythm after a document was read: `times` are the dates of its entries (ms, any order), `now` the time of the look
 * that brought it, `lastLook` of the one before. Null where the dates show no rhythm.
 * `asked`: least time between looks, ms.
 */
export function followRhythm(before: Rhythm | null, times: number[], { now, lastLook, asked }: { now: number; lastLook: number | null; asked: number }): Rhythm | null {
  const editions = toEditions(times.filter((time) => time <= now + SAME_EDITION));
  const [newest] = editions;
  const learnt = learnSlots(editions);
  if (!learnt || newest === undefined) return null;
  if (!before || !sameSlots(before, learnt)) return { ...learnt, newest, late: 0, lost: 0 };
  const moved = newest > before.newest && lastLook !== null ? adapt(before, newest, now, lastLook, asked) : before;
  return { ...moved, newest };
}

/**
 * The next look of a feed with a rhythm, ms: spread over a few minutes after the slot is due; while its edition has not
 * come, ever later ones; then none until the next slot. `random` gives [0, 1).
 */
export function nextLook(rhythm: Rhythm, now: number, asked: number, random: () => number): number {
  const slot = slotAt(rhythm, now - rhythm.wait);
  const opening = slot + rhythm.wait;
  const next = slotAfter(rhythm, slot) + rhythm.wait;
  const rest = () => nextOpening(rhythm, now, random);
  if (rhythm.newest >= slot - early(rhythm)) return rest();
  const missed = rhythm.newest < slotAt(rhythm, slot - 1) - early(rhythm);
  const elapsed = now - opening;
  const patience = missed ? MISSED_GAP / 2 : PATIENCE;
  if (elapsed > patience) return rest();
  const gap = Math.max(missed ? MISSED_GAP : FIRST_GAP, elapsed) * (1 + random() / 2);
  const look = now + Math.round(Math.max(gap, asked * (1 + random() / 10)));
  return look < next ? look : rest();
}

/** The first look at the next slot, ms, wherever its edition stands now. */
export function nextOpening(rhythm: Rhythm, now: number, random: () => number): number {
  return slotAfter(rhythm, slotAt(rhythm, now - rhythm.wait)) + rhythm.wait + Math.round(random() * Math.min(SPREAD, rhythm.period / 10));
}

/** Whether looks keep finding editions long after they were given up: then the rhythm must not make the reader wait. */
export const isTrusted = (rhythm: Rhythm): boolean => rhythm.lost < 2;

/**
 * Moves the first look by what it met: a little earlier after a hit, a little later after a miss, in proportions that
 * let it settle where the wanted share of first looks hits (a Robbins-Monro estimate of that quantile). This also finds
 * what no date tells: how long a site takes to be built and a cache to let go.
 */
function adapt(rhythm: Rhythm, published: number, now: number, lastLook: number, asked: number): Rhythm {
  if (now > nextLook(rhythm, lastLook, asked, () => 1) + OVERSLEPT) return rhythm;
  const slot = slotAt(rhythm, published + early(rhythm));
  const opening = slot + rhythm.wait;
  // The longer the wait after a miss, the surer the first look should be.
  const share = 1 - (1 - FIRST_LOOK_SHARE) * (FIRST_GAP / Math.max(FIRST_GAP, asked));
  const room = slotAfter(rhythm, slot) - slot;
  const place = (wait: number) => Math.round(Math.min(Math.max(wait, -SPREAD), room / 2));
  if (lastLook < opening) return { ...rhythm, wait: place(rhythm.wait - STEP * (1 - share)), late: 0, lost: 0 };
  const late = rhythm.late + 1;
  const lost = nextLook(rhythm, lastLook, asked, () => 0) >= slotAfter(rhythm, slot) + rhythm.wait ? rhythm.lost + 1 : 0;
  const step = STEP * share * 2 ** Math.max(0, late - 2);
  return { ...rhythm, wait: place(lost >= 2 ? lastLook - slot : Math.min(rhythm.wait + step, Math.max(lastLook - slot, rhythm.wait + STEP * share))), late, lost };
}

/** An edition dated a little before its slot still belongs to it. */
const early = (rhythm: Rhythm) => Math.min(SAME_EDITION, rhythm.period / rhythm.slots.length / 8);

/** The latest slot that is not after `time`. */
function slotAt({ period, slots }: Rhythm, time: number): number {
  const start = Math.floor(time / period) * period;
  const into = slots.findLast((slot) => start + slot <= time);
  return into === undefined ? start - period + (slots.at(-1) as number) : start + into;
}

function slotAfter({ period, slots }: Rhythm, slot: number): number {
  const start = Math.floor(slot / period) * period;
  const next = slots.find((at) => start + at > slot);
  return next === undefined ? start + period + (slots[0] as number) : start + next;
}

/** Dates to editions, newest first: entries dated together count once, by their earliest date. */
function toEditions(times: number[]): number[] {
  const editions: number[] = [];
  let last = -Infinity;
  for (const time of times.toSorted((a, b) => a - b)) {
    if (time - last >= SAME_EDITION) editions.push(time);
    last = time;
  }
  return editions.reverse();
}

type Slots = Pick<Rhythm, 'period' | 'slots' | 'wait'>;

function learnSlots(editions: number[]): Slots | null {
  if (editions.length < MIN_EDITIONS) return null;
  const recent = editions.slice(0, WINDOW);
  const latest = editions.slice(0, SHORT_WINDOW);
  return first(PERIODS, (period) => learnOne(recent, period, IN_SLOT)) ?? learnDaily(recent) ?? first(PERIODS, (period) => learnOne(latest, period, MOSTLY));
}

function first<T, R>(list: T[], find: (one: T) => R | null): R | null {
  for (const one of list) {
    const found = find(one);
    if (found) return found;
  }
  return null;
}

/** One slot in every period: the arc of the period in which most editions lie. */
function learnOne(editions: number[], period: number, share: number): Slots | null {
  const phases = editions.map((time) => time % period).sort((a, b) => a - b);
  const width = Math.min(period / 6, WIDEST_SLOT);
  const arcs = phases.map((start) => ({ start, held: editions.filter((time) => mod(time - start, period) <= width) }));
  const arc = arcs.reduce((best, one) => (one.held.length > best.held.length ? one : best));
  if (arc.held.length < Math.max(share * editions.length, MIN_EDITIONS - 1)) return null;
  const cycles = arc.held.map((time) => Math.floor((time - arc.start) / period));
  const held = new Set(cycles).size;
  if (held < MIN_EDITIONS - 1 || held < SLOTS_HELD * (Math.max(...cycles) - Math.min(...cycles) + 1)) return null;
  const delays = arc.held.map((time) => mod(time - arc.start, period)).sort((a, b) => a - b);
  return { period, slots: [arc.start], wait: firstWait(delays) };
}

/** Several slots a day, at unequal distances: groups of times of day, each met on most days. */
function learnDaily(editions: number[]): Slots | null {
  const days = Math.round(((editions[0] as number) - (editions.at(-1) as number)) / DAY) || 1;
  const groups: number[][] = [];
  for (const phase of editions.map((time) => time % DAY).sort((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group && phase - (group[0] as number) <= WIDEST_SLOT) group.push(phase);
    else groups.push([phase]);
  }
  const slots = groups.filter((group) => group.length >= Math.max(3, SLOTS_HELD * days));
  if (slots.length === 0 || slots.length > MOST_SLOTS_A_DAY || slots.flat().length < MOSTLY * editions.length) return null;
  const starts = slots.map((group) => group[0] as number);
  if (starts.some((start, i) => i > 0 && start - (starts[i - 1] as number) < 2 * WIDEST_SLOT)) return null;
  return { period: DAY, slots: starts, wait: firstWait(slots.flatMap((group) => group.map((phase) => phase - (group[0] as number))).sort((a, b) => a - b)) };
}

/** Where looking begins before any look has told: half of the spread falls after the usual delay. `delays` ascending, ms. */
const firstWait = (delays: number[]) => (delays[Math.floor(delays.length / 2)] ?? 0) - SPREAD / 2;

function sameSlots(a: Slots, b: Slots): boolean {
  return a.period === b.period && a.slots.length === b.slots.length && a.slots.every((slot, i) => Math.min(mod(slot - (b.slots[i] as number), a.period), mod((b.slots[i] as number) - slot, a.period)) <= SAME_SLOT);
}

const mod = (value: number, by: number) => ((value % by) + by) % by;
