// Every item gets exactly one of its digest's categories: the feed's, else its section's, else by its words.
import { describe, expect, it } from 'vitest';
import { classify } from '../../lib/category/classify.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model.ts';

const four = { kind: 'digest' as const, categories: [...DEFAULT_CATEGORIES] };
const story = (title: string, section = '', summary = '') => ({ title, section, summary });

describe('the category of an item', () => {
  it('is the feed’s own for a single story, and where a digest names just one', () => {
    expect(classify(story('某公司融资'), { kind: 'story', categories: ['论文'] }, true)).toEqual({ category: '论文', categorySource: 'feed' });
    expect(classify(story('某公司融资'), { kind: 'digest', categories: ['论文'] }, true)).toEqual({ category: '论文', categorySource: 'feed' });
  });

  it('is that of the section it stands under, by name or by meaning', () => {
    expect(classify(story('某公司融资', '🔥 研发进展'), four, true)).toEqual({ category: '研发进展', categorySource: 'section' });
    expect(classify(story('某公司融资', '产品与功能更新'), four, true)).toEqual({ category: 'AI应用', categorySource: 'section' });
    expect(classify(story('某公司融资', '前沿论文'), four, false).category).toBe('研发进展');
  });

  it('is told by its words where nothing else says it', () => {
    expect(classify(story('某实验室开源 30B 新模型'), four, false)).toEqual({ category: 'AI模型', categorySource: 'classifier' });
    expect(classify(story('五条写提示词的技巧'), four, false).category).toBe('AI应用');
    expect(classify(story('某芯片公司完成十亿美元融资'), four, false).category).toBe('行业洞察');
    expect(classify(story('论文提出新的强化学习算法'), four, false).category).toBe('研发进展');
  });

  it('is never one that the digest does not declare, whatever the words', () => {
    for (const categories of [['甲', '乙'], ['AI应用', '开源项目'], ['行业洞察']])
      for (const title of ['某实验室开源新模型', '融资', '', '🙂', '开源项目周报']) expect(categories).toContain(classify(story(title, '模型发布'), { kind: 'digest', categories }, false).category);
  });

  it('looks for other names as they are', () => {
    expect(classify(story('开源项目周报：十个仓库'), { kind: 'digest', categories: ['观点', '开源项目'] }, true).category).toBe('开源项目');
  });
});
