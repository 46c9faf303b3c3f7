// Stories come out of every shape a digest tells them in, and out of nothing that is no story.
import { describe, expect, it } from 'vitest';
import { findStories } from '../../lib/feed/story.ts';
import { parseHtml } from '../../lib/feed/html.ts';
import { parseMarkdown } from '../../lib/feed/markdown.ts';
import { readFirst, documentOf, SITE } from './documents.ts';

const find = (markdown: string) => findStories(parseMarkdown(markdown, SITE).blocks, `${SITE}/posts/1/`);
const findHtml = (html: string) => {
  const body = parseHtml(html, SITE);
  return findStories(body.blocks, `${SITE}/posts/1/`, body.cards);
};
const titles = (markdown: string) => find(markdown).map((story) => story.title);
const A = 'https://a.example/1';
const B = 'https://b.example/2';

describe('stories', () => {
  it.each([
    ['a numbered list', `1. [早潮](${A}) - 水手\n   说明\n2. [晚潮](${B}) - 二副\n   说明`],
    ['headings with a link each', `### [早潮](${A})\n\n说明\n\n### [晚潮](${B})\n\n说明`],
    ['bold numbered headings with a link', `### **1. [早潮](${A})**\n说明\n\n### **2. [晚潮](${B})**\n说明`],
    ['numbered headings with the link below', `### 1. 早潮\n\n说明\n\n来源: [甲](${A})\n\n### 2. 晚潮\n\n说明\n\n来源: [乙](${B})`],
    ['headings with a source line', `## 早潮\n\n说明\n\nSource: [a](${A})\n\n## 晚潮\n\n说明\n\nSource: [b](${B})`],
    ['bold lines with a source in the list below', `**早潮**\n- 说明\n- 来源：[甲](${A})\n\n**晚潮**\n- 说明\n- 来源：[乙](${B})`],
    ['brackets without a link, followed by one', `- **[早潮]**：说明\n  - Source: [a](${A})\n- **[晚潮]**：说明\n  - Source: [b](${B})`],
    ['lines numbered 1、', `1、**早潮**：这里是足够长的一段说明 [甲](${A})\n2、**晚潮**：这里是足够长的一段说明 [乙](${B})`],
    ['links only in a list at the foot', `1. **早潮**：说明\n2. **晚潮**：说明\n\n## 链接\n\n- [甲的文章](${A})\n- [乙的文章](${B})`],
  ])('come out of %s', (_, markdown) => {
    expect(find(markdown)).toMatchObject([{ title: '早潮', url: A }, { title: '晚潮', url: B }]);
  });

  it('come out of a table', () => {
    expect(find(`| # | 标题 | 链接 |\n|---|---|---|\n| 1 | 早潮涨到码头边 | [Link](${A}) |\n| 2 | 晚潮退到灯塔外 | [Link](${B}) |\n| 3 | 夜里没有潮水了 | [Link](${A}/3) |`).map((story) => [story.title.split(' |')[0], story.url])).toEqual([['早潮涨到码头边', A], ['晚潮退到灯塔外', B], ['夜里没有潮水了', `${A}/3`]]);
  });

  it('come out of paragraphs that begin with their link', () => {
    const post = (n: number) => `https://x.com/pilot/status/${n}`;
    expect(find([1, 2, 3].map((n) => `[第${n}条消息](${post(n)})。这里是足够长的一段说明文字。`).join('\n\n'))).toMatchObject([1, 2, 3].map((n) => ({ title: `第${n}条消息`, postIds: [String(n)] })));
  });

  it('keep brackets within their title', () => {
    expect(titles(`1. [论文 [更新] 发布](${A}) 说明\n2. [其二](${B}) 说明`)).toEqual(['论文 [更新] 发布', '其二']);
  });

  it('have the section they stand under, numbering restarting in each', () => {
    expect(find(`## 产品\n\n1. [一](${A}) 说明\n2. [二](${B}) 说明\n\n## 研究\n\n1. [三](${A}/3) 说明`).map((story) => [story.section, story.title])).toEqual([['产品', '一'], ['产品', '二'], ['研究', '三']]);
  });

  it('count every post they link, their own first', () => {
    const [story] = find(`- [一](https://x.com/a/status/11) 见 [二](https://x.com/b/status/22) [三](https://twitter.com/c/status/33)\n- [二](${B}) 说明`);
    expect(story).toMatchObject({ postIds: ['11', '22', '33'], handle: 'a' });
  });

  it('are not an overview, a table of contents, a sponsor or a way to subscribe', () => {
    const body = `## 今日摘要\n\n- [一](${A})：概述\n- [二](${B})：概述\n\n## 目录\n\n- [一](#1)\n\n## 产品\n\n1. [一](${A}) 说明\n2. [二](${B}) 说明\n\n## 赞助商\n\n- [买它](https://shop.example/) 最好的缆绳\n\n## 如何订阅\n\n- [RSS](https://feed.example/) 用阅读器`;
    expect(titles(body)).toEqual(['一', '二']);
  });

  it('are told without a link where numbered lists under several headings are the digest', () => {
    const list = (n: number) => `## 第${n}部\n\n1. 甲${n}发布了新船。\n2. 乙${n}修好了灯塔。`;
    expect(find([1, 2, 3].map(list).join('\n\n'))).toHaveLength(6);
    expect(find(list(1))).toEqual([]); // an article's steps
  });

  it('are a page’s cards, whose repeated label is no title', () => {
    const card = (n: number) => `<div class="card"><div class="t">新闻</div><div class="d">第${n}艘船进港。船长说一切顺利。</div><div><a href="https://a.example/${n}">来源</a></div></div>`;
    expect(findHtml(`<main>${[1, 2, 3, 4].map(card).join('')}</main>`).map((story) => [story.title, story.url])).toEqual([1, 2, 3, 4].map((n) => [`第${n}艘船进港`, `https://a.example/${n}`]));
  });

  it('that share an address stay apart', () => {
    const { stories } = readFirst(documentOf(`---\ntitle: x\ndate: 2026-03-02\n---\n1. [一](${A}) 说明\n2. [二](${A}) 说明\n3. [三](${B}) 说明`, { url: `${SITE}/d.md` }));
    expect(stories.map((story) => story.title)).toEqual(['一', '二', '三']);
    expect(new Set(stories.map((story) => story.id)).size).toBe(3);
  });
});
