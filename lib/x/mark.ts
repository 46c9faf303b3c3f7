// The mark: one small element in a post, with text for screen readers, that moves nothing and links to nothing.
import { postOf, type ShownPost } from './post.ts';

/** The element that is a mark, by its name. */
export const MARK = 'eight-bells-mark';

/** A bell, in a square of 14 px. */
const BELL = 'M7 1.46a0.93 0.93 0 0 0-0.93 0.99A3.73 3.73 0 0 0 3.38 6.07v2.45L2.33 10.03v0.64h9.33v-0.64l-1.05-1.52v-2.45a3.73 3.73 0 0 0-2.68-3.62A0.93 0.93 0 0 0 7 1.46zM5.6 11.43a1.4 1.4 0 0 0 2.8 0z';
/** One tone with at least 3:1 on X's white and near-black backgrounds, so that a theme change needs no work. */
const COLOR = 'rgb(200, 105, 20)';

/**
 * Firefox destroys a content script's world together with the extension, so nothing of ours is left to take the marks
 * away; but it withdraws the extension's style sheets. So there a mark shows only by grace of public/mark.css.
 */
const DISPLAY = import.meta.env.FIREFOX ? 'none' : 'inline-block';

/**
 * A mark that says nothing yet, for `createMark` to copy. One element cut out of its background, and its words without
 * size: to copy a shadow root with a picture costs thirty times as much, and there are many marks in a long timeline.
 */
export function buildMark(): HTMLElement {
  const mark = document.createElement(MARK);
  // Styled through CSSOM: a <style> would be subject to the page's content security policy.
  // The margins leave it no height of its own, so that no line or row, however it is laid out, grows with it.
  mark.style.cssText = `display:${DISPLAY};width:14px;height:14px;margin:-7px 0;margin-inline-start:4px;padding:0;vertical-align:middle;align-self:center;flex:none;background:${COLOR};forced-color-adjust:none;clip-path:path("${BELL}");font-size:0;line-height:0;color:transparent;overflow:hidden;cursor:help;user-select:none`;
  mark.setAttribute('role', 'button'); // read aloud from its label; opens the card
  mark.setAttribute('aria-haspopup', 'dialog');
  mark.tabIndex = 0;
  mark.setAttribute('translate', 'no');
  return mark;
}

/** A mark for a post, copied from a built one. `text` says what it means; it is read aloud and shown on hover. */
export function createMark(built: HTMLElement, postId: string, text: string): HTMLElement {
  const mark = built.cloneNode(true) as HTMLElement;
  write(mark, postId, text);
  return mark;
}

function write(mark: HTMLElement, postId: string, text: string): void {
  if (mark.getAttribute('data-post-id') !== postId) mark.setAttribute('data-post-id', postId);
  if (mark.title === text) return;
  mark.title = text;
  mark.setAttribute('aria-label', text);
  mark.textContent = text;
}

/** What is known of a shown post that is in a digest. */
export interface Known {
  postId: string;
  /** What its mark says. */
  text: string;
}

/** Keeps the marks of a page in step with its posts. Holds which marks stand in which post, and nothing else. */
export class Marker {
  /** Of each post that has any: its mark and those of the quotes in it, by the element they speak of. */
  #marks = new WeakMap<Element, Map<Element, HTMLElement>>();
  /** The marks on the page, and which post each stands in. */
  #placed = new Map<HTMLElement, Element>();
  #built: HTMLElement | null = null;

  /** `find` tells what is known of a shown post, null where it is in no digest. */
  constructor(private readonly find: (post: ShownPost) => Known | null) {}

  /**
   * Puts the right mark on a post and on the quotes in it, and takes away what is wrong. X recycles nodes, so the id is
   * compared each time. A post in no digest, which most are, costs the look-up and no query.
   */
  update(posts: readonly ShownPost[], element: Element): void {
    const before = this.#marks.get(element);
    let marks: Map<Element, HTMLElement> | null = null;
    for (const post of posts) {
      const known = this.find(post);
      if (!known) continue;
      let mark = before?.get(post.element);
      if (mark) write(mark, known.postId, known.text);
      else mark = createMark((this.#built ??= buildMark()), known.postId, known.text);
      place(mark, post.after);
      this.#placed.set(mark, element);
      (marks ??= new Map()).set(post.element, mark);
    }
    if (marks) this.#marks.set(element, marks);
    if (!before) return;
    if (!marks) this.#marks.delete(element);
    const right = new Set(marks?.values());
    for (const mark of before.values()) if (!right.has(mark)) this.#placed.delete(mark);
    // Also copies of our marks, where something wrote a post's HTML anew; those of posts inside it are not this one's.
    for (const mark of element.querySelectorAll<HTMLElement>(MARK)) if (!right.has(mark) && postOf(mark) === element) mark.remove();
  }

  /**
   * The posts on the page that were left without a mark of theirs: X took it away, alone or with what it stood in. A post
   * that has left the page leaves its marks behind: where it comes back with another's links, nobody need ask whether it has any.
   */
  lost(): Element[] {
    const lost: Element[] = [];
    for (const mark of this.#placed.keys()) {
      if (mark.isConnected) continue;
      const element = this.#placed.get(mark) as Element;
      if (element.isConnected) {
        lost.push(element);
        continue;
      }
      mark.remove();
      this.#placed.delete(mark);
      this.#marks.delete(element);
    }
    return lost;
  }

  /** True for a node in a post on which, or in which, a mark stands. */
  isMarked(node: Node): boolean {
    for (const element of this.#placed.values()) if (element.contains(node)) return true;
    return false;
  }
}

/**
 * Puts a mark behind a node, unless it stands there. Another extension's own may stand between: the two must not fight over
 * the place. One of ours that is not this one is a copy, where something copied a post.
 */
function place(mark: Element, after: Element): void {
  let stands = false;
  for (let next = after.nextElementSibling; next; next = next.nextElementSibling) {
    if (next === mark) stands = true;
    else if (next.localName === MARK) next.remove();
  }
  if (!stands) after.after(mark);
}

/** Takes every mark off the page. */
export function removeMarks(root: ParentNode): void {
  for (const mark of root.querySelectorAll(MARK)) mark.remove();
}
