// The words of the icon's context menu and of the address bar's search.

/** What menu and address bar offer. */
export const toolbarWords = {
  tw: {
    menu: { refresh: '立即檢查', 'mark-all-read': '全部標為已讀', quiet: '勿擾', 'quiet-hour': '一小時', 'quiet-morning': '到明早 8 點', 'quiet-end': '結束', 'open-panel': '開啟側邊欄', options: '設定' },
    find: '搜尋已儲存的內容：輸入幾個字',
    finding: '按 Enter 開啟最相關的一則',
    nothing: '沒有找到；按 Enter 開啟閱讀清單',
  },
  zh: {
    menu: { refresh: '立即检查', 'mark-all-read': '全部标为已读', quiet: '免打扰', 'quiet-hour': '一小时', 'quiet-morning': '到明早 8 点', 'quiet-end': '结束', 'open-panel': '打开侧边栏', options: '设置' },
    find: '搜索已存的条目：输入几个字',
    finding: '按回车打开最相关的一条',
    nothing: '没有找到；按回车打开阅读列表',
  },
  en: {
    menu: { refresh: 'Check now', 'mark-all-read': 'Mark all as read', quiet: 'Quiet', 'quiet-hour': 'For an hour', 'quiet-morning': 'Until 8 in the morning', 'quiet-end': 'End', 'open-panel': 'Open in the side panel', options: 'Options' },
    find: 'Search stored items: type a word',
    finding: 'Enter opens the best match',
    nothing: 'Nothing found; Enter opens the list',
  },
};
