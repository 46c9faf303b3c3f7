// Components drawn once, as plain elements without behaviour: what a page shows before the script that gives it behaviour is even
// loaded. Stands in for preact where entrypoints/early.tsx is built (wxt.config.ts), so that the same components draw both; preact
// then takes over what stands there (hydration). Drawn inside out: an element's children are there before it is.

type Child = Node | string | number | boolean | null | undefined | Child[];
type Props = Record<string, unknown> & { children?: Child };

/** Several children without an element around them. */
export const Fragment = ({ children }: Props): Child => children;

/** An element, or what a component makes of its props. Attributes are written as preact writes them: no handlers, and false only where it is a value (aria-*). */
export function jsx(type: string | ((props: Props) => Child), props: Props): Child {
  if (typeof type === 'function') return type(props);
  const { children, key: _key, ref: _ref, ...attributes } = props;
  const element = type === 'svg' || type === 'path' ? document.createElementNS('http://www.w3.org/2000/svg', type) : document.createElement(type);
  for (const [name, value] of Object.entries(attributes)) if (typeof value !== 'function' && value !== null && value !== undefined && (value !== false || name[4] === '-')) element.setAttribute(name, value === true && name[4] !== '-' ? '' : String(value));
  append(element, children);
  return element;
}

/** The same with several children. */
export const jsxs = (...drawn: Parameters<typeof jsx>): Child => jsx(...drawn);

/** The same in a build for development. */
export const jsxDEV = (...[type, props]: Parameters<typeof jsx>): Child => jsx(type, props);

/** Appends what was drawn. */
export function append(parent: Element, drawn: Child): void {
  if (Array.isArray(drawn)) for (const child of drawn) append(parent, child);
  else if (drawn instanceof Node) parent.append(drawn);
  else if (drawn !== null && drawn !== undefined && typeof drawn !== 'boolean') parent.append(String(drawn));
}

// Hooks of something that is drawn once: what it begins with, and nothing after it.

/** The state a component begins with; setting it does nothing. */
export const useState = <T>(value: T | (() => T)): [T, () => void] => [typeof value === 'function' ? (value as () => T)() : value, () => {}];
/** The value, made anew. */
export const useMemo = <T>(make: () => T): T => make();
/** A reference that is never filled. */
export const useRef = <T>(current: T): { current: T } => ({ current });
/** Nothing: effects are the script's that takes over. */
export const useEffect = (): void => {};
/** The same before a paint. */
export const useLayoutEffect = (): void => {};
/** A context that keeps its default. */
export const createContext = <T>(value: T): { value: T; Provider: typeof Fragment } => ({ value, Provider: Fragment });
/** That default. */
export const useContext = <T>({ value }: { value: T }): T => value;
