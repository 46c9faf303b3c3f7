// Front matter is read in YAML and TOML, also where its author made a syntax error, and never costs the list below it.
import * as fc from 'fast-check';
import { CORE_SCHEMA, dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../lib/feed/frontmatter.ts';

const LIST = '1. [港口](https://x.com/a/status/1) - A\n';
const matterOf = (source: string) => splitFrontMatter(source).matter;

describe('YAML front matter', () => {
  it('gives title, date, address, author and categories', () => {
    const { matter, body } = splitFrontMatter(`---\ntitle: 晚潮\ndate: 2026-03-02T16:00:21+08:00\nurl: /posts/1/\nauthor: 水手\ncategories: [AI模型, AI应用]\n---\n${LIST}`);
    expect(matter).toEqual({ title: '晚潮', date: '2026-03-02T16:00:21+08:00', url: '/posts/1/', author: '水手', categories: ['AI模型', 'AI应用'] });
    expect(body).toBe(LIST);
  });

  it('reads folded and literal scalars', () => {
    expect(matterOf('---\ntitle: >-\n  晚潮与\n  早潮\ndate: |\n  2026-03-02\n---\n')).toMatchObject({ title: '晚潮与 早潮', date: '2026-03-02' });
  });

  it.each(['"2026-03-02T16:00:21+08:00"', "'2026-03-02T16:00:21+08:00'", '2026-03-02T16:00:21+08:00'])('keeps a date as it was written: %s', (date) => {
    expect(matterOf(`---\ndate: ${date}\n---\n`)?.date).toBe('2026-03-02T16:00:21+08:00');
  });

  it('reads categories as a block list, as one name and under "category"', () => {
    expect(matterOf('---\ncategories:\n  - 甲\n  - 乙\n  - 甲\n---\n')?.categories).toEqual(['甲', '乙']);
    expect(matterOf('---\ncategories: 甲\n---\n')?.categories).toEqual(['甲']);
    expect(matterOf('---\ncategory: 乙\n---\n')?.categories).toEqual(['乙']);
  });

  it('leaves out what is no name in categories', () => {
    expect(matterOf('---\ncategories: [甲, null, {a: 1}, "", 2026]\n---\n')?.categories).toEqual(['甲', '2026']);
  });

  it('takes publishDate where there is no date, and permalink or link where there is no url', () => {
    expect(matterOf('---\npublishDate: 2026-03-02\npermalink: /p\n---\n')).toMatchObject({ date: '2026-03-02', url: '/p' });
    expect(matterOf('---\nlink: https://harbour.example/l\n---\n')?.url).toBe('https://harbour.example/l');
  });

  it('may stand after a byte order mark, in CRLF lines and at the end of the file', () => {
    expect(splitFrontMatter('\ufeff---\r\ntitle: 晚潮\r\n---\r\nbody')).toMatchObject({ matter: { title: '晚潮' }, body: 'body' });
    expect(splitFrontMatter('---\ntitle: 晚潮\n---')).toMatchObject({ matter: { title: '晚潮' }, body: '' });
  });

  it('ends at a line of dashes, not at dashes in a title', () => {
    expect(splitFrontMatter('---\ntitle: 晚潮---\ndate: 2026-03-02\n---\nbody')).toMatchObject({ matter: { title: '晚潮---', date: '2026-03-02' }, body: 'body' });
  });
});

describe('TOML front matter', () => {
  it('gives title, categories and a date with its offset', () => {
    const { matter, body } = splitFrontMatter(`+++\ntitle = '晚潮: 一'\ndate = 2026-03-02T16:00:21+08:00\ncategories = ["AI模型", "AI应用"]\n+++\n${LIST}`);
    expect(matter?.title).toBe('晚潮: 一');
    expect(matter?.date).toMatch(/^2026-03-02T16:00:21(\.000)?\+08:00$/);
    expect(matter?.categories).toEqual(['AI模型', 'AI应用']);
    expect(body).toBe(LIST);
  });

  it('reads lists over several lines, quotes, escapes, comments and tables', () => {
    expect(
      matterOf(`+++\n# 周报\ntitle = "晚潮 \\"一\\" \\u4e8c" # 题\ndate = 2026-03-02T16:00:21+08:00 # 发布\n[taxonomies]\n  categories = [\n    "AI, 模型",\n    'AI应用',\n  ]\n[extra]\nweight = 3\n+++\n`),
    ).toMatchObject({ title: '晚潮 "一" 二', date: '2026-03-02T16:00:21+08:00', categories: ['AI, 模型', 'AI应用'] });
  });

  it('reads local dates and dates in quotes', () => {
    expect(matterOf('+++\ndate = 2026-03-02\n+++\n')?.date).toBe('2026-03-02');
    expect(matterOf('+++\ndate = "2026-03-02T16:00:21+08:00"\n+++\n')?.date).toBe('2026-03-02T16:00:21+08:00');
  });
});

describe('broken front matter', () => {
  it('still gives a title with an unquoted colon, its date and its categories', () => {
    const { matter, body } = splitFrontMatter(`---\ntitle: 晚潮: 第一: 报\ndate: 2026-03-02T16:00:21+08:00\ncategories:\n  - 甲\n  - "乙"\n---\n${LIST}`);
    expect(matter).toMatchObject({ title: '晚潮: 第一: 报', date: '2026-03-02T16:00:21+08:00', categories: ['甲', '乙'] });
    expect(body).toBe(LIST);
  });

  it('still gives what can be read around a quote that never closes', () => {
    expect(matterOf('---\ntitle: "晚潮\ndate: 2026-03-02\ncategories: [甲, 乙]\n---\n')).toMatchObject({ title: '晚潮', date: '2026-03-02', categories: ['甲', '乙'] });
  });

  it('still gives what can be read of TOML without quotes', () => {
    expect(matterOf('+++\ntitle = 晚潮\ndate = "2026-03-02"\n+++\n')).toMatchObject({ title: '晚潮', date: '2026-03-02' });
  });

  it('is no front matter where it was only a rule above the text', () => {
    const source = `---\n\n${LIST}\n---\n以上。\n`;
    expect(splitFrontMatter(source)).toEqual({ matter: null, body: source });
  });

  it('is no front matter where it is plain text between rules', () => {
    const source = `---\n今天风平浪静\n---\n${LIST}`;
    expect(splitFrontMatter(source)).toEqual({ matter: null, body: source });
  });

  it('that never ends leaves the whole file as text', () => {
    const source = `---\ntitle: 晚潮\n${LIST}`;
    expect(splitFrontMatter(source)).toEqual({ matter: null, body: source });
  });

  it('leaves a file without any as it is', () => {
    expect(splitFrontMatter(LIST)).toEqual({ matter: null, body: LIST });
  });
});

describe('held against js-yaml', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9一-龥，。：！“”#'"\\[\]{}&*!|>%@`,:+_ .-]{1,40}$/).map((text) => text.replace(/ +/g, ' ').trim()).filter((text) => text !== '' && !/^(?:~|null)$/i.test(text));
  const styles = fc.record({ flowLevel: fc.constantFrom(-1, 1), lineWidth: fc.constantFrom(-1, 30), quotingType: fc.constantFrom("'" as const, '"' as const), forceQuotes: fc.boolean() });

  it('reads whatever it writes, in every style', () => {
    fc.assert(
      fc.property(fc.record({ title: word, date: fc.constant('2026-03-02T16:00:21+08:00'), author: word, categories: fc.uniqueArray(word, { maxLength: 4 }) }), styles, (fields, style) => {
        const yaml = dump({ cover: { title: 'nested', image: '/a.png' }, ...fields }, style);
        expect(load(yaml, { schema: CORE_SCHEMA })).toMatchObject(fields); // the style itself keeps the fields
        expect(matterOf(`---\n${yaml}---\n`)).toMatchObject(fields);
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it.each([
    'title: "晚潮"  # 注\ncategories:\n# 注\n- 甲\n\n- \'乙\'\n-   "丙" # 注',
    "title: 'It''s'\ncategories: [ 甲, \"乙, 丙\",\n  '丁' ]",
    'title: >-\n    晚潮\n    早潮\n\n    夜潮\ndate: 2026-03-02',
    'title: |\n  晚潮\nauthor: a\n  b\n  c\nurl: https://harbour.example/#a',
    'title: "晚\\u6f6e \\"一\\"\\n二"\nauthor: "a\n  b"',
    'params:\n  title: 内\n  categories:\n    - 内\ntitle: 外',
    'title: 晚潮 #1\nauthor: "#1"\ncategories: []',
  ])('reads %j alike', (yaml) => {
    const expected = load(yaml, { schema: CORE_SCHEMA }) as Record<string, unknown>;
    const given = matterOf(`---\n${yaml}\n---\n`);
    for (const name of ['title', 'author', 'url', 'date'] as const) expect(given?.[name]).toBe(String(expected[name] ?? '').trim().replace(/\s*\n\s*/g, name === 'title' && yaml.includes('>-') ? '\n' : ' '));
    expect(given?.categories).toEqual(expected.categories ?? []);
  });
});
