// At the top of the options: what was restored after a loss, and what can be done where the database does not open.
import { say } from '../../lib/i18n.ts';
import { safetyWords } from '../../lib/words/safety.ts';
import { Sure } from './Sure.tsx';

/** What there is to tell of the data's safety, and what can be done about it. */
export interface SafetyProps {
  trouble: 'closed' | 'newer' | null;
  restored: Parameters<typeof safetyWords.zh.restored>[0] | null;
  /** What came of an export or a rebuilding. */
  told: 'nothingKept' | 'rebuilding' | 'rebuildFailed' | null;
  onDismiss: () => void;
  onRetry: () => void;
  onSaveKept: () => void;
  onRebuild: () => void;
}

/** The notices; nothing where all is well. */
export function Safety({ trouble, restored, told, onDismiss, onRetry, onSaveKept, onRebuild }: SafetyProps) {
  const words = say(safetyWords);
  return (
    <div class="safety">
      {restored && (
        <p class="row found" role="status">
          <span class="words">{words.restored(restored)}</span>
          <button type="button" class="button" onClick={onDismiss}>{words.dismiss}</button>
        </p>
      )}
      {trouble === 'newer' && <p class="fault" role="alert">{words.newer}</p>}
      {trouble === 'closed' && (
        <div class="found">
          <p class="fault" role="alert">{words.closed}</p>
          <div class="row">
            <button type="button" class="button" onClick={onRetry}>{words.retry}</button>
            <button type="button" class="button" onClick={onSaveKept}>{words.saveKept}</button>
            <Sure ask={words.rebuild} sure={words.rebuildSure} cancel={words.cancel} hint={words.rebuildHint} disabled={told === 'rebuilding'} onSure={onRebuild} />
          </div>
          <p role="status">{told && words[told]}</p>
        </div>
      )}
    </div>
  );
}
