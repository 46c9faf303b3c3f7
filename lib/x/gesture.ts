// Which mark a reader asks about: by resting on it, focusing, tapping or pressing it.
import { MARK } from './mark.ts';

/** How long a pointer rests on a mark before that is a question, and how long it may be away before it is none any more, ms. */
const REST_MS = 300;
const LEAVE_MS = 250;

/** What is done about a mark. */
export interface Asked {
  /** `into`: the reader wants to be in the card, not only to see it. */
  open(mark: HTMLElement, into: boolean): void;
  /** Returns whether one was open. */
  close(): boolean;
  /** True where a node is of the card, whose inside nobody sees from the page. */
  holds(node: EventTarget | null): boolean;
}

const markOf = ({ target }: Event): HTMLElement | null => ((target as Element | null)?.localName === MARK ? (target as HTMLElement) : null);

/** Listens on the window and before X does, so that pressing a mark does not open the post it stands in. */
export function watchMarks(page: Window, asked: Asked, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Set while the pointer is on a mark or its card. */
  let over = false;
  /** The mark whose card stays wherever the pointer goes: it was pressed, or has the focus. */
  let held: HTMLElement | null = null;
  /** What had the focus as the reader left the window: that it has it again on coming back is no question. */
  let left: Element | null = null;
  const on = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) => page.addEventListener(type, listener, { capture: true, signal });
  const later = (work: () => void, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  signal.addEventListener('abort', () => clearTimeout(timer));

  on('pointerover', (event) => {
    const mark = markOf(event);
    const was = over;
    over = mark !== null || asked.holds(event.target);
    if (mark && event.pointerType !== 'touch') later(() => {
      if (held !== mark) held = null; // its card goes
      asked.open(mark, false);
    }, REST_MS);
    else if (over) clearTimeout(timer);
    else if (was) later(() => held || asked.close(), LEAVE_MS);
  });
  on('blur', ({ target }) => void (target === page && (left = page.document.activeElement)));
  on('focusin', (event) => {
    const mark = markOf(event);
    const back = mark === left;
    left = null;
    held = mark?.matches(':focus-visible') ? mark : null;
    if (held && !back) asked.open(held, false);
    else if (!mark && !over && !asked.holds(event.target)) asked.close();
  });
  on('pointerdown', (event) => {
    if (markOf(event) || asked.holds(event.target)) return;
    held = null;
    asked.close();
  });
  on('click', (event) => {
    const mark = markOf(event);
    if (!mark) return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(timer);
    asked.open((held = mark), false);
  });
  on('keydown', (event) => {
    if (event.key === 'Escape') {
      clearTimeout(timer);
      held = null;
      if (asked.close()) event.stopPropagation(); // else X closes something of its own, too
      return;
    }
    const mark = markOf(event);
    if (!mark || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
    asked.open(mark, true);
  });
}
