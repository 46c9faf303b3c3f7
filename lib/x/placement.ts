// Where a card stands: beside its mark, inside the window, over as few of the page's controls as can be.

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Between the card and what it stands beside, and to the window's edge, px. */
const GAP = 6;
const EDGE = 8;

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const clamp = (value: number, most: number) => Math.max(EDGE, Math.min(value, most));

/**
 * The left upper corner of a card `width` × `height`, all in px of the window. `post` is what the mark stands in. Below the
 * mark, above it, beside the post: the first of these that covers no control, else the one that covers the fewest.
 */
export function placeCard({ width, height }: { width: number; height: number }, mark: Box, post: Box, view: { width: number; height: number }, controls: readonly Box[]): { left: number; top: number } {
  const lefts = [mark.left - 12, mark.right - width + 12, post.left, post.right - width].map((left) => clamp(left, view.width - width - EDGE));
  const beside = clamp(mark.top - 12, view.height - height - EDGE);
  const places = [
    ...lefts.map((left) => ({ left, top: mark.bottom + GAP })),
    ...lefts.map((left) => ({ left, top: mark.top - GAP - height })),
    { left: post.right + GAP, top: beside },
    { left: post.left - GAP - width, top: beside },
  ].filter(({ left, top }) => left >= EDGE && top >= EDGE && left + width <= view.width - EDGE && top + height <= view.height - EDGE);
  const near = controls.filter((box) => box.right > box.left && box.bottom > box.top && overlap(box, { left: 0, top: 0, right: view.width, bottom: view.height }));
  let best = { left: lefts[0] ?? EDGE, top: clamp(mark.bottom + GAP, view.height - height - EDGE) };
  let fewest = Infinity;
  for (const place of places) {
    const box = { ...place, right: place.left + width, bottom: place.top + height };
    const covered = near.filter((control) => overlap(box, control)).length;
    if (covered < fewest) [best, fewest] = [place, covered];
  }
  return best;
}
