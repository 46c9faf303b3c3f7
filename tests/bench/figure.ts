// A figure of the bench: what was measured, what it should be, and what the least or a plain way takes beside it.

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Largest (or with `atLeast` smallest) value that is good. */
  goal?: number;
  atLeast?: boolean;
  /** What a floor or baseline of the same run came to, in the figure's unit. Left out where the value is a ratio or share itself, or a count that has to be 0. */
  beside?: { value: number; what: string };
  note?: string;
}

/** The figure as a ratio to what stands beside it, with its name; '' where the value speaks for itself. */
export function ratioOf({ value, beside }: Figure): string {
  if (!beside) return '';
  const { value: least, what } = beside;
  return least === 0 ? `${value} beside 0, ${what}` : `${Number((value / least).toPrecision(2))} × ${what} (${Number(least.toPrecision(3))})`;
}

/** The middle of some values. */
export const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;

/** Prints figures as a table. */
export function printFigures(figures: readonly Figure[]): void {
  console.table(figures.map((figure) => ({ figure: figure.name, value: `${figure.value} ${figure.unit}`, goal: figure.goal === undefined ? '' : `${figure.atLeast ? '≥' : '≤'} ${figure.goal}`, met: met(figure), ratio: ratioOf(figure), note: figure.note ?? '' })));
}

/** Whether a figure reaches its goal, in a word; '' where it has none. */
export const met = ({ value, goal, atLeast }: Figure): '' | 'ok' | 'MISSED' => (goal === undefined ? '' : (atLeast ? value >= goal : value <= goal) ? 'ok' : 'MISSED');
