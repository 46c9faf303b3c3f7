// A word about what is stored: that it was restored, cannot be opened or changed, or could be saved as a backup.
import { say } from '../../lib/i18n.ts';
import { safetyWords } from '../../lib/words/safety.ts';

/** What there is to tell, and what the reader can do about it. */
export interface NoticeProps {
  notice: 'closed' | 'newer' | 'remind' | { restored: Parameters<typeof safetyWords.zh.restored>[0] } | null;
  onOptions: () => void;
  onDismiss: () => void;
}

/** The word above the list. */
export function Notice({ notice, onOptions, onDismiss }: NoticeProps) {
  const words = say(safetyWords);
  if (notice === null) return null;
  const trouble = notice === 'closed' || notice === 'newer';
  return (
    <p class={trouble ? 'notice fault' : 'notice'} role={trouble ? 'alert' : 'status'}>
      {typeof notice === 'object' ? words.restored(notice.restored) : notice === 'remind' ? words.remind : words[notice]}{' '}
      {notice === 'closed' && `${words.keptRows} `}
      {notice !== 'newer' && <button type="button" class="plain link" onClick={onOptions}>{words.openOptions}</button>}{' '}
      {!trouble && <button type="button" class="plain link" onClick={onDismiss}>{words.dismiss}</button>}
    </p>
  );
}
