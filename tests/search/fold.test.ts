// Folding: what counts as the same text, and that every folded character can be led back to where it stood.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldPlaced } from '../../lib/search/fold.ts';
import { anyText } from './texts.ts';

const folded = (text: string) => fold(text).text;
describe('fold', () => {
  it('makes width, case and compatibility forms one', () => {
    expect(folded('ＧＰＴ－５ ﬁne ①')).toBe('gpt-5 fine 1');
    expect(folded('Cafe\u0301')).toBe(folded('CAFÉ'));
    expect(folded('ｶﾞ')).toBe('ガ');
    expect(folded('ΣΑΣ')).toBe('σασ');
  });
  it('knows no spaces beside Chinese, one between words, none at the ends', () => {
    expect(folded(' AI 模型 \n 与  Agent\t kit　')).toBe('ai模型与agent kit');
  });
  it('leaves out what cannot be seen', () => expect(folded('模\u200b型 soft\u00adware')).toBe('模型software'));
  it('notes where a capital follows a small letter', () => {
    expect(fold('见 ChatGPT 与 DeepSeekMath')).toEqual({ text: '见chatgpt与deepseekmath', humps: [5, 13, 17] });
  });

  it('gives the same text with and without places, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: placed, humps, from, to } = foldPlaced(text);
        const plain = fold(text);
        return placed === plain.text && String(humps) === String(plain.humps) && from.length === placed.length && to.length === placed.length;
      }),
      { numRuns: 1000 },
    );
  });
  it('leads each character back to a part of the original that folds to it, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: placed, from, to } = foldPlaced(text);
        for (let i = 0; i < placed.length; i++) {
          const [start, end] = [from[i] as number, to[i] as number];
          const part = text.slice(start, end).normalize('NFKC').toLowerCase().replaceAll('ς', 'σ');
          if (start >= end || start < (from[i - 1] ?? 0) || (placed[i] !== ' ' && !part.includes(placed[i] as string))) return false;
        }
        return true;
      }),
      { numRuns: 1000 },
    );
  });
  it('folds what is folded to itself', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'aAzZ09 -@.模型智能大，。ＧＰＴ５　éß\n') }), (text) => folded(folded(text)) === folded(text)));
  });
});
