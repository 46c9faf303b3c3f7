// The place of the pictures of the last weeks: counted and drawn when it comes into view, and kept up to date while it is.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { History } from '../../lib/history.ts';
import { say } from '../../lib/i18n.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { historyWords } from '../../lib/words/options/history.ts';
import type { PicturesProps } from './Pictures.tsx';

/** What the pictures are drawn by, and how they are counted. */
export interface HistorySectionProps extends Omit<PicturesProps, 'history'> {
  settings: PicturesProps['settings'] & Pick<Settings, 'hiddenCategories'>;
  /** Counts, now and whenever what is counted changes, until `life` ends. */
  watchHistory: (life: AbortSignal, onHistory: (history: History) => void, onError: () => void) => void;
}

/** The section. Nothing is counted or loaded before it comes into view. */
export function HistorySection({ watchHistory, ...props }: HistorySectionProps) {
  const words = say(historyWords);
  const place = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<{ Pictures: ComponentType<PicturesProps>; history: History } | 'failed' | null>(null);
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false));
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!inView) return undefined;
    const life = new AbortController();
    const fail = () => !life.signal.aborted && setShown('failed');
    void import('./Pictures.tsx').then(({ Pictures }) => watchHistory(life.signal, (history) => setShown({ Pictures, history }), fail), fail);
    return () => life.abort();
  }, [inView, props.settings.hiddenCategories.join('\n')]);
  return (
    <section aria-labelledby="history" ref={place}>
      <h2 id="history">{words.title}</h2>
      {shown === null && <p class="hint pictures">{words.loading}</p>}
      {shown === 'failed' && <p class="fault" role="alert">{words.failed}</p>}
      {shown !== null && shown !== 'failed' && <shown.Pictures {...props} history={shown.history} />}
    </section>
  );
}
