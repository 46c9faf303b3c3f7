// Which posts X's page shows, and whose id is whose, over pages of our own in every shape X is known to write.
import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { secondOfPost } from '../../lib/model/post.ts';
import { countPosts, findPostElements, postOf, readAuthor, readPosts, type ShownPost } from '../../lib/x/post.ts';
import { articleHtml, articlePageHtml, emptyCells, lightboxHtml, mediaHtml, notificationHtml, pageHtml, postHtml, type PostSpec, type QuoteSpec } from '../fixtures/x/page.ts';

const OWN: PostSpec = { id: '2002900000000000001', handle: 'dotey' };
const OTHER = { id: '2002800000000000002', handle: 'status_page' }; // a handle may contain "status"
const THIRD = { id: '2002700000000000003', handle: 'karpathy' };

/** Every post on a page, in its order. */
const read = (...posts: (PostSpec | string)[]) => {
  const { document } = parseHTML(pageHtml(posts));
  vi.stubGlobal('document', document);
  return findPostElements(document).flatMap((post) => readPosts(post));
};
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

    it(`without an id is told by its author and second, and never taken for the post it stands in: in a post of kind ${kind}`, () => {
      const posts = read({ ...OWN, kind, quote: { ...OTHER, linked: false } });
      expect(posts).toHaveLength(2);
      const own = posts.find((post) => post.postId);
      expect([own?.postId, own?.element.getAttribute('data-testid')]).toEqual([OWN.id, 'tweet']);
      expect(own?.after.getAttribute('href')).toContain(OWN.id);
      const quote = posts.find((post) => !post.postId) as ShownPost;
      expect([quote.element.getAttribute('role'), quote.second, readAuthor(quote)]).toEqual(['link', secondOfPost(OTHER.id), OTHER.handle]);
    });
  }

  it('has room for its mark behind its time', () => {
    const quote = read({ ...OWN, quote: { ...OTHER, linked: 'photo' } })[1];
    expect(quote?.after.localName).toBe('time');
    expect(quote?.element.contains(quote.after)).toBe(true);
  });

  it('is not taken for the post its video was taken from', () => {
    expect(ids({ ...OWN, quote: { ...OTHER, linked: false, videoFrom: THIRD.id } })).toEqual([OWN.id, null]);
    expect(ids({ ...OWN, quote: { ...OTHER, linked: 'photo', videoFrom: THIRD.id } })).toEqual([OWN.id, OTHER.id]);
  });

  it('is not taken for the quote inside it, nor the other way round', () => {
    const nested = (outer: 'photo' | false, inner: 'photo' | false) => read({ ...OWN, quote: { ...OTHER, linked: outer, nested: { ...THIRD, linked: inner } } }).map((post) => [post.postId ?? `${readAuthor(post)} ${post.second}`, post.element.getAttribute('data-testid')]);
    const own = [OWN.id, 'tweet'];
    const outer = (told: string) => [told, null];
    const inner = (told: string) => [told, 'nestedQuotePreview'];
    const untold = ({ id, handle }: { id: string; handle: string }) => `${handle} ${secondOfPost(id)}`;
    expect(nested(false, false)).toEqual([own, outer(untold(OTHER)), inner(untold(THIRD))]);
    expect(nested('photo', false)).toEqual([own, outer(OTHER.id), inner(untold(THIRD))]);
    expect(nested(false, 'photo')).toEqual([own, outer(untold(OTHER)), inner(THIRD.id)]);
    expect(nested('photo', 'photo')).toEqual([own, outer(OTHER.id), inner(THIRD.id)]);
  });

  describe('without an id', () => {
    /** The author of the quote after something was done to its box. */
    const authorOf = (change: (box: Element, time: Element) => void, quote: QuoteSpec = { ...OTHER, linked: false }) => {
      const { document } = parseHTML(pageHtml([{ ...OWN, quote }]));
      vi.stubGlobal('document', document);
      const time = document.querySelector('article div[role="link"] time') as Element;
      const box = time.closest('div[role="link"]') as Element;
      change(box, time);
      const [shown] = findPostElements(document).flatMap((post) => readPosts(post)).filter((post) => post.element === box);
      return shown ? readAuthor(shown) : 'not shown';
    };

    it('has the author its handle says, though its name, its text or a badge say another', () => {
      expect(authorOf((box) => (box.querySelector('span') as Element).textContent = '@sama')).toBe(OTHER.handle);
      expect(authorOf((box) => (box.querySelector('[data-testid="tweetText"]') as Element).innerHTML = 'to <span>@sama</span>')).toBe(OTHER.handle);
    });

    it('has its author where a translator or another extension put elements of its own round or beside the handle', () => {
      expect(authorOf((box) => {
        for (const span of box.querySelectorAll('span')) span.innerHTML = `<font style="vertical-align: inherit"><font>${span.textContent}</font></font>`;
      })).toBe(OTHER.handle);
      expect(authorOf((_, time) => time.before(time.ownerDocument.createElement('i')))).toBe(OTHER.handle);
    });

    it('has nobody for its author where the handle is missing, or the picture is another’s', () => {
      const handle = (box: Element) => box.querySelectorAll('span')[1] as Element;
      expect(authorOf((box) => handle(box).remove())).toBeNull();
      const picture = (name: string) => (box: Element) => box.insertAdjacentHTML('afterbegin', `<div data-testid="UserAvatar-Container-${name}"></div>`);
      expect(authorOf(picture('sama'))).toBeNull();
      expect(authorOf(picture(OTHER.handle.toUpperCase()))).toBe(OTHER.handle);
      expect(authorOf(picture('unknown'))).toBe(OTHER.handle);
    });

    it('is left out where its time makes no sense', () => {
      for (const at of ['', 'yesterday']) expect(authorOf((_, time) => time.setAttribute('datetime', at))).toBe('not shown');
      expect(authorOf((_, time) => time.removeAttribute('datetime'))).toBe('not shown');
    });
  });

  it('that is gone leaves the post round it alone', () => {
    expect(ids({ ...OWN, quote: 'unavailable' }, { ...THIRD, kind: 'promoted', quote: 'unavailable' })).toEqual([OWN.id, THIRD.id]);
  });

  it('in an element without a test id, were it to hold a time and links, is not taken for the post round it', () => {
    const { document } = parseHTML(pageHtml([{ ...OWN, kind: 'focal', quote: 'unavailable' }]));
    const gone = document.querySelector('article article') as Element;
    gone.innerHTML = `<a href="/${OTHER.handle}/status/${OTHER.id}"><time datetime="2025-12-21T00:00:00.000Z">1d</time></a>`;
    expect(findPostElements(document).flatMap((post) => readPosts(post)).map((post) => [post.postId, post.element === gone])).toEqual([[OTHER.id, true], [OWN.id, false]]);
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
    const posts = findPostElements(document).flatMap((post) => readPosts(post));
    expect(posts.map((post) => post.postId)).toEqual([OWN.id, OTHER.id]);
    for (const post of posts) expect(post.after.previousElementSibling).toBeNull();
  });
});

describe('an article on its own page', () => {
  const readAt = (path: string, html: string) => findPostElements(parseHTML(pageHtml([html])).document).flatMap((post) => readPosts(post, path)).map((post) => [post.postId, post.after.localName]);

  it('is known by the link to its views, beside the posts in its text and not the ones it links', () => {
    const html = articlePageHtml(OWN, { embedded: [OTHER, { ...THIRD, kind: 'promoted' }], mentions: THIRD });
    expect(readAt('/somewhere', html)).toEqual([[OWN.id, 'time'], [OTHER.id, 'a'], [THIRD.id, 'a']]);
  });

  it('is known by the page’s address where it links to no views, if that is a post of the second it is dated', () => {
    const html = articlePageHtml(OWN, { views: false, embedded: [OTHER], mentions: THIRD });
    for (const path of [`/${OWN.handle}/article/${OWN.id}`, `/${OWN.handle}/status/${OWN.id}`, `/${OWN.handle}/article/${OWN.id}/media/1`]) expect(readAt(path, html)).toEqual([[OWN.id, 'time'], [OTHER.id, 'a']]);
    for (const path of [`/i/article/${OWN.id}`, `/${OWN.handle}/article/${THIRD.id}`, `/${OWN.handle}`, '']) expect(readAt(path, html)).toEqual([[OTHER.id, 'a']]);
  });

  it('is known by a time link that leads to the article, where a post shows it', () => {
    const { document } = parseHTML(pageHtml([OWN, THIRD]));
    const links = [...document.querySelectorAll('.when a')];
    links[0]?.setAttribute('href', `/${OWN.handle}/article/${OWN.id}`);
    links[1]?.setAttribute('href', `/i/article/${THIRD.id}`);
    for (const views of document.querySelectorAll('[role="group"] a')) views.remove();
    expect(findPostElements(document).flatMap((post) => readPosts(post)).map((post) => post.postId)).toEqual([OWN.id]);
  });
});

describe('a picture on a media tab', () => {
  it('stands for the post it links, with its mark beside that link', () => {
    expect(read(mediaHtml([OWN, OTHER])).map(({ postId, element, after }) => [postId, element.localName, after.getAttribute('role')])).toEqual([[OWN.id, 'li', 'link'], [OTHER.id, 'li', 'link']]);
    const { document } = parseHTML(pageHtml([mediaHtml([OWN])]));
    const picture = document.querySelector('li') as Element;
    expect([findPostElements(picture), postOf(picture.querySelector('img'))]).toEqual([[picture], picture]);
  });

  it('is found on a page beside posts, as under an open lightbox', () => {
    expect(ids(mediaHtml([OWN]), OTHER)).toEqual([OTHER.id, OWN.id]);
  });

  it('is none where it links no post, nor in a post, whose polls and carousels are such lists, too', () => {
    expect(read('<ul><li role="listitem"><a href="/i/topics/1">a topic</a></li><li role="listitem">42 %</li></ul>')).toEqual([]);
    const { document } = parseHTML(pageHtml([OWN]));
    const list = Object.assign(document.createElement('ul'), { innerHTML: `<li role="listitem"><a href="/${OTHER.handle}/status/${OTHER.id}"><img></a></li>` });
    document.querySelector('[data-testid="tweetText"]')?.append(list);
    expect(findPostElements(document).flatMap((post) => readPosts(post)).map(({ postId }) => postId)).toEqual([OWN.id]);
    expect([findPostElements(list), postOf(list.querySelector('img'))]).toEqual([[], document.querySelector('article')]);
  });
});

describe('the self-check’s count', () => {
  const count = (...posts: (PostSpec | string)[]) => countPosts(parseHTML(pageHtml(posts)).document);

  it('sees every post, and knows those it can tell', () => {
    expect(count(OWN, { ...THIRD, quote: { ...OTHER, linked: 'photo' } }, { ...OTHER, kind: 'promoted' }, { ...OWN, quote: 'unavailable' })).toEqual({ seen: 4, identified: 4 });
    expect(count(lightboxHtml(OWN, [{ ...OWN, kind: 'focal' }, THIRD]))).toEqual({ seen: 2, identified: 2 });
    expect(count(notificationHtml(OTHER), notificationHtml(THIRD), OWN)).toEqual({ seen: 1, identified: 1 });
  });

  it('sees posts whose names X has changed: the test ids, the elements, the links', () => {
    const posts = [OWN, OTHER, THIRD].map(postHtml).join('');
    const { seen, identified } = count(posts.replaceAll('data-testid="tweet"', 'data-testid="post"'));
    expect([seen, identified]).toEqual([3, 0]);
    expect(count(posts.replaceAll('article', 'section').replaceAll('data-testid="tweet"', 'data-testid="post"'))).toEqual({ seen: 3, identified: 0 });
    expect(count(posts.replaceAll('/status/', '/p/'))).toEqual({ seen: 3, identified: 0 });
  });
});

describe('a notification', () => {
  it('of likes or reposts is no post, whatever it links; one of a reply is', () => {
    expect(ids(notificationHtml(OTHER), OWN)).toEqual([OWN.id]);
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
    expect(findPostElements(document).flatMap((post) => readPosts(post)).map((post) => [post.postId, post.element.parentElement?.parentElement?.getAttribute('data-testid')])).toEqual([[THIRD.id, 'simpleTweet']]);
  });

  it('is read beside them where it is an article with posts in its text', () => {
    const posts = read(articleHtml(OWN, [OTHER, { ...THIRD, kind: 'promoted' }]));
    expect(posts.map((post) => post.postId)).toEqual([OWN.id, OTHER.id, THIRD.id]);
    expect(new Set(posts.map((post) => post.element)).size).toBe(3);
    for (const post of posts) expect(post.after.getAttribute('href')).toContain(post.postId);
  });
});
