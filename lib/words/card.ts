// The words of the card on X.

export const cardWords = {
  zh: {
    told: (time: string) => `最早见于 ${time} 的快报`,
    digests: '出现在这些快报中',
    read: '已读',
    unread: '未读',
    starred: '已加星',
    markRead: '标为已读',
    markUnread: '标为未读',
    star: '加星',
    unstar: '取消加星',
    openDigest: '打开快报',
    muteBy: (rule: string) => `屏蔽这类帖子：${rule}`,
    muted: (rule: string) => `已屏蔽：${rule}`,
    undo: '撤销',
    close: '关闭',
    pruned: '这条已从本机清理，摘要没有保留。',
    failed: '暂时读不到这条的内容，请重新加载页面再试。',
    show: '显示',
  },
  en: {
    told: (time: string) => `First in the digest of ${time}`,
    digests: 'In these digests',
    read: 'Read',
    unread: 'Unread',
    starred: 'Starred',
    markRead: 'Mark read',
    markUnread: 'Mark unread',
    star: 'Star',
    unstar: 'Remove star',
    openDigest: 'Open digest',
    muteBy: (rule: string) => `Hide posts like this: ${rule}`,
    muted: (rule: string) => `Hidden from now on: ${rule}`,
    undo: 'Undo',
    close: 'Close',
    pruned: 'This item was cleaned up on this device, and its summary with it.',
    failed: 'This cannot be read at present. Reload the page and try again.',
    show: 'Show',
  },
};

export type CardWords = typeof cardWords.en;
