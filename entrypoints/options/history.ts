// The options page's pictures of the last weeks: counted while they are in view.
import type { ReadonlySignal } from '@preact/signals';
import type { HistorySectionProps } from '../../components/options/HistorySection.tsx';
import type { Settings } from '../../lib/model/settings.ts';
import type { Database } from '../../lib/store/database.ts';

/** Returns what gives the component its props; to be called while the page renders. What counts is loaded when it is wanted. */
export const wireHistory = (db: Database, settings: ReadonlySignal<Settings>) => (): Pick<HistorySectionProps, 'watchHistory'> => ({
  watchHistory: (life, onHistory, onFail) =>
    void import('../../lib/store/history.ts').then(({ watchHistory }) => {
      if (!life.aborted) life.addEventListener('abort', watchHistory(db, () => settings.value, Date.now, onHistory, onFail));
    }, onFail),
});
