// The background's side of the card on X: what is known of a digested post, and what a reader does there.
import type { JournalEntry } from './action.ts';
import { linkOf } from './link.ts';
import { showPageCount } from './badge.ts';
import { chooseLanguage } from './i18n.ts';
import type { Item, ToldItem } from './model/item.ts';
import type { Rule } from './model/rule.ts';
import type { CardAct, CardData, PageRequest, Run } from './page-request.ts';
import { act, undo } from './reading.ts';
import type { Database } from './store/database.ts';
import { findByPost } from './store/items.ts';
import { getEntry } from './store/journal.ts';
import { readDetails } from './store/list.ts';
import { readSettings } from './store/settings.ts';
import { stripHidden } from './text.ts';
import { nameCategory } from './words/category.ts';
import { describeRule } from './words/rule.ts';

/** Answers the script in a tab of X; null where there is nothing to say. `onSaved` brings up to date what is derived from the store. */
export async function answerPage(db: Database, request: PageRequest, tabId: number, now: number, onSaved: () => Promise<void>): Promise<CardData | null> {
  const { language, markOpened } = await readSettings();
  chooseLanguage(language);
  if (request.type === 'count') {
    await showPageCount(tabId, request.count);
    return null;
  }
  const item = await findByPost(db, request.postId);
  if (!item) return null;
  if (request.type === 'card') return readCard(db, item, null);
  if (request.type === 'opened') {
    // The page may be behind the settings.
    if (markOpened && (await act(db, { kind: 'read', ids: [item.id] }, now))) await onSaved();
    return null;
  }
  let entry: JournalEntry | null = null;
  if (request.act === 'undo') await undoAct(db, item, request.entry);
  else entry = await doAct(db, item, request.act, now);
  void onSaved(); // not waited for: the card answers at once, and the marks follow
  return readCard(db, item, entry?.id ?? null);
}

/** What a card shows of an item. */
async function readCard(db: Database, item: Item | ToldItem, entry: number | null): Promise<CardData> {
  const stored = 'digestIds' in item ? item : null;
  const [status, details, settings] = await Promise.all([db.statuses.get(item.id), stored && readDetails(db, { digestIds: stored.digestIds, similar: [] }), readSettings()]);
  const rule = muteRule(item);
  return {
    title: stripHidden(item.title),
    summary: stored ? readRuns(stored.summary) : [],
    category: nameCategory(item.category, settings),
    digests: (details?.digests ?? []).map(({ title, url, publishedMs }) => ({ title: stripHidden(title), url: linkOf(url), publishedMs })),
    firstMs: item.firstMs,
    state: stored && { read: status?.read !== 0, starred: status?.starred === 1 },
    mutable: rule && describeRule(rule),
    entry,
  };
}

async function doAct(db: Database, item: Item | ToldItem, kind: Exclude<CardAct, 'undo'>, now: number): Promise<JournalEntry | null> {
  if (kind !== 'mute') return act(db, { kind, ids: [item.id] }, now);
  const rule = muteRule(item);
  return rule && act(db, { kind: 'addRule', rule: { ...rule, id: crypto.randomUUID(), action: 'mute', expiresAt: null, addedAt: now } }, now);
}

/** Undoes what was done on this item's card, and nothing else that stands in the journal: a page has no say in the rest. */
async function undoAct(db: Database, item: Item | ToldItem, id: number | undefined): Promise<void> {
  const action = id === undefined ? undefined : (await getEntry(db, id))?.action;
  const rule = muteRule(item);
  const isOfCard = action?.kind === 'addRule' ? action.rule.action === 'mute' && action.rule.field === rule?.field && action.rule.value === rule.value : action !== undefined && 'ids' in action && action.ids.length === 1 && action.ids[0] === item.id;
  if (isOfCard) await undo(db, id);
}

/** By what posts like an item's are muted: its author's handle, else the author's name. */
const muteRule = ({ handle, author }: Pick<Item, 'handle' | 'author'>): Pick<Rule, 'field' | 'value'> | null => (handle ? { field: 'handle', value: handle } : author ? { field: 'author', value: author } : null);

/** How much of a summary a card takes, in UTF-16 units: it is for a glance. */
const MOST_SUMMARY = 1200;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** A summary's Markdown as paragraphs of plain and bold text; all else of it is taken as the words it is. */
export function readRuns(markdown: string): Run[][] {
  const cut = markdown.length > MOST_SUMMARY ? `${markdown.slice(0, MOST_SUMMARY).replace(/[\ud800-\udbff]$/, '')}…` : markdown;
  return cut
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)/)
    .map((paragraph) => readParagraph(paragraph.replace(/\s+/g, ' ').trim()))
    .filter((runs) => runs.length > 0);
}

function readParagraph(text: string): Run[] {
  const plain = text
    .replace(/^(?:#{1,6}|>)\s/, '')
    .replace(/^[-*+]\s/, '• ')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\s"[^"]*")?\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
  // One that is not closed, perhaps because the text was cut, is no emphasis.
  const runs = plain.split(/\*\*((?:[^*]|\*(?!\*))+)\*\*/).map((part, i) => ({ text: stripHidden(part.replaceAll('**', '')), bold: i % 2 === 1 }));
  return runs.filter((run) => run.text !== '');
}
