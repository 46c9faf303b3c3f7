// The words of backups in the options.
import { plural } from '../../i18n.ts';
import type { Settings } from '../../model/settings.ts';

interface Counts {
  feedsAdded: number;
  feedsKnown: number;
  read: number;
  starred: number;
  moved: number;
  itemsAdded: number;
  told: number;
}

/** What the section says, and long work that is told its words. */
export const backupWords = {
  tw: {
    title: '備份',
    hint: '一個 JSON 檔案，包含設定、規則、快報、已讀與星號、分類更正，以及加星號項目的內容。匯入只會新增：不會移除任何內容，已讀的不會變回未讀。',
    save: '儲存備份',
    withItems: '包含全部項目的內容',
    saveStarred: '將星號項目存成 Markdown',
    starredTitle: '星號項目',
    noStarred: '還沒有加星號的項目',
    open: '匯入備份…',
    reading: (percent: number) => `正在讀取… ${percent}%`,
    writing: (percent: number) => `正在處理… ${percent}%`,
    preview: ({ feedsAdded, feedsKnown, read, starred, moved, itemsAdded, told }: Counts) => `將新增快報 ${feedsAdded} 個（另有 ${feedsKnown} 個已訂閱），已讀 ${read} 則，星號 ${starred} 則，分類更正 ${moved} 則，項目 ${itemsAdded} 則${told ? `，已清理項目的標記 ${told} 則` : ''}`,
    settings: (names: readonly string[]) => `將變更設定：${names.join('、')}`,
    noSettings: '設定不變',
    nothing: '這裡已包含檔案中的全部內容，不必匯入',
    refused: (n: number) => `檔案中有 ${n} 項無法使用，將會略過`,
    import: '匯入',
    cancel: '取消',
    imported: ({ feedsAdded, read, starred, moved, itemsAdded }: Counts, waiting: number) => `已匯入：快報 ${feedsAdded} 個，已讀 ${read} 則，星號 ${starred} 則，分類更正 ${moved} 則，項目 ${itemsAdded} 則${waiting ? `；其中 ${waiting} 個快報的網站未獲准存取，已暫停` : ''}`,
    failed: '未能完成，沒有任何變更',
    stopped: '已取消，沒有任何變更',
    faults: { tooLarge: '檔案太大，沒有匯入任何內容', notBackup: '這不是本擴充功能的備份檔案，或檔案已損壞；沒有匯入任何內容', newer: '這份備份來自較新的版本，請先更新擴充功能；沒有匯入任何內容' },
    names: { hiddenCategories: '隱藏的分類', categoryOrder: '分類順序', categoryNames: '分類名稱', categoryColors: '分類顏色', rules: '規則', markMuted: '靜音項目的標記', badge: '圖示上的數字', notify: '通知', quiet: '勿擾時段', quietUntil: '暫時勿擾', icon: '點按圖示時開啟什麼', reuseTab: '沿用已開啟的 X 分頁', marks: 'X 上的標記', markUnread: '只標記未讀', markDim: '淡化講過的貼文', markFold: '收合講過的貼文', markOpened: '開啟貼文即標為已讀', markOff: '不加標記的頁面', markEmbeds: '嵌入貼文的標記', markSites: '要標記的其他網站', keepDays: '保留時間', welcomed: '初次設定', theme: '主題', textSize: '文字大小', density: '行距', language: '語言' } satisfies Record<keyof Settings, string> as Record<string, string>,
  },
  zh: {
    title: '备份',
    hint: '一个 JSON 文件，包含设置、规则、快报、已读与星标、分类更正，以及星标条目的内容。导入只会添加：不会移除任何内容，已读的不会变回未读。',
    save: '保存备份',
    withItems: '包含全部条目的内容',
    saveStarred: '星标存为 Markdown',
    starredTitle: '星标条目',
    noStarred: '还没有加星的条目',
    open: '导入备份…',
    reading: (percent: number) => `正在读取… ${percent}%`,
    writing: (percent: number) => `正在处理… ${percent}%`,
    preview: ({ feedsAdded, feedsKnown, read, starred, moved, itemsAdded, told }: Counts) => `将新增快报 ${feedsAdded} 个（另有 ${feedsKnown} 个已订阅），已读 ${read} 条，星标 ${starred} 条，分类更正 ${moved} 条，条目 ${itemsAdded} 条${told ? `，已清理条目的标记 ${told} 条` : ''}`,
    settings: (names: readonly string[]) => `将更改设置：${names.join('、')}`,
    noSettings: '设置不变',
    nothing: '这里已包含文件中的全部内容，无需导入',
    refused: (n: number) => `文件中有 ${n} 项无法使用，将略过`,
    import: '导入',
    cancel: '取消',
    imported: ({ feedsAdded, read, starred, moved, itemsAdded }: Counts, waiting: number) => `已导入：快报 ${feedsAdded} 个，已读 ${read} 条，星标 ${starred} 条，分类更正 ${moved} 条，条目 ${itemsAdded} 条${waiting ? `；其中 ${waiting} 个快报的网站未获准访问，已暂停` : ''}`,
    failed: '未能完成，没有任何改动',
    stopped: '已取消，没有任何改动',
    faults: { tooLarge: '文件太大，没有导入任何内容', notBackup: '这不是本扩展的备份文件，或文件已损坏；没有导入任何内容', newer: '这份备份来自更新的版本，请先更新扩展；没有导入任何内容' },
    names: { hiddenCategories: '隐藏的分类', categoryOrder: '分类顺序', categoryNames: '分类名称', categoryColors: '分类颜色', rules: '规则', markMuted: '屏蔽条目的标记', badge: '图标上的数字', notify: '通知', quiet: '免打扰时段', quietUntil: '暂时免打扰', icon: '点击图标时打开什么', reuseTab: '沿用已打开的 X 标签页', marks: 'X 上的标记', markUnread: '只标记未读', markDim: '淡化讲过的帖子', markFold: '折叠讲过的帖子', markOpened: '打开帖子即标为已读', markOff: '不做标记的页面', markEmbeds: '嵌入帖子的标记', markSites: '要标记的其他网站', keepDays: '保留时间', welcomed: '初次设置', theme: '主题', textSize: '文字大小', density: '行距', language: '语言' } satisfies Record<keyof Settings, string> as Record<string, string>,
  },
  en: {
    title: 'Backup',
    hint: 'One JSON file with settings, rules, digests, what is read and starred, corrected categories, and the starred items themselves. An import only adds: nothing is taken away, and nothing read turns unread.',
    save: 'Save a backup',
    withItems: 'With the texts of all items',
    saveStarred: 'Stars as Markdown',
    starredTitle: 'Starred items',
    noStarred: 'Nothing is starred yet',
    open: 'Import a backup…',
    reading: (percent: number) => `Reading… ${percent}%`,
    writing: (percent: number) => `Working… ${percent}%`,
    preview: ({ feedsAdded, feedsKnown, read, starred, moved, itemsAdded, told }: Counts) =>
      `Would add ${plural(feedsAdded, 'digest', 'digests')} (${feedsKnown} subscribed already), ${plural(read, 'read item', 'read items')}, ${plural(starred, 'star', 'stars')}, ${plural(moved, 'corrected category', 'corrected categories')}, ${plural(itemsAdded, 'item', 'items')}${told ? `, ${plural(told, 'mark of a removed item', 'marks of removed items')}` : ''}`,
    settings: (names: readonly string[]) => `Settings that would change: ${names.join(', ')}`,
    noSettings: 'No setting would change',
    nothing: 'Everything in the file is here already',
    refused: (n: number) => `${plural(n, 'entry', 'entries')} of the file cannot be used and would be left out`,
    import: 'Import',
    cancel: 'Cancel',
    imported: ({ feedsAdded, read, starred, moved, itemsAdded }: Counts, waiting: number) =>
      `Imported ${plural(feedsAdded, 'digest', 'digests')}, ${plural(read, 'read item', 'read items')}, ${plural(starred, 'star', 'stars')}, ${plural(moved, 'corrected category', 'corrected categories')}, ${plural(itemsAdded, 'item', 'items')}${waiting ? `; the sites of ${plural(waiting, 'digest', 'digests')} were not allowed, so these are paused` : ''}`,
    failed: 'It could not be completed; nothing was changed',
    stopped: 'Cancelled; nothing has changed',
    faults: { tooLarge: 'The file is too large; nothing was imported', notBackup: 'This is no backup of this extension, or it is damaged; nothing was imported', newer: 'This backup is of a newer version: update the extension first; nothing was imported' },
    names: { hiddenCategories: 'hidden categories', categoryOrder: 'order of categories', categoryNames: 'names of categories', categoryColors: 'colours of categories', rules: 'rules', markMuted: 'marks of muted items', badge: 'number on the icon', notify: 'notifications', quiet: 'quiet hours', quietUntil: 'quiet for a while', icon: 'what the icon opens', reuseTab: 'reuse of open X tabs', marks: 'marks on X', markUnread: 'marks of unread posts only', markDim: 'dimming of digested posts', markFold: 'collapsing of digested posts', markOpened: 'opened posts become read', markOff: 'pages without marks', markEmbeds: 'marks on embedded posts', markSites: 'other sites with marks', keepDays: 'how long things are kept', welcomed: 'first steps', theme: 'theme', textSize: 'text size', density: 'spacing', language: 'language' } satisfies Record<keyof Settings, string> as Record<string, string>,
  },
};
