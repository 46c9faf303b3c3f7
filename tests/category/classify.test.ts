// Every item gets exactly one of its digest's categories: the feed's, else its section's, else by its words.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClassifier } from '../../lib/category/classifier.ts';
import { classify } from '../../lib/category/classify.ts';
import { DEFAULT_CATEGORIES, OTHER_CATEGORY } from '../../lib/model/category.ts';

const four = { kind: 'digest' as const, categories: [...DEFAULT_CATEGORIES] };
const shipped = createClassifier(readFileSync(path.resolve(import.meta.dirname, '../../public/category-model.bin')));
const story = (title: string, section = '', summary = '') => ({ title, section, summary });

describe('the category of an item', () => {
  it('is the feed’s own for a single story, and where a digest names just one', () => {
    expect(classify(story('某公司融资'), { kind: 'story', categories: ['论文'] }, true)).toEqual({ category: '论文', categorySource: 'feed', confidence: null });
    expect(classify(story('某公司融资'), { kind: 'digest', categories: ['论文'] }, true)).toEqual({ category: '论文', categorySource: 'feed', confidence: null });
  });

  it('is that of the section it stands under, by name or by meaning', () => {
    expect(classify(story('某公司融资', '🔥 研发进展'), four, true)).toEqual({ category: '研发进展', categorySource: 'section', confidence: null });
    expect(classify(story('某公司融资', '产品与功能更新'), four, true)).toEqual({ category: 'AI应用', categorySource: 'section', confidence: null });
    expect(classify(story('某公司融资', '前沿论文'), four, false).category).toBe('研发进展');
  });

  it('is told by its words where nothing else says it', () => {
    expect(classify(story('某实验室开源 30B 新模型'), four, false)).toEqual({ category: 'AI模型', categorySource: 'classifier', confidence: null });
    expect(classify(story('五条写提示词的技巧'), four, false).category).toBe('AI应用');
    expect(classify(story('某芯片公司完成十亿美元融资'), four, false).category).toBe('行业洞察');
    expect(classify(story('论文提出新的强化学习算法'), four, false).category).toBe('研发进展');
  });

  it('is never one that the digest does not declare, whatever the words', () => {
    for (const classifier of [null, shipped])
      for (const categories of [['观点', '乙'], ['AI应用', '开源项目'], ['行业洞察']])
        for (const title of ['某实验室开源新模型', '融资', '', '🙂', '开源项目周报']) expect(categories).toContain(classify(story(title, '模型发布'), { kind: 'digest', categories }, false, classifier).category);
  });

  it('is “other” where a digest’s names mean nothing to us and the text holds none of them', () => {
    const digest = { kind: 'digest' as const, categories: ['甲板', '船舱'] };
    for (const classifier of [null, shipped]) {
      expect(classify(story('某实验室开源新模型'), digest, true, classifier)).toEqual({ category: OTHER_CATEGORY, categorySource: 'classifier', confidence: null });
      expect(classify(story('船舱里的新模型'), digest, true, classifier).category).toBe('船舱');
      expect(classify(story('某实验室开源新模型', '', '从甲板看去'), digest, true, classifier).category).toBe('甲板');
    }
  });

  it('goes to the name that means the same as one of the four, where just one does', () => {
    const digest = { kind: 'digest' as const, categories: ['产品更新', '学术论文', '人物'] };
    expect(classify(story('论文提出新的强化学习算法', '', '实验表明训练更稳定'), digest, true, shipped).category).toBe('学术论文');
    expect(classify(story('五条写提示词的技巧', '', '教你写好提示词'), digest, true, shipped).category).toBe('产品更新');
    expect(classify(story('论文提出新的强化学习算法'), { kind: 'digest', categories: ['论文速递', '学术研究'] }, true, shipped).category).toBe(OTHER_CATEGORY);
  });

  it('comes with the classifier’s probability', () => {
    const told = classify(story('某芯片公司完成十亿美元融资', '', '本轮由两家基金领投，估值翻倍。'), four, false, shipped);
    expect(told).toMatchObject({ category: '行业洞察', categorySource: 'classifier' });
    expect(told.confidence).toBeGreaterThan(0.7);
    expect(classify(story('早'), four, false, shipped).confidence).toBeLessThan(0.7);
  });

  it('looks for other names as they are', () => {
    expect(classify(story('开源项目周报：十个仓库'), { kind: 'digest', categories: ['观点', '开源项目'] }, true).category).toBe('开源项目');
  });
});
