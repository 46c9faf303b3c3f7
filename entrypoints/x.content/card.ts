// The card of a mark: what opens and closes it, and whom it asks.
import { browser } from 'wxt/browser';
import { formatTime, language, say } from '../../lib/i18n.ts';
import type { CardData, PageRequest } from '../../lib/page-request.ts';
import { Card } from '../../lib/x/card.ts';
import { watchMarks } from '../../lib/x/gesture.ts';
import { cardWords } from '../../lib/words/card.ts';

/** Asks the background, which is woken by it. Rejects where the extension has gone. */
export const ask = async (request: PageRequest): Promise<CardData | null> => (await browser.runtime.sendMessage(request)) ?? null;

/** Opens a card for the mark a reader asks about, for as long as the script lives. */
export function wireCard(life: AbortSignal): void {
  const card = new Card(document, { get words() { return say(cardWords); }, get language() { return language(); }, formatTime: (ms) => formatTime(ms, Date.now()), ask });
  watchMarks(window, { open: (mark, into) => void card.open(mark, into), close: card.close, holds: card.holds }, life);
  life.addEventListener('abort', card.close);
}
