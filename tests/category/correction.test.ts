// Ten corrections of one kind shift the eleventh, and leave the rest where it was.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Classifier, createClassifier } from '../../lib/category/classifier.ts';
import { addMove, correctClassifier, MOST_MOVES, type Move } from '../../lib/category/correction.ts';
import { BARGAINS, type InventedItem, OTHERS } from '../fixtures/category/items.ts';

const root = path.resolve(import.meta.dirname, '../..');
const labelled = path.resolve(root, '../shared/category/labelled.jsonl');
const shipped = createClassifier(readFileSync(path.join(root, 'public/category-model.bin')));

type Told = Pick<InventedItem, 'title' | 'summary'>;
const placeOf = (classifier: Classifier, { title, summary }: Told) => {
  const weighed = classifier.weigh(classifier.read(title, summary));
  return classifier.classes[weighed.indexOf(Math.max(...weighed))];
};
const move = ({ title, summary }: Told, to: string, at = 0, from = 'AI应用'): Move => ({ title, summary, from, to, at });

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

  it('stay bounded, and count an item once', () => {
    let kept: Move[] = [];
    for (let i = 0; i < MOST_MOVES + 50; i++) kept = addMove(kept, move({ title: `第 ${i} 条`.repeat(100), summary: '长'.repeat(5000) }, '行业洞察', i));
    expect(kept).toHaveLength(MOST_MOVES);
    expect(kept.at(-1)?.at).toBe(MOST_MOVES + 49);
    expect(JSON.stringify(kept).length).toBeLessThan(100_000);
    expect(addMove(addMove([], moves[0] as Move), { ...(moves[0] as Move), to: '研发进展' })).toEqual([{ ...moves[0], to: '研发进展' }]);
  });
});
