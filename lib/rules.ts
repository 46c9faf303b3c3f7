// Mute and watch rules: what of the items they meet. Evaluated when items are shown, never when they are stored, so that
// a rule works on what is already there and leaves nothing behind when it goes.
import type { Item } from './model/item.ts';
import type { Rule, RuleField } from './model/rule.ts';
import type { Shown } from './model/shown.ts';

/** Rules ready to be asked. */
export interface Rules {
  /** The rule that mutes an item; null where none does. A watch rule never saves an item from a mute rule. */
  mutedBy(item: Shown): Rule | null;
  /** The rule by which an item stands out; null where none does. */
  watchedBy(item: Shown): Rule | null;
}

/** Prepares the rules that hold at `now` (ms). A rule without a word to look for meets nothing. */
export function createRules(rules: readonly Rule[], now: number): Rules {
  const active = activeRules(rules, now);
  const of = (action: Rule['action']) => {
    const meeting = findRules(active.filter((rule) => rule.action === action));
    return (item: Shown) => meeting(item)[0] ?? null;
  };
  return { mutedBy: of('mute'), watchedBy: of('watch') };
}

/** Prepares rules, expired or not: then tells all that meet an item. An item is folded once for all of them. */
export function findRules<T extends Pick<Rule, 'field' | 'value'>>(rules: readonly T[]): (item: Shown) => T[] {
  const ready = rules.map((rule) => ({ rule, meets: createTest(rule) }));
  return (item) => {
    const folded = new Folded(item);
    return ready.filter(({ meets }) => meets(folded)).map(({ rule }) => rule);
  };
}

/** The rules that have not expired. */
export const activeRules = (rules: readonly Rule[], now: number): Rule[] => rules.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);

/** How long a new rule can hold, in days; null for good. */
export const RULE_DAYS = [null, 1, 7, 30] as const;

/** A rule that is not one yet. */
export type RuleDraft = Pick<Rule, 'action' | 'field' | 'value'> & { days: (typeof RULE_DAYS)[number] };

/** What a rule meets among the stored items, as far as they have been looked at. */
export interface RulePreview extends Pick<Rule, 'field' | 'value'> {
  met: number;
  /** Items stored. */
  total: number;
  /** The newest it meets, newest first; a few. */
  newest: Pick<Item, 'id' | 'title'>[];
  /** All have been looked at. */
  done: boolean;
}

const isSame = (a: Pick<Rule, 'action' | 'field' | 'value'>, b: Pick<Rule, 'action' | 'field' | 'value'>) => a.action === b.action && a.field === b.field && foldValue(a.field, a.value) === foldValue(b.field, b.value);

/** Why a rule is not to be added to these at `now` (ms): it looks for nothing, or is there already; null where nothing speaks against it. */
export function refuseRule(rules: readonly Rule[], draft: Pick<Rule, 'action' | 'field' | 'value'>, now: number): 'empty' | 'duplicate' | null {
  if (!foldValue(draft.field, draft.value)) return 'empty';
  return activeRules(rules, now).some((rule) => isSame(rule, draft)) ? 'duplicate' : null;
}

/** The rules with one more, which holds from `now` (ms); the same where it is refused. It takes the place of the same rule that has expired. */
export function addRule(rules: readonly Rule[], { action, field, value, days }: RuleDraft, id: string, now: number): Rule[] {
  const rule: Rule = { id, action, field, value: cleanValue(field, value), expiresAt: days === null ? null : now + days * 86_400_000, addedAt: now };
  return refuseRule(rules, rule, now) ? [...rules] : [...rules.filter((other) => !isSame(other, rule)), rule];
}

/** The rules with one that has an end holding again from `now` (ms), for as long as it was first given. */
export const renewRule = (rules: readonly Rule[], id: string, now: number): Rule[] =>
  rules.map((rule) => (rule.id === id && rule.expiresAt !== null ? { ...rule, expiresAt: now + rule.expiresAt - rule.addedAt, addedAt: now } : rule));

/** The rules with one that was taken away back in its place, unless it is there or the same one has been added meanwhile. */
export const restoreRule = (rules: readonly Rule[], rule: Rule): Rule[] => (rules.some((other) => other.id === rule.id || isSame(other, rule)) ? [...rules] : [...rules, rule].sort((a, b) => a.addedAt - b.addedAt));

const cleanValue = (field: RuleField, value: string) => {
  const clean = value.replace(/\s+/g, ' ').trim();
  return field === 'handle' ? clean.replace(/^[@＠]\s*/, '') : clean;
};

function createTest({ field, value }: Pick<Rule, 'field' | 'value'>): (item: Folded) => boolean {
  const wanted = foldValue(field, value);
  if (!wanted) return () => false;
  if (field === 'word') {
    const has = createSearch(wanted);
    return (item) => has(item.get('title')) || has(item.get('author')) || has(item.get('summary'));
  }
  return (item) => item.get(field) === wanted;
}

/** An item as rules look at it. Folding is what costs, so each text is folded when first asked for, and only once. */
class Folded {
  readonly #item: Shown;
  readonly #texts: Partial<Record<'title' | 'summary' | 'author' | 'handle' | 'category', string>> = {};

  constructor(item: Shown) {
    this.#item = item;
  }

  get(field: 'title' | 'summary' | 'author' | 'handle' | 'category'): string {
    return (this.#texts[field] ??= field === 'handle' ? foldValue(field, this.#item.handle) : fold(this.#item[field] ?? ''));
  }
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
function fold(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return (/\s\s|[^\S ]/.test(plain) ? plain.replace(/\s+/g, ' ') : plain).trim();
}
