// Moving through the list by keyboard: one item at a time is in the tab order, with its controls; the others are reached by j and k.

const ITEM = 'li.item';
const CONTROLS = '.title, .actions button';

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
  item.querySelector<HTMLElement>('.title')?.focus();
  item.scrollIntoView({ block: 'nearest' });
}
