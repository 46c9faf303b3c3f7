// The weights as a file, and the shipped file: read back as written, calibrated numbers, and what it says of invented items.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClassifier, loadClassifier } from '../../lib/category/classifier.ts';
import { FEATURE_VERSION } from '../../lib/category/features.ts';
import { fitFeatures, packWeights, quantise, scoreFeatures, toProbabilities, unpackWeights } from '../../lib/category/weights.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import { BARGAINS, OTHERS } from '../fixtures/category/items.ts';

const root = path.resolve(import.meta.dirname, '../..');
const shipped = readFileSync(path.join(root, 'public/category-model.bin'));
const labelled = path.resolve(root, '../shared/category/labelled.jsonl');

const { read } = createClassifier(shipped);
const header = { words: { concepts: ['新闻'], simplified: '發发' }, features: FEATURE_VERSION, classes: ['甲', '乙', '丙'], bias: [0.1, 0, -0.1], temperature: 1, data: 'x', items: 10 };
const features = read('一条新闻', '说了一件事');
const hashes = features.flatMap((found) => [...found.keys()]);

describe('a file of weights', () => {
  it('is read back as it was written', () => {
    const weights = quantise(new Map(fitFeatures(hashes, 101).map((hash, i) => [hash, { inItems: 2, weights: [i, -i, 0] }])), 101, header);
    const again = unpackWeights(packWeights(weights));
    expect(again.header).toEqual(weights.header);
    expect([...again.table]).toEqual([...weights.table]);
    expect(scoreFeatures(again, features)).toEqual(scoreFeatures(weights, features));
  });

  it('lets features it does not know count nothing', () => {
    const titled = [...(features[0] as Map<number, number>).keys()];
    const weights = quantise(new Map(titled.map((hash) => [hash, { inItems: 2, weights: [1, 0, -1] }])), 1009, header);
    expect(scoreFeatures(weights, features)[0]).toBeGreaterThan(1);
    expect(scoreFeatures(weights, read('别的话', '说了一件事'))).toEqual(header.bias);
  });

  it('holds no more features than fit, and never two that cannot be told apart', () => {
    expect(fitFeatures(Array.from({ length: 50 }, (_, i) => i * 2 ** 25), 1)).toHaveLength(4);
    expect(fitFeatures([5, 5, 5 + 3], 3)).toEqual([5]);
  });

  it('is refused when it is torn, none, or of other features', () => {
    const bytes = packWeights(quantise(new Map(), 7, header));
    expect(() => unpackWeights(new Uint8Array())).toThrow(RangeError);
    expect(() => unpackWeights(bytes.subarray(0, bytes.length - 3))).toThrow(RangeError);
    expect(() => unpackWeights(packWeights(quantise(new Map(), 7, { ...header, features: FEATURE_VERSION + 1 })))).toThrow(RangeError);
  });

  it('that cannot be had leaves words alone', async () => {
    const answer = (body: BodyInit) => (async () => new Response(body)) as unknown as typeof fetch;
    expect(await loadClassifier('x:', answer('<!doctype html>'))).toBeNull();
    expect(await loadClassifier('x:', (async () => Promise.reject(new TypeError('gone'))) as unknown as typeof fetch)).toBeNull();
    expect((await loadClassifier('x:', answer(new Uint8Array(shipped))))?.classes).toEqual(DEFAULT_CATEGORIES);
  });
});

describe('features', () => {
  it('do not depend on width, case, script or Markdown', () => {
    expect(read('ＧＰＴ 發布 **新模型**', '見 https://a.example/x')).toEqual(read('gpt 发布 新模型', '见'));
  });

  it('are the ones the shipped weights were trained for', () => {
    // Other hashes would make the shipped weights worthless without any error: raise FEATURE_VERSION and train again.
    const all = read('OpenAI 发布 GPT-5.5：100 万上下文', '价格为每百万 token 5 美元，编程得分 82%。').flatMap((found) => [...found]);
    expect(createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 12)).toBe('4dfab98dd76d');
  });
});

describe('the shipped weights', () => {
  const classifier = createClassifier(shipped);
  const { header: said } = unpackWeights(shipped);

  it('stay under 64 kB', () => expect(shipped.length).toBeLessThan(64_000));

  it.skipIf(!existsSync(labelled))('were trained from the labelled items that are there', () => {
    expect(said.data).toBe(createHash('sha256').update(readFileSync(labelled)).digest('hex'));
  });

  it('give probabilities', () => {
    for (const { title, summary } of [...OTHERS, { title: '', summary: '' }, { title: '🙂'.repeat(5000), summary: 'x'.repeat(100_000) }]) {
      const weighed = classifier.weigh(classifier.read(title, summary));
      expect(weighed).toHaveLength(4);
      expect(weighed.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      expect(weighed.every((p) => p >= 0 && p <= 1)).toBe(true);
    }
    expect(toProbabilities([1000, 0], 1)).toEqual([1, 0]);
  });

  it('agree with an editor on most of the invented items', () => {
    const items = [...OTHERS, ...BARGAINS];
    const right = items.filter(({ title, summary, label }) => {
      const weighed = classifier.weigh(classifier.read(title, summary));
      return classifier.classes[weighed.indexOf(Math.max(...weighed))] === label;
    });
    expect(right.length / items.length).toBeGreaterThan(0.8);
  });
});
