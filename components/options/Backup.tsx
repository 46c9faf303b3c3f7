// Backups: saved as a file, and read from one. A file is read first and shown with what it would change; only then is it imported.
import { useRef, useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { backupWords } from '../../lib/words/options/backup.ts';
import { FileButton } from './FileButton.tsx';

/** What the section shows, and what its buttons do. */
export interface BackupProps {
  /** A file that was read and waits for the reader's word: what it would change. */
  preview: { feedsAdded: number; feedsKnown: number; read: number; starred: number; moved: number; itemsAdded: number; told: number; settings: readonly string[]; refused: number } | null;
  /** What is under way, and how far, 0 to 1; null where nothing is. */
  progress: { what: 'reading' | 'writing'; share: number } | null;
  notice: { text: string; fault: boolean } | null;
  onSave: (withItems: boolean) => void;
  onSaveStarred: () => void;
  onFile: (file: File) => void;
  onImport: () => void;
  onCancel: () => void;
  /** Ends what is under way; nothing of it stays. */
  onStop: () => void;
}

/** The section on backups: saving one, and reading one in two steps. */
export function Backup({ preview, progress, notice, onSave, onSaveStarred, onFile, onImport, onCancel, onStop }: BackupProps) {
  const words = say(backupWords);
  const [withItems, setWithItems] = useState(false);
  const busy = progress !== null; // buttons are not `disabled` then, which would take the focus from them
  const first = useRef<HTMLButtonElement>(null);
  const stopping = useRef<HTMLButtonElement | null>(null);
  /** What was read goes with its buttons: whoever uses the keyboard goes on at the first of those that stay. */
  const leaving = (answer: () => void) => () => {
    first.current?.focus();
    answer();
  };
  const changes = preview && preview.feedsAdded + preview.read + preview.starred + preview.moved + preview.itemsAdded + preview.told + preview.settings.length > 0;
  return (
    <section aria-labelledby="backup">
      <h2 id="backup">{words.title}</h2>
      <p class="hint" id="backup-hint">{words.hint}</p>
      <div class="row">
        <button type="button" class="button" ref={first} aria-describedby="backup-hint" aria-disabled={busy} onClick={() => !busy && onSave(withItems)}>{words.save}</button>
        <FileButton label={words.open} accept=".json,application/json" describedBy="backup-hint" disabled={busy} onFile={onFile} />
        <button type="button" class="button" aria-disabled={busy} onClick={() => !busy && onSaveStarred()}>{words.saveStarred}</button>
      </div>
      <label class="row check">
        <input type="checkbox" checked={withItems} onChange={(event) => setWithItems(event.currentTarget.checked)} />
        <span>{words.withItems}</span>
      </label>
      {progress && (
        <p class="row">
          <progress value={progress.share} aria-label={words[progress.what](Math.floor(progress.share * 100))} />
          <span>{words[progress.what](Math.floor(progress.share * 100))}</span>
          <button
            type="button"
            class="button"
            ref={(button) => {
              // It goes with the work; the focus, where it has it, goes on.
              if (!button && stopping.current === document.activeElement) first.current?.focus();
              stopping.current = button;
            }}
            onClick={onStop}
          >
            {words.cancel}
          </button>
        </p>
      )}
      <div role="status">
        {preview && !busy && (
          <div class="found">
            <p>{changes ? words.preview(preview) : words.nothing}</p>
            {changes && <p>{preview.settings.length ? words.settings(preview.settings.map((name) => words.names[name] ?? name)) : words.noSettings}</p>}
            {preview.refused > 0 && <p class="hint">{words.refused(preview.refused)}</p>}
            <div class="row">
              {changes && <button type="button" class="button primary" onClick={leaving(onImport)}>{words.import}</button>}
              <button type="button" class="button" onClick={leaving(onCancel)}>{words.cancel}</button>
            </div>
          </div>
        )}
      </div>
      <p class={notice?.fault ? 'notice fault' : 'notice'} role={notice?.fault ? 'alert' : 'status'}>{notice?.text}</p>
    </section>
  );
}
