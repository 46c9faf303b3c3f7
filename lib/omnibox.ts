// Searches the store from the address bar, behind the extension's keyword.
import { browser } from 'wxt/browser';
import { Finder } from './finder.ts';
import { say } from './i18n.ts';
import type { Row } from './list.ts';
import { isWebAddress, itemId } from './link.ts';
import { passesFilters } from './model/shown.ts';
import { openReader } from './panel.ts';
import { act } from './reading.ts';
import type { Database } from './store/database.ts';
import { mapFeeds } from './store/feeds.ts';
import { readRows } from './store/list.ts';
import { readSettings } from './store/settings.ts';
import { toolbarWords } from './words/toolbar.ts';

/** Browsers show about so many. */
const MOST = 6;

/** A line under the address bar. `markup`: the browser reads it as XML (Chrome), so that what a feed wrote must be escaped. */
export function describeHit({ title, author }: Pick<Row['item'], 'title' | 'author'>, markup: boolean): string {
  if (!markup) return author ? `${title} - ${author}` : title;
  return author ? `${escapeXml(title)} <dim>${escapeXml(author)}</dim>` : escapeXml(title);
}

/** A text as XML; what XML does not allow at all (controls, halves of pairs) is left out, as Chrome refuses a whole list for it. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '') // oxlint-disable-line no-control-regex
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a query finds and can be opened, best first, as far as the filters show it. */
export async function findRows(db: Database, finder: Finder, query: string, signal?: AbortSignal): Promise<Row[]> {
  const [settings, feeds] = [await readSettings(), await mapFeeds(db)];
  let hits: readonly { id: string }[] = [];
  for await (const found of finder.find(query, { limit: MOST, signal, shows: (kind) => passesFilters(kind, settings, feeds) })) hits = found.hits;
  if (signal?.aborted) return [];
  return (await readRows(db, hits.map(({ id }) => id), settings, Date.now())).filter(({ item }) => isWebAddress(item.url));
}

/** To be called on the background's first tick. `onRead`: an item was marked read. */
export function listenOmnibox(db: Database, onRead: () => Promise<void>): void {
  let finder: Finder | null = null; // for as long as the reader types; a worker that is stopped meanwhile reads again
  let searching = new AbortController();
  /** What stands under the address bar. */
  let shown: readonly Row[] = [];
  const openFinder = () => (finder ??= new Finder(db));
  const close = () => {
    searching.abort();
    finder?.close();
    finder = null;
    shown = [];
  };

  const suggest = async (text: string, show: (lines: { content: string; description: string }[]) => void) => {
    searching.abort();
    const { signal } = (searching = new AbortController());
    const query = text.trim();
    const rows = query ? await findRows(db, openFinder(), query, signal) : [];
    if (signal.aborted) return;
    shown = rows;
    const words = say(toolbarWords);
    browser.omnibox.setDefaultSuggestion({ description: !query ? words.find : rows.length ? words.finding : words.nothing });
    show(rows.map(({ item }) => ({ content: item.url, description: describeHit(item, !import.meta.env.FIREFOX) })));
  };

  /** `entered`: the address of a line that was chosen, or what was typed. */
  const open = async (entered: string, disposition: 'currentTab' | 'newForegroundTab' | 'newBackgroundTab') => {
    // An address that several stories of a digest share is no item's id (lib/feed/digest.ts): of these only the line tells.
    const chosen = shown.find(({ item }) => item.url === entered)?.item ?? (isWebAddress(entered) ? await db.items.get(itemId(entered)) : undefined);
    const item = chosen ?? (await findRows(db, openFinder(), entered.trim()))[0]?.item;
    close();
    if (!item || !isWebAddress(item.url)) {
      await openReader();
      return;
    }
    await act(db, { kind: 'read', ids: [item.id] }, Date.now());
    if (disposition === 'currentTab') await browser.tabs.update({ url: item.url });
    else await browser.tabs.create({ url: item.url, active: disposition === 'newForegroundTab' });
    await onRead();
  };

  browser.omnibox.onInputStarted.addListener(() => browser.omnibox.setDefaultSuggestion({ description: say(toolbarWords).find }));
  browser.omnibox.onInputChanged.addListener((text, show) => void suggest(text, show).catch((error: unknown) => console.error('Eight Bells: nothing could be searched', error)));
  browser.omnibox.onInputEntered.addListener((text, disposition) => void open(text, disposition));
  browser.omnibox.onInputCancelled.addListener(close);
}
