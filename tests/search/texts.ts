// Texts to search, at random.
import * as fc from 'fast-check';

/** Texts with what is hard to fold in them. */
export const anyText = fc.string({ unit: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...'aAzZ09 -@.模型智能大，。“ＧＰＴ５　\n\t') }, { weight: 2, arbitrary: fc.constantFrom('é', 'e\u0301', 'ﬁ', '①', '㎒', 'İ', 'ß', 'Σ', 'ｶﾞ', '한', '\u1112\u1161\u11ab', '…', '👩‍🚀', '\u200b', '\u00ad', '½', '¨', 'ﾡ', '\ud800', '⭐', '\ufe0f', '→', '•', '×') }, { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) }), maxLength: 40 });
