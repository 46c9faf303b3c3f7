// The language we speak, and dates and numbers in it. The one file on the ground floor that asks the browser.
// The words themselves are in words/, a file for each surface so that each loads only its own.
import { browser } from 'wxt/browser';
import type { LANGUAGES } from './model/settings.ts';

/** A language we speak. */
export type Language = Exclude<(typeof LANGUAGES)[number], 'system'>;

/** What the reader chose in place of the browser's language; told anew by whoever knows the settings, before it speaks. */
let chosen: Language | null = null;

/** Speaks this language from now on, in this context; "system" is the browser's. */
export function chooseLanguage(language: Language | 'system'): void {
  chosen = language === 'system' ? null : language;
}

/** Tags of Chinese in traditional characters: by script, else by region. */
const TRADITIONAL = /^zh-(?:hant\b|(?:tw|hk|mo)\b)/i;

/**
 * The language we speak: the reader's choice, else the browser's as far as we speak it: Chinese where its interface or its
 * first language for pages is. (Linux distributions part the interface's languages from the browser; then only the second tells.)
 */
export function language(): Language {
  if (chosen) return chosen;
  const chinese = [browser.i18n.getUILanguage(), navigator.language].find((tag) => /^zh\b/i.test(tag ?? ''));
  return chinese === undefined ? 'en' : TRADITIONAL.test(chinese) ? 'zh-TW' : 'zh-CN';
}

/** Under which key a set of words has each language; `tw` is as spoken in Taiwan. */
export const WORDS_KEYS = { 'zh-CN': 'zh', 'zh-TW': 'tw', en: 'en' } as const satisfies Record<Language, string>;

/** The words of a set, all of them in every language. */
export type Words<T> = { zh: T } & { [Key in Exclude<(typeof WORDS_KEYS)[Language], 'zh'>]: NoInfer<T> };

/** The words of a set in the language we speak. */
export const say = <T>(words: Words<T>): T => words[WORDS_KEYS[language()]];

/** Like "3 minutes ago": in words, by the largest unit that fits. */
export function formatAgo(ms: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const minutes = Math.round((ms - now) / 60_000);
  if (Math.abs(minutes) < 1) return { 'zh-CN': '刚刚', 'zh-TW': '剛剛', en: 'just now' }[language()];
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
  if (Math.abs(minutes) < 36 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1440), 'day');
}

/** A moment in the reader's own time zone, with the year only where it is not this one. */
export function formatTime(ms: number, now: number): string {
  const kind = timeKind(ms, now);
  const recalled = recalledTimes[`${kind} ${ms}`];
  if (recalled !== undefined) return recalled;
  const sameYear = kind.endsWith('true');
  const format = (timeFormats[kind] ??= new Intl.DateTimeFormat(language(), { ...(!sameYear && { year: 'numeric' }), month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  return format.format(ms);
}

/** With the zone, as a reader may travel: a format keeps to that in which it was made, and so does what was told. */
function timeKind(ms: number, now: number): string {
  const date = new Date(ms);
  return `${language()} ${date.getTimezoneOffset()} ${date.getFullYear() === new Date(now).getFullYear()}`;
}

/** Made when first needed, and once: making one costs a hundred times what using it does. */
const timeFormats: Record<string, Intl.DateTimeFormat> = {};

let recalledTimes: Record<string, string> = {};

/** What `formatTime` says of these moments (ms), for another page of ours to recall: a process that formats its first date waits a tenth of a second for it. */
export const tellTimes = (moments: readonly number[], now: number): Record<string, string> => Object.fromEntries(moments.map((ms) => [`${timeKind(ms, now)} ${ms}`, formatTime(ms, now)]));

/** Takes over what another page of ours told. */
export function recallTimes(times: Record<string, string>): void {
  recalledTimes = times;
}

/** A day in the reader's own time zone, with the year only where it is not this one. */
export function formatDay(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language(), { ...(!sameYear && { year: 'numeric' }), month: 'short', day: 'numeric' }).format(ms);
}

/** A count in digits, as the language groups them; none of ours groups three, for which the browser need not be asked. */
export const count = (n: number): string => n < 1000 ? String(n) : (numberFormats[language()] ??= new Intl.NumberFormat(language())).format(n);

const numberFormats: Partial<Record<Language, Intl.NumberFormat>> = {};

/** A count with its English noun; asks no browser, for scripts say it too. */
export const plural = (n: number, one: string, many: string): string => `${n < 1000 ? n : new Intl.NumberFormat('en').format(n)} ${n === 1 ? one : many}`;
