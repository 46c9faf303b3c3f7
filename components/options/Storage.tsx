// How much is stored, for how long it is kept, and buttons to clean up and to rebuild the search index now.
import { language, say } from '../../lib/i18n.ts';
import { KEEP_DAYS, type Settings } from '../../lib/model/settings.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { Choice } from './Choice.tsx';

/** What is stored, which long works are under way, and what the buttons do. */
export interface StorageProps {
  settings: Settings;
  /** Null until counted. */
  usage: { items: number; digests: number; days: number } | null;
  /** As the browser reckons; null where it does not say. */
  bytes: number | null;
  pruning: boolean;
  /** Items the last clean-up took; null before one. */
  pruned: number | null;
  /** Days of the search index done and in all; null where it is not being rebuilt. */
  rebuilding: { done: number; total: number } | null;
  /** Days the last rebuilding left, because it was cancelled; null before one. */
  rebuilt: number | null;
  onSettings: (changes: Partial<Settings>) => void;
  onPrune: () => void;
  onRebuild: () => void;
  onCancelRebuild: () => void;
}

const formatBytes = (bytes: number) => new Intl.NumberFormat(language(), { style: 'unit', unit: 'megabyte', unitDisplay: 'short', maximumFractionDigits: 1 }).format(bytes / 1e6);

/** The section on what is stored. */
export function Storage({ settings, usage, bytes, pruning, pruned, rebuilding, rebuilt, onSettings, onPrune, onRebuild, onCancelRebuild }: StorageProps) {
  const words = say(optionsWords);
  return (
    <section aria-labelledby="storage">
      <h2 id="storage">{words.storage}</h2>
      <p>
        {usage && words.stored(usage.items, usage.digests, usage.days)}
        {usage && bytes !== null && <span class="hint"> · {words.bytes(formatBytes(bytes))}</span>}
      </p>
      <div class="row">
        <label for="keep">{words.keep}</label>
        <Choice id="keep" describedBy="keep-hint" options={KEEP_DAYS} value={settings.keepDays} name={words.keepDays} onChange={(keepDays) => onSettings({ keepDays })} />
        <button type="button" class="button" aria-disabled={pruning} onClick={() => !pruning && onPrune()}>{pruning ? words.pruning : words.prune}</button>
        <span role="status">{pruned !== null && words.pruned(pruned)}</span>
      </div>
      <p class="hint" id="keep-hint">{words.keepHint}</p>
      <div class="row">
        {rebuilding && (
          <>
            <label for="rebuild">{words.rebuilding}</label>
            {/* Without a value until the number of days is known. */}
            <progress id="rebuild" {...(rebuilding.total > 0 && { value: rebuilding.done, max: rebuilding.total })} />
            <span class="hint">{rebuilding.total > 0 && words.rebuildDays(rebuilding.done, rebuilding.total)}</span>
          </>
        )}
        {/* One button, which keeps the focus. */}
        <button type="button" class="button" aria-describedby="rebuild-hint" onClick={rebuilding ? onCancelRebuild : onRebuild}>{rebuilding ? words.cancel : words.rebuild}</button>
        <span role="status">{!rebuilding && rebuilt !== null && words.rebuilt(rebuilt)}</span>
      </div>
      <p class="hint" id="rebuild-hint">{words.rebuildHint}</p>
    </section>
  );
}
