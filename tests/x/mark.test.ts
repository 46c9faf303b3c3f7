// The marks of a page: one for each post of a digest, in words, always the right one.
import { parseHTML } from 'linkedom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { buildMark, createMark, MARK, Marker, removeMarks } from '../../lib/x/mark.ts';
import { findPostElements, readPosts, type ShownPost } from '../../lib/x/post.ts';
import { articleHtml, mediaHtml, pageHtml, type PostSpec } from '../fixtures/x/page.ts';

const TOLD: PostSpec = { id: '2002900000000000001', handle: 'dotey' };
const ALSO_TOLD = { id: '2002800000000000002', handle: 'karpathy' };
const STRANGER: PostSpec = { id: '2002700000000000003', handle: 'stranger' };

let digests: Map<string, string>;
let marker: Marker;
let document: Document;

/** Puts posts on the page. */
function show(...posts: (PostSpec | string)[]): void {
  ({ document } = parseHTML(pageHtml(posts)));
  vi.stubGlobal('document', document);
}
function update(): void {
  for (const post of findPostElements(document)) marker.update(readPosts(post), post);
}
const marks = () => [...document.querySelectorAll<HTMLElement>(MARK)];
const marked = () => marks().map((mark) => mark.dataset.postId);
/** X fills a post's elements with another post. */
function refill(post: Element, { id, handle }: PostSpec): void {
  for (const link of post.querySelectorAll('a[href*="/status/"]')) if (!link.closest('div[role="link"]')) link.setAttribute('href', `/${handle}/status/${id}${link.querySelector('time') ? '' : '/analytics'}`);
}

beforeEach(() => {
  digests = new Map([[TOLD.id, 'told at 8'], [ALSO_TOLD.id, 'told at 12']]);
  marker = new Marker(({ postId }) => {
    const text = postId && digests.get(postId);
    return text ? { postId, text } : null;
  });
});

describe('a mark', () => {
  it('says in text and on hover what it means, and links to nothing', () => {
    show(TOLD);
    const mark = createMark(buildMark(), TOLD.id, 'told at 8');
    expect([mark.localName, mark.dataset.postId, mark.textContent, mark.title]).toEqual([MARK, TOLD.id, 'told at 8', 'told at 8']);
    expect(['role', 'aria-label', 'aria-haspopup', 'tabindex'].map((name) => mark.getAttribute(name))).toEqual(['button', 'told at 8', 'dialog', '0']);
    expect(mark.children).toHaveLength(0);
  });

  it('shows its words as words, whatever is in them', () => {
    show(TOLD);
    const mark = createMark(buildMark(), TOLD.id, '<img src=x onerror=alert(1)>');
    expect(mark.children).toHaveLength(0);
    expect(mark.textContent).toBe('<img src=x onerror=alert(1)>');
  });
});

describe('the marks of a page', () => {
  it('stand on the posts that were in a digest, behind the time, and on no other', () => {
    show(TOLD, STRANGER, { ...ALSO_TOLD, kind: 'focal' });
    update();
    expect(marked()).toEqual([TOLD.id, ALSO_TOLD.id]);
    for (const mark of marks()) {
      expect(mark.previousElementSibling?.querySelector('time')).not.toBeNull();
      expect(mark.closest('a')).toBeNull();
      expect(mark.closest('article')?.querySelector('time')?.closest('a')?.getAttribute('href')).toContain(mark.dataset.postId);
    }
  });

  it('stand on a quote by its own right, beside that of the post it is in', () => {
    const quote = { ...ALSO_TOLD, linked: 'photo' as const };
    show({ ...TOLD, quote }, { ...STRANGER, quote }, { ...TOLD, quote: { ...STRANGER, linked: 'photo' } });
    update();
    expect(marks().map((mark) => [mark.dataset.postId, mark.closest('div[role="link"]') !== null])).toEqual([[TOLD.id, false], [ALSO_TOLD.id, true], [ALSO_TOLD.id, true], [TOLD.id, false]]);
  });

  it('are never two on one post, and never touched again, however often it is looked at', async () => {
    show({ ...TOLD, quote: { ...ALSO_TOLD, linked: 'text' } });
    update();
    expect(marked()).toEqual([TOLD.id, ALSO_TOLD.id]);
    const changes = vi.fn();
    const observer = new (document.defaultView as Window & typeof globalThis).MutationObserver(changes);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    update();
    update();
    await Promise.resolve();
    expect(changes).not.toHaveBeenCalled();
    marks()[0]?.remove();
    await Promise.resolve();
    expect(changes).toHaveBeenCalled(); // the observer does see marks
    observer.disconnect();
    expect(marked()).toEqual([ALSO_TOLD.id]);
  });

  it('follow a post’s elements when X fills them with another post', () => {
    show(TOLD);
    update();
    const post = document.querySelector('article') as Element;
    refill(post, ALSO_TOLD);
    update();
    expect(marks().map((mark) => [mark.dataset.postId, mark.textContent, mark.title])).toEqual([[ALSO_TOLD.id, 'told at 12', 'told at 12']]);
    refill(post, STRANGER);
    update();
    expect(marked()).toEqual([]);
    refill(post, TOLD);
    update();
    expect(marks().map((mark) => [mark.dataset.postId, mark.textContent])).toEqual([[TOLD.id, 'told at 8']]);
  });

  it('follow a quote’s box the same way, also when it no longer shows an id', () => {
    show({ ...STRANGER, quote: { ...TOLD, linked: 'photo' } });
    update();
    expect(marked()).toEqual([TOLD.id]);
    const link = document.querySelector('article div[role="link"] a') as Element;
    link.setAttribute('href', `/${ALSO_TOLD.handle}/status/${ALSO_TOLD.id}/photo/1`);
    update();
    expect(marked()).toEqual([ALSO_TOLD.id]);
    link.removeAttribute('href');
    update();
    expect(marked()).toEqual([]);
  });

  it('go with a quote X takes out of a post, and leave the post’s own', () => {
    show({ ...TOLD, quote: { ...ALSO_TOLD, linked: 'photo' } });
    update();
    const mark = marks()[1] as HTMLElement;
    document.querySelector('article div[role="link"]:has(time)')?.remove();
    update();
    expect(marked()).toEqual([TOLD.id]);
    expect(mark.isConnected).toBe(false);
  });

  it('go and come with the digests', () => {
    show(TOLD, ALSO_TOLD);
    update();
    digests.delete(TOLD.id);
    update();
    expect(marked()).toEqual([ALSO_TOLD.id]);
    digests.set(TOLD.id, 'told at 8').set(STRANGER.id, 'never shown');
    update();
    expect(marked()).toEqual([TOLD.id, ALSO_TOLD.id]);
  });

  it('say the new words when those change, in the place they have', () => {
    show(TOLD);
    update();
    const [mark] = marks();
    digests.set(TOLD.id, 'told at 16');
    update();
    expect(marks().map(({ textContent, title }) => [textContent, title])).toEqual([['told at 16', 'told at 16']]);
    expect(marks()[0]).toBe(mark);
  });

  it('come back when X drops them, alone or with the row they stand in', () => {
    show(TOLD);
    update();
    marks()[0]?.remove();
    update();
    expect(marked()).toEqual([TOLD.id]);
    const row = document.querySelector('.when') as Element;
    row.replaceWith(Object.assign(row.cloneNode(false), { innerHTML: row.querySelector('a')?.outerHTML }));
    expect(marked()).toEqual([]);
    update();
    expect(marked()).toEqual([TOLD.id]);
    expect(marks()[0]?.parentElement?.className).toBe('when');
  });

  it('return to their place when X puts a new time where the old one was', () => {
    show(TOLD);
    update();
    const row = document.querySelector('.when') as Element;
    row.append(row.querySelector('a')?.cloneNode(true) as Node);
    row.querySelector('a')?.remove();
    expect(row.lastElementChild?.localName).toBe('a');
    update();
    expect([...row.children].map((child) => child.localName)).toEqual(['a', MARK]);
  });

  it('of posts inside a post stay when the post round them is looked at', () => {
    show(articleHtml(TOLD, [ALSO_TOLD, STRANGER]));
    update();
    expect(marked()).toEqual([ALSO_TOLD.id, TOLD.id]);
    const [outer, inner] = findPostElements(document) as [Element, Element];
    marker.update(readPosts(inner), inner);
    marker.update(readPosts(outer), outer);
    expect(marked()).toEqual([ALSO_TOLD.id, TOLD.id]);
  });

  it('are never two where something copies a post or writes its HTML anew, marks and all', () => {
    show(TOLD);
    update();
    const post = document.querySelector('article') as Element;
    post.innerHTML = String(post.innerHTML);
    expect(marked()).toEqual([TOLD.id]);
    const [copied] = marks();
    update();
    expect(marked()).toEqual([TOLD.id]);
    expect(marks()[0]).not.toBe(copied); // a copy has no picture in it
    post.after(post.cloneNode(true));
    update();
    expect(marked()).toEqual([TOLD.id, TOLD.id]);
    for (const { postId, element } of findPostElements(document).flatMap((post) => readPosts(post))) expect([...element.querySelectorAll<HTMLElement>(MARK)].map((mark) => mark.dataset.postId)).toEqual([postId]);
  });

  it('ask about each shown post once a look, and touch nothing in a post of no digest', () => {
    show(STRANGER, { ...STRANGER, quote: { ...ALSO_TOLD, linked: 'photo' } });
    const describePost = vi.fn((_: ShownPost) => null);
    marker = new Marker(describePost);
    const before = document.toString();
    update();
    expect(describePost.mock.calls.map(([post]) => post.postId)).toEqual([STRANGER.id, STRANGER.id, ALSO_TOLD.id]);
    expect(document.toString()).toBe(before);
  });

  it('are missed where X took one away, or what it stood in, from a post that is still there', () => {
    show(TOLD, { ...STRANGER, quote: { ...ALSO_TOLD, linked: 'photo' } }, STRANGER);
    update();
    const [first, second] = findPostElements(document) as [Element, Element];
    expect(marker.lost()).toEqual([]);
    document.querySelector('.when')?.remove();
    document.querySelector('article div[role="link"]:has(time)')?.remove();
    expect(marker.lost()).toEqual([first, second]);
    second.remove();
    expect(marker.lost()).toEqual([first]);
    update();
    expect(marker.lost()).toEqual([]);
  });

  it('leave room for what another extension puts between them and the time, and do not fight over the place', () => {
    show(TOLD);
    update();
    const [mark] = marks();
    const other = document.createElement('span');
    mark?.before(other);
    update();
    expect([...(document.querySelector('.when')?.children ?? [])].map((child) => child.localName)).toEqual(['a', 'span', MARK]);
    expect(marks()).toEqual([mark]);
  });

  it('stand on pictures of a media tab, and follow what X fills those with', () => {
    show(mediaHtml([TOLD, STRANGER, ALSO_TOLD]));
    update();
    expect(marked()).toEqual([TOLD.id, ALSO_TOLD.id]);
    const links = document.querySelectorAll('li a');
    [STRANGER, TOLD].forEach(({ id, handle }, i) => links[i]?.setAttribute('href', `/${handle}/status/${id}/photo/1`));
    update();
    expect(marks().map((mark) => [mark.dataset.postId, mark.previousElementSibling === links[1]])).toEqual([[TOLD.id, true], [ALSO_TOLD.id, false]]);
  });

  it('all go when they are taken off the page', () => {
    show(TOLD, { ...STRANGER, quote: { ...ALSO_TOLD, linked: 'photo' } });
    update();
    expect(marks()).toHaveLength(2);
    removeMarks(document);
    expect(marks()).toEqual([]);
  });
});
