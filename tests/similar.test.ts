// The same story told twice is linked; two stories that only sound alike are not.
import { describe, expect, it } from 'vitest';
import { linkSimilar, type Titled } from '../lib/similar.ts';

const DAY = 86_400_000;
const told = (...titles: string[]): Titled[] => titles.map((title, i) => ({ id: `i${i}`, title, digestIds: [`d${i}`], publishedMs: i * DAY }));
const linked = (a: string, b: string) => linkSimilar(told(a, b)).length > 0;

describe('titles of different editions', () => {
  it('link when they say the same in almost the same words', () => {
    expect(linked('海牛实验室发布多模态模型 Dugong-2', '海牛实验室正式推出多模态模型 Dugong-2')).toBe(true);
    expect(linked('启明矽完成 6 亿美元 C 轮融资，估值翻倍', '启明矽完成6亿美元C轮融资')).toBe(true);
    expect(linked('Skiff Browser adds a sidebar assistant that sums up pages', 'Skiff browser adds sidebar assistant that sums up pages')).toBe(false); // "a" is a word too
    expect(linked('Skiff Browser adds a sidebar assistant that sums up pages', 'SKIFF browser adds a sidebar assistant that sums up pages!')).toBe(true);
  });

  it('tell which came first, and how alike they are', () => {
    const [link] = linkSimilar(told('同一个标题说的是同一件事', '同一个标题说的是同一件事').reverse());
    expect(link).toEqual({ earlier: 'i0', later: 'i1', likeness: 1 });
  });

  it('do not link over another version, sum, name or turn', () => {
    expect(linked('深海开源新一代推理模型 Abyss V4', '深海开源新一代推理模型 Abyss V5')).toBe(false);
    expect(linked('启明矽完成新一轮融资，金额为 10 亿元', '启明矽完成新一轮融资，金额为 20 亿元')).toBe(false);
    expect(linked('启明矽完成新一轮融资，金额为 10 亿元', '启明矽完成新一轮融资，金额为 10 万元')).toBe(false);
    expect(linked('海牛科技宣布完成新一轮战略融资并计划上市', '云雀科技宣布完成新一轮战略融资并计划上市')).toBe(false);
    expect(linked('Corvid 宣布收购写作工具墨池的全部股份', 'Marlin 宣布收购写作工具墨池的全部股份')).toBe(false);
    expect(linked('法院同意暂停执行对音乐平台的禁令', '法院不同意暂停执行对音乐平台的禁令')).toBe(false);
  });

  it('do not link within one edition, nor over more than a few days', () => {
    const [a, b] = told('同一个标题说的是同一件事', '同一个标题说的是同一件事') as [Titled, Titled];
    expect(linkSimilar([a, { ...b, digestIds: ['d1', 'd0'] }])).toEqual([]);
    expect(linkSimilar([a, { ...b, publishedMs: 10 * DAY }])).toEqual([]);
    expect(linkSimilar([a, b])).toHaveLength(1);
  });

  it('do not link when there is too little to go by', () => {
    expect(linked('今日要闻', '今日要闻')).toBe(false);
    expect(linked('', '')).toBe(false);
  });
});
