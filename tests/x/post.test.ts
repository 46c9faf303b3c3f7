// Which posts X's page shows, and whose id is whose, over pages of our own in every shape X is known to write.
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { findPostElements, readPosts } from '../../lib/x/post.ts';
import { articleHtml, emptyCells, lightboxHtml, pageHtml, type PostSpec } from '../fixtures/x/page.ts';

const OWN: PostSpec = { id: '2002900000000000001', handle: 'dotey' };
const OTHER = { id: '2002800000000000002', handle: 'status_page' }; // a handle may contain "status"
const THIRD = { id: '2002700000000000003', handle: 'karpathy' };

/** Every post on a page, in its order. */
const read = (...posts: (PostSpec | string)[]) => findPostElements(parseHTML(pageHtml(posts)).document).flatMap(readPosts);
const ids = (...posts: (PostSpec | string)[]) => read(...posts).map((post) => post.postId);

describe('a post', () => {
  for (const kind of ['plain', 'repost', 'focal', 'edited', 'promoted', 'legacy'] as const) {
    it(`is known by its own id: ${kind}`, () => {
      const [post, ...others] = read({ ...OWN, kind });
      expect(post?.postId).toBe(OWN.id);
      expect(post?.element.getAttribute('data-testid')).toBe('tweet');
      expect(others).toEqual([]);
    });

    it(`has room for its mark behind the link that tells its id, and outside it: ${kind}`, () => {
      const [post] = read({ ...OWN, kind });
      expect(post?.after.localName).toBe('a');
      expect(post?.after.getAttribute('href')).toContain(OWN.id);
      expect(post?.after.parentElement?.closest('a')).toBeNull();
      expect(post?.after.querySelector('time') !== null).toBe(kind !== 'promoted'); // there it is the link to its views
    });

    it(`is not taken for a post it links to in its text or took its video from: ${kind}`, () => {
      expect(ids({ ...OWN, kind, mentions: OTHER, videoFrom: THIRD.id })).toEqual([OWN.id]);
    });

    it(`is read with absolute links of X's old and mobile hosts: ${kind}`, () => {
      for (const host of ['https://x.com', 'https://twitter.com', 'https://www.x.com', 'https://mobile.twitter.com', 'https://mobile.x.com']) expect(ids({ ...OWN, kind, host })).toEqual([OWN.id]);
    });
  }

  it('is nobody where its links lead to another site', () => {
    expect(ids({ ...OWN, host: 'https://x.com.example.org' }, { ...OWN, kind: 'promoted', host: 'https://example.org' })).toEqual([]);
  });

  it('is nobody where a broken link stands for its own, and breaks nothing', () => {
    expect(ids({ ...OWN, host: 'https://[' }, { ...THIRD })).toEqual([THIRD.id]);
  });

  it('is found among others, in cells, between empty ones and hidden replies', () => {
    expect(ids(OWN, emptyCells('2002600000000000009'), { ...THIRD, kind: 'repost' })).toEqual([OWN.id, THIRD.id]);
  });

  it('is found at a node as well as below it', () => {
    const { document } = parseHTML(pageHtml([OWN]));
    const post = document.querySelector('article') as Element;
    expect(findPostElements(post)).toEqual([post]);
    expect(findPostElements(document)).toEqual([post]);
    expect(findPostElements(post.querySelector('time') as Element)).toEqual([]);
  });
});

describe('a quote', () => {
  for (const kind of ['plain', 'repost', 'focal', 'edited', 'promoted', 'legacy'] as const) {
    for (const linked of ['photo', 'text'] as const) {
      it(`is a post of its own where the link of its ${linked} tells its id: in a post of kind ${kind}`, () => {
        const posts = read({ ...OWN, kind, quote: { ...OTHER, linked } });
        expect(Object.fromEntries(posts.map((post) => [post.postId, post.element.getAttribute('data-testid') ?? post.element.getAttribute('role')]))).toEqual({ [OWN.id]: 'tweet', [OTHER.id]: 'link' });
        expect(posts).toHaveLength(2);
      });
    }

    it(`without an id stays nobody, and is never taken for the post it stands in: in a post of kind ${kind}`, () => {
      const posts = read({ ...OWN, kind, quote: { ...OTHER, linked: false } });
      expect(posts.map((post) => [post.postId, post.element.getAttribute('data-testid')])).toEqual([[OWN.id, 'tweet']]);
      expect(posts[0]?.after.getAttribute('href')).toContain(OWN.id);
    });
  }

  it('has room for its mark behind its time', () => {
    const quote = read({ ...OWN, quote: { ...OTHER, linked: 'photo' } })[1];
    expect(quote?.after.localName).toBe('time');
    expect(quote?.element.contains(quote.after)).toBe(true);
  });

  it('is not taken for the post its video was taken from', () => {
    expect(ids({ ...OWN, quote: { ...OTHER, linked: false, videoFrom: THIRD.id } })).toEqual([OWN.id]);
    expect(ids({ ...OWN, quote: { ...OTHER, linked: 'photo', videoFrom: THIRD.id } })).toEqual([OWN.id, OTHER.id]);
  });

  it('is not taken for the quote inside it, nor the other way round', () => {
    const nested = (outer: 'photo' | false, inner: 'photo' | false) => read({ ...OWN, quote: { ...OTHER, linked: outer, nested: { ...THIRD, linked: inner } } }).map((post) => [post.postId, post.element.getAttribute('data-testid')]);
    const own = [OWN.id, 'tweet'];
    const outer = [OTHER.id, null];
    const inner = [THIRD.id, 'nestedQuotePreview'];
    expect(nested(false, false)).toEqual([own]);
    expect(nested('photo', false)).toEqual([own, outer]);
    expect(nested(false, 'photo')).toEqual([own, inner]);
    expect(nested('photo', 'photo')).toEqual([own, outer, inner]);
  });

  it('that is gone leaves the post round it alone', () => {
    expect(ids({ ...OWN, quote: 'unavailable' }, { ...THIRD, kind: 'promoted', quote: 'unavailable' })).toEqual([OWN.id, THIRD.id]);
  });

  it('in an element without a test id, were it to hold a time and links, is not taken for the post round it', () => {
    const { document } = parseHTML(pageHtml([{ ...OWN, kind: 'focal', quote: 'unavailable' }]));
    const gone = document.querySelector('article article') as Element;
    gone.innerHTML = `<a href="/${OTHER.handle}/status/${OTHER.id}"><time datetime="2025-12-21T00:00:00.000Z">1d</time></a>`;
    expect(findPostElements(document).flatMap(readPosts).map((post) => [post.postId, post.element === gone])).toEqual([[OTHER.id, true], [OWN.id, false]]);
  });
});

describe('a post or quote in which X shows a second time', () => {
  it('is found once, by the first', () => {
    const { document } = parseHTML(pageHtml([{ ...OWN, quote: { ...OTHER, linked: 'photo' } }]));
    for (const time of document.querySelectorAll('time')) {
      const again = (time.closest('a') ?? time).cloneNode(true) as Element;
      if (again.localName === 'a') again.setAttribute('href', `/${THIRD.handle}/status/${THIRD.id}`);
      time.closest('div')?.append(again);
    }
    const posts = findPostElements(document).flatMap(readPosts);
    expect(posts.map((post) => post.postId)).toEqual([OWN.id, OTHER.id]);
    for (const post of posts) expect(post.after.previousElementSibling).toBeNull();
  });
});

describe('a post that holds posts', () => {
  it('is passed over where it is the photo lightbox; its replies are not', () => {
    const posts = read(lightboxHtml(OWN, [{ ...OWN, kind: 'edited' }, THIRD]));
    expect(posts.map((post) => [post.postId, post.element.localName])).toEqual([[OWN.id, 'article'], [THIRD.id, 'article']]);
  });

  it('is passed over where it is the photo lightbox and its replies have not come yet, or are all promoted', () => {
    expect(ids(lightboxHtml(OWN, []))).toEqual([]);
    expect(ids(lightboxHtml(OWN, [{ ...THIRD, kind: 'promoted' }]))).toEqual([THIRD.id]);
  });

  it('is not taken for the one inside it while its own id is still to come', () => {
    const { document } = parseHTML(pageHtml([articleHtml(OWN, [{ ...THIRD, kind: 'promoted' }])]));
    document.querySelector('.under')?.remove();
    expect(findPostElements(document).flatMap(readPosts).map((post) => [post.postId, post.element.parentElement?.parentElement?.getAttribute('data-testid')])).toEqual([[THIRD.id, 'simpleTweet']]);
  });

  it('is read beside them where it is an article with posts in its text', () => {
    const posts = read(articleHtml(OWN, [OTHER, { ...THIRD, kind: 'promoted' }]));
    expect(posts.map((post) => post.postId)).toEqual([OWN.id, OTHER.id, THIRD.id]);
    expect(new Set(posts.map((post) => post.element)).size).toBe(3);
    for (const post of posts) expect(post.after.getAttribute('href')).toContain(post.postId);
  });
});
