// Asks before many tabs are opened at once.
import { say } from '../../lib/i18n.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import { Sheet } from './Sheet.tsx';

/** The question before `count` tabs are opened. */
export function OpenMany({ count, onOpen, onClose }: { count: number; onOpen: () => void; onClose: () => void }) {
  const words = say(sheetWords);
  return (
    <Sheet title={words.openMany(count)} closeLabel={words.close} onClose={onClose}>
      <div class="picks">
        <button type="button" class="button primary" onClick={onOpen}>{words.openThem}</button>
        <button type="button" class="button" onClick={onClose}>{words.cancel}</button>
      </div>
    </Sheet>
  );
}
