// A component that is loaded when it is first shown, or ahead of that: what the first paint can do without.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Shows nothing until it is loaded; `load` loads it ahead. What cannot be loaded (the extension was updated under the page) stays unshown. */
export function later<P extends object>(find: () => Promise<ComponentType<P>>): ComponentType<P> & { load: () => Promise<void> } {
  let Found: ComponentType<P> | null = null;
  const load = async () => {
    Found ??= await find();
  };
  function Later(props: P) {
    const [loaded, setLoaded] = useState(Found !== null);
    useEffect(() => {
      if (!loaded) void load().then(() => setLoaded(true));
    }, []);
    return Found && <Found {...props} />;
  }
  return Object.assign(Later, { load });
}
