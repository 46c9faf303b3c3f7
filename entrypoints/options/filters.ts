// Categories and rules of the options page: what of the store they show, and what the form and the list of rules do.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { CategoriesProps } from '../../components/options/Categories.tsx';
import type { RulesProps } from '../../components/options/Rules.tsx';
import type { Move } from '../../lib/model/move.ts';
import type { Rule } from '../../lib/model/rule.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { orderCategories } from '../../lib/model/shown.ts';
import { addRule, renewRule, restoreRule, type RulePreview } from '../../lib/rules.ts';
import { act } from '../../lib/reading.ts';
import type { Database } from '../../lib/store/database.ts';
import { forgetLessons, restoreLessons } from '../../lib/store/moves.ts';
import type { Overview } from '../../lib/store/overview.ts';
import { changeSettings } from '../../lib/store/settings.ts';
import { countMet, createLatest, previewRule, readSuggestions, type Suggestions } from '../../lib/store/preview.ts';

/** Returns what gives the components their props; to be called while the page renders. */
export function wireFilters(db: Database, settings: ReadonlySignal<Settings>, overview: ReadonlySignal<Overview | null>, write: (work: () => Promise<unknown>) => Promise<void>, onError: () => void) {
  const suggestions = signal<Suggestions>({ authors: [], handles: [], categories: [] });
  const metBy = signal<ReadonlyMap<string, number>>(new Map());
  const preview = signal<RulePreview | null>(null);
  const ruleNotice = signal<RulesProps['ruleNotice']>(null);
  const previewLater = createLatest(200, onError);
  const forgotten = signal<Move[]>([]);
  const suggestLater = createLatest(500, onError);
  const countLater = createLatest(500, onError);

  const usage = computed(() => JSON.stringify(overview.value?.usage));
  const wanted = computed(() => JSON.stringify(settings.value.rules.map(({ id, field, value }) => [id, field, value])));
  effect(() => void (usage.value && suggestLater(async (stop) => void (suggestions.value = (await readSuggestions(db, stop)) ?? suggestions.value))));
  effect(() => void (usage.value && wanted.value && countLater(async (stop) => void (metBy.value = (await countMet(db, settings.peek().rules, stop)) ?? metBy.value))));

  const tell = async (did: NonNullable<RulesProps['ruleNotice']>['did'], rule: Rule, work: () => Promise<unknown>) => {
    await write(work);
    ruleNotice.value = { did, rule, undo: did === 'removed' ? rule : undefined };
  };
  const changeRules = (next: (rules: Rule[]) => Rule[]) => () => changeSettings(({ rules }) => ({ rules: next(rules) }));

  return (): Omit<CategoriesProps & RulesProps, 'settings' | 'now' | 'onSettings'> => ({
    categories: orderCategories([...new Set([...(overview.value?.categories ?? []), ...suggestions.value.categories, ...settings.value.hiddenCategories])], settings.value),
    suggestions: suggestions.value,
    metBy: metBy.value,
    preview: preview.value,
    ruleNotice: ruleNotice.value,
    onAddRule: (draft) => {
      const [rule] = addRule([], draft, crypto.randomUUID(), Date.now());
      if (rule) void tell('added', rule, () => act(db, { kind: 'addRule', rule }, Date.now()));
    },
    onRemoveRule: (rule) => void tell('removed', rule, () => act(db, { kind: 'removeRule', rule }, Date.now())),
    onRestoreRule: (rule) => void tell('restored', rule, changeRules((rules) => restoreRule(rules, rule))),
    onRenewRule: (rule) => void tell('renewed', rule, changeRules((rules) => renewRule(rules, rule.id, Date.now()))),
    lessons: overview.value?.lessons ?? 0,
    forgotten: forgotten.value.length,
    onForget: () => void write(async () => (forgotten.value = await forgetLessons(db))),
    onTeachAgain: () => void write(() => restoreLessons(db, forgotten.value)).then(() => (forgotten.value = [])),
    onRuleDraft: (draft) => {
      if (!draft) preview.value = null;
      previewLater(async (stop) => {
        if (draft) for await (const found of previewRule(db, draft, stop)) preview.value = found;
      });
    },
  });
}
