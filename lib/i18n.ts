// The browser's language, and dates and numbers in it. The one file on the ground floor that asks the browser.
// The words themselves are in words/, a file for each surface so that each loads only its own.
import { browser } from 'wxt/browser';

export type Language = 'zh-CN' | 'en';

/**
 * The browser's language, as far as we speak it: Chinese where its interface or its first language for pages is.
 * (Linux distributions part the interface's languages from the browser; then only the second tells.)
 */
export function language(): Language {
  return [browser.i18n.getUILanguage(), navigator.language].some((tag) => /^zh\b/i.test(tag ?? '')) ? 'zh-CN' : 'en';
}

/** The words of a set in the browser's language. */
export function say<T>(words: { zh: T; en: T }): T {
  return language() === 'zh-CN' ? words.zh : words.en;
}

/** Like "3 minutes ago": in words, by the largest unit that fits. */
export function formatAgo(ms: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const minutes = Math.round((ms - now) / 60_000);
  if (Math.abs(minutes) < 1) return language() === 'zh-CN' ? '刚刚' : 'just now';
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
  if (Math.abs(minutes) < 36 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1440), 'day');
}

/** A moment in the reader's own time zone, with the year only where it is not this one. */
export function formatTime(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const format = (timeFormats[Number(sameYear)] ??= new Intl.DateTimeFormat(language(), { ...(!sameYear && { year: 'numeric' }), month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  return format.format(ms);
}

/** Made when first needed, and once: making one costs a hundred times what using it does. */
const timeFormats: (Intl.DateTimeFormat | undefined)[] = [];

/** A day in the reader's own time zone, with the year only where it is not this one. */
export function formatDay(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language(), { ...(!sameYear && { year: 'numeric' }), month: 'short', day: 'numeric' }).format(ms);
}

/** A count with its English noun. */
export const plural = (n: number, one: string, many: string): string => `${new Intl.NumberFormat('en').format(n)} ${n === 1 ? one : many}`;
