// What a search found, the best first. Loaded after the first paint.
import { say } from '../../lib/i18n.ts';
import type { Found, Highlight } from '../../lib/list.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Rule } from '../../lib/model/rule.ts';
import { readerWords } from '../../lib/words/reader.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import type { ItemActions } from './actions.ts';
import { ItemRow } from './ItemRow.tsx';
import { Highlighting } from './Marked.tsx';

/** What was found, and what can be done with it; `now` in ms. */
export interface HitsProps extends ItemActions {
  found: Found;
  highlight: Highlight | null;
  now: number;
  nameOf: (category: Category) => string;
  onRule: (rule: Pick<Rule, 'action' | 'field' | 'value'>) => void;
  onMore: () => void;
}

/** The hits in place of the list. */
export function Hits({ found, highlight, now, nameOf, ...on }: HitsProps) {
  const words = { ...say(readerWords), ...say(sheetWords) };
  return (
    <section class="group" aria-label={words.search}>
      <div class="head">
        <h2><span role="status">{found.count || !found.complete ? words.hits(found.count, found.complete) : words.noHits}</span></h2>
        <span class="size" />
        <button type="button" class="plain link hint" onClick={() => on.onRule({ action: 'watch', field: 'word', value: found.query })}>{words.watchSearch}</button>
      </div>
      {found.complete && found.count === 0 && <p class="mutedline hint">{words.noHitsHint}</p>}
      <Highlighting.Provider value={highlight}>
        <ul>
          {found.rows.map((row) => (
            <ItemRow key={row.item.id} row={row} bare={false} category={nameOf(row.item.category)} now={now} onOpen={on.onOpen} onRead={on.onRead} onStar={on.onStar} onMenu={on.onMenu} onDetails={on.onDetails} />
          ))}
        </ul>
      </Highlighting.Provider>
      {found.count > found.rows.length && <p class="mutedline"><button type="button" class="button" onClick={on.onMore}>{words.loadMore}</button></p>}
    </section>
  );
}
