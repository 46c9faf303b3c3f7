// What readers are told of their data's safety, in popup and options: what was restored, what cannot be opened, that backups exist.
import { plural } from '../i18n.ts';

interface Counts {
  feeds: number;
  read: number;
  starred: number;
  moved: number;
  complete: boolean;
}

/** What is said above list and options. */
export const safetyWords = {
  tw: {
    restored: ({ feeds, read, starred, moved, complete }: Counts) =>
      complete ? `瀏覽器遺失了儲存在本機的資料。已從備用副本還原：快報 ${feeds} 個、已讀 ${read} 則、星號 ${starred} 則、分類更正 ${moved} 則。項目內容會在下次更新時重新讀取。` : '瀏覽器遺失了儲存在本機的資料，備用副本也無法讀取。如果存有備份檔案，可以在設定中匯入。',
    remind: '你的星號和已讀紀錄只存在這個瀏覽器裡。可以在設定中另存一份備份檔案。',
    newer: '本機儲存的資料來自較新的版本：可以閱讀，但不會變更。請更新擴充功能，或關閉後重新開啟此頁。',
    closed: '無法開啟本機儲存的資料。已儲存的內容不會被刪除。',
    keptRows: '以下是先前留下的內容。',
    openOptions: '開啟設定',
    dismiss: '知道了',
    retry: '重試',
    saveKept: '匯出仍可讀取的資料',
    nothingKept: '沒有可以讀取的備用副本',
    rebuild: '重建資料庫…',
    rebuildHint: '會先匯出仍可讀取的資料，再刪除打不開的資料庫並從備用副本還原。若有備份檔案，重建後可以匯入。',
    rebuildSure: '刪除並重建',
    rebuilding: '正在重建…',
    rebuildFailed: '無法刪除。請重新啟動瀏覽器後再試；如果仍然不行，請移除本擴充功能並重新安裝，再匯入剛才儲存的備份檔案。',
    cancel: '取消',
  },
  zh: {
    restored: ({ feeds, read, starred, moved, complete }: Counts) =>
      complete ? `浏览器丢失了本机存储的数据。已从备用副本恢复：快报 ${feeds} 个、已读 ${read} 条、星标 ${starred} 条、分类更正 ${moved} 条。条目内容会在下次更新时重新读取。` : '浏览器丢失了本机存储的数据，备用副本也无法读取。如果存有备份文件，可以在设置中导入。',
    remind: '你的星标和已读记录只存在这个浏览器里。可以在设置中另存一份备份文件。',
    newer: '本机存储的数据来自更新的版本：可以阅读，但不会改动。请更新扩展，或关闭后重新打开此页。',
    closed: '无法打开本机存储的数据。已存的内容不会被删除。',
    keptRows: '下面是之前留下的内容。',
    openOptions: '打开设置',
    dismiss: '知道了',
    retry: '重试',
    saveKept: '导出尚可读取的数据',
    nothingKept: '没有可以读取的备用副本',
    rebuild: '重建数据库…',
    rebuildHint: '会先导出尚可读取的数据，再删除打不开的数据库并从备用副本恢复。若有备份文件，重建后可以导入。',
    rebuildSure: '删除并重建',
    rebuilding: '正在重建…',
    rebuildFailed: '无法删除。请重启浏览器后再试；如果仍然不行，请移除本扩展并重新安装，再导入刚才保存的备份文件。',
    cancel: '取消',
  },
  en: {
    restored: ({ feeds, read, starred, moved, complete }: Counts) =>
      complete
        ? `The browser lost what was stored here. Restored from the spare copy: ${plural(feeds, 'digest', 'digests')}, ${plural(read, 'read item', 'read items')}, ${plural(starred, 'star', 'stars')}, ${plural(moved, 'corrected category', 'corrected categories')}. The items’ texts come back with the next update.`
        : 'The browser lost what was stored here, and the spare copy cannot be read. If you have a backup file, import it in the options.',
    remind: 'Your stars and what you have read are kept in this browser alone. You can save a backup file in the options.',
    newer: 'The stored data is of a newer version: it is shown, and not changed. Please update the extension, or close this page and open it again.',
    closed: 'The stored data cannot be opened. Nothing stored is deleted.',
    keptRows: 'Below is what was kept from before.',
    openOptions: 'Open the options',
    dismiss: 'Got it',
    retry: 'Try again',
    saveKept: 'Export what can be read',
    nothingKept: 'There is no spare copy that can be read',
    rebuild: 'Rebuild the database…',
    rebuildHint: 'Exports what can be read, deletes the database that does not open, and restores from the spare copy. A backup file can be imported afterwards.',
    rebuildSure: 'Delete and rebuild',
    rebuilding: 'Rebuilding…',
    rebuildFailed: 'It could not be deleted. Restart the browser and try again; if that does not help, remove the extension, install it again, and import the backup file that was just saved.',
    cancel: 'Cancel',
  },
};
