// Categories and rules of the options page: what of the store they show, and what the form and the list of rules do.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { CategoriesProps } from '../../components/options/Categories.tsx';
import type { RulesProps } from '../../components/options/Rules.tsx';
import { orderCategories, type Rule, type Settings, type SettingsChange } from '../../lib/model.ts';
import { addRule, renewRule, restoreRule, type RulePreview } from '../../lib/rules.ts';
import type { Database } from '../../lib/store/database.ts';
import type { Overview } from '../../lib/store/overview.ts';
import { countMet, createLatest, previewRule, readSuggestions, type Suggestions } from '../../lib/store/preview.ts';

/** Returns what gives the components their props; to be called while the page renders. */
export function wireFilters(db: Database, settings: ReadonlySignal<Settings>, overview: ReadonlySignal<Overview | null>, change: (change: SettingsChange) => Promise<unknown>, onError: () => void) {
  const suggestions = signal<Suggestions>({ authors: [], handles: [], categories: [] });
  const metBy = signal<ReadonlyMap<string, number>>(new Map());
  const preview = signal<RulePreview | null>(null);
  const ruleNotice = signal<RulesProps['ruleNotice']>(null);
  const previewLater = createLatest(200, onError);
  const suggestLater = createLatest(500, onError);
  const countLater = createLatest(500, onError);

  const usage = computed(() => JSON.stringify(overview.value?.usage));
  const wanted = computed(() => JSON.stringify(settings.value.rules.map(({ id, field, value }) => [id, field, value])));
  effect(() => void (usage.value && suggestLater(async (stop) => void (suggestions.value = (await readSuggestions(db, stop)) ?? suggestions.value))));
  effect(() => void (usage.value && wanted.value && countLater(async (stop) => void (metBy.value = (await countMet(db, settings.peek().rules, stop)) ?? metBy.value))));

  const changeRules = async (did: NonNullable<RulesProps['ruleNotice']>['did'], rule: Rule, next: (rules: Rule[]) => Rule[]) => {
    await change(({ rules }) => ({ rules: next(rules) }));
    ruleNotice.value = { did, rule, undo: did === 'removed' ? rule : undefined };
  };

  return (): Omit<CategoriesProps & RulesProps, 'settings' | 'now' | 'onSettings'> => ({
    categories: orderCategories([...new Set([...(overview.value?.categories ?? []), ...suggestions.value.categories, ...settings.value.hiddenCategories])], settings.value),
    suggestions: suggestions.value,
    metBy: metBy.value,
    preview: preview.value,
    ruleNotice: ruleNotice.value,
    onAddRule: (draft) => {
      const [id, now] = [crypto.randomUUID(), Date.now()];
      const rule = addRule([], draft, id, now)[0];
      if (rule) void changeRules('added', rule, (rules) => addRule(rules, draft, id, now));
    },
    onRemoveRule: (rule) => void changeRules('removed', rule, (rules) => rules.filter(({ id }) => id !== rule.id)),
    onRestoreRule: (rule) => void changeRules('restored', rule, (rules) => restoreRule(rules, rule)),
    onRenewRule: (rule) => void changeRules('renewed', rule, (rules) => renewRule(rules, rule.id, Date.now())),
    onRuleDraft: (draft) =>
      previewLater(async (stop) => {
        if (!draft) preview.value = null;
        else for await (const found of previewRule(db, draft, stop)) preview.value = found;
      }),
  });
}
