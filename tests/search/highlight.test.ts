// Highlighting: parts of the text as it is shown, not as it was folded.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../lib/search/fold.ts';
import { highlight } from '../../lib/search/highlight.ts';
import { anyText } from './texts.ts';

const parts = (text: string, query: string, field?: 'author') => highlight(text, query, { field }).map(([start, end]) => text.slice(start, end));

describe('highlight', () => {
  it('finds Chinese anywhere, other words from their beginnings and humps', () => {
    expect(parts('开源大模型与 LangChain、slang、ChatGPT', '模型 lang gpt')).toEqual(['模型', 'Lang', 'GPT']);
  });
  it('is right after characters that fold to more or fewer', () => {
    expect(parts('①ﬁ… 👩‍🚀 ＧＰＴ－５ 発表', 'gpt-5')).toEqual(['ＧＰＴ－５']);
    expect(parts('İİ Cafe\u0301 now', 'café')).toEqual(['Cafe\u0301']);
    expect(parts('a ﬁne thing', 'fi')).toEqual(['ﬁ']);
  });
  it('runs over spaces that do not count', () => expect(parts('新的 AI 模型来了', 'ai模型')).toEqual(['AI 模型']));
  it('joins what touches', () => expect(parts('大模型', '大模 模型')).toEqual(['大模型']));
  it('takes quoted words whole', () => expect(parts('agents and agent kits, Agent Kit', '"agent kit"')).toEqual(['Agent Kit']));
  it('marks author: in authors alone', () => {
    expect(parts('Sam says', 'author:sam')).toEqual([]);
    expect(parts('Sam A', 'author:sam', 'author')).toEqual(['Sam']);
  });
  it('gives ranges in order, apart, within the text, each holding a term; none for an empty query', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(40), fc.nat(6), (text, other, at, length) => {
        const query = text.slice(at, at + length) + other.slice(0, 1);
        let before = -1;
        for (const [start, end] of highlight(text, query)) {
          if (start <= before || end <= start || end > text.length || fold(text.slice(start, end)).text === '') return false;
          before = end;
        }
        return highlight(text, '').length === 0;
      }),
      { numRuns: 500 },
    );
  });
});
