// Marks on X: whether, where, what else happens to digested posts, and whether X is still as the marks know it.
import { useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import type { SettingsChange } from '../../lib/model/settings.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { rulesWords } from '../../lib/words/options/rules.ts';
import { xWords } from '../../lib/words/options/x.ts';
import { Embeds, type EmbedsProps } from './Embeds.tsx';

/** The kinds of X's pages that have a name; lib/x/check has no other, which the types ask where both are at hand. */
type NamedKind = keyof typeof xWords.zh.kinds;

/** What the self-check last found on a kind of page; see lib/x/check. */
interface XVerdict {
  kind: string;
  seen: number;
  identified: number;
  changed: boolean;
}

/** What is marked on X, what the self-check found there, and what can be done. */
export interface XMarksProps extends EmbedsProps {
  /** The browser withholds access to X. */
  xWithheld: boolean;
  /** Kinds of X's pages, and those that have been judged. */
  pageKinds: readonly NamedKind[];
  verdicts: readonly XVerdict[];
  onSettings: (changes: SettingsChange) => void;
  onGrantX: () => void;
  onCopyReport: () => Promise<void>;
}

/** A kind's name; one that another version judged has none. */
const nameKind = (kind: string): string => (say(xWords).kinds as Record<string, string>)[kind] ?? kind;

/** The section on X. */
export function XMarks(props: XMarksProps) {
  const { settings, xWithheld, pageKinds, verdicts, onSettings, onGrantX, onCopyReport } = props;
  const words = say(optionsWords);
  const x = say(xWords);
  const check = (name: 'marks' | 'markMuted' | 'markUnread' | 'markDim' | 'markFold' | 'markOpened', label: string, hint?: string) => (
    <li>
      <label>
        <input type="checkbox" checked={settings[name]} disabled={name !== 'marks' && !settings.marks} aria-describedby={hint && `${name}-hint`} onChange={(event) => onSettings({ [name]: event.currentTarget.checked })} />
        <span>{label}</span>
      </label>
      {hint && <p class="hint" id={`${name}-hint`}>{hint}</p>}
    </li>
  );
  return (
    <section aria-labelledby="x">
      <h2 id="x">{words.x}</h2>
      <ul class="choices column">
        {check('marks', words.marks, words.marksHint)}
        {check('markUnread', x.unread)}
        {check('markMuted', say(rulesWords).markMuted)}
        {check('markDim', x.dim)}
        {check('markFold', x.fold, x.foldHint)}
        {check('markOpened', x.opened)}
      </ul>
      <div class="row">
        <span class="hint" id="mark-where" title={x.whereHint}>{x.where}</span>
        <div class="toggles" role="group" aria-labelledby="mark-where" aria-description={x.whereHint}>
          {pageKinds.map((kind) => (
            <button key={kind} type="button" class="toggle" disabled={!settings.marks} aria-pressed={!settings.markOff.includes(kind)} onClick={() => onSettings(({ markOff }) => ({ markOff: markOff.includes(kind) ? markOff.filter((other) => other !== kind) : [...markOff, kind] }))}>
              {nameKind(kind)}
            </button>
          ))}
        </div>
      </div>
      <Embeds {...props} />
      {xWithheld && (
        <p class="withheld">
          {words.xWithheld} <button type="button" class="button" onClick={onGrantX}>{words.grantX}</button>
        </p>
      )}
      <SelfCheck verdicts={verdicts} onCopy={onCopyReport} />
    </section>
  );
}

function SelfCheck({ verdicts, onCopy }: { verdicts: readonly XVerdict[]; onCopy: () => Promise<void> }) {
  const x = say(xWords);
  const [copied, setCopied] = useState(false);
  if (!verdicts.length) return null;
  const changed = verdicts.filter((verdict) => verdict.changed);
  if (!changed.length) return <p class="hint withheld">{x.fine}</p>;
  return (
    <div class="withheld">
      {changed.map(({ kind, seen, identified }) => (
        <p key={kind} class="fault">{x.changed(nameKind(kind), seen, identified)}</p>
      ))}
      <p class="row">
        <button type="button" class="button" aria-describedby="report-hint" onClick={() => void onCopy().then(() => setCopied(true))}>{x.copy}</button>
        <span role="status">{copied && x.copied}</span>
      </p>
      <p class="hint" id="report-hint">{x.report}</p>
    </div>
  );
}
