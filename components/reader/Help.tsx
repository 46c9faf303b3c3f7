// The keyboard's shortcuts, from the same table that answers them.
import { say } from '../../lib/i18n.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import { KEYS } from './keys.ts';
import { Sheet } from './Sheet.tsx';

/** The sheet of shortcuts. */
export function Help({ onClose }: { onClose: () => void }) {
  const words = say(sheetWords);
  return (
    <Sheet title={words.help} closeLabel={words.close} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, command]) => (
          <div key={key}>
            <dt><kbd>{key}</kbd></dt>
            <dd>{words.commands[command]}</dd>
          </div>
        ))}
        <div>
          <dt><kbd>1–9</kbd></dt>
          <dd>{words.helpGroups}</dd>
        </div>
      </dl>
      <p class="hint">{words.helpMove}</p>
    </Sheet>
  );
}
