// Ten corrections of one kind shift the eleventh, and leave the rest where it was.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Classifier, createClassifier } from '../../lib/category/classifier.ts';
import { correctClassifier, MOST_MOVES } from '../../lib/category/correction.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import type { Move } from '../../lib/model/move.ts';
import { BARGAINS, type InventedItem, OTHERS } from '../fixtures/category/items.ts';

const root = path.resolve(import.meta.dirname, '../..');
const labelled = path.resolve(root, '../shared/category/labelled.jsonl');
const shipped = createClassifier(readFileSync(path.join(root, 'public/category-model.bin')));

type Told = Pick<InventedItem, 'title' | 'summary'>;
const placeOf = (classifier: Classifier, { title, summary }: Told) => {
  const weighed = classifier.weigh(classifier.read(title, summary));
  return classifier.classes[weighed.indexOf(Math.max(...weighed))];
};
const move = ({ title, summary }: Told, to: string, at = 0, from = 'AI应用'): Move => ({ id: `post:${at}`, title, summary, from, to, declared: [...DEFAULT_CATEGORIES], at });

const moves = BARGAINS.slice(0, 10).map((item, at) => move(item, '行业洞察', at));
const later = BARGAINS.slice(10);

describe('corrections', () => {
  it('of ten items shift later ones of the kind', () => {
    expect(later.map((item) => placeOf(shipped, item))).toEqual(later.map(() => 'AI应用'));
    const corrected = correctClassifier(shipped, moves);
    expect(later.map((item) => placeOf(corrected, item))).toEqual(later.map(() => '行业洞察'));
  });

  it('leave other items where they were', () => {
    const corrected = correctClassifier(shipped, moves);
    expect(OTHERS.map((item) => placeOf(corrected, item))).toEqual(OTHERS.map((item) => placeOf(shipped, item)));
  });

  it.skipIf(!existsSync(labelled))('cost less than a point on the labelled items', () => {
    const rows = readFileSync(labelled, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as InventedItem);
    const right = (classifier: Classifier) => rows.filter((row) => placeOf(classifier, row) === row.label).length / rows.length;
    expect(right(shipped) - right(correctClassifier(shipped, moves))).toBeLessThan(0.01);
  });

  it('move the corrected item itself', () => {
    const [item] = OTHERS.filter((other) => placeOf(shipped, other) === 'AI应用') as [InventedItem];
    expect(placeOf(correctClassifier(shipped, [move(item, '研发进展')]), item)).toBe('研发进展');
  });

  it('are undone by dropping them, and by moves back', () => {
    expect(correctClassifier(shipped, [])).toBe(shipped);
    const [eleventh] = later as [InventedItem];
    expect(placeOf(correctClassifier(shipped, [...moves, ...later.map((item, i) => move(item, 'AI应用', 20 + i, '行业洞察')), ...moves.map(({ title, summary }, i) => move({ title, summary }, 'AI应用', 30 + i, '行业洞察'))]), eleventh)).toBe('AI应用');
  });

  it('survive being stored', () => {
    const again = correctClassifier(shipped, JSON.parse(JSON.stringify(moves)) as Move[]);
    const features = shipped.read((later[0] as InventedItem).title, (later[0] as InventedItem).summary);
    expect(again.weigh(features)).toEqual(correctClassifier(shipped, moves).weigh(features));
  });

  it('say nothing of categories the classifier does not know', () => {
    expect(correctClassifier(shipped, [move(later[0] as InventedItem, '论文'), move(later[0] as InventedItem, 'AI应用')])).toBe(shipped);
  });

  it('are understood by the names the digest gives the four, whatever digest comes later', () => {
    const named = (item: Told, at: number): Move => ({ ...move(item, '商业', at, '产品'), declared: ['产品', '商业', '前沿研究'] });
    const corrected = correctClassifier(shipped, BARGAINS.slice(0, 10).map(named));
    const features = shipped.read((later[0] as InventedItem).title, (later[0] as InventedItem).summary);
    expect(corrected.weigh(features)).toEqual(correctClassifier(shipped, moves).weigh(features));
    const ambiguous = BARGAINS.slice(0, 10).map((item, at): Move => ({ ...move(item, '商业', at, '产品'), declared: ['产品', '商业', '投资'] }));
    expect(correctClassifier(shipped, ambiguous)).toBe(shipped);
  });

  it('say nothing once they are forgotten, or led back to where the item stood', () => {
    expect(correctClassifier(shipped, moves.map((one) => ({ ...one, title: '', summary: '' })))).toBe(shipped);
    expect(correctClassifier(shipped, moves.map((one) => ({ ...one, to: one.from })))).toBe(shipped);
  });

  it('stay bounded: the newest teach', () => {
    const [first] = later as [InventedItem];
    const many = Array.from({ length: MOST_MOVES }, (_, i) => move(OTHERS[i % OTHERS.length] as InventedItem, '研发进展', 100 + i));
    const features = shipped.read(first.title, first.summary);
    expect(correctClassifier(shipped, [...moves, ...many]).weigh(features)).toEqual(correctClassifier(shipped, many).weigh(features));
    expect(correctClassifier(shipped, [...many, ...moves]).weigh(features)).not.toEqual(correctClassifier(shipped, many).weigh(features));
  });
});
