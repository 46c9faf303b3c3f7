// When nothing rings: quiet hours by the clock on the wall, and quiet for a while. Local time throughout, so that a night
// is a night when clocks are changed in it.
import type { QuietHours, Settings } from './model/settings.ts';

/** A reader who wants quiet until morning has it until this time, minutes into the day. */
const MORNING = 8 * 60;
/** Longest quiet looked ahead for, in windows one after another; where every day is quiet it never ends. */
const MOST_WINDOWS = 16;

type Quiet = Pick<Settings, 'quiet' | 'quietUntil'>;

/** This many minutes into the day that is `days` after that of `ms`. A time the clocks skip is as much later; of one they show twice, the first. */
function timeOn(ms: number, days: number, minutes: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, minutes).getTime();
}

/** The end of the quiet hours that `ms` falls in; null where it falls in none. */
function endOfHours(ms: number, { on, from, to, days }: QuietHours): number | null {
  if (!on) return null;
  for (const day of [-1, 0]) {
    const start = timeOn(ms, day, from);
    const end = timeOn(ms, to > from ? day : day + 1, to);
    if (days.includes(new Date(timeOn(ms, day, 12 * 60)).getDay()) && start <= ms && ms < end) return end;
  }
  return null;
}

/** When the quiet of this moment ends, ms; null where it is not quiet. What begins before the other has ended is one quiet. */
export function quietEnd(now: number, { quiet, quietUntil }: Quiet): number | null {
  let end = Math.max(now, quietUntil);
  for (let windows = 0; windows < MOST_WINDOWS; windows++) {
    const next = endOfHours(end, quiet);
    if (next === null) break;
    end = next;
  }
  return end > now ? end : null;
}

/** The next morning, ms. */
export function nextMorning(now: number): number {
  const today = timeOn(now, 0, MORNING);
  return today > now ? today : timeOn(now, 1, MORNING);
}

/** How long a reader can ask for quiet. */
export type QuietWish = 'hour' | 'morning' | 'end';

/** Until when, ms, it is quiet by such a wish; 'end' ends what was wished for, not the quiet hours. */
export const grantQuiet = (wish: QuietWish, now: number): number => (wish === 'hour' ? now + 3_600_000 : wish === 'morning' ? nextMorning(now) : 0);

/** "22:05" as minutes into the day; null where it is none. */
export function readTime(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Minutes into the day as "22:05". */
export const writeTime = (minutes: number): string => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
