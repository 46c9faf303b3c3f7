// The first steps, above the list until done or skipped: pin the icon, choose categories, marks on X. Also in the options.
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { welcomeWords } from '../../lib/words/welcome.ts';

/** What the steps show of browser and settings, and what they do. */
export interface WelcomeProps {
  settings: Pick<Settings, 'hiddenCategories'>;
  categories: readonly Category[];
  /** A category's name as shown. */
  nameOf: (category: Category) => string;
  /** Whether the icon stands in the toolbar; null where the browser does not say. There is nothing to do where it does. */
  pinned: boolean | null;
  firefox: boolean;
  /** The browser withholds access to X, so that it has to be asked for. */
  xWithheld: boolean;
  onHidden: (category: Category, hidden: boolean) => void;
  onGrantX: () => void;
  /** Done or skipped: not to be shown again. */
  onClose: () => void;
}

/** The steps, one at a time. */
export function Welcome(props: WelcomeProps) {
  const words = say(welcomeWords);
  const steps = [...(props.pinned === true ? [] : [Pin]), Categories, Marks];
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const turned = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const n = Math.min(at, steps.length - 1); // the icon may be found pinned meanwhile
  const Step = steps[n] ?? Marks;
  // Whoever turned a page goes on at its beginning; the first one takes the focus from nobody.
  useEffect(() => {
    if (turned.current) heading.current?.focus();
  }, [n]);
  const turn = (to: number) => {
    turned.current = true;
    setAt(to);
  };
  /** The steps go with their buttons: whoever uses the keyboard goes on at the heading that follows. */
  const close = () => {
    const next = [...document.querySelectorAll('h2')].find((one) => root.current?.compareDocumentPosition(one) === root.current?.DOCUMENT_POSITION_FOLLOWING);
    if (next) next.tabIndex = -1;
    next?.focus({ preventScroll: true });
    props.onClose();
  };
  return (
    <div class="welcome" role="group" aria-label={words.title} ref={root}>
      {n === 0 && (
        <p>
          <strong>{words.title}</strong> {words.value}
        </p>
      )}
      <Step {...props} heading={heading} />
      <div class="steps">
        <span class="hint">{words.step(n + 1, steps.length)}</span>
        {n < steps.length - 1 && <button type="button" class="plain link" onClick={close}>{words.skip}</button>}
        {n > 0 && <button type="button" class="button" onClick={() => turn(n - 1)}>{words.back}</button>}
        <button type="button" class="button primary" onClick={n < steps.length - 1 ? () => turn(n + 1) : close}>{n < steps.length - 1 ? words.next : words.done}</button>
      </div>
    </div>
  );
}

type StepProps = WelcomeProps & { heading: { current: HTMLHeadingElement | null } };

function Pin({ firefox, heading }: StepProps) {
  const words = say(welcomeWords);
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>{words.pinTitle}</h2>
      <p>{firefox ? words.pinFirefox : words.pinChrome}</p>
    </>
  );
}

function Categories({ settings, categories, nameOf, onHidden, heading }: StepProps) {
  const words = say(welcomeWords);
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>{words.categoriesTitle}</h2>
      <p>{categories.length ? words.categoriesHint : words.categoriesLater}</p>
      <div class="toggles" role="group" aria-label={words.categoriesTitle}>
        {categories.map((category) => {
          const hidden = settings.hiddenCategories.includes(category);
          return <button type="button" class="toggle" key={category} dir="auto" aria-pressed={!hidden} onClick={() => onHidden(category, !hidden)}>{nameOf(category)}</button>;
        })}
      </div>
    </>
  );
}

function Marks({ xWithheld, onGrantX, heading }: StepProps) {
  const words = say(welcomeWords);
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>{words.xTitle}</h2>
      <p>{words.xHint}</p>
      {xWithheld && <p>{words.xAsk}</p>}
      <p role="status">{!xWithheld && words.xOn}</p>
      {xWithheld && <button type="button" class="button" onClick={onGrantX}>{words.allow}</button>}
    </>
  );
}
