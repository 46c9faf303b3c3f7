// One of several options, chosen from a list that opens.

/** One setting with its options. What is chosen need not be a text. */
export interface ChoiceProps<T> {
  /** Of the element, for a label that stands beside it; without one `label` is its name. */
  id?: string;
  label?: string;
  /** Id of what says more of it. */
  describedBy?: string;
  options: readonly T[];
  value: T;
  /** An option's words. */
  name: (option: T) => string;
  onChange: (option: T) => void;
}

/** A list of options that opens, with the chosen one in it. */
export function Choice<T extends string | number | null>({ id, label, describedBy, options, value, name, onChange }: ChoiceProps<T>) {
  return (
    <select id={id} aria-label={label} aria-describedby={describedBy} value={String(value)} onChange={(event) => options.filter((option) => String(option) === event.currentTarget.value).forEach(onChange)}>
      {options.map((option) => (
        <option key={String(option)} value={String(option)}>{name(option)}</option>
      ))}
    </select>
  );
}
