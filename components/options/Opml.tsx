// Lists of feeds from and for other readers. A file is read first and shown; only then are its feeds added, in a click that may ask for their hosts.
import { useRef } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import { optionsWords } from '../../lib/words/options.ts';

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

export function Opml({ found, importing, opmlNotice, onOpmlFile, onImport, onCancelImport, onExport }: OpmlProps) {
  const words = say(optionsWords);
  const file = useRef<HTMLInputElement>(null);
  return (
    <section aria-labelledby="opml">
      <h2 id="opml">{words.opml}</h2>
      <p class="hint" id="opml-hint">{words.opmlHint}</p>
      <div class="row">
        <input
          class="hidden"
          type="file"
          accept=".opml,.xml,text/xml,application/xml,text/x-opml"
          tabIndex={-1}
          aria-hidden="true"
          ref={file}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen) onOpmlFile(chosen);
            event.currentTarget.value = ''; // so that the same file can be chosen again
          }}
        />
        <button type="button" class="button" aria-describedby="opml-hint" disabled={importing} onClick={() => file.current?.click()}>{words.importFile}</button>
        <button type="button" class="button" onClick={onExport}>{words.exportFile}</button>
      </div>
      <div role="status">
        {found && (
          <div class="row found">
            <p class="words">
              {words.opmlFound(found.fresh, found.known, found.refused)}
              {found.brokeOff && ` · ${words.opmlBrokeOff}`}
            </p>
            {found.fresh > 0 && <button type="button" class="button primary" disabled={importing} onClick={onImport}>{words.importFeeds(found.fresh)}</button>}
            <button type="button" class="button" onClick={onCancelImport}>{words.cancel}</button>
          </div>
        )}
      </div>
      <p class={opmlNotice?.fault ? 'notice fault' : 'notice'} role={opmlNotice?.fault ? 'alert' : 'status'}>{opmlNotice?.text}</p>
    </section>
  );
}
