// What opens under an item: its summary, and where else its story was told. Loaded when an item is first opened.
import { formatTime, say } from '../../lib/i18n.ts';
import type { Details } from '../../lib/list.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import type { ItemActions } from './actions.ts';
import { Summary } from './Summary.tsx';

/** `details`: null until they are read. */
export function Opened({ markdown, details, now, onOpen }: { markdown: string; details: Details | null; now: number } & Pick<ItemActions, 'onOpen'>) {
  return (
    <>
      <Summary markdown={markdown} />
      {details && <Elsewhere details={details} now={now} onOpen={onOpen} />}
    </>
  );
}

/** The digests it stood in, where there are several, and items of other digests that tell the same story. */
function Elsewhere({ details: { digests, similar }, now, onOpen }: { details: Details; now: number } & Pick<ItemActions, 'onOpen'>) {
  const words = say(sheetWords);
  return (
    <>
      {digests.length > 1 && (
        <p class="elsewhere">
          {words.appearedIn}{' '}
          {digests.map(({ id, title, url, publishedMs }, i) => (
            <>
              {i > 0 && ' · '}
              <a key={id} href={url} target="_blank" rel="noreferrer" title={title}>{formatTime(publishedMs, now)}</a>
            </>
          ))}
        </p>
      )}
      {similar.length > 0 && (
        <div class="elsewhere">
          <p>{words.similar}</p>
          <ul>
            {similar.map((item) => (
              <li key={item.id}>
                <a href={item.url} target="_blank" rel="noreferrer" dir="auto" onClick={(event) => { event.preventDefault(); onOpen(item, event.ctrlKey || event.metaKey); }}>{item.title}</a> {formatTime(item.publishedMs, now)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
