// What was done lately, each with a way back.
import { useEffect, useRef } from 'preact/hooks';
import { formatTime, say } from '../../lib/i18n.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import { Sheet } from './Sheet.tsx';

/** One thing that was done, in words. */
export interface Done {
  id: number;
  /** ms. */
  at: number;
  words: string;
  undone: boolean;
}

/** The sheet of what was done; `now` in ms. */
export function Journal({ entries, now, onUndo, onClose }: { entries: Done[]; now: number; onUndo: (id: number) => void; onClose: () => void }) {
  const words = { ...say(readerWords), ...say(sheetWords) };
  const list = useRef<HTMLOListElement>(null);
  // The button that took something back is gone: whoever uses the keyboard goes on at the next.
  const pressed = useRef(-1);
  const left = entries.filter(({ undone }) => !undone);
  useEffect(() => {
    const buttons = list.current?.querySelectorAll('button') ?? [];
    const heir = buttons[Math.min(pressed.current, buttons.length - 1)] ?? list.current?.closest('dialog')?.querySelector('button');
    if (pressed.current >= 0) heir?.focus();
    pressed.current = -1;
  }, [left.length]);
  return (
    <Sheet title={words.journal} closeLabel={words.close} onClose={onClose}>
      {entries.length === 0 && <p class="hint">{words.noJournal}</p>}
      <ol class="journal" ref={list}>
        {entries.map(({ id, at, words: done, undone }) => (
          <li key={id}>
            <span class="words" dir="auto">{done}</span>
            <time class="hint" dateTime={new Date(at).toISOString()}>{formatTime(at, now)}</time>
            {undone ? <span class="hint">{words.undone}</span> : <button type="button" class="plain link" aria-label={words.actionOn(words.undo, done)} onClick={() => { pressed.current = left.findIndex((entry) => entry.id === id); onUndo(id); }}>{words.undo}</button>}
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
