// A button for what cannot be taken back: the first click explains, the second does it.
import { useState } from 'preact/hooks';

/** The words of both steps, and what the second does. */
export interface SureProps {
  /** On the button that asks; on the one that does it. */
  ask: string;
  sure: string;
  cancel: string;
  hint: string;
  disabled?: boolean;
  onSure: () => void;
}

/** The button, and in its place the question it asks. */
export function Sure({ ask, sure, cancel, hint, disabled, onSure }: SureProps) {
  const [asked, setAsked] = useState(false);
  if (!asked) return <button type="button" class="button" disabled={disabled} onClick={() => setAsked(true)}>{ask}</button>;
  return (
    <span class="row" role="alert">
      <span class="words">{hint}</span>
      <button type="button" class="button" onClick={() => { setAsked(false); onSure(); }}>{sure}</button>
      <button type="button" class="button" onClick={() => setAsked(false)}>{cancel}</button>
    </span>
  );
}
