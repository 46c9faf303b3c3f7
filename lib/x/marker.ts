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

/** A mark for a post. `text` says what it means; it is read aloud and shown on hover. */
export function createMark(postId: string, text: string): HTMLElement {
  const mark = document.createElement(MARK);
  // Styled through CSSOM: a <style> would be subject to the page's content security policy.
  // The margins leave it no height of its own, so that no line or row, however it is laid out, grows with it.
  mark.style.cssText = `display:${DISPLAY};position:relative;width:14px;height:14px;margin:-7px 0;margin-inline-start:4px;padding:0;vertical-align:middle;align-self:center;flex:none;color:${COLOR};cursor:help;user-select:none`;
  const root = mark.attachShadow({ mode: 'closed' });
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.style.cssText = 'display:block;width:14px;height:14px;fill:currentColor';
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', BELL);
  icon.append(path);
  const words = document.createElement('span');
  words.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  words.append(document.createElement('slot'));
  root.append(icon, words);
  write(mark, postId, text);
  return mark;
}

function write(mark: HTMLElement, postId: string, text: string): void {
  if (mark.dataset.postId !== postId) mark.dataset.postId = postId;
  if (mark.title === text) return;
  mark.title = text;
  mark.textContent = text;
}

/** Keeps the marks of a page in step with its posts. Holds which marks stand in which post, and nothing else. */
export class Marker {
  /** Of each post that has any: its mark and those of the quotes in it, by the element they speak of. */
  #marks = new WeakMap<Element, Map<Element, HTMLElement>>();

  /** `describe` gives the text of a post's mark, or null where the post is in no digest. */
  constructor(private readonly describe: (postId: string) => string | null) {}

  /**
   * Puts the right mark on a post and on the quotes in it, and takes away what is wrong. X recycles nodes, so the id is
   * compared each time. A post in no digest, which most are, costs the look-up and no query.
   */
  update(posts: readonly ShownPost[], element: Element): void {
    const before = this.#marks.get(element);
    const marks = new Map<Element, HTMLElement>();
    for (const post of posts) {
      const text = this.describe(post.postId);
      if (text === null) continue;
      const mark = before?.get(post.element) ?? createMark(post.postId, text);
      write(mark, post.postId, text);
      if (post.after.nextElementSibling !== mark) post.after.after(mark);
      marks.set(post.element, mark);
    }
    if (!before && !marks.size) return;
    this.#marks.set(element, marks);
    // Also copies of our marks, where something wrote a post's HTML anew; those of posts inside it are not this one's.
    const right = new Set(marks.values());
    for (const mark of element.querySelectorAll<HTMLElement>(MARK)) if (!right.has(mark) && mark.closest(POST) === element) mark.remove();
  }
}

/** Takes every mark off the page. */
export function removeMarks(root: ParentNode): void {
  for (const mark of root.querySelectorAll(MARK)) mark.remove();
}
