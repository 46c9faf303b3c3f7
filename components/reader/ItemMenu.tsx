// The menu of one item: where it belongs, what to mute or watch by it, and what else can be done.
import { useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import type { Row } from '../../lib/list.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Rule } from '../../lib/model/rule.ts';
import { sheetWords } from '../../lib/words/sheets.ts';
import type { ReaderActions } from './actions.ts';
import { Sheet } from './Sheet.tsx';
import type { ReaderState } from './state.ts';

/** Of the reader's props what the menu shows and calls. */
interface ItemMenuProps extends Pick<ReaderState, 'canShare'>, Pick<ReaderActions, 'onMove' | 'onRule' | 'onOpen' | 'onCopy' | 'onShare'> {
  row: Row;
  /** Where it can be moved, with shown names. */
  categories: { category: Category; name: string }[];
  onClose: () => void;
}

/** The menu of an item, closed by whatever is chosen in it. */
export function ItemMenu({ row, categories, canShare, onClose, ...on }: ItemMenuProps) {
  const words = say(sheetWords);
  const { item } = row;
  const choose = (work: () => void) => {
    work();
    onClose();
  };
  const move = (category: Category) => choose(() => on.onMove(row, category));
  const addRule = (rule: Parameters<ReaderActions['onRule']>[0]) => choose(() => on.onRule(rule));
  const [word, setWord] = useState('');
  const nameOf = (category: Category) => categories.find((one) => one.category === category)?.name ?? category;
  const pickByDigit = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    const picked = /^[1-9]$/.test(event.key) ? categories[Number(event.key) - 1] : undefined;
    if (!picked) return;
    event.preventDefault();
    move(picked.category);
  };
  const rule = (action: Rule['action'], field: Rule['field'], value: string) => () => addRule({ action, field, value });
  return (
    <Sheet title={item.title} closeLabel={words.close} onClose={onClose} onKeyDown={pickByDigit}>
      <h3>{words.moveTo}</h3>
      <div class="picks">
        {categories.map(({ category, name }, i) => (
          <button key={category} type="button" class="button" autofocus={i === 0} aria-pressed={category === item.category} aria-keyshortcuts={i < 9 ? String(i + 1) : undefined} onClick={() => move(category)}>
            {i < 9 && <kbd>{i + 1}</kbd>}
            <bdi>{name}</bdi>
          </button>
        ))}
      </div>
      <h3>{words.muteHeading}</h3>
      <div class="picks">
        {item.author && <button type="button" class="button" onClick={rule('mute', 'author', item.author)}>{words.muteAuthor(item.author)}</button>}
        {item.handle && <button type="button" class="button" onClick={rule('mute', 'handle', item.handle)}>{words.muteHandle(item.handle)}</button>}
        <button type="button" class="button" onClick={rule('mute', 'category', item.category)}>{words.muteCategory(nameOf(item.category))}</button>
      </div>
      <form
        class="word"
        onSubmit={(event) => {
          event.preventDefault();
          if (word.trim()) addRule({ action: 'mute', field: 'word', value: word.trim() });
        }}
      >
        <input type="text" value={word} aria-label={words.wordHint} placeholder={words.wordHint} onInput={(event) => setWord(event.currentTarget.value)} />
        <button type="submit" class="button" disabled={!word.trim()}>{words.muteWord}</button>
        <button type="button" class="button" disabled={!word.trim()} onClick={rule('watch', 'word', word.trim())}>{words.watchWord}</button>
      </form>
      {item.author && (
        <>
          <h3>{words.watchHeading}</h3>
          <div class="picks">
            <button type="button" class="button" onClick={rule('watch', 'author', item.author)}>{words.watchAuthor(item.author)}</button>
          </div>
        </>
      )}
      <hr />
      <div class="picks">
        <button type="button" class="button" onClick={() => choose(() => on.onOpen(item, true))}>{words.openBehind}</button>
        <button type="button" class="button" onClick={() => choose(() => on.onCopy(item))}>{words.copy}</button>
        {canShare && <button type="button" class="button" onClick={() => choose(() => on.onShare(item))}>{words.share}</button>}
      </div>
    </Sheet>
  );
}
