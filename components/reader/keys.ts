// The keyboard of the reader: which key asks for what. The help shows the same table.

/** What a key can ask for. */
export type Command = 'next' | 'previous' | 'open' | 'openBehind' | 'toggleRead' | 'readAll' | 'star' | 'undo' | 'expand' | 'menu' | 'search' | 'help' | 'refresh';

/** In the order the help shows them. */
export const KEYS: readonly [key: string, command: Command][] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['o', 'open'],
  ['v', 'openBehind'],
  ['m', 'toggleRead'],
  ['M', 'readAll'],
  ['s', 'star'],
  ['x', 'expand'],
  ['c', 'menu'],
  ['u', 'undo'],
  ['r', 'refresh'],
  ['/', 'search'],
  ['?', 'help'],
];

const COMMANDS = new Map<string, Command>(KEYS);

/** What a pressed key asks for: a command, the group of that number (from 0), or nothing. Keys typed into a field are its own. */
export function readKey({ key, ctrlKey, metaKey, altKey, target }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>): Command | number | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (target instanceof Element && target.matches('input, textarea, select')) return null;
  return /^[1-9]$/.test(key) ? Number(key) - 1 : (COMMANDS.get(key) ?? null);
}
