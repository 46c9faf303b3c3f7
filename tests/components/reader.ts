// A reader's rows and callbacks for tests that render it.
import type { ReaderActions } from '../../components/reader/actions.ts';
import type { Row } from '../../lib/list.ts';
import { gatherAppearances, type Item } from '../../lib/model/item.ts';

export const NOW = Date.UTC(2026, 10, 30);

/** An unread row, told so many ms ago. */
export function makeRow(n: number, differently: Partial<Item> = {}): Row {
  const appearance = { digestId: 'f d0', feedId: 'f', publishedMs: NOW - n, position: n };
  const item: Item = { id: `post:${n}`, title: `Item ${n}`, url: `https://x.com/someone/status/${n}`, postIds: [String(n)], author: 'Someone', handle: 'someone', summary: '', category: 'AI模型', categorySource: 'feed', confidence: null, position: n, similar: [], ...gatherAppearances([appearance]), ...differently };
  return { item, read: 0, starred: 0, muted: null, watched: null };
}

const nothing = () => {};

/** Whatever is done in it, nothing comes of it. */
export const NO_ACTIONS: ReaderActions = {
  onView: nothing, onSearch: nothing, onMuted: nothing, onMore: nothing, onMove: nothing, onRule: nothing, onCopy: nothing, onShare: nothing, onOpenAll: nothing, onUndo: nothing, onDismiss: nothing, onJournal: nothing, onRefresh: nothing, onPanel: null, onOptions: nothing, onDismissNotice: nothing, onOpen: nothing, onRead: nothing, onStar: nothing, onDetails: async () => ({ digests: [], similar: [] }),
};
