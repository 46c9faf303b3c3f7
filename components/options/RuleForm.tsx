// The form that adds a rule, and what the rule would meet while it is being typed.
import { useRef, useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import type { Category } from '../../lib/model/category.ts';
import type { Rule, RuleField } from '../../lib/model/rule.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { refuseRule, RULE_DAYS, type RuleDraft, type RulePreview } from '../../lib/rules.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { rulesWords } from '../../lib/words/options/rules.ts';
import { Choice } from './Choice.tsx';

/** What a rule can be about, what the one being typed meets, and who is told of it. */
export interface RuleFormProps {
  settings: Settings;
  /** In the reader's order. */
  categories: Category[];
  now: number;
  /** Names to suggest, most frequent first; handles without @. */
  suggestions: { authors: string[]; handles: string[] };
  /** What the rule that is being typed meets; it may still tell of what was typed before. */
  preview: RulePreview | null;
  onAddRule: (draft: RuleDraft) => void;
  /** What is being typed; null where there is nothing to look for. */
  onRuleDraft: (draft: RuleDraft | null) => void;
}

const ACTIONS = ['mute', 'watch'] as const;
const FIELDS = ['word', 'author', 'handle', 'category'] as const;
const BLANK: RuleDraft = { action: 'mute', field: 'word', value: '', days: null };

/** The form. */
export function RuleForm({ settings, categories, now, suggestions, preview, onAddRule, onRuleDraft }: RuleFormProps) {
  const words = say(rulesWords);
  const [draft, setDraft] = useState(BLANK);
  const [refused, setRefused] = useState<'empty' | 'duplicate' | null>(null);
  const value = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const change = (changes: Partial<RuleDraft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    setRefused(null);
    onRuleDraft(refuseRule([], next, now) ? null : next);
  };
  const { action, field } = draft;
  const given = { ref: value, value: draft.value, 'aria-label': words.value[field], 'aria-invalid': refused !== null, 'aria-describedby': 'rule-refused' };
  return (
    <form
      class="rule"
      aria-label={words.newRule}
      onSubmit={(event) => {
        event.preventDefault();
        const reason = refuseRule(settings.rules, draft, now);
        setRefused(reason);
        if (reason) return value.current?.focus();
        onAddRule(draft);
        setDraft({ ...draft, value: '' });
        onRuleDraft(null);
      }}
    >
      <p class="label">{words.newRule}</p>
      <div class="row">
        <Choice label={words.action} options={ACTIONS} value={action} name={(one) => words.actions[one]} onChange={(action) => change({ action })} />
        <Choice label={words.field} options={FIELDS} value={field} name={(one) => words.fields[one]} onChange={(field) => change({ field, value: sameKind(field, draft.field) ? draft.value : '' })} />
        {field === 'category' ? (
          <select {...given} onChange={(event) => change({ value: event.currentTarget.value })}>
            <option value="">{words.choose}</option>
            {categories.map((category) => (
              <option key={category} value={category}>{nameCategory(category, settings)}</option>
            ))}
          </select>
        ) : (
          <input {...given} type="text" maxLength={200} autocomplete="off" spellcheck={false} placeholder={words.example[field]} list={field === 'word' ? undefined : `known-${field}`} onInput={(event) => change({ value: event.currentTarget.value })} />
        )}
        <Choice label={words.time} options={RULE_DAYS} value={draft.days} name={words.days} onChange={(days) => change({ days })} />
        <button type="submit" class="button primary">{words.add}</button>
      </div>
      <datalist id="known-author">{suggestions.authors.map((name) => <option key={name} value={name} />)}</datalist>
      <datalist id="known-handle">{suggestions.handles.map((name) => <option key={name} value={`@${name}`} />)}</datalist>
      <p class="fault refusal" id="rule-refused" role="alert">{refused === 'empty' ? words.refused.empty[field] : refused && words.refused.duplicate}</p>
      <Preview action={action} preview={preview} stale={preview !== null && (preview.field !== field || preview.value !== draft.value)} />
    </form>
  );
}

/** A category is chosen, the others are typed: what was typed for one may serve another. */
const sameKind = (a: RuleField, b: RuleField) => (a === 'category') === (b === 'category');

function Preview({ action, preview, stale }: Pick<RuleFormProps, 'preview'> & { action: Rule['action']; stale: boolean }) {
  const words = say(rulesWords);
  const busy = stale || preview?.done === false;
  return (
    // Always there, so that screen readers announce what comes into it; busy until it is the answer, so that they skip the steps towards it.
    <div role="status" aria-busy={busy}>
      {preview && (
        <div class={stale ? 'found preview stale' : 'found preview'}>
          <p>{preview.met ? words.previewMet(action, preview.met, preview.total) : busy ? words.looking : words.previewNone}</p>
          {preview.newest.length > 0 && (
            <ul>
              {preview.newest.map(({ id, title }) => (
                <li class="hint" key={id} dir="auto">{title}</li>
              ))}
            </ul>
          )}
          {!busy && preview.met * 2 > preview.total && <p class="broad">{words.broad[action]}</p>}
        </div>
      )}
    </div>
  );
}
