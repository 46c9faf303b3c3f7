// A button that has a file chosen, in place of the browser's own control, which speaks the browser's language and look.
import { useRef } from 'preact/hooks';

/** Which file is asked for, and who is given it. */
export interface FileButtonProps {
  label: string;
  /** As in HTML: suffixes and types. */
  accept: string;
  /** Id of what says more of it. */
  describedBy: string;
  disabled: boolean;
  onFile: (file: File) => void;
}

/** The button, in our own language. */
export function FileButton({ label, accept, describedBy, disabled, onFile }: FileButtonProps) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        class="hidden"
        type="file"
        accept={accept}
        tabIndex={-1}
        aria-hidden="true"
        ref={file}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) onFile(chosen);
          event.currentTarget.value = ''; // so that the same file can be chosen again
        }}
      />
      <button type="button" class="button" aria-describedby={describedBy} aria-disabled={disabled} onClick={() => !disabled && file.current?.click()}>{label}</button>
    </>
  );
}
