// The words of the options page about marks on X, and what the self-check found there.
import { plural } from '../i18n.ts';

export const xWords = {
  zh: {
    unread: '只标记未读条目的帖子',
    dim: '淡化已在快报中出现过的帖子',
    fold: '折叠已在快报中出现过的帖子，并提供“显示”按钮',
    foldHint: '单独打开的帖子不会被折叠或淡化。',
    opened: '在 X 上打开帖子时，把对应条目标为已读',
    where: '在这些页面上标记',
    whereHint: '点一下关闭或恢复。',
    kinds: { home: '主页时间线', status: '帖子', article: '文章', profile: '个人资料', media: '媒体', search: '搜索', list: '列表', community: '社群', notifications: '通知', bookmarks: '书签', explore: '探索', other: '其他页面' },
    fine: '在最近看过的 X 页面上，帖子都能正常识别。',
    changed: (kind: string, seen: number, identified: number) => `X 似乎改动了“${kind}”页面：看到 ${seen} 条帖子，只识别出 ${identified} 条。认不出的帖子不会被标记。`,
    copy: '复制报告',
    copied: '已复制',
    report: '报告只含页面类型、数量、扩展与浏览器的版本，不含任何账号、帖子或浏览记录。',
  },
  en: {
    unread: 'Mark only posts of unread items',
    dim: 'Dim posts that already appeared in a digest',
    fold: 'Collapse posts that already appeared in a digest, with a button that shows them',
    foldHint: 'A post opened on its own is never collapsed or dimmed.',
    opened: 'Opening a post on X marks its item read',
    where: 'Mark on these pages',
    whereHint: 'Press one to switch it off or on again.',
    kinds: { home: 'Home timeline', status: 'Post', article: 'Article', profile: 'Profile', media: 'Media', search: 'Search', list: 'Lists', community: 'Communities', notifications: 'Notifications', bookmarks: 'Bookmarks', explore: 'Explore', other: 'Other pages' },
    fine: 'On the pages of X seen lately, posts are recognised as they should be.',
    changed: (kind: string, seen: number, identified: number) => `X seems to have changed the page “${kind}”: of ${plural(seen, 'post', 'posts')} seen, ${identified} could be recognised. Posts that are not recognised are not marked.`,
    copy: 'Copy report',
    copied: 'Copied',
    report: 'It holds kinds of pages, counts, and the versions of extension and browser; no account, no post, nothing of what you looked at.',
  },
};
