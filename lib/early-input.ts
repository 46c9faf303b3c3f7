// What a reader does in a page that is painted already and whose own script is not there yet: held, and done when it is.
// Two scripts share this file, one that holds and one that releases, so what is held hangs on the page.

const page = globalThis as { eightBellsInput?: { events: (KeyboardEvent | MouseEvent)[]; stop(): void } };

/** Begins to hold clicks, and keys that type something: whoever opens the reader by its shortcut types at once. Others, such as Tab, Escape and arrows, are the browser's; so is the space bar, which scrolls, until a search has been begun. */
export function holdInput(): void {
  const events: (KeyboardEvent | MouseEvent)[] = [];
  const hold = (event: KeyboardEvent | MouseEvent) => {
    if (!event.isTrusted) return; // released just now
    if ('key' in event && (event.key.length > 1 || (event.key === ' ' && !events.some((held) => 'key' in held && held.key === '/')) || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    events.push(event);
  };
  const kinds = ['keydown', 'click', 'auxclick'] as const;
  for (const kind of kinds) addEventListener(kind, hold, true);
  page.eightBellsInput = { events, stop: () => kinds.forEach((kind) => removeEventListener(kind, hold, true)) };
}

/** Does what was held, one after the other, for each may change what the next one meets; goes on holding until all is done. */
export async function releaseInput(): Promise<void> {
  const held = page.eightBellsInput;
  if (!held) return;
  for (let event = held.events.shift(); event; event = held.events.shift()) {
    if ('key' in event) type(event);
    else event.target?.dispatchEvent(new MouseEvent(event.type, event));
    await new Promise((later) => setTimeout(later));
  }
  held.stop();
}

/** Types a key where the focus is now. A key that a script presses writes nothing into a field by itself. */
function type(pressed: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const wanted = target.dispatchEvent(new KeyboardEvent('keydown', pressed));
  if (!wanted || !(target instanceof HTMLInputElement)) return;
  target.setRangeText(pressed.key, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end');
  target.dispatchEvent(new InputEvent('input', { bubbles: true, data: pressed.key }));
}
