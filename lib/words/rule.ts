// A rule in words: what it does and what it looks for.
import { say } from '../i18n.ts';
import type { Rule } from '../model/rule.ts';

/** What a rule looks for, by its field. */
export const ruleWords = {
  tw: {
    word: (value: string) => `含「${value}」`,
    author: (value: string) => `作者「${value}」`,
    handle: (value: string) => `@${value.replace(/^@/, '')}`,
    category: (value: string) => `分類「${value}」`,
  },
  zh: {
    word: (value: string) => `含“${value}”`,
    author: (value: string) => `作者“${value}”`,
    handle: (value: string) => `@${value.replace(/^@/, '')}`,
    category: (value: string) => `分类“${value}”`,
  },
  en: {
    word: (value: string) => `“${value}”`,
    author: (value: string) => `author “${value}”`,
    handle: (value: string) => `@${value.replace(/^@/, '')}`,
    category: (value: string) => `category “${value}”`,
  },
};

/** What a rule looks for. */
export const describeRule = ({ field, value }: Pick<Rule, 'field' | 'value'>): string => say(ruleWords)[field](value);
