// The reader's own corrections on top of the shipped classifier: items like those that were moved follow them later.
import { type Category, DEFAULT_CATEGORIES } from '../model/category.ts';
import { type Move, teaches } from '../model/move.ts';
import type { Classifier } from './classifier.ts';
import { readMeanings } from './classify.ts';
import type { Features } from './features.ts';

/** Moves that teach, the newest: what a reader thought long ago gives way, and a poll's classifier is made in some hundredths of a second. */
export const MOST_MOVES = 100;

/**
 * How alike two items are (0 to 1) is measured group by group (as in `GROUP_WEIGHTS`: title, summary, concepts …), each shared
 * feature by its rarity. Two items taken at random reach .02, one pair of ten .06, one of thirty .09 (1,610 labelled items);
 * what is above ALIKE, summed over the NEAREST moves, pulls an item along with STRENGTH. Measured on nine kinds, ten moves
 * each: three of ten other items of the kind follow (91 of 300), and a third of a point of accuracy is lost elsewhere.
 * Stronger pulls lose more than they win.
 */
const LIKENESS_WEIGHTS = [1, 0.6, 0.2, 0.2, 0.1, 0.1, 0] as const;
const ALIKE = 0.085;
const NEAREST = 8;
const STRENGTH = 60;
/** An item that is less probable than this to stand where a lesson stood is none of its business. */
const ELSEWHERE = 0.01;

/**
 * A classifier that has learnt from the moves, which come oldest first. Pure: the same moves give the same classifier. A move
 * speaks only for items that would stand where the moved one stood; moves from or to categories that mean none of the
 * classifier's are left out. Without any that teach it is `base` itself.
 */
export function correctClassifier(base: Classifier, moves: readonly Move[]): Classifier {
  const lessons = moves.filter(teaches).flatMap((move) => readLesson(move, base)).slice(-MOST_MOVES);
  if (lessons.length === 0) return base;
  /** By feature: which lessons have it, and how much of it. */
  const index = new Map<number, { lessons: number[]; values: number[] }>();
  for (const [lesson, { title, summary }] of lessons.entries()) {
    const { hashes, values } = toDirection(base.read(title, summary), base);
    for (const [i, hash] of hashes.entries()) {
      const known = index.get(hash) ?? { lessons: [], values: [] };
      known.lessons.push(lesson);
      known.values.push(values[i] as number);
      index.set(hash, known);
    }
  }
  const ways = [...Map.groupBy(lessons.keys(), (lesson) => `${lessons[lesson]?.from}\n${lessons[lesson]?.to}`).values()].map((members) => {
    const { from, to } = lessons[members[0] as number] as Lesson;
    return { members, from: base.classes.indexOf(from), to: base.classes.indexOf(to) };
  });

  const weigh = (features: Features): number[] => {
    const before = base.weigh(features);
    if (ways.every(({ from }) => (before[from] as number) < ELSEWHERE)) return before; // half of all items, and likeness is what costs
    const likeness = new Float64Array(lessons.length);
    const { hashes, values } = toDirection(features, base);
    for (let i = 0; i < hashes.length; i++) {
      const known = index.get(hashes[i] as number);
      if (!known) continue;
      for (let k = 0; k < known.lessons.length; k++) {
        const lesson = known.lessons[k] as number;
        likeness[lesson] = (likeness[lesson] as number) + (values[i] as number) * (known.values[k] as number);
      }
    }
    const raised = [...before];
    const above = ways.map(({ members }) => {
      const nearest = members.map((lesson) => likeness[lesson] as number).sort((a, b) => b - a);
      return Math.max(0, nearest.slice(0, NEAREST).reduce((sum, value) => sum + value - ALIKE, 0));
    });
    for (const [i, { from, to }] of ways.entries()) {
      // Moves the other way are exceptions to these.
      const back = ways.findIndex((way) => way.from === to && way.to === from);
      const force = (above[i] as number) - (above[back] ?? 0);
      if (force > 0) raised[to] = (raised[to] as number) * Math.exp(Math.min(50, STRENGTH * force * (before[from] as number)));
    }
    const sum = raised.reduce((a, b) => a + b, 0);
    return raised.map((value) => value / sum);
  };
  return { ...base, weigh };
}

/** A move in the classifier's own categories. */
type Lesson = Pick<Move, 'from' | 'to' | 'title' | 'summary'>;

/** What a move teaches, as the digest's names are understood when it is categorised (`readMeanings`); nothing where either means none of the classes, or both the same. */
function readLesson({ title, summary, declared, ...move }: Move, { classes }: Classifier): Lesson[] {
  const meanings = readMeanings(declared);
  const meaningOf = (name: Category) => (DEFAULT_CATEGORIES.includes(name) ? name : [...meanings.keys()].find((meaning) => meanings.get(meaning) === name));
  const [from, to] = [meaningOf(move.from), meaningOf(move.to)];
  return from && to && from !== to && classes.includes(from) && classes.includes(to) ? [{ from, to, title, summary }] : [];
}

/** An item as a direction of length 1: its features, each by how often it occurs and how rare it is. Plain loops, for every item of a poll comes by here. */
function toDirection(features: Features, { rarity }: Classifier): { hashes: number[]; values: number[] } {
  const hashes: number[] = [];
  const values: number[] = [];
  let whole = 0;
  for (const [group, found] of features.entries()) {
    const weight = LIKENESS_WEIGHTS[group] as number;
    if (weight === 0 || found.size === 0) continue;
    const start = values.length;
    let square = 0;
    for (const [hash, times] of found) {
      const value = Math.log1p(times) * rarity(hash);
      square += value * value;
      hashes.push(hash);
      values.push(value);
    }
    const scale = square ? Math.sqrt(weight / square) : 0;
    for (let i = start; i < values.length; i++) values[i] = (values[i] as number) * scale;
    if (square) whole += weight;
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / Math.sqrt(whole);
  return { hashes, values };
}
