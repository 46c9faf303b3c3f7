// How long the script works in a page: until the extension is gone, or a newer script of it takes over.
import { MARK } from './mark.ts';

/**
 * Told to an older script of ours that goes on in the page, cut off from the extension by an update. The page can hear it, too: so
 * only where it sees marks anyway. Elsewhere an older script ends when it looks next, or as soon as a mark of its own is taken (lib/x-marking).
 */
const SUCCESSOR = 'eight-bells-successor';

/** How often it is looked whether the extension is still there: a disabled one leaves no event behind. */
const LOOK_MS = 2000;

/** Begins a script's life in a page and ends that of an older one. Aborts when it ends; until then calls `onLook` every two seconds. */
export function beginLife(page: Document, alive: () => boolean, onLook: () => void): AbortSignal {
  if (page.querySelector(MARK)) page.dispatchEvent(new Event(SUCCESSOR));
  const life = new AbortController();
  const { signal } = life;
  page.addEventListener(SUCCESSOR, () => life.abort(), { signal });
  const timer = setInterval(() => (alive() ? onLook() : life.abort()), LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return signal;
}
