// A list the reader puts in order: by the buttons of each row, or by dragging its handle.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Icon } from '../Icon.tsx';

/** A list's rows by id and shown name, and who is told of their new order. */
export interface OrderedProps {
  /** Of the list. */
  class: string;
  rowClass: string;
  rows: { id: string; name: string }[];
  /** The rows' ids in their new order. */
  onOrder: (ids: string[]) => void;
  /** What is in a row; `grip` and `steps` are the controls that move it, null where there is nothing to order. */
  children: (id: string, controls: OrderControls) => ComponentChildren;
}

/** What moves a row: the handle to drag it by, and the buttons for a step up or down. */
export interface OrderControls {
  grip: ComponentChildren;
  steps: ComponentChildren;
}

/** The list. Its children draw a row around the controls they are given; where a row came to is said to screen readers. */
export function Ordered({ class: className, rowClass, rows, onOrder, children }: OrderedProps) {
  const words = say(optionsWords);
  const [dragged, setDragged] = useState<string | null>(null);
  /** Where the dragged row would come: before the row of this index. */
  const [target, setTarget] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const focused = useRef<Element | null>(null);
  // A row that is moved in the document loses the focus.
  useEffect(() => {
    if (focused.current instanceof HTMLElement && list.current?.contains(focused.current)) focused.current.focus();
    focused.current = null;
  }, [rows.map(({ id }) => id).join('\n')]);

  const move = (id: string, before: number) => {
    const from = rows.findIndex((row) => row.id === id); // it may have gone while it was dragged
    const to = before > from ? before - 1 : before;
    if (from < 0 || to === from || to < 0 || to >= rows.length) return;
    focused.current = document.activeElement;
    setSaid(words.moved(rows[from]?.name ?? '', to + 1, rows.length));
    onOrder(rows.map((row) => row.id).toSpliced(from, 1).toSpliced(to, 0, id));
  };
  const drag = (id: string | null) => {
    setDragged(id);
    setTarget(null);
  };
  const step = (i: number, by: -1 | 1, label: string) => {
    const end = by < 0 ? i === 0 : i === rows.length - 1;
    return (
      // aria-disabled: a button that is disabled under the finger would lose the focus.
      <button type="button" class="icon" aria-label={label} title={label} aria-disabled={end} onClick={() => end || move(rows[i]?.id ?? '', by < 0 ? i - 1 : i + 2)}>
        <Icon name={by < 0 ? 'up' : 'down'} />
      </button>
    );
  };
  const controls = (id: string, name: string, i: number): OrderControls => {
    if (rows.length < 2) return { grip: null, steps: null };
    return {
      grip: (
        <span
          class="handle"
          aria-hidden="true"
          title={words.drag}
          draggable
          onDragStart={(event) => {
            const row = event.currentTarget.closest('li');
            if (row) event.dataTransfer?.setDragImage(row, 12, 12);
            event.dataTransfer?.setData('text/plain', id); // Firefox drags nothing without data
            drag(id);
          }}
          onDragEnd={() => drag(null)}
        >
          <Icon name="grip" />
        </span>
      ),
      steps: [step(i, -1, words.moveUp(name)), step(i, 1, words.moveDown(name))],
    };
  };

  return (
    <>
      <ul
        class={className}
        ref={list}
        onDragOver={(event) => dragged && event.preventDefault()} // between two rows too
        onDrop={(event) => {
          event.preventDefault();
          if (dragged !== null && target !== null) move(dragged, target);
        }}
      >
        {rows.map(({ id, name }, i) => (
          <li
            class={rowClass}
            key={id}
            data-drop={dragged === null || target === null ? undefined : target === i ? 'before' : target === i + 1 && i + 1 === rows.length ? 'after' : undefined}
            onDragOver={(event) => {
              if (!dragged) return;
              const { top, height } = event.currentTarget.getBoundingClientRect();
              setTarget(event.clientY < top + height / 2 ? i : i + 1);
            }}
          >
            {children(id, controls(id, name, i))}
          </li>
        ))}
      </ul>
      <p class="hidden" role="status">{said}</p>
    </>
  );
}
