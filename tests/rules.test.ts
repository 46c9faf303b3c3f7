// Rules: what a mute or watch rule meets, and that none of it is stored.
import { describe, expect, it } from 'vitest';
import type { Rule } from '../lib/model/rule.ts';
import type { Shown } from '../lib/model/shown.ts';
import { activeRules, addRule, createRules, findRules, refuseRule, renewRule, restoreRule, type RuleDraft } from '../lib/rules.ts';

const item = (fields: Partial<Shown> = {}): Shown => ({ title: 'OpenAI 发布 GPT-5', summary: '一个**更快**的模型', author: 'Sam Altman', handle: 'sama', category: 'AI模型', feedIds: [], ...fields });
const meetsRule = (one: Pick<Rule, 'field' | 'value'>, shown: Shown) => findRules([one])(shown).length > 0;
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

  it('are told all that meet an item, expired or not', () => {
    const rules = [rule({ id: 'a', value: 'sam' }), rule({ id: 'b', value: 'claude' }), rule({ id: 'c', field: 'category', value: 'AI模型', expiresAt: 1 })];
    expect(findRules(rules)(item()).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('end by themselves', () => {
    const rules = [rule({ expiresAt: 100 }), rule({ id: 'ever' })];
    expect(activeRules(rules, 99)).toHaveLength(2);
    expect(activeRules(rules, 100).map(({ id }) => id)).toEqual(['ever']);
    expect(createRules([rule({ expiresAt: 100 })], 100).mutedBy(item())).toBeNull();
  });
});

const DAY = 86_400_000;
const draft = (fields: Partial<RuleDraft> = {}): RuleDraft => ({ action: 'mute', field: 'word', value: 'gpt', days: null, ...fields });

describe('adding a rule', () => {
  it('stores what was meant: without stray spaces, a handle without @', () => {
    expect(addRule([], draft({ value: '  Open   AI ' }), 'r', 5)).toEqual([{ id: 'r', action: 'mute', field: 'word', value: 'Open AI', expiresAt: null, addedAt: 5 }]);
    expect(['@sama', ' ＠sama', 'sama'].map((value) => addRule([], draft({ field: 'handle', value }), 'r', 5)[0]?.value)).toEqual(['sama', 'sama', 'sama']);
    expect(addRule([], draft({ days: 7 }), 'r', 5)[0]?.expiresAt).toBe(5 + 7 * DAY);
  });

  it('refuses one that looks for nothing or is there already, however it is written', () => {
    const rules = [rule({ field: 'handle', value: 'sama' }), rule({ value: 'gpt', expiresAt: 100 })];
    expect([draft({ value: ' ' }), draft({ field: 'handle', value: '@' })].map((one) => refuseRule(rules, one, 0))).toEqual(['empty', 'empty']);
    expect([draft({ field: 'handle', value: '@SAMA' }), draft({ value: 'ＧＰＴ' })].map((one) => refuseRule(rules, one, 0))).toEqual(['duplicate', 'duplicate']);
    expect([draft({ field: 'author', value: 'sama' }), draft({ action: 'watch' })].map((one) => refuseRule(rules, one, 0))).toEqual([null, null]);
    expect(addRule(rules, draft(), 'new', 0)).toEqual(rules);
  });

  it('replaces the same rule once that has expired', () => {
    expect(addRule([rule({ id: 'old', expiresAt: 100 }), rule({ id: 'b', value: 'x' })], draft(), 'new', 100).map(({ id }) => id)).toEqual(['b', 'new']);
  });
});

describe('a rule that went', () => {
  it('is renewed for as long as it was first given', () => {
    expect(renewRule([rule({ expiresAt: 3 * DAY, addedAt: 2 * DAY }), rule({ id: 'ever' })], 'r', 9 * DAY)).toEqual([rule({ expiresAt: 10 * DAY, addedAt: 9 * DAY }), rule({ id: 'ever' })]);
  });

  it('comes back in its place, and never twice', () => {
    const [a, b, c] = [rule({ id: 'a', value: 'a', addedAt: 1 }), rule({ id: 'b', value: 'b', addedAt: 2 }), rule({ id: 'c', value: 'c', addedAt: 3 })];
    expect(restoreRule([a, c], b)).toEqual([a, b, c]);
    expect(restoreRule([a, b], b)).toEqual([a, b]);
    expect(restoreRule([a, { ...b, id: 'again' }], b).map(({ id }) => id)).toEqual(['a', 'again']);
  });
});
