// What asks for the reader's attention: the number on the icon, notifications, quiet; and what icon and items open.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { formatTime, type Language, language, say } from '../../lib/i18n.ts';
import type { Settings, SettingsChange } from '../../lib/model/settings.ts';
import { quietEnd, type QuietWish, readTime, writeTime } from '../../lib/quiet.ts';
import { activeRules } from '../../lib/rules.ts';
import { attentionWords } from '../../lib/words/options/attention.ts';

/** What the section shows, and what its controls do. */
export interface AttentionProps {
  settings: Settings;
  /** ms. */
  now: number;
  /** The browser does not allow notifications; null until it has been asked. */
  notifyWithheld: boolean | null;
  onSettings: (change: SettingsChange) => void;
  /** In the click itself, in which the permission is asked for. */
  onNotify: (notify: Settings['notify']) => void;
  onQuiet: (wish: QuietWish) => void;
}

interface RadiosProps<T extends string> {
  name: string;
  label: string;
  hint?: string;
  /** In order, with their words. */
  choices: Record<T, string>;
  value: T;
  onChoice: (value: T) => void;
  children?: ComponentChildren;
}

function Radios<T extends string>({ name, label, hint, choices, value, onChoice, children }: RadiosProps<T>) {
  return (
    <div class="asks">
      <h3 id={name}>{label}</h3>
      <ul class="choices column" role="radiogroup" aria-labelledby={name} aria-describedby={hint && `${name}-hint`}>
        {(Object.entries(choices) as [T, string][]).map(([choice, words]) => (
          <li key={choice} role="none">
            <label>
              <input type="radio" name={name} value={choice} checked={value === choice} onChange={() => onChoice(choice)} />
              <span>{words}</span>
            </label>
          </li>
        ))}
      </ul>
      {hint && <p class="hint" id={`${name}-hint`}>{hint}</p>}
      {children}
    </div>
  );
}

/** A Sunday, from which the weekdays' names are taken. */
const SUNDAY = Date.UTC(2023, 0, 1);
/** The day with which a language begins its week; 0 is Sunday. */
const FIRST_DAY: Record<Language, number> = { 'zh-CN': 1, 'zh-TW': 0, en: 0 };
const weekOf = (): number[] => [0, 1, 2, 3, 4, 5, 6].map((day) => (day + FIRST_DAY[language()]) % 7);
const nameDay = (day: number, weekday: 'short' | 'long') => new Intl.DateTimeFormat(language(), { weekday, timeZone: 'UTC' }).format(SUNDAY + day * 86_400_000);

/** The section on badge, notifications, quiet, and what icon and items open. */
export function Attention({ settings, now, notifyWithheld, onSettings, onNotify, onQuiet }: AttentionProps) {
  const words = say(attentionWords);
  const { quiet, notify } = settings;
  const hour = useRef<HTMLButtonElement>(null);
  const end = quietEnd(now, settings);
  const change = (next: (quiet: Settings['quiet']) => Partial<Settings['quiet']>) => onSettings((stored) => ({ quiet: { ...stored.quiet, ...next(stored.quiet) } }));
  const clock = (side: 'from' | 'to') => (
    <label class="row">
      <span class="hint">{words[side]}</span>
      <input
        type="time"
        required
        value={writeTime(quiet[side])}
        disabled={!quiet.on}
        onChange={(event) => {
          const time = readTime(event.currentTarget.value);
          if (time !== null) change(() => ({ [side]: time }));
        }}
      />
    </label>
  );
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">{words.title}</h2>
      <Radios name="badge" label={words.badge} choices={words.badges} value={settings.badge} onChoice={(badge) => onSettings({ badge })} />
      <Radios name="notify" label={words.notify} hint={words.notifyHint} choices={words.notifies} value={notify} onChoice={onNotify}>
        {notify === 'watched' && !activeRules(settings.rules, now).some(({ action }) => action === 'watch') && <p class="withheld">{words.noWatchRules}</p>}
        {notify !== 'off' && notifyWithheld && (
          <p class="withheld">
            {words.withheld} <button type="button" class="button" onClick={() => onNotify(notify)}>{words.allow}</button>
          </p>
        )}
      </Radios>
      <div class="asks" role="group" aria-labelledby="quiet" aria-describedby="quiet-hint">
        <h3 id="quiet">{words.quiet}</h3>
        <label class="line check">
          <input type="checkbox" checked={quiet.on} onChange={({ currentTarget: { checked } }) => change(() => ({ on: checked }))} />
          <span>{words.quietHours}</span>
        </label>
        <div class="row clocks">
          {clock('from')}
          {clock('to')}
          {quiet.to <= quiet.from && <span class="hint">{words.nextDay}</span>}
        </div>
        <div class="row">
          <span class="hint" id="quiet-days">{words.days}</span>
          <span class="toggles" role="group" aria-labelledby="quiet-days">
            {weekOf().map((day) => {
              const chosen = quiet.days.includes(day);
              return (
                <button key={day} type="button" class="toggle" disabled={!quiet.on} aria-pressed={chosen} title={nameDay(day, 'long')} onClick={() => change(({ days }) => ({ days: chosen ? days.filter((other) => other !== day) : [...new Set([...days, day])].sort() }))}>
                  {nameDay(day, 'short')}
                </button>
              );
            })}
          </span>
        </div>
        <div class="row">
          <button type="button" class="button" ref={hour} onClick={() => onQuiet('hour')}>{words.forHour}</button>
          <button type="button" class="button" onClick={() => onQuiet('morning')}>{words.untilMorning}</button>
          {/* It goes with the quiet: whoever uses the keyboard goes on at the first of those that stay. */}
          {settings.quietUntil > now && <button type="button" class="button" onClick={() => { hour.current?.focus(); onQuiet('end'); }}>{words.end}</button>}
          <span role="status">{end !== null && words.quietNow(formatTime(end, now))}</span>
        </div>
        <p class="hint" id="quiet-hint">{words.quietHint}</p>
      </div>
      <Radios name="icon" label={words.icon} choices={words.icons} value={settings.icon} onChoice={(icon) => onSettings({ icon })} />
      <Radios name="item" label={words.item} hint={words.itemHint} choices={words.items} value={settings.reuseTab ? 'reuse' : 'new'} onChoice={(choice) => onSettings({ reuseTab: choice === 'reuse' })} />
    </section>
  );
}
