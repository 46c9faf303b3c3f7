// A sheet over the list: modal, closed by Escape, by its button or by a click beside it; the browser keeps the focus in it and gives it back.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../Icon.tsx';

/** The sheet, open from its first drawing on; keys pressed in it are its own. */
export function Sheet({ title, closeLabel, onClose, onKeyDown, children }: { title: string; closeLabel: string; onClose: () => void; onKeyDown?: (event: KeyboardEvent) => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (current && !current.open) current.showModal();
    return () => current?.close(); // gives the focus back, which one that is merely taken away does not
  }, []);
  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onKeyDown={(event) => {
        event.stopPropagation(); // the list's keys are not the sheet's
        onKeyDown?.(event);
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="page">
        <header>
          <h2 dir="auto">{title}</h2>
          <button type="button" class="icon" aria-label={closeLabel} title={closeLabel} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
