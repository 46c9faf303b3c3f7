// Sync in the options: its switch, what it sends and where, and how the last round went.
import { formatAgo, formatTime, say } from '../../lib/i18n.ts';
import { syncWords } from '../../lib/words/options/sync.ts';
import { Sure } from './Sure.tsx';

/** Whether sync is on, how it does, and what can be done. */
export interface SyncProps {
  on: boolean;
  /** How the last round went; null before the first. */
  report: { at: number; state: 'done' | 'waiting' | 'refused' | 'unreachable' | 'newer'; nextAt: number | null; unreadable: number; leftOut: number; kept: number; total: number } | null;
  now: number;
  onTurn: (on: boolean) => void;
  onDiscard: () => void;
}

/** The section on sync. */
export function Sync({ on, report, now, onTurn, onDiscard }: SyncProps) {
  const words = say(syncWords);
  const state = (): string | null => {
    if (!report || report.state === 'done') return null;
    return report.state === 'newer' ? words.newer : words[report.state](formatTime(report.nextAt ?? report.at, now));
  };
  return (
    <section aria-labelledby="sync">
      <h2 id="sync">{words.title}</h2>
      <ul class="choices column">
        <li>
          <label>
            <input type="checkbox" checked={on} aria-describedby="sync-hint" onChange={(event) => onTurn(event.currentTarget.checked)} />
            <span>{words.turnOn}</span>
          </label>
          <p class="hint" id="sync-hint">{words.hint}</p>
        </li>
      </ul>
      <div role="status" class="sync">
        {on && !report && <p>{words.never}</p>}
        {on && report && (
          <>
            <p>{[words.done(formatAgo(report.at, now)), report.state !== 'unreachable' && words.states(report.kept, report.total)].filter(Boolean).join(' · ')}</p>
            {state() && <p class={report.state === 'waiting' ? 'hint' : 'fault'}>{state()}</p>}
            {report.leftOut > 0 && <p class="fault">{words.leftOut(report.leftOut)}</p>}
            {report.unreadable > 0 && (
              <div class="row">
                <p class="words fault">{words.unreadable(report.unreadable)}</p>
                <Sure ask={words.discard} sure={words.discardSure} cancel={words.cancel} hint={words.discardHint} onSure={onDiscard} />
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}
