// The card of a mark: what the digests say of the post, and what a reader can do about it. In a closed shadow root outside
// the posts, in X's colours and text size. Styled through CSSOM alone, which no policy of the page's is asked about.
import type { CardAct, CardData, PageRequest } from '../page-request.ts';
import { MARK } from './mark.ts';
import { type Box, placeCard } from './placement.ts';
import { findControls } from './post.ts';

const CARD = 'eight-bells-card';

/** What a card is given: its words, and whom it asks. */
export interface CardContext {
  words: {
    told(time: string): string;
    muteBy(rule: string): string;
    muted(rule: string): string;
  } & Record<'digests' | 'read' | 'unread' | 'starred' | 'markRead' | 'markUnread' | 'star' | 'unstar' | 'openDigest' | 'undo' | 'close' | 'pruned' | 'failed', string>;
  /** The words' language, as in `lang`. */
  language: string;
  formatTime(ms: number): string;
  /** Asks the background; rejects or gives null where it cannot answer. */
  ask(request: PageRequest): Promise<CardData | null>;
}

const THEMES = {
  light: { paper: '#ffffff', ink: '#0f1419', soft: '#536471', line: '#cfd9de', shade: '0 6px 24px rgba(0,0,0,.2)' },
  dark: { paper: '#16181c', ink: '#e7e9ea', soft: '#8b98a5', line: '#3e4144', shade: '0 6px 24px rgba(255,255,255,.12)' },
};
type Theme = (typeof THEMES)['light'];

/** What X would hear otherwise: it has a use for single keys, and for clicks. */
const KEPT_FROM_PAGE = ['keydown', 'keyup', 'keypress', 'click', 'pointerdown', 'mousedown', 'touchstart'];

/** What moves a mark in the window. */
const MOVES = ['scroll', 'resize'];

/** The one card of a page; at most one is open. */
export class Card {
  #host: HTMLElement | null = null;
  #root: ShadowRoot | null = null;
  #mark: HTMLElement | null = null;
  #postId = '';
  /** Where the mark is, or was before it was taken away: with "hide posts like this" it goes, and what undoes that brings another. */
  #at: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  /** The card's size by itself. */
  #size = { width: 0, height: 0 };
  /** Counts openings and closings: an answer to an older one is late. */
  #turn = 0;
  /** Set while the focus goes back to the mark, which is no question. */
  #returning = false;
  readonly #follow = () => this.#move();

  constructor(
    private readonly page: Document,
    private readonly context: CardContext,
  ) {}

  holds = (node: EventTarget | null): boolean => node !== null && node === this.#host;

  /** Opens the card of a mark once the background has answered. `into` moves the focus into it. */
  async open(mark: HTMLElement, into: boolean): Promise<void> {
    if (this.#returning) return;
    const postId = mark.dataset.postId ?? '';
    if (this.#host && this.#mark === mark && this.#postId === postId) {
      if (into) this.#focus('');
      return;
    }
    this.close();
    const turn = ++this.#turn;
    const data = await this.context.ask({ type: 'card', postId }).catch(() => null);
    if (turn !== this.#turn || !mark.isConnected || mark.dataset.postId !== postId) return; // closed meanwhile, or another post's by now
    this.#mark = mark;
    this.#postId = postId;
    this.#host = this.page.createElement(CARD);
    this.#host.style.cssText = 'all:initial;position:fixed;left:0;top:0;z-index:2147483647';
    this.#host.translate = false;
    this.#root = this.#host.attachShadow({ mode: 'closed' });
    for (const type of KEPT_FROM_PAGE) this.#root.addEventListener(type, (event) => event.stopPropagation());
    this.#root.addEventListener('keydown', (event) => this.#keepTab(event as KeyboardEvent));
    this.page.documentElement.append(this.#host);
    this.#render(data, null);
    mark.title = ''; // or the browser shows the same words over the card
    for (const type of MOVES) addEventListener(type, this.#follow, { capture: true, passive: true });
    if (into) this.#focus('');
  }

  /** Closes the card; the focus goes back to the mark if it was in the card. Returns whether one was open. */
  close = (): boolean => {
    this.#turn++;
    if (!this.#host) return false;
    const mark = this.#findMark();
    const within = this.#root?.activeElement != null;
    for (const type of MOVES) removeEventListener(type, this.#follow, true);
    this.#host.remove();
    this.#host = this.#root = this.#mark = null;
    if (mark) {
      mark.title = mark.ariaLabel ?? '';
      this.#returning = true;
      if (within) mark.focus({ preventScroll: true });
      this.#returning = false;
    }
    return true;
  };

  async #act(act: CardAct, key: string, entry?: number): Promise<void> {
    const turn = this.#turn;
    const data = await this.context.ask({ type: 'cardAct', postId: this.#postId, act, ...(entry !== undefined && { entry }) }).catch(() => null);
    if (turn !== this.#turn || !this.#root) return;
    const within = this.#root.activeElement !== null;
    this.#render(data, act);
    if (within) this.#focus(key);
  }

  /** Fills the card anew. Foreign text only ever becomes text. `done` is what the reader has just done. */
  #render(data: CardData | null, done: CardAct | null): void {
    const { words, formatTime } = this.context;
    const theme = THEMES[isDark(this.page) ? 'dark' : 'light'];
    const around = this.#mark?.parentElement; // its text has the size that X gives it by the reader's wish
    const size = Math.min(Math.max((around && Number.parseFloat(getComputedStyle(around).fontSize)) || 15, 12), 26);
    const make = (tag: string, css: string, ...children: (Node | string)[]) => {
      const element = this.page.createElement(tag);
      element.style.cssText = css;
      element.append(...children);
      return element;
    };
    const button = (key: string, label: string, press: () => void) => {
      const element = make('button', buttonCss(theme), label) as HTMLButtonElement;
      element.type = 'button';
      element.dataset.key = key;
      element.addEventListener('click', press);
      return element;
    };
    const deed = (key: string, label: string, act: CardAct, next = key, entry?: number) => button(key, label, () => void this.#act(act, next, entry));
    const link = (url: string, css: string, label: string) => {
      const element = make('a', css, label) as HTMLAnchorElement;
      element.href = url;
      element.target = '_blank';
      element.rel = 'noreferrer';
      return element;
    };
    const close = button('close', '×', this.close);
    close.ariaLabel = words.close;
    close.style.cssText = `position:absolute;top:6px;inset-inline-end:6px;width:28px;height:28px;border:0;border-radius:50%;background:none;color:${theme.soft};font:20px/1 sans-serif;cursor:pointer`;
    const card = make('div', `box-sizing:border-box;position:relative;width:24em;max-height:30em;overflow:auto;overscroll-behavior:contain;scrollbar-color:${theme.soft} ${theme.paper};padding:12px 16px;border:1px solid ${theme.line};border-radius:14px;background:${theme.paper};color:${theme.ink};box-shadow:${theme.shade};font:${size}px/1.45 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color-scheme:${theme === THEMES.dark ? 'dark' : 'light'};overflow-wrap:anywhere`);
    card.role = 'dialog';
    card.setAttribute('aria-labelledby', 'title');
    card.lang = this.context.language;
    card.tabIndex = -1;
    const soft = `margin:0;color:${theme.soft};font-size:.87em`;
    const title = make('h2', 'margin:2px 0 4px;font-size:1em;font-weight:700', data?.title ?? this.#mark?.ariaLabel ?? '');
    title.id = 'title';
    title.dir = 'auto';
    const status = make('p', `${soft};margin-top:6px`, data ? '' : words.failed);
    status.role = 'status';
    if (!data) {
      card.append(title, status, close);
    } else {
      const { state, mutable, entry, digests } = data;
      const head = make('p', `${soft};padding-inline-end:28px`, data.category, ...(digests.length === 1 ? [] : [' · ', words.told(formatTime(data.firstMs))])); // of one digest the list says it
      card.append(head, title);
      for (const runs of data.summary) {
        const paragraph = make('p', 'margin:4px 0', ...runs.map(({ text, bold }) => (bold ? make('strong', 'font-weight:700', text) : text)));
        paragraph.dir = 'auto';
        card.append(paragraph);
      }
      if (!state) card.append(make('p', soft, words.pruned));
      if (digests.length) {
        const list = make('ul', `${soft};margin-top:8px;padding:0;list-style:none`, ...digests.map(({ title, url, publishedMs }) => make('li', 'margin:0', url ? link(url, 'color:inherit', title) : title, ' · ', formatTime(publishedMs))));
        list.ariaLabel = words.digests;
        card.append(list);
      }
      if (state) card.append(make('p', `${soft};margin-top:4px`, [state.read ? words.read : words.unread, ...(state.starred ? [words.starred] : [])].join(' · ')));
      const actions = make('div', 'display:flex;flex-wrap:wrap;gap:6px;margin-top:8px');
      if (state) actions.append(deed('read', state.read ? words.markUnread : words.markRead, state.read ? 'unread' : 'read'), deed('star', state.starred ? words.unstar : words.star, state.starred ? 'unstar' : 'star'));
      const newest = digests.find(({ url }) => url)?.url;
      if (newest) actions.append(link(newest, `${buttonCss(theme)};text-decoration:none`, words.openDigest));
      if (mutable && done !== 'mute') actions.append(deed('mute', words.muteBy(mutable), 'mute', 'undo'));
      if (done === 'mute' && mutable) status.append(words.muted(mutable), ' ');
      if (entry !== null) status.append(deed('undo', words.undo, 'undo', done?.replace('un', ''), entry)); // then the focus is on what it takes back
      card.append(actions, status, close);
    }
    this.#root?.replaceChildren(card);
    this.#size = card.getBoundingClientRect();
    this.#place();
  }

  /** Puts the card where it covers none of X's controls. What a page that scrolls puts under it is a control as well. */
  #place(): void {
    const card = this.#root?.firstElementChild as HTMLElement | null;
    if (!this.#host || !card) return;
    const mark = this.#findMark();
    if (mark) this.#at = mark.getBoundingClientRect();
    const { left, top, width, height } = placeCard(this.#size, this.#at, { width: this.page.documentElement.clientWidth, height: innerHeight }, findControls(this.page).map((control) => control.getBoundingClientRect()));
    Object.assign(card.style, { maxWidth: `${width}px`, maxHeight: `${height}px` });
    Object.assign(this.#host.style, { left: `${left}px`, top: `${top}px` });
  }

  /** Goes with the mark as the page scrolls; closes when that leaves the window, unless the reader is in the card. */
  #move(): void {
    const mark = this.#findMark();
    const at = mark?.getBoundingClientRect();
    if (at && at.bottom >= 0 && at.top <= innerHeight) this.#place();
    else if (!this.#root?.activeElement) this.close();
  }

  /** The mark; another of the post's where that one was taken away. */
  #findMark(): HTMLElement | null {
    return this.#mark?.isConnected ? this.#mark : (this.#mark = this.page.querySelector(`${MARK}[data-post-id="${this.#postId}"]`));
  }

  #stops(): HTMLElement[] {
    return [...(this.#root?.querySelectorAll<HTMLElement>('button, a[href]') ?? [])];
  }

  /** Focuses the button of that key, else the first one. */
  #focus(key: string): void {
    const buttons = this.#stops().filter((stop) => stop.dataset.key);
    (buttons.find((button) => button.dataset.key === key) ?? buttons[0])?.focus(); // which brings it into view where the card scrolls inside
  }

  #keepTab(event: KeyboardEvent): void {
    if (event.key !== 'Tab') return;
    const stops = this.#stops();
    const at = stops.indexOf(this.#root?.activeElement as HTMLElement);
    event.preventDefault();
    stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length]?.focus();
  }
}

const buttonCss = ({ line, ink }: Theme) => `display:inline-block;margin:0;padding:3px 12px;border:1px solid ${line};border-radius:999px;background:none;color:${ink};font:inherit;font-size:.87em;font-weight:600;cursor:pointer`;

/** Whether X is dark at present: by the body's background, and where that tells nothing, by the scheme the page asks for. */
function isDark(page: Document): boolean {
  const [red = Number.NaN, green = 0, blue = 0, alpha = 1] = (/^rgba?\(([^)]+)/.exec((page.body && getComputedStyle(page.body).backgroundColor) ?? '')?.[1] ?? '_').split(/[\s,/]+/).map(Number);
  const light = 0.3 * red + 0.6 * green + 0.1 * blue;
  if (light >= 0 && alpha > 0) return light < 128;
  const scheme = getComputedStyle(page.documentElement).colorScheme;
  return /\bdark\b/.test(scheme) && (!/\blight\b/.test(scheme) || matchMedia('(prefers-color-scheme: dark)').matches);
}
