// Real files of many publishers, and the suites of other parsers. Runs where ../shared is at hand.
import { describe, expect, it } from 'vitest';
import { feedsHere, isHtmlSample, measureConformance, measureSamples, total } from '../bench/feeds.ts';

if (!feedsHere) console.info('skipped: tests over ../shared/feeds, which is not here');

describe.skipIf(!feedsHere)('the samples', () => {
  const rows = feedsHere ? measureSamples() : [];
  it('of Markdown and feeds give at least 95 % of their items, and 95 % of what is given is one', () => {
    const { precision, recall } = total(rows.filter((row) => !isHtmlSample(row)));
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('of web pages give at least 90 %', () => {
    const { precision, recall } = total(rows.filter(isHtmlSample));
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });
});

describe.skipIf(!feedsHere)('the suites of other parsers', () => {
  const { items, failures } = feedsHere ? measureConformance() : { items: null, failures: [] };
  it('pass but for what is judged', () => {
    expect(failures.filter((failure) => failure.judgement === 'not judged')).toEqual([]);
  });

  it('pass at the floor reached', () => {
    const missed = Object.fromEntries(Object.entries(items ?? {}).map(([aspect, [passed, all]]) => [aspect, all - passed]));
    expect(missed.items).toBeLessThanOrEqual(2);
    expect(missed.titles).toBeLessThanOrEqual(25);
    expect(missed.links).toBeLessThanOrEqual(1);
    expect(missed.dates).toBe(0);
  });
});
