// Which posts are looked at again after a change of the page. linkedom's records name the observed document as the place
// of every change, so what X takes out of a post is tested in real browsers only: see tests/e2e.
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secondOfPost } from '../../lib/model/post.ts';
import { buildMark, createMark } from '../../lib/x/mark.ts';
import { watchPosts } from '../../lib/x/watch.ts';
import { articleHtml, bareHtml, lightboxHtml, mediaHtml, pageHtml, postHtml, type PostSpec } from '../fixtures/x/page.ts';

const FIRST: PostSpec = { id: '2002900000000000001', handle: 'dotey' };
const SECOND: PostSpec = { id: '2002800000000000002', handle: 'karpathy' };

let document: Document;
let looked: Element[][];
let lost: Element[];
let marked: Element[];
/** Of the compact list; null knows every post. */
let ids: string[] | null;
const known = { has: (id: string) => ids?.includes(id) ?? true, hasSecond: (second: number) => ids?.some((id) => secondOfPost(id) === second) ?? true };
const marks = { lost: () => lost, isMarked: (node: Node) => marked.some((post) => post.contains(node)) };
let stop: () => void;

/** The posts looked at since the last question, call by call. */
async function lookedAt(): Promise<Element[][]> {
  await Promise.resolve();
  await Promise.resolve();
  return looked.splice(0);
}
const posts = () => [...document.querySelectorAll('[data-testid="tweet"]')];
const section = () => document.querySelector('section') as Element;
/** Elements that are on no page yet. */
function make(html: string): Element[] {
  const box = document.createElement('div');
  box.innerHTML = html;
  return [...box.children];
}

beforeEach(() => {
  const page = parseHTML(pageHtml([FIRST]));
  document = page.document;
  vi.stubGlobal('document', document);
  vi.stubGlobal('Element', page.Element);
  vi.stubGlobal('MutationObserver', page.MutationObserver);
  looked = [];
  lost = [];
  marked = [];
  ids = null;
  stop = watchPosts(document, (elements) => looked.push([...elements]), known, marks);
});
afterEach(() => stop());

describe('a watched page', () => {
  it('has the posts that are there looked at, at once', () => {
    expect(looked).toEqual([posts()]);
  });

  describe('then', () => {
    beforeEach(() => looked.splice(0));

    it('has those looked at that come, all in one go, and no others', async () => {
      section().append(...make(postHtml(SECOND)), ...make(postHtml({ ...FIRST, kind: 'legacy' })));
      expect(await lookedAt()).toEqual([posts().slice(1)]);
    });

    it('has a post looked at when a link in it changes or goes: X filled it with another', async () => {
      posts()[0]?.querySelector('a:has(time)')?.setAttribute('href', '/karpathy/status/2002800000000000002');
      posts()[0]?.querySelector('[role="group"] a')?.removeAttribute('href');
      expect(await lookedAt()).toEqual([posts()]);
    });

    it('has a post looked at when a part that tells its id comes late: a quote, a time, a bare link', async () => {
      const [post] = posts();
      for (const html of ['<div><a href="/x/status/1"><time>1h</time></a></div>', '<time>1h</time>', '<a href="/x/status/1">Show more</a>']) {
        post?.append(...make(html));
        expect(await lookedAt()).toEqual([[post]]);
      }
    });

    it('has the post round others looked at with them', async () => {
      section().append(...make(lightboxHtml(FIRST, [])));
      expect(await lookedAt()).toEqual([[posts()[1]]]);
      posts()[1]?.querySelector('section')?.append(...make(bareHtml(SECOND)));
      expect((await lookedAt()).map((call) => new Set(call))).toEqual([new Set(posts().slice(1))]);
    });

    it('has nothing looked at for what tells no id: counters, pictures, other attributes, our own mark', async () => {
      const [post] = posts();
      post?.append(...make('<span>12</span><div><img alt=""></div><a href="/dotey">@dotey</a>'));
      post?.setAttribute('class', 'hovered');
      post?.querySelector('time')?.append('2h');
      post?.querySelector('.when')?.append(createMark(buildMark(), FIRST.id, 'told at 8'));
      section().append(...make('<div data-testid="cellInnerDiv"><div></div></div><a href="/x/status/1"><time>1h</time></a>'));
      expect(await lookedAt()).toEqual([]);
    });

    it('has every post of a cell looked at: one with others in it, a promoted one, one of 2021, all of a column', async () => {
      section().append(...make(articleHtml(FIRST, [SECOND])));
      expect((await lookedAt()).map((call) => new Set(call))).toEqual([new Set(posts().slice(1))]);
      for (const kind of ['promoted', 'legacy'] as const) {
        section().append(...make(postHtml({ ...SECOND, kind })));
        expect(await lookedAt()).toEqual([posts().slice(-1)]);
      }
      section().append(...make(`<div>${postHtml(SECOND)}${postHtml({ ...SECOND, kind: 'promoted' })}</div>`));
      expect(await lookedAt()).toEqual([posts().slice(-2)]);
    });

    describe('where only some posts are known', () => {
      const quote = { ...SECOND, linked: 'photo' as const };

      it('has only those looked at: by its own id, by a quote’s id or second, by the link to its views', async () => {
        ids = [SECOND.id];
        const THIRD = { ...FIRST, id: '2002700000000000003' };
        section().append(...make([THIRD, SECOND, { ...THIRD, quote }, { ...THIRD, quote: { ...quote, linked: false as const } }, { ...THIRD, quote: { ...quote, id: FIRST.id } }, { ...SECOND, kind: 'promoted' as const }, { ...THIRD, kind: 'promoted' as const }, { ...THIRD, mentions: SECOND }].map(postHtml).join('')));
        expect(await lookedAt()).toEqual([[2, 3, 4, 6].map((n) => posts()[n])]);
      });

      it('has one looked at that is filled with a known one, or is marked and filled with another', async () => {
        ids = [SECOND.id];
        const link = posts()[0]?.querySelector('a:has(time)') as Element;
        const fill = ({ id }: PostSpec) => link.setAttribute('href', `/dotey/status/${id}`);
        fill({ id: '2002700000000000003', handle: 'dotey' });
        expect(await lookedAt()).toEqual([]);
        fill(SECOND);
        expect(await lookedAt()).toEqual([posts()]);
        marked = posts();
        fill(FIRST);
        expect(await lookedAt()).toEqual([posts()]);
        link.replaceWith(...make('<a href="/dotey/status/2002700000000000003"><time>1h</time></a>'));
        expect(await lookedAt()).toEqual([posts()]);
      });
    });

    it('has a picture of a media tab looked at that comes or is filled anew, in a tab that grows', async () => {
      ids = [FIRST.id];
      section().replaceChildren(...make(mediaHtml([SECOND, FIRST])));
      const [second, first] = document.querySelectorAll('li');
      expect(await lookedAt()).toEqual([[second, first]]);
      second?.querySelector('a')?.setAttribute('href', `/${FIRST.handle}/status/${FIRST.id}/photo/1`);
      expect(await lookedAt()).toEqual([[second]]);
    });

    it('has a post looked at that lost our mark, whatever else changed', async () => {
      lost = posts();
      section().append(...make('<div></div>'));
      expect(await lookedAt()).toEqual([posts()]);
    });

    it('has a quote looked at whose time changes', async () => {
      posts()[0]?.append(...make('<div role="link"><time datetime="2025-12-19T00:00:00.000Z">1d</time></div>'));
      await lookedAt();
      posts()[0]?.querySelector('[role="link"] > time:not(a > time)')?.setAttribute('datetime', '2025-12-20T00:00:00.000Z');
      expect(await lookedAt()).toEqual([posts()]);
    });

    it('has nothing looked at for our own marks', async () => {
      stop();
      let calls = 0;
      stop = watchPosts(document, () => {
        calls++;
        posts()[0]?.querySelector('.when')?.append(Object.assign(document.createElement('div'), { innerHTML: '<time>1h</time>' }));
      }, known, marks);
      await lookedAt();
      section().append(...make(postHtml(SECOND)));
      await lookedAt();
      expect(calls).toBe(2);
    });

    it('has nothing looked at once the watching has stopped', async () => {
      stop();
      section().append(...make(postHtml(SECOND)));
      expect(await lookedAt()).toEqual([]);
    });
  });
});
