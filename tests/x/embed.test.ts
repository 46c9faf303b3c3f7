// Posts of X on pages of others: which are shown where, and that each carries the right mark, once, whatever the page does.
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildEmbedMark, findEmbedded, ownOf, placeEmbedMarks, watchEmbedded } from '../../lib/x/embed.ts';
import { MARK } from '../../lib/x/mark.ts';
import { blockquoteHtml, drawnHtml, elsewhereHtml, type EmbedSpec, frameHtml, mirrorHtml, timelessFrameHtml } from '../fixtures/x/elsewhere.ts';

const FIRST: EmbedSpec = { id: '2002900000000000001', handle: 'dotey' };
const SECOND: EmbedSpec = { id: '2002800000000000002', handle: 'status_page' }; // a handle may contain "status"
const OTHER: EmbedSpec = { id: '2002700000000000003', handle: 'karpathy' };

let document: Document;
function open(html: string): void {
  const page = parseHTML(html);
  document = page.document;
  for (const name of ['document', 'MutationObserver'] as const) vi.stubGlobal(name, page[name]);
}
afterEach(() => vi.unstubAllGlobals());

const read = (html: string, own: string | null = null) => {
  open(html);
  return Array.from(findEmbedded(document, own), ([link, postId]) => [postId, link.textContent]);
};

describe('a post embedded elsewhere', () => {
  it('is what a publisher pasted, by its last link: what it mentions is not', () => {
    const text = `as in <a href="https://x.com/karpathy/status/${OTHER.id}">this post</a>`;
    expect(read(elsewhereHtml(blockquoteHtml(FIRST, { text }), blockquoteHtml(SECOND, { host: 'x.com' })))).toEqual([[FIRST.id, 'December 21, 2025'], [SECOND.id, 'December 21, 2025']]);
    expect(read(elsewhereHtml(`<blockquote><a href="https://x.com/dotey/status/${FIRST.id}">quoted by hand</a></blockquote>`))).toEqual([]);
  });

  it('is what is drawn with its time as a link, in X’s frame or by the page itself', () => {
    expect(read(frameHtml(FIRST), FIRST.id)).toEqual([[FIRST.id, '8:00 PM · Dec 21, 2025']]);
    expect(read(elsewhereHtml(drawnHtml(FIRST, 'x.com'), drawnHtml(SECOND)))).toEqual([[FIRST.id, '8:00 PM · Dec 21, 2025'], [SECOND.id, '8:00 PM · Dec 21, 2025']]);
  });

  it('is what a frame’s address says, where the time is no link; beside the first link to it', () => {
    expect(read(timelessFrameHtml(FIRST), FIRST.id)).toEqual([[FIRST.id, 'View on X']]);
    expect(read(timelessFrameHtml(FIRST), OTHER.id)).toEqual([]);
    expect(ownOf(`https://platform.twitter.com/embed/Tweet.html?dnt=false&id=${FIRST.id}&lang=en`)).toBe(FIRST.id);
    expect(ownOf('https://platform.twitter.com/embed/Tweet.html?id=%3Cb%3E')).toBeNull();
  });

  it('is each of a mirror’s, with those quoted in them', () => {
    expect(read(elsewhereHtml(mirrorHtml({ ...FIRST, quote: OTHER }), mirrorHtml(SECOND)))).toEqual([[FIRST.id, '21 Dec'], [OTHER.id, '20 Dec'], [SECOND.id, '21 Dec']]);
  });

  it('is no mere link, and nothing on a site that only writes addresses alike', () => {
    const links = [`https://x.com/dotey/status/${FIRST.id}`, `https://forum.example/dotey/status/${FIRST.id}`].map((url) => `<a href="${url}">a post</a>`);
    expect(read(elsewhereHtml(...links, `<a href="https://forum.example/dotey/status/${FIRST.id}"><time>now</time></a>`, '<a href="/status"><time>now</time></a>', '<a href="http://[/status/1"><time>now</time></a>'))).toEqual([]);
  });
});

describe('the marks of such a page', () => {
  const place = (told: Record<string, string>) => {
    const marks = new Map([...findEmbedded(document, null)].flatMap(([link, postId]) => (told[postId] ? [[link, { postId, text: told[postId] }] as const] : [])));
    placeEmbedMarks(document, marks, buildEmbedMark());
  };
  const marks = () => [...document.querySelectorAll<HTMLElement>(MARK)];
  const shown = () => marks().map((mark) => [mark.dataset.postId, mark.title]);
  beforeEach(() => open(elsewhereHtml(blockquoteHtml(FIRST), mirrorHtml({ ...SECOND, quote: OTHER }))));

  it('stand behind the link, say when it was told, and are no buttons', () => {
    place({ [FIRST.id]: 'told at 8', [OTHER.id]: 'told at 12' });
    expect(shown()).toEqual([[FIRST.id, 'told at 8'], [OTHER.id, 'told at 12']]);
    expect(marks().map((mark) => mark.previousElementSibling?.textContent)).toEqual(['December 21, 2025', '20 Dec']);
    expect(['role', 'aria-label', 'aria-haspopup', 'tabindex'].map((name) => marks()[0]?.getAttribute(name))).toEqual(['img', 'told at 8', null, null]);
  });

  it('stay the same elements while they are right, and change or go with what is known', () => {
    place({ [FIRST.id]: 'told at 8', [SECOND.id]: 'told at 8' });
    const [first, second] = marks();
    first?.before(document.createElement('other-badge'));
    place({ [FIRST.id]: 'told at 8', [SECOND.id]: 'told at 4' });
    expect(shown()).toEqual([[FIRST.id, 'told at 8'], [SECOND.id, 'told at 4']]);
    expect([marks()[0] === first, marks()[1] === second]).toEqual([true, false]);
    place({});
    expect(marks()).toEqual([]);
  });

  it('follow a link that leads to another post, and are no two where the page was copied', () => {
    place({ [FIRST.id]: 'told at 8' });
    document.querySelector('main')?.append(...[...document.querySelectorAll('blockquote')].map((quote) => quote.cloneNode(true)), marks()[0]?.cloneNode(true) as Node);
    place({ [FIRST.id]: 'told at 8', [OTHER.id]: 'told at 12' });
    expect(shown()).toEqual([[FIRST.id, 'told at 8'], [OTHER.id, 'told at 12'], [FIRST.id, 'told at 8']]);
    for (const link of document.querySelectorAll(`blockquote a[href*="${FIRST.id}"]`)) link.setAttribute('href', `https://x.com/karpathy/status/${OTHER.id}`);
    place({ [FIRST.id]: 'told at 8', [OTHER.id]: 'told at 12' });
    expect(shown().map(([id]) => id)).toEqual([OTHER.id, OTHER.id, OTHER.id]);
  });
});

describe('a watched page', () => {
  let frames: Map<number, () => void>;
  const looks = vi.fn<() => void>();
  let stop: () => void;
  beforeEach(() => {
    frames = new Map();
    open(elsewhereHtml(blockquoteHtml(FIRST)));
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.set(frames.size + 1, frame).size);
    vi.stubGlobal('cancelAnimationFrame', (asked: number) => frames.delete(asked));
    looks.mockClear();
    stop = watchEmbedded(document, looks);
  });
  /** How often the page was looked at by its next frame. */
  const looked = async (): Promise<number> => {
    await Promise.resolve();
    await Promise.resolve();
    looks.mockClear();
    const due = [...frames.values()];
    frames.clear();
    for (const frame of due) frame();
    return looks.mock.calls.length;
  };
  const add = (html: string) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html);

  it('is looked at at once, and once a frame when posts come, go or change', async () => {
    expect(looks).toHaveBeenCalledOnce();
    add(blockquoteHtml(SECOND));
    add(mirrorHtml(OTHER));
    expect(await looked()).toBe(1);
    document.querySelector('blockquote a:last-child')?.setAttribute('href', `https://x.com/dotey/status/${OTHER.id}`);
    expect(await looked()).toBe(1);
    document.querySelector('blockquote')?.remove();
    expect(await looked()).toBe(1);
  });

  it('is not looked at for anything else, nor for our own marks, nor when all is over', async () => {
    add('<p>Some <b>text</b></p><a href="/other">link</a>');
    expect(await looked()).toBe(0);
    looks.mockImplementation(() => document.querySelector('main')?.append(buildEmbedMark()));
    add(blockquoteHtml(SECOND));
    expect(await looked()).toBe(1);
    expect(await looked()).toBe(0);
    document.querySelector(MARK)?.remove(); // by the page
    expect(await looked()).toBe(1);
    add(blockquoteHtml(OTHER));
    await Promise.resolve();
    stop();
    expect(await looked()).toBe(0);
  });
});
