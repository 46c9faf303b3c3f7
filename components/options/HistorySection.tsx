// The place of the pictures of the last weeks: counted and drawn only when it comes into view.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { History } from '../../lib/history.ts';
import { say } from '../../lib/i18n.ts';
import { historyWords } from '../../lib/words/history.ts';
import type { PicturesProps } from './History.tsx';

export interface HistorySectionProps extends Omit<PicturesProps, 'history'> {
  /** Counts. */
  loadHistory: () => Promise<History>;
}

export function HistorySection({ loadHistory, ...props }: HistorySectionProps) {
  const words = say(historyWords);
  const place = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<{ Pictures: ComponentType<PicturesProps>; history: History } | 'failed' | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      Promise.all([import('./History.tsx'), loadHistory()]).then(([{ Pictures }, history]) => setShown({ Pictures, history }), () => setShown('failed'));
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <section aria-labelledby="history" ref={place}>
      <h2 id="history">{words.title}</h2>
      {shown === null && <p class="hint pictures">{words.loading}</p>}
      {shown === 'failed' && <p class="fault" role="alert">{words.failed}</p>}
      {shown !== null && shown !== 'failed' && <shown.Pictures {...props} history={shown.history} />}
    </section>
  );
}
