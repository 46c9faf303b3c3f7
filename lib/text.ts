// Foreign text without the characters that a reader does not see but is misled by.

// oxlint-disable-next-line no-control-regex
const MAY_HIDE = /[^\u0009-\u000d\u0020-\u007e\u3000-\u3029\u3030-\u3096\u30a0-\u30ff\u4e00-\u9fff\uff01-\uff5e]/;

/** The text without what hides in it: what is left is what a reader sees, in the order of its characters. Linear. */
export function stripHidden(text: string): string {
  if (!MAY_HIDE.test(text)) return text; // nearly every text: Latin and Chinese
  return takeOut(text);
}

/** The expressions stand inside: made at once, they took half a millisecond of every start of a worker, and hardly a text asks for them. */
function takeOut(text: string): string {
  /**
   * Never seen: controls of direction (UAX #9; every surface isolates foreign text by itself), zero-width blanks and joiners,
   * soft hyphens, invisible operators, fillers, interlinear marks, tags, other controls. White space stays.
   */
  const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/gu; // oxlint-disable-line no-control-regex, no-misleading-character-class
  /** Joiners join emoji, and letters of scripts that need them; anywhere else they only part words that look whole. */
  const JOINER = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}])[\u200c\u200d]+/gu;
  /** Tags spell the flags of regions behind a black flag, and nothing else. */
  const TAGS = /(?<!\u{1f3f4})(?<![\u{e0000}-\u{e007f}])[\u{e0000}-\u{e007f}]+/gu;
  /** Variation selectors behind anything but a character of Chinese or Mongolian. */
  const SELECTORS = /(?<![\p{Script=Han}])[\u{e0100}-\u{e01ef}]+/gu;
  /** More marks on one letter than any script sets (they would run over the lines around). */
  const PILE = /(\p{M}{6})\p{M}+/gu;
  return text.replace(UNSEEN, '').replace(TAGS, '').replace(SELECTORS, '').replace(JOINER, '').replace(PILE, '$1');
}
