// A rule: what the reader has muted or watched. What it meets is found by lib/rules.

/** What a rule looks at. A word is looked for in title, summary and author. */
export type RuleField = 'word' | 'author' | 'handle' | 'category';

/** The reader's rule: items it meets are not shown (mute) or stand out (watch). Evaluated when shown, never when stored. */
export interface Rule {
  id: string;
  action: 'mute' | 'watch';
  field: RuleField;
  value: string;
  /** Until when it holds, ms; null for good. */
  expiresAt: number | null;
  addedAt: number;
}
