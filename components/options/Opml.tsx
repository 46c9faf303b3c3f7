// Lists of feeds from and for other readers. A file is read first and shown; only then are its feeds added, in a click that may ask for their hosts.
import { useRef } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { FileButton } from './FileButton.tsx';

/** A list of feeds that is being imported, and what can be done. */
export interface OpmlProps {
  /** A file that was read and waits for the reader's word. */
  found: { fresh: number; known: number; refused: number; brokeOff: boolean } | null;
  importing: boolean;
  /** What came of the last import. */
  opmlNotice: { text: string; fault: boolean } | null;
  onOpmlFile: (file: File) => void;
  onImport: () => void;
  onCancelImport: () => void;
  onExport: () => void;
}

/** Import and export of lists of feeds. */
export function Opml({ found, importing, opmlNotice, onOpmlFile, onImport, onCancelImport, onExport }: OpmlProps) {
  const words = say(optionsWords);
  const row = useRef<HTMLDivElement>(null);
  /** What was read goes with its buttons: whoever uses the keyboard goes on at the first of those that stay. */
  const leaving = (answer: () => void) => () => {
    row.current?.querySelector('button')?.focus();
    answer();
  };
  return (
    <section aria-labelledby="opml">
      <h2 id="opml">{words.opml}</h2>
      <p class="hint" id="opml-hint">{words.opmlHint}</p>
      <div class="row" ref={row}>
        <FileButton label={words.importFile} accept=".opml,.xml,text/xml,application/xml,text/x-opml" describedBy="opml-hint" disabled={importing} onFile={onOpmlFile} />
        <button type="button" class="button" onClick={onExport}>{words.exportFile}</button>
      </div>
      <div role="status">
        {found && (
          <div class="row found">
            <p class="words">
              {words.opmlFound(found.fresh, found.known, found.refused)}
              {found.brokeOff && ` · ${words.opmlBrokeOff}`}
            </p>
            {found.fresh > 0 && <button type="button" class="button primary" disabled={importing} onClick={leaving(onImport)}>{words.importFeeds(found.fresh)}</button>}
            <button type="button" class="button" onClick={leaving(onCancelImport)}>{words.cancel}</button>
          </div>
        )}
      </div>
      <p class={opmlNotice?.fault ? 'notice fault' : 'notice'} role={opmlNotice?.fault ? 'alert' : 'status'}>{opmlNotice?.text}</p>
    </section>
  );
}
