// Mute and watch rules: what of the items they meet. Evaluated when items are shown, never when they are stored, so that
// a rule works on what is already there and leaves nothing behind when it goes.
import type { Rule, RuleField, Shown } from './model.ts';

/** Rules ready to be asked. */
export interface Rules {
  /** The rule that mutes an item; null where none does. A watch rule never saves an item from a mute rule. */
  mutedBy(item: Shown): Rule | null;
  /** The rule by which an item stands out; null where none does. */
  watchedBy(item: Shown): Rule | null;
}

/** Prepares the rules that hold at `now` (ms). A rule without a word to look for meets nothing. */
export function createRules(rules: readonly Rule[], now: number): Rules {
  const ready = activeRules(rules, now).map((rule) => ({ rule, meets: createTest(rule) }));
  const of = (action: Rule['action']) => {
    const own = ready.filter(({ rule }) => rule.action === action);
    return (item: Shown) => own.find(({ meets }) => meets(item))?.rule ?? null;
  };
  return { mutedBy: of('mute'), watchedBy: of('watch') };
}

/** The rules that have not expired. */
export const activeRules = (rules: readonly Rule[], now: number): Rule[] => rules.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);

/** Whether one rule meets an item, whether or not it has expired. */
export const meetsRule = (rule: Pick<Rule, 'field' | 'value'>, item: Shown): boolean => createTest(rule)(item);

function createTest({ field, value }: Pick<Rule, 'field' | 'value'>): (item: Shown) => boolean {
  const wanted = foldValue(field, value);
  if (!wanted) return () => false;
  if (field === 'word') {
    const has = createSearch(wanted);
    return ({ title, summary = '', author }) => has(fold(title)) || has(fold(author)) || has(fold(summary));
  }
  return (item) => foldValue(field, item[field]) === wanted;
}

/** A word that begins or ends in Latin letters or digits is one of its own there: "AI" is not in "CHAIR", but in "AI模型". */
function createSearch(word: string): (text: string) => boolean {
  const [first, last] = [isLatin(word[0]), isLatin(word.at(-1))];
  return (text) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!(first && isLatin(text[at - 1])) && !(last && isLatin(text[at + word.length]))) return true;
    return false;
  };
}

const isLatin = (sign: string | undefined) => sign !== undefined && /[a-z0-9\u00c0-\u024f]/.test(sign);

const foldValue = (field: RuleField, value: string) => (field === 'handle' ? fold(value).replace(/^@/, '') : fold(value));

/** Without differences of case, width and spacing. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
