// What else happens to digested posts than that they are marked: dimmed, or collapsed under a button that shows them.
// The looks are in public/mark.css: X wipes classes on its elements, and data attributes it leaves alone.
import type { PostId } from '../model/post.ts';
import type { ShownPost } from './post.ts';

const TREATED = 'data-eight-bells';
/** The element that stands for a collapsed post, by its name. */
export const BAR = 'eight-bells-show';

/** What the bar of a collapsed post says. */
export interface TreatWords {
  /** On the button. */
  show: string;
}

/** Keeps the treatment of posts in step with what they are. */
export class Treatment {
  dim = false;
  fold = false;
  /** The post the page is about; it is never treated. */
  focal: PostId | null = null;
  /** Those the reader had shown. */
  #shown = new Set<PostId>();
  #any = false;

  /** `tell` gives what is known of a post, null where it is in no digest. */
  constructor(
    private readonly tell: (postId: PostId) => string | null,
    private readonly words: TreatWords,
  ) {}

  /** Treats a post as it is now. X recycles nodes, so that each is asked anew. Costs nothing while nothing is to be treated. */
  update(posts: readonly ShownPost[], element: Element): void {
    if (!this.dim && !this.fold && !this.#any) return;
    const postId = posts.find((post) => post.element === element)?.postId ?? null;
    const text = postId && postId !== this.focal && !this.#shown.has(postId) ? this.tell(postId) : null;
    const way = text === null ? null : this.fold && element.localName !== 'li' ? 'fold' : this.dim ? 'dim' : null; // a picture stands in a grid, which has no place for a bar
    if (element.getAttribute(TREATED) !== way) untreat(element);
    if (!way || !postId) return;
    this.#any = true;
    element.setAttribute(TREATED, way);
    if (way === 'fold') this.#cover(element, postId, text ?? '');
  }

  #cover(element: Element, postId: PostId, text: string): void {
    let bar = [...element.children].find((child): child is HTMLElement => child.localName === BAR);
    for (const child of element.children) if (child !== bar) child.setAttribute(TREATED, 'within');
    if (bar?.dataset.postId === postId && bar.firstChild?.textContent === text) return;
    bar?.remove();
    bar = document.createElement(BAR);
    bar.dataset.postId = postId;
    bar.setAttribute('translate', 'no');
    // Shown by public/mark.css, so that in Firefox it goes with the extension.
    bar.style.cssText = 'display:none;position:absolute;inset:0;align-items:center;gap:8px;padding:0 16px;font:13px system-ui;opacity:.8;overflow:hidden;white-space:nowrap';
    const words = document.createElement('span');
    words.style.cssText = 'overflow:hidden;text-overflow:ellipsis';
    words.textContent = text;
    const button = document.createElement('button');
    button.type = 'button';
    button.style.cssText = 'font:inherit;font-weight:600;color:inherit;background:none;border:1px solid;border-radius:999px;padding:2px 12px;cursor:pointer;flex:none';
    button.textContent = this.words.show;
    button.setAttribute('aria-label', `${this.words.show}: ${text}`);
    // X opens a post on a click, and has a use for some keys.
    for (const type of ['click', 'keydown', 'keyup', 'keypress', 'pointerdown', 'mousedown'] as const) bar.addEventListener(type, (event) => event.stopPropagation());
    button.addEventListener('click', () => {
      this.#shown.add(postId);
      untreat(element);
      (element as HTMLElement).focus?.();
    });
    bar.append(words, button);
    element.prepend(bar);
  }
}

/** Leaves a post as X made it. */
function untreat(element: Element): void {
  if (!element.hasAttribute(TREATED)) return;
  element.removeAttribute(TREATED);
  for (const child of Array.from(element.children)) {
    if (child.localName === BAR) child.remove();
    else child.removeAttribute(TREATED);
  }
}

/** Leaves every post of the page as X made it. */
export function removeTreatment(page: Document): void {
  for (const element of page.querySelectorAll(`[${TREATED}]`)) untreat(element);
}
