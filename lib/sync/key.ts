// The names of synced values: parts joined by a line feed, which stands in no address, category or id.

/** The name of a synced value. */
export type Key = string;

const join = (...parts: string[]): Key => parts.join('\n');

/** A part that cannot be told from two is not synced. */
export const isPart = (text: string): boolean => !text.includes('\n');

/** A setting that is one value. */
export const fieldKey = (name: string): Key => join('s', name);
/** Whether an array holds a text: each stands for itself, so that two browsers may each add one. */
export const elementKey = (name: string, element: string): Key => join('e', name, element);
/** An object with an id in an array; null once it is deleted. */
export const rowKey = (name: string, id: string): Key => join('r', name, id);
/** A property of a record; null once it is deleted. */
export const propertyKey = (name: string, property: string): Key => join('p', name, property);
/** A field of the feed at an address. */
export const feedKey = (url: string, name: string): Key => join('f', url, name);
/** Whether a list of that feed holds a text. */
export const feedElementKey = (url: string, name: string, element: string): Key => join('f', url, name, element);
/** The order of the feeds. */
export const ORDER_KEY: Key = 'o';
/** Of a feed: whether the reader removed it. Every synced feed has one. */
export const GONE = 'gone';

/** The parts of a key; the first says which of these it is: s, e, r, p, f or o. */
export const partsOf = (key: Key): string[] => key.split('\n');

/** Whether a value says that something is deleted, so that it need not be kept for ever. */
export function isTombstoneKey(key: Key, value: unknown): boolean {
  const [kind, , name, element] = partsOf(key);
  if (kind === 'r' || kind === 'p') return value === null;
  if (kind === 'e') return value === false;
  return kind === 'f' && (name === GONE ? value === true : element !== undefined && value === false);
}
