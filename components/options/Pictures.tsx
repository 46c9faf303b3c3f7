// The pictures of the last weeks: plain SVG whose every row is named, each with its figures as a table. (Chart libraries weigh
// 8 to 99 kB gzip, and draw on a canvas or without names and tables: both would have to be written beside them.)
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Arrival, type History, type HistoryDay, ON_TIME_MS, startOfDay } from '../../lib/history.ts';
import { count, formatDay, formatTime, language, say } from '../../lib/i18n.ts';
import { CATEGORY_COLORS, type Category, type CategoryColor } from '../../lib/model/category.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { nameCategory } from '../../lib/words/category.ts';
import { historyWords } from '../../lib/words/options/history.ts';

/** The weeks to be drawn, in the reader's names and colours of categories; `now` in ms. */
export interface PicturesProps {
  history: History;
  settings: Pick<Settings, 'categoryNames' | 'categoryColors'>;
  now: number;
}

/** More categories than this share one row. */
const MOST_ROWS = 7;
/** A bar's width in the drawing's own units, and its height. */
const [STEP, HEIGHT] = [10, 26];

/** One row of bars. */
interface Series {
  name: string;
  color: CategoryColor;
  /** A day each. */
  values: number[];
}

/** All pictures, each with its table. */
export function Pictures({ history, settings, now }: PicturesProps) {
  const words = say(historyWords);
  const { days } = history;
  const series = toSeries(history, settings, words.others);
  const day = (at: number) => formatDay(at, now);
  if (history.read + history.unread + history.arrivals.length === 0) return <p class="hint">{words.nothing}</p>;
  return (
    <div class="pictures">
      <p class="hint">{words.hint(days.length)}</p>
      <Picture title={words.byCategory} table={<DayTable days={days} series={series} day={day} />}>
        {series.map((one) => <Bars key={one.name} series={one} days={days} day={day} most={Math.max(...series.flatMap(({ values }) => values))} />)}
        <Axis days={days} day={day} />
      </Picture>
      <Picture title={words.readUnread} table={null}>
        <ReadBars history={history} day={day} />
        <Axis days={days} day={day} />
      </Picture>
      {history.authors.length > 0 && (
        <Picture title={words.authors} table={null}>
          <Authors authors={history.authors} />
        </Picture>
      )}
      {history.arrivals.length > 0 && (
        <Picture title={words.arrivals} table={<ArrivalTable arrivals={history.arrivals} now={now} />}>
          <Arrivals {...history} now={now} />
        </Picture>
      )}
    </div>
  );
}

/** The categories' rows, those beyond the most frequent in one. A category without a colour of its own takes one nobody has, by its place. */
function toSeries({ days, categories }: History, settings: PicturesProps['settings'], others: (n: number) => string): Series[] {
  const shown = categories.length > MOST_ROWS ? categories.slice(0, MOST_ROWS - 1) : categories;
  const rest = new Set(categories.slice(shown.length).map(({ category }) => category));
  const colorOf = (category: Category) => (Object.hasOwn(settings.categoryColors, category) ? settings.categoryColors[category] : undefined);
  const chosen = shown.map(({ category }) => colorOf(category));
  const free = CATEGORY_COLORS.filter((color) => color !== 'grey' && !chosen.includes(color));
  const rows = shown.map(({ category }, i): Series => ({ name: nameCategory(category, settings), color: chosen[i] ?? free.shift() ?? 'grey', values: days.map(({ counts }) => counts.get(category) ?? 0) }));
  const sumRest = (counts: ReadonlyMap<Category, number>) => [...counts].reduce((sum, [category, count]) => sum + (rest.has(category) ? count : 0), 0);
  return rest.size ? [...rows, { name: others(rest.size), color: 'grey', values: days.map(({ counts }) => sumRest(counts)) }] : rows;
}

function Picture({ title, table, children }: { title: string; table: ComponentChildren; children: ComponentChildren }) {
  const words = say(historyWords);
  const [open, setOpen] = useState(false);
  return (
    <div class="picture" role="group" aria-label={title}>
      <h3>{title}</h3>
      {children}
      {table && (
        <details class="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary aria-label={words.tableOf(title)}>{words.asTable}</summary>
          {open && <div class="scroll" role="region" aria-label={title} tabIndex={0}>{table}</div>}
        </details>
      )}
    </div>
  );
}

interface DayProps {
  days: readonly HistoryDay[];
  day: (at: number) => string;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function Bars({ series: { name, color, values }, most, days, day }: DayProps & { series: Series; most: number }) {
  const words = say(historyWords);
  const peak = values.indexOf(Math.max(...values));
  return (
    <div class="bars" data-color={color}>
      <span class="words" dir="auto" title={name}>{name}</span>
      <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words.row(name, sum(values), values[peak] ?? 0, day(days[peak]?.at ?? 0))}>
        {values.map((value, i) => <Bar key={i} at={i} from={0} size={value} most={most} title={words.ofDay(day(days[i]?.at ?? 0), value)} />)}
      </svg>
      <span class="size">{count(sum(values))}</span>
    </div>
  );
}

/** One bar, from what stands under it; where there is something it can be seen, however little. */
function Bar({ at, from, size, most, title, class: kind }: { at: number; from: number; size: number; most: number; title: string; class?: string }) {
  const height = size && Math.max(1, (size / Math.max(1, most)) * HEIGHT);
  const under = (from / Math.max(1, most)) * HEIGHT;
  return (
    <rect class={kind} x={at * STEP + 1} y={HEIGHT - under - height} width={STEP - 2} height={height}>
      <title>{title}</title>
    </rect>
  );
}

function ReadBars({ history: { days, read, unread }, day }: { history: History; day: DayProps['day'] }) {
  const words = say(historyWords);
  const most = Math.max(...days.map((one) => one.read + one.unread));
  return (
    <>
      <div class="bars tall">
        <ul class="words key">
          <li><span class="sign read" />{words.read} {count(read)}</li>
          <li><span class="sign" />{words.unread} {count(unread)}</li>
        </ul>
        <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words.readRow(read, unread)}>
          {days.map((one, i) => {
            const title = words.readOfDay(day(one.at), one.read, one.unread);
            return [<Bar key={`r${i}`} class="read" at={i} from={0} size={one.read} most={most} title={title} />, <Bar key={`u${i}`} class="unread" at={i} from={one.read} size={one.unread} most={most} title={title} />];
          })}
        </svg>
        <span class="size" />
      </div>
    </>
  );
}

/** First, middle and last of the days under a drawing. */
function Ends({ days, day }: DayProps) {
  const marks = days.length > 2 ? [days[0], days[Math.floor(days.length / 2)], days.at(-1)] : days;
  return <>{marks.map((one, i) => <span key={i}>{one && day(one.at)}</span>)}</>;
}

function Axis({ days, day }: DayProps) {
  return (
    <div class="bars axis hint" aria-hidden="true">
      <span />
      <span class="ends"><Ends days={days} day={day} /></span>
      <span />
    </div>
  );
}

function DayTable({ days, series, day }: DayProps & { series: readonly Series[] }) {
  const words = say(historyWords);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          {series.map(({ name }) => <th scope="col" key={name} dir="auto">{name}</th>)}
          {[words.total, words.read, words.unread].map((name) => <th scope="col" key={name}>{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {days.map(({ at, read, unread }, i) => (
          <tr key={at}>
            <th scope="row">{day(at)}</th>
            {series.map(({ name, values }) => <td key={name}>{count(values[i] ?? 0)}</td>)}
            {[read + unread, read, unread].map((value, column) => <td key={column}>{count(value)}</td>)}
          </tr>
        )).reverse()}
      </tbody>
    </table>
  );
}

function Authors({ authors }: Pick<History, 'authors'>) {
  const words = say(historyWords);
  const most = Math.max(...authors.map(({ read, unread }) => read + unread));
  return (
    <ol class="authors">
      {authors.map(({ name, handle, read, unread }) => (
        <li class="bars" key={`${handle} ${name}`}>
          <span class="words" dir="auto" title={handle && `@${handle}`}>{name || `@${handle}`}</span>
          <span class="track" aria-hidden="true">
            <span class="read" style={{ width: `${(read / most) * 100}%` }} />
            <span class="unread" style={{ width: `${(unread / most) * 100}%` }} />
          </span>
          <span class="size" title={words.authorCount(read + unread, read)}>
            <span aria-hidden="true">{count(read + unread)}</span>
            <span class="hidden">{words.authorCount(read + unread, read)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The drawing of arrivals: a column a day, an hour of the day downwards, hours at the side. */
const [WIDTH, DAY_HEIGHT, SIDE] = [560, 120, 24];

function Arrivals({ days, arrivals, now }: Pick<History, 'days' | 'arrivals'> & { now: number }) {
  const words = say(historyWords);
  const counts = Object.groupBy(arrivals, ({ came }) => came);
  const of = (came: Arrival['came']) => counts[came]?.length ?? 0;
  const said = words.arrivalCounts(arrivals.length, of('onTime'), of('late'), of('unknown'));
  const [latest] = (counts.late ?? []).toSorted((a, b) => b.atLeast - a.atLeast);
  const columns = new Map(days.map(({ at }, i) => [at, i]));
  const width = (WIDTH - SIDE) / days.length;
  const x = (at: number) => SIDE + ((columns.get(startOfDay(at)) ?? 0) + 0.5) * width;
  const y = (at: number) => ((at - startOfDay(at)) / 86_400_000) * DAY_HEIGHT + 6;
  return (
    <>
      <p class="hint">{words.arrivalsHint(ON_TIME_MS / 60_000)}</p>
      <svg class="arrivals" viewBox={`0 0 ${WIDTH} ${DAY_HEIGHT + 12}`} role="img" aria-label={said}>
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <line x1={SIDE} x2={WIDTH} y1={(hour / 24) * DAY_HEIGHT + 6} y2={(hour / 24) * DAY_HEIGHT + 6} />
            <text x={SIDE - 6} y={(hour / 24) * DAY_HEIGHT + 9.5}>{hour}</text>
          </g>
        ))}
        {arrivals.map((one) => (
          <g key={one.id} class={one.came} transform={`translate(${x(one.publishedMs)} ${y(one.publishedMs)})`}>
            <title>{`${formatTime(one.publishedMs, now)} · ${sayCame(one)}`}</title>
            {one.came === 'late' ? <path d="M0-4.5L4.5 3.5h-9z" /> : <circle r={one.came === 'onTime' ? 3.2 : 2.6} />}
          </g>
        ))}
      </svg>
      <p class="ends hint" aria-hidden="true"><Ends days={days} day={(at) => formatDay(at, now)} /></p>
      <p class="row hint key" aria-hidden="true">
        {(['onTime', 'late', 'unknown'] as const).map((came) => (
          <span key={came}>
            <svg class="arrivals" viewBox="-6 -6 12 12"><g class={came}>{came === 'late' ? <path d="M0-4.5L4.5 3.5h-9z" /> : <circle r={came === 'onTime' ? 3.2 : 2.6} />}</g></svg>
            {words[came]}
          </span>
        ))}
      </p>
      <p>{said}</p>
      {latest && <p dir="auto">{words.latest(latest.title || formatTime(latest.publishedMs, now), sayWait(latest.atLeast))}</p>}
    </>
  );
}

/** In minutes, from an hour and a half on in hours. */
function sayWait(ms: number): string {
  const words = say(historyWords);
  return ms < 90 * 60_000 ? words.minutes(Math.round(ms / 60_000)) : words.hours(new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(ms / 3_600_000));
}

const sayCame = ({ came, atLeast }: Arrival): string => (came === 'late' ? say(historyWords).atLeast(sayWait(atLeast)) : say(historyWords)[came]);

function ArrivalTable({ arrivals, now }: { arrivals: readonly Arrival[]; now: number }) {
  const words = say(historyWords);
  return (
    <table>
      <thead>
        <tr>{[words.digest, words.dated, words.seen, words.howLate].map((name) => <th scope="col" key={name}>{name}</th>)}</tr>
      </thead>
      <tbody>
        {arrivals.map((one) => (
          <tr key={one.id}>
            <th scope="row" dir="auto">{one.title || '-'}</th>
            <td>{formatTime(one.publishedMs, now)}</td>
            <td>{formatTime(one.seenAt, now)}</td>
            <td>{sayCame(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
