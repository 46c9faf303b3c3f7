// Rules: what a mute or watch rule meets, and that none of it is stored.
import { describe, expect, it } from 'vitest';
import type { Rule, Shown } from '../lib/model.ts';
import { activeRules, createRules, meetsRule } from '../lib/rules.ts';

const item = (fields: Partial<Shown> = {}): Shown => ({ title: 'OpenAI 发布 GPT-5', summary: '一个**更快**的模型', author: 'Sam Altman', handle: 'sama', category: 'AI模型', feedIds: [], ...fields });
const rule = (fields: Partial<Rule> = {}): Rule => ({ id: 'r', action: 'mute', field: 'word', value: 'gpt', expiresAt: null, addedAt: 0, ...fields });

describe('a rule by word', () => {
  it.each([
    ['gpt', 'OpenAI 发布 GPT-5', true],
    ['ＧＰＴ－５', 'OpenAI 发布 GPT-5', true], // full width
    ['发布', 'OpenAI 发布 GPT-5', true],
    ['AI', 'The CHAIR is red', false], // a Latin word is one of its own
    ['AI', 'AI模型', true],
    ['AI', 'chair, then AI', true], // a later place may fit
    ['模型A', '新模型AB', false],
    ['模型A', '新模型A了', true],
    ['open  ai', 'Open AI day', true],
    ['c++', 'C++ 26', true],
    ['', 'anything', false],
    ['  ', 'any thing', false],
  ])('%s in %s: %s', (value, title, met) => {
    expect(meetsRule({ field: 'word', value }, item({ title, summary: '', author: '' }))).toBe(met);
  });

  it('looks into title, summary and author, and where the summary is gone into what is left', () => {
    expect([item({ title: 'x', summary: 'y gpt', author: '' }), item({ title: 'x', summary: '', author: 'GPT fan' }), item({ title: 'x', summary: undefined, author: '' })].map((one) => meetsRule(rule(), one))).toEqual([true, true, false]);
  });
});

describe('a rule by author, handle or category', () => {
  it('meets the whole name only, whatever its case', () => {
    expect(meetsRule({ field: 'author', value: 'sam altman' }, item())).toBe(true);
    expect(meetsRule({ field: 'author', value: 'sam' }, item())).toBe(false);
    expect(meetsRule({ field: 'handle', value: '@SAMA' }, item())).toBe(true);
    expect(meetsRule({ field: 'handle', value: 'sam' }, item())).toBe(false);
    expect(meetsRule({ field: 'category', value: 'ai模型' }, item())).toBe(true);
    expect(meetsRule({ field: 'author', value: '' }, item({ author: '' }))).toBe(false); // nobody's name is not a name
  });
});

describe('rules', () => {
  it('mute and watch apart; the first that meets speaks', () => {
    const rules = createRules([rule({ id: 'a', value: 'claude' }), rule({ id: 'b' }), rule({ id: 'c', action: 'watch', field: 'handle', value: 'sama' })], 0);
    expect([rules.mutedBy(item())?.id, rules.watchedBy(item())?.id]).toEqual(['b', 'c']);
    expect([rules.mutedBy(item({ title: 'x' })), rules.watchedBy(item({ handle: '' }))]).toEqual([null, null]);
  });

  it('end by themselves', () => {
    const rules = [rule({ expiresAt: 100 }), rule({ id: 'ever' })];
    expect(activeRules(rules, 99)).toHaveLength(2);
    expect(activeRules(rules, 100).map(({ id }) => id)).toEqual(['ever']);
    expect(createRules([rule({ expiresAt: 100 })], 100).mutedBy(item())).toBeNull();
  });
});
