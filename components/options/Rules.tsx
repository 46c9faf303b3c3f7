// The rules that mute or watch items: those that stand, and a form to add one.
import { useEffect, useRef } from 'preact/hooks';
import { formatDay, formatTime, say } from '../../lib/i18n.ts';
import type { Rule } from '../../lib/model/rule.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { activeRules } from '../../lib/rules.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { rulesWords } from '../../lib/words/options/rules.ts';
import { RuleForm, type RuleFormProps } from './RuleForm.tsx';

/** The rules' effects, what was just done, and what can be done. */
export interface RulesProps extends RuleFormProps {
  /** How many stored items each rule meets, by rule id; empty until counted. */
  metBy: ReadonlyMap<string, number>;
  /** What was done last; `undo` is the rule whose removal it tells of. */
  ruleNotice: { did: 'added' | 'removed' | 'restored' | 'renewed'; rule: Rule; undo?: Rule } | null;
  onRemoveRule: (rule: Rule) => void;
  onRestoreRule: (rule: Rule) => void;
  onRenewRule: (rule: Rule) => void;
}

/** A rule as a sentence, without its end. */
const sayRule = ({ action, field, value }: Rule, settings: Settings) => say(rulesWords).sentence(action, field, field === 'category' ? nameCategory(value, settings) : value);

/** The section on rules. */
export function Rules(props: RulesProps) {
  const words = say(rulesWords);
  const { settings, ruleNotice: notice } = props;
  const undo = useRef<HTMLButtonElement>(null);
  // The button that removed the rule is gone; whoever uses the keyboard goes on at the one that takes it back, and from there at what tells of that.
  useEffect(() => undo.current?.focus(), [notice?.undo]);
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">{words.rules}</h2>
      <p class="hint">{words.rulesHint}</p>
      <ul class="rules">
        {settings.rules.map((rule) => (
          <RuleRow key={rule.id} {...props} rule={rule} />
        ))}
      </ul>
      {settings.rules.length === 0 && <p class="hint none">{words.noRules}</p>}
      <p class="notice" tabIndex={-1} role="status">
        {notice && words[`${notice.did}Rule`](sayRule(notice.rule, settings))}
        {notice?.undo && (
          <>
            {' '}
            <button type="button" class="plain link" ref={undo} onClick={(event) => { event.currentTarget.closest<HTMLElement>('.notice')?.focus(); if (notice.undo) props.onRestoreRule(notice.undo); }}>{say(optionsWords).undo}</button>
          </>
        )}
      </p>
      <RuleForm {...props} />
    </section>
  );
}

function RuleRow({ rule, settings, metBy, now, onRemoveRule, onRenewRule }: RulesProps & { rule: Rule }) {
  const words = say(rulesWords);
  const sentence = sayRule(rule, settings);
  const expired = activeRules([rule], now).length === 0;
  const met = metBy.get(rule.id);
  const soon = rule.expiresAt !== null && rule.expiresAt - now < 36 * 3_600_000;
  const notes = [expired ? words.expired : rule.expiresAt !== null ? words.until((soon ? formatTime : formatDay)(rule.expiresAt, now)) : '', met === undefined ? '' : words.meets(met)].filter(Boolean);
  return (
    <li class={expired ? 'row expired' : 'row'}>
      <p class="words">
        <span dir="auto">{sentence}</span> <span class="hint">{notes.join(' · ')}</span>
      </p>
      {expired && <button type="button" class="button" aria-label={words.renewRule(sentence)} onClick={() => onRenewRule(rule)}>{words.renew}</button>}
      <button type="button" class="button" aria-label={words.removeRule(sentence)} onClick={() => onRemoveRule(rule)}>{say(optionsWords).remove}</button>
    </li>
  );
}
