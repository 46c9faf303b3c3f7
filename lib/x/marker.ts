// The mark: one small element in a post, with text for screen readers, that moves nothing and links to nothing.
import { POST, type ShownPost } from './post.ts';

export const MARK = 'eight-bells-mark';

const BELL = 'M12 2.5a1.6 1.6 0 0 0-1.6 1.7A6.4 6.4 0 0 0 5.8 10.4v4.2L4 17.2v1.1h16v-1.1l-1.8-2.6v-4.2a6.4 6.4 0 0 0-4.6-6.2A1.6 1.6 0 0 0 12 2.5zM9.6 19.6a2.4 2.4 0 0 0 4.8 0z';
const SVG = 'http://www.w3.org/2000/svg';
/** One tone with at least 3:1 on X's white and near-black backgrounds, so that a theme change needs no work. */
const COLOR = 'rgb(200, 105, 20)';

/**
 * Firefox destroys a content script's world together with the extension, so nothing of ours is left to take the marks
 * away; but it withdraws the extension's style sheets. So there a mark shows only by grace of public/mark.css.
 */
const DISPLAY = import.meta.env.FIREFOX ? 'none' : 'inline-block';

/** A mark that says nothing yet, for `createMark` to copy: its picture is made once, and copied by the browser with it. */
export function buildMark(): HTMLElement {
  const mark = document.createElement(MARK);
  // Styled through CSSOM: a <style> would be subject to the page's content security policy.
  // The margins leave it no height of its own, so that no line or row, however it is laid out, grows with it.
  mark.style.cssText = `display:${DISPLAY};position:relative;width:14px;height:14px;margin:-7px 0;margin-inline-start:4px;padding:0;vertical-align:middle;align-self:center;flex:none;color:${COLOR};cursor:help;user-select:none`;
  mark.setAttribute('role', 'img');
  mark.setAttribute('translate', 'no');
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.style.cssText = 'display:block;width:14px;height:14px;fill:currentColor';
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', BELL);
  icon.append(path);
  // Without a slot: the words in the mark are its text, but are read aloud from its label.
  mark.attachShadow({ mode: 'closed', clonable: true }).append(icon);
  return mark;
}

/** A mark for a post, copied from a built one. `text` says what it means; it is read aloud and shown on hover. */
export function createMark(built: HTMLElement, postId: string, text: string): HTMLElement {
  const mark = built.cloneNode(true) as HTMLElement;
  write(mark, postId, text);
  return mark;
}

function write(mark: HTMLElement, postId: string, text: string): void {
  if (mark.dataset.postId !== postId) mark.dataset.postId = postId;
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
  /** Posts on the page that have marks. */
  #marked = new Set<Element>();
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
      const mark = before?.get(post.element) ?? createMark((this.#built ??= buildMark()), known.postId, known.text);
      write(mark, known.postId, known.text);
      if (!follows(mark, post.after)) post.after.after(mark);
      (marks ??= new Map()).set(post.element, mark);
    }
    if (!before && !marks) return;
    if (marks) {
      this.#marks.set(element, marks);
      this.#marked.add(element);
    } else {
      this.#marks.delete(element);
      this.#marked.delete(element);
    }
    // Also copies of our marks, where something wrote a post's HTML anew; those of posts inside it are not this one's.
    const right = new Set(marks?.values());
    for (const mark of element.querySelectorAll<HTMLElement>(MARK)) if (!right.has(mark) && mark.closest(POST) === element) mark.remove();
  }

  /** The posts on the page that were left without a mark of theirs: X took it away, alone or with what it stood in. */
  lost(): Element[] {
    const lost: Element[] = [];
    for (const element of this.#marked) {
      if (!element.isConnected) this.#marked.delete(element);
      else for (const mark of this.#marks.get(element)?.values() ?? []) if (!mark.isConnected) lost.push(element);
    }
    return lost;
  }
}

/** True where a mark stands somewhere behind a node, in the same place. Another extension's own may stand between: the two must not fight over it. */
const follows = (mark: Element, node: Element): boolean => mark.parentNode === node.parentNode && Boolean(node.compareDocumentPosition(mark) & 4);

/** Takes every mark off the page. */
export function removeMarks(root: ParentNode): void {
  for (const mark of root.querySelectorAll(MARK)) mark.remove();
}
