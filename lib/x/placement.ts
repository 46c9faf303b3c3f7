// Where a card stands: near its mark, inside the window, over none of the page's controls wherever there is such a place.

/** A rectangle in the window, px. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Between the card and its mark, and to the window's edge, px. */
const GAP = 6;
const EDGE = 8;
/** The lowest a card may be where it has to scroll inside, px; and how narrow, of its own width. */
const LOWEST = 96;
const WIDTHS = [1, 0.75, 0.5];
/** What a pixel of height that is wanting counts, in pixels of way from the mark; and what a covered control does. */
const SHORT = 4;
const COVERED = 1e5;

const clamp = (value: number, most: number) => Math.max(EDGE, Math.min(value, most));
/** Between two spans, px; none where they meet. */
const between = (from: number, to: number, start: number, end: number) => Math.max(0, start - to, from - end);

/**
 * The left upper corner of a card that is `width` × `height` by itself, and how wide and high it may be there, all in px of the window.
 * Any place that is free of controls comes before any that is not, though the card be narrower or have to scroll in it; of the
 * free ones the nearest to the mark that shortens it least. Where there is none, the one that covers the fewest.
 */
export function placeCard({ width, height }: { width: number; height: number }, mark: Box, view: { width: number; height: number }, controls: readonly Box[]): { left: number; top: number; width: number; height: number } {
  const end = view.height - EDGE;
  const taken = [{ left: mark.left - GAP, top: mark.top - GAP, right: mark.right + GAP, bottom: mark.bottom + GAP }, ...controls].sort((a, b) => a.top - b.top);
  let best!: { left: number; top: number; width: number; height: number };
  let least = Infinity;
  for (const share of WIDTHS) {
    const wide = Math.min(width, view.width - 2 * EDGE) * share;
    const high = (height * width) / wide; // about: its text runs longer
    const lefts = [mark.left - 12, mark.right - wide + 12, EDGE, ...taken.flatMap((box) => [box.right, box.left - wide])];
    for (const left of new Set(lefts.map((left) => clamp(left, view.width - EDGE - wide)))) {
      const near = taken.filter((box) => box.left < left + wide && left < box.right);
      const consider = (from: number, to: number) => {
        const tall = Math.min(high, to - from);
        if (tall < Math.min(high, LOWEST, end - EDGE)) return;
        const top = Math.max(from, Math.min(mark.top - 12, to - tall));
        const covered = near.filter((box) => box.top < top + tall && top < box.bottom).length;
        const cost = covered * COVERED + between(left, left + wide, mark.left, mark.right) + between(top, top + tall, mark.top, mark.bottom) + SHORT * (high - tall) + width - wide + (top < mark.top ? GAP : 0);
        if (cost < least) [best, least] = [{ left, top, width: wide, height: tall }, cost];
      };
      let from = EDGE;
      for (const box of [...near, { top: end, bottom: end }]) {
        consider(from, Math.min(box.top, end));
        from = Math.max(from, box.bottom);
      }
      if (least < COVERED) continue;
      consider(mark.bottom + GAP, end);
      consider(EDGE, mark.top - GAP);
      consider(EDGE, end); // in a window too low for both card and mark
    }
  }
  return best;
}
