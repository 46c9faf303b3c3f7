// What a query asks for, and when what was found for one holds what another asks for.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrows, parseQuery } from '../../lib/search/query.ts';
import { anyText } from './texts.ts';

const read = (query: string) => parseQuery(query).map(({ text, whole, author }) => `${author ? 'author:' : ''}${whole ? `"${text}"` : text}`);

describe('parseQuery', () => {
  it('takes words apart at any space', () => expect(read(' 大模型　Lang ＧＰＴ ')).toEqual(['大模型', 'lang', 'gpt']));
  it('takes quoted words as a phrase, in any quotes', () => {
    expect(read('"agent kit" 开源')).toEqual(['"agent kit"', '开源']);
    expect(read('“AI 模型”')).toEqual(['"ai模型"']);
  });
  it('takes a phrase still being typed for a beginning', () => expect(read('"agent ki')).toEqual(['agent ki']));
  it('reads author: in both languages and widths, and nothing of it while it is empty', () => {
    expect(read('author:Karpathy 作者：张三 author:"Sam A"')).toEqual(['author:karpathy', 'author:张三', 'author:"sam a"']);
    expect(read('author:')).toEqual([]);
  });
  it('leaves out the star of lang*, empty quotes and what another word says already', () => expect(read('lang* "" la lang')).toEqual(['lang']));
  it('takes no more terms than a search has bits for', () => expect(parseQuery(Array.from({ length: 99 }, (_, i) => `q${100 + i}`).join(' '))).toHaveLength(16));
  it('reads anything', () => {
    const mark = fc.constantFrom('"', '“', '”', ' ', 'author:', '作者：', '@', '*', '');
    fc.assert(fc.property(fc.array(fc.tuple(mark, anyText), { maxLength: 6 }), (pieces) => parseQuery(pieces.flat().join('')).every(({ text }) => text !== '' && !text.includes('\n'))), { numRuns: 500 });
  });
});

describe('narrows', () => {
  const is = (earlier: string, later: string) => narrows(parseQuery(earlier), parseQuery(later));
  it('is true where the reader typed on', () => {
    expect(is('lan', 'lang')).toBe(true);
    expect(is('模', '模型 开源')).toBe(true);
    expect(is('"agent ki', '"agent kit"')).toBe(true);
    expect(is('sam', 'author:sam')).toBe(true);
  });
  it('is false where anything was taken back or loosened', () => {
    expect(is('lang', 'lan')).toBe(false);
    expect(is('模型 开源', '模型')).toBe(false);
    expect(is('"agent"', '"agent kit"')).toBe(false); // the whole word agent, then a phrase: said to be no narrowing, which costs a scan only
    expect(is('author:sam', 'sam')).toBe(false);
  });
});
