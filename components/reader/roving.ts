// Moving through the list by keyboard: one item at a time is in the tab order, with its controls; the others are reached by j and k.

const ITEM = 'li.item';
const CONTROLS = '.title, .actions button';

/** A key moves the focus: where it is must be seen. Firefox else judges by what had it before, and after a dialog shows no ring. */
const SEEN: FocusOptions & { focusVisible?: boolean } = { focusVisible: true };

/** The item that last held the focus, and which it was in the list. */
export interface Held {
  item: Element;
  at: number;
}

/** The item that holds the focus, else the one in the tab order. */
export const currentItem = (root: ParentNode): HTMLElement | null => root.querySelector<HTMLElement>(`${ITEM}:focus-within`) ?? root.querySelector<HTMLElement>(`${ITEM}[data-current]`);

/** Puts an item's controls into the tab order and takes those of the one before out of it. */
export function setCurrent(root: ParentNode, item: Element): void {
  for (const old of root.querySelectorAll(`${ITEM}[data-current]`)) if (old !== item) setTabbable(old, false);
  setTabbable(item, true);
}

function setTabbable(item: Element, on: boolean): void {
  item.toggleAttribute('data-current', on);
  for (const control of item.querySelectorAll<HTMLElement>(CONTROLS)) control.tabIndex = on ? 0 : -1;
}

/** Focuses the item so many places on, or the first; returns whether there was one. */
export function focusItem(root: ParentNode, step: number): boolean {
  const items = [...root.querySelectorAll<HTMLElement>(ITEM)];
  const at = items.indexOf(currentItem(root) as HTMLElement);
  const focused = root.querySelector(`${ITEM}:focus-within`) !== null;
  const item = items[at < 0 ? 0 : Math.min(Math.max(at + (focused ? step : 0), 0), items.length - 1)];
  if (!item) return false;
  focusOn(root, item);
  return true;
}

/** Focuses an item's title. */
export function focusOn(root: ParentNode, item: HTMLElement): void {
  setCurrent(root, item);
  item.querySelector<HTMLElement>('.title')?.focus(SEEN);
  item.scrollIntoView({ block: 'nearest' });
}

/** To be called after each change of the list: has an item that left it with the focus (moved, muted) give it to the one now in its place. Returns who holds it. */
export function keepPlace(root: ParentNode, held: Held | null): Held | null {
  const item = root.querySelector(`${ITEM}:focus-within`);
  if (item) return { item, at: [...root.querySelectorAll(ITEM)].indexOf(item) };
  if (!held || held.item.isConnected) return held;
  const items = root.querySelectorAll(ITEM);
  const heir = items[Math.min(held.at, items.length - 1)];
  if (!heir || document.activeElement !== document.body) return null;
  setCurrent(root, heir);
  heir.querySelector<HTMLElement>('.title')?.focus();
  return { item: heir, at: held.at };
}
