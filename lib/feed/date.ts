// Dates as feeds write them, kept with their offset.

/** A date as it was written and as a time, ms. */
export interface FeedDate {
  /** ISO 8601 with the offset the publisher wrote. */
  iso: string;
  ms: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Zone names of RFC 822 §5.1; anything else unknown counts as UTC. */
const ZONES: Record<string, string> = { ut: '+00:00', utc: '+00:00', gmt: '+00:00', z: '+00:00', est: '-05:00', edt: '-04:00', cst: '-06:00', cdt: '-05:00', mst: '-07:00', mdt: '-06:00', pst: '-08:00', pdt: '-07:00' };

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?<half>[ap]m)\b)?`;
/** An offset, a name, or an offset with its name after it, as Go prints them. */
const ZONE = String.raw`(?:\s*(?:GMT|UTC?)?(?<offset>[+-]\d{1,2}:?(?:\d{2})?)(?:\s+(?:[a-z]{2,5}|[+-]\d{4}))?|\s*(?<zone>[a-z]{1,5}))?`;
const WEEKDAY = String.raw`(?:[\p{L}.]{2,10}(?:\s*,\s*|\s+))?`;
const MONTH = String.raw`(?<name>${MONTHS.join('|')})[a-z]*\.?`;
const FORMS = [
  // RFC 3339 and its relatives: 2025-12-22T08:00:08+08:00, 2025/12/22 08:00, 2025年12月22日, 2025-12
  String.raw`(?<year>\d{4})[-/.年](?<month>\d{1,2})(?:[-/.月](?<day>\d{1,2})日?(?:[T\s,]+${CLOCK}${ZONE})?|月)?`,
  // RFC 822 and its relatives: Mon, 22 Dec 2025 08:00:08 +0800, 22 December 2025
  String.raw`${WEEKDAY}(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+${MONTH},?[\s-]+(?<year>\d{4}|\d{2})(?:[\s,]+${CLOCK}${ZONE})?`,
  // Dec 22, 2025 8:00 PM
  String.raw`${WEEKDAY}${MONTH}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?:,?\s+(?:at\s+)?${CLOCK}${ZONE})?`,
  // Mon Dec 22 08:00:08 UTC 2025
  String.raw`${WEEKDAY}${MONTH}\s+(?<day>\d{1,2})\s+${CLOCK}${ZONE}\s+(?<year>\d{4})`,
];
/** Made with the first date that is read: most wakings of a worker read none. */
let expressions: RegExp[] | null = null;

/**
 * Reads an RFC 3339 or RFC 822 date and its everyday variants; null where it is none, and for years before 1970, which
 * site generators write for "no date". A date without offset is taken as UTC, whatever the reader's own zone is.
 */
export function readDate(text: string): FeedDate | null {
  if (text.length > 200) return null;
  const s = westernise(text).replace(/\s*\([^()]*\)\s*$/, '').trim(); // RFC 822 comments
  if (s.length > 64) return null;
  expressions ??= FORMS.map((form) => new RegExp(`^${form}$`, 'iu'));
  for (const expression of expressions) {
    const part = expression.exec(s)?.groups;
    if (part) return build(part);
  }
  return null;
}

/** The first day named in a text such as a title, "早报 2026-03-02" or "2026年3月2日 AI 日报"; null where there is none. */
export function findDate(text: string): FeedDate | null {
  const m = /(?<!\d)(?:19|20)\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日?)(?!\d)/.exec(text.slice(0, 500));
  return m && readDate(m[0]);
}

/** Chinese clocks in figures as others write them: 上午8点05分, 星期一, full-width digits. */
function westernise(text: string): string {
  if (!/[\u3000-\uffef]/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[（(]?(?:星期|周|礼拜)[一二三四五六日天][)）]?/g, ' ')
    .replace(/(上午|早上|凌晨|早晨|中午|下午|傍晚|晚上)\s*(\d{1,2}(?:[:点时]\d{1,2}(?:[:分]\d{1,2})?分?)?)/g, (_, half: string, clock: string) => ` ${clock} ${/[上早凌]/.test(half) || (half === '中午' && clock.startsWith('11')) ? 'am' : 'pm'} `)
    .replace(/(\d{1,2})\s*[点时]\s*(\d{1,2})\s*(?:分\s*(?:(\d{1,2})\s*秒)?)?/g, (_, hour: string, minute: string, second?: string) => `${hour}:${minute.padStart(2, '0')}${second ? `:${second.padStart(2, '0')}` : ''}`)
    .replace(/(\d)\s*[点时](?=\D|$)/g, '$1:00')
    .replace(/日(?=\d)/, '日 ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A moment as a feed date in UTC. */
export function dateFromMs(ms: number): FeedDate {
  return { iso: new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z'), ms };
}

function build(part: Record<string, string | undefined>): FeedDate | null {
  const month = part.name ? MONTHS.indexOf(part.name.toLowerCase()) + 1 : Number(part.month);
  const short = Number(part.year);
  const year = part.year?.length === 4 ? short : short < 50 ? 2000 + short : 1900 + short;
  const day = Number(part.day ?? 1);
  const half = part.half?.toLowerCase();
  const hour = Number(part.hour ?? 0);
  const full = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  const minute = Number(part.minute ?? 0);
  const second = Math.min(Number(part.second ?? 0), 59); // a leap second
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate() || full > 23 || minute > 59) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  const iso = `${year}-${two(month)}-${two(day)}T${two(full)}:${two(minute)}:${two(second)}${readOffset(part.offset, part.zone)}`;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : { iso, ms };
}

function readOffset(offset: string | undefined, zone: string | undefined): string {
  const m = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(offset ?? '');
  if (m) return `${m[1]}${(m[2] ?? '').padStart(2, '0')}:${m[3] ?? '00'}`;
  if (!offset && (!zone || /^z$/i.test(zone))) return 'Z';
  return ZONES[zone?.toLowerCase() ?? ''] ?? '+00:00';
}
