// What the reader did, in words: for the toast that offers to undo it, and for the journal.
import type { Action } from '../action.ts';
import { count, plural, say } from '../i18n.ts';
import type { Rule } from '../model/rule.ts';
import { describeRule } from './rule.ts';

/** An action as what was done. */
export const actionWords = {
  tw: {
    read: (n: number) => `已將 ${count(n)} 則標為已讀`,
    unread: (n: number) => `已將 ${count(n)} 則標為未讀`,
    star: (n: number) => `已為 ${count(n)} 則加上星號`,
    unstar: (n: number) => `已移除 ${count(n)} 則的星號`,
    move: (title: string, to: string) => `已移到「${to}」：${title}`,
    addMute: (what: string) => `已靜音：${what}`,
    addWatch: (what: string) => `已關注：${what}`,
    hasMute: (what: string) => `先前已靜音：${what}`,
    hasWatch: (what: string) => `先前已關注：${what}`,
    removeMute: (what: string) => `已取消靜音：${what}`,
    removeWatch: (what: string) => `已取消關注：${what}`,
    removeFeed: (name: string) => `已移除「${name}」`,
  },
  zh: {
    read: (n: number) => `已将 ${count(n)} 条标为已读`,
    unread: (n: number) => `已将 ${count(n)} 条标为未读`,
    star: (n: number) => `已为 ${count(n)} 条加星`,
    unstar: (n: number) => `已取消 ${count(n)} 条的星标`,
    move: (title: string, to: string) => `已移到“${to}”：${title}`,
    addMute: (what: string) => `已屏蔽：${what}`,
    addWatch: (what: string) => `已关注：${what}`,
    hasMute: (what: string) => `之前已屏蔽：${what}`,
    hasWatch: (what: string) => `之前已关注：${what}`,
    removeMute: (what: string) => `已取消屏蔽：${what}`,
    removeWatch: (what: string) => `已取消关注：${what}`,
    removeFeed: (name: string) => `已移除“${name}”`,
  },
  en: {
    read: (n: number) => `Marked ${plural(n, 'item', 'items')} as read`,
    unread: (n: number) => `Marked ${plural(n, 'item', 'items')} as unread`,
    star: (n: number) => `Starred ${plural(n, 'item', 'items')}`,
    unstar: (n: number) => `Took the star off ${plural(n, 'item', 'items')}`,
    move: (title: string, to: string) => `Moved to ${to}: ${title}`,
    addMute: (what: string) => `Muted ${what}`,
    addWatch: (what: string) => `Watching ${what}`,
    hasMute: (what: string) => `Already muted: ${what}`,
    hasWatch: (what: string) => `Already watched: ${what}`,
    removeMute: (what: string) => `No longer muted: ${what}`,
    removeWatch: (what: string) => `No longer watched: ${what}`,
    removeFeed: (name: string) => `Removed “${name}”`,
  },
};

/** One sentence without a full stop. `nameOf` gives a category's shown name. */
export function describeAction(action: Action, nameOf: (category: string) => string): string {
  const words = say(actionWords);
  switch (action.kind) {
    case 'move':
      return words.move(action.title, nameOf(action.to));
    case 'addRule':
      return (action.rule.action === 'mute' ? words.addMute : words.addWatch)(describeRule(action.rule));
    case 'removeRule':
      return (action.rule.action === 'mute' ? words.removeMute : words.removeWatch)(describeRule(action.rule));
    case 'removeFeed':
      return words.removeFeed(action.name);
    default:
      return words[action.kind](action.ids.length);
  }
}

/** That a rule need not be added, as there is such a one; likewise. */
export const describeKnown = (rule: Rule): string => (rule.action === 'mute' ? say(actionWords).hasMute : say(actionWords).hasWatch)(describeRule(rule));
