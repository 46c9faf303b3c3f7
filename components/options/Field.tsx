// A line of text with a button that saves it, there only while there is something to save.
import { useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { optionsWords } from '../../lib/words/options.ts';

/** A text that is stored, and how another is saved; `refuse` says in words why it cannot be. */
export interface FieldProps {
  id: string;
  label: string;
  value: string;
  placeholder?: string;
  hint: string;
  /** Why a text cannot be saved, in words; null where it can. */
  refuse?: (text: string) => string | null;
  onSave: (text: string) => void;
}

/** The field, with its button as long as there is something to save. */
export function Field({ id, label, value, placeholder, hint, refuse, onSave }: FieldProps) {
  const [text, setText] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        const refused = text !== null && text !== value ? (refuse?.(text) ?? null) : null;
        setRefusal(refused);
        if (refused) return;
        if (text !== null && text !== value) onSave(text);
        setText(null);
      }}
    >
      <label class="hint" for={id} title={hint}>{label}</label>
      <input
        id={id}
        type="text"
        value={text ?? value}
        placeholder={placeholder}
        aria-description={refusal ?? hint}
        aria-invalid={refusal !== null}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setRefusal(null);
        }}
      />
      {text !== null && text !== value && <button type="submit" class="button">{say(optionsWords).save}</button>}
      {refusal && <p class="fault refusal" role="alert">{refusal}</p>}
    </form>
  );
}
