// The card of a mark on X in both browsers: by keyboard alone, as its inside is closed to the page and to the tests; what it
// does is read where it shows.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { readSampleEditions, recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { pageHtml, type PostSpec, specOf } from '../fixtures/x/page.ts';
import { Extension, markedIds, until } from './extension.ts';

const samples = readSampleEditions();
const items = samples.slice(0, 2).flatMap((edition) => edition.items).filter(({ url }) => /x\.com\/\w+\/status\/\d+/.test(url));
const told = items.map(({ url }) => specOf(url));
const A = told[0] as PostSpec;
const B = told.find(({ handle }) => handle !== A.handle) as PostSpec;
const stranger: PostSpec = { id: '2002999999999999999', handle: 'stranger' };
const status = ({ id, handle }: PostSpec) => `https://x.com/${handle}/status/${id}`;
const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));

/** What stands round posts on X, laid out as it is there: in wide windows, in narrow ones, on a phone. */
const landmarks = `<style>
  nav { position: fixed; inset: 0 auto 0 0; width: 260px; background: #fff } nav a { display: block; width: 80%; height: 44px }
  #react-root { margin-left: 275px; width: 600px } [data-testid=tweet] { max-width: none; box-sizing: border-box } [data-testid=tweetText] { min-height: 130px }
  .head { position: relative } .more { position: absolute; right: 0; top: 0 } [role=group] { justify-content: space-between } [role=group] > div > * { display: inline-block; width: 40px; height: 24px }
  aside { position: absolute; left: 900px; top: 0; width: 330px } aside input { width: 320px; height: 40px } aside button { display: block; margin: 44px 0 0 240px; width: 80px; height: 32px }
  [role=menu] { position: fixed; right: 20px; bottom: 20px; width: 300px; height: 200px; background: #eee }
  @media (max-width: 1100px) { nav { width: 64px } #react-root { margin-left: 72px } aside, [role=menu] { display: none } }
  @media (max-width: 700px) { nav { inset: auto 0 0 0; width: auto; display: flex } #react-root { margin: 0; width: auto } }
</style><nav>${'<a href="/x">Home</a>'.repeat(6)}</nav><aside><input>${'<button>Follow</button>'.repeat(9)}</aside><div role="menu"><div role="menuitem">Mute</div></div>`;

describe.each(['chromium', 'firefox'] as const)('the card in %s', (name) => {
  let site: Site;
  let ext: Extension;

  beforeAll(async () => {
    site = await startSite(recentEditions().slice(0, 2), inject('feedPort'));
    ext = await Extension.start(name, 'feed');
    await ext.waitForDigests(2, 60_000);
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  const open = async (posts: PostSpec[], url?: string, ids = posts.filter((post) => post !== stranger).map(({ id }) => id), dress = (html: string) => html): Promise<Page> => {
    const page = await ext.openX(dress(pageHtml(posts)), url);
    await page.bringToFront();
    await until('the marks', () => markedIds(page), (marked) => marked.join() === ids.join(), 30_000);
    return page;
  };
  const card = (page: Page) => page.evaluate(() => {
    const box = document.querySelector('eight-bells-card')?.getBoundingClientRect();
    return box ? { left: box.left, top: box.top, right: box.right, bottom: box.bottom, view: [innerWidth, innerHeight] } : null;
  });
  const opens = (page: Page) => until('the card', () => card(page), Boolean, 20_000);
  const closes = (page: Page) => until('no card', () => card(page), (box) => box === null);
  const inCard = (page: Page) => page.evaluate(() => document.activeElement?.localName === 'eight-bells-card');
  /** Focuses a mark, opens its card and goes into it. */
  const enter = async (page: Page, post: PostSpec) => {
    await page.focus(`eight-bells-mark[data-post-id="${post.id}"]`);
    await page.keyboard.press('Enter');
    await opens(page);
    await until('the focus in the card', () => inCard(page), Boolean);
  };
  /** The read and star states of a post's item, as they are stored. */
  const stored = (post: PostSpec) => ext.options.evaluate(
    (id) => new Promise<{ read: number; starred: number }>((found) => {
      const opening = indexedDB.open('eight-bells');
      opening.addEventListener('success', () => {
        const get = opening.result.transaction('statuses').objectStore('statuses').get(id);
        get.addEventListener('success', () => {
          opening.result.close();
          found(get.result);
        });
      });
    }),
    `post:${post.id}`,
  );
  /** Gives a post's item a read state, by its card. */
  const setRead = async (post: PostSpec, read: number) => {
    if ((await stored(post)).read === read) return;
    const page = await open([post, stranger]);
    await enter(page, post);
    await page.keyboard.press('Enter');
    await until('the read state', () => stored(post), (now) => now.read === read);
    await page.close();
  };
  const choose = async (label: RegExp) => {
    await ext.options.bringToFront();
    await ext.options.evaluate((source) => [...document.querySelectorAll<HTMLLabelElement>('section[aria-labelledby="x"] label')].find((one) => new RegExp(source).test(one.textContent ?? ''))?.click(), label.source);
  };

  it('opens on hover, inside the window and over no control of X, and goes when the pointer leaves', async () => {
    const page = await open([A, stranger]);
    await page.setViewport({ width: 1280, height: 800 }); // room enough, as there is beside X's column
    await page.hover('eight-bells-mark');
    const box = await opens(page);
    const covered = await page.evaluate(() => {
      const card = document.querySelector('eight-bells-card')?.getBoundingClientRect() as DOMRect;
      return [...document.querySelectorAll('button, [role="group"] a')].map((control) => control.getBoundingClientRect()).filter((control) => control.left < card.right && card.left < control.right && control.top < card.bottom && card.top < control.bottom).length;
    });
    expect(covered).toBe(0);
    expect(box && box.left >= 0 && box.top >= 0 && box.right <= (box.view[0] ?? 0) && box.bottom <= (box.view[1] ?? 0)).toBe(true);
    expect(await page.evaluate(() => document.querySelector('eight-bells-mark')?.shadowRoot ?? document.querySelector('eight-bells-card')?.shadowRoot ?? null)).toBeNull();
    await page.mouse.move(1, 1);
    await closes(page);
    expect(page.url()).toBe('https://x.com/home');
    await page.close();
  });

  it.each([[1280, 800], [1000, 700], [690, 800], [480, 800], [360, 740]])('covers none of what X lets one press in a window of %d × %d, also as the page is scrolled', async (width, height) => {
    const page = await open([stranger, stranger, A, stranger, B, stranger, stranger, stranger], undefined, [A.id, B.id], (html) => html.replaceAll('<div class="head">', '<div class="head"><button class="more">…</button>').replace('</body>', `${landmarks}</body>`));
    await page.setViewport({ width, height });
    const covered = () => page.evaluate(() => {
      const card = document.querySelector('eight-bells-card')?.getBoundingClientRect() as DOMRect;
      const controls = [...document.querySelectorAll('button, input, nav a, [role=menu], [role=group] a, eight-bells-mark')];
      return controls.filter((control) => {
        const { left, top, right, bottom } = control.getBoundingClientRect();
        return left < card.right && card.left < right && top < card.bottom && card.top < bottom;
      }).map((control) => control.outerHTML);
    });
    for (const { id } of [A, B]) {
      const mark = `eight-bells-mark[data-post-id="${id}"]`;
      await page.$eval(mark, (one) => one.scrollIntoView({ block: 'center' }));
      await page.click(mark);
      await opens(page);
      for (const by of [0, 70, 70, -200]) {
        await page.evaluate((way) => new Promise((painted) => {
          scrollBy(0, way);
          requestAnimationFrame(() => requestAnimationFrame(painted));
        }), by);
        expect(await covered(), `scrolled by ${by}`).toEqual([]);
        const box = await opens(page);
        expect(box && box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height && box.bottom - box.top >= 90).toBe(true);
      }
      await page.keyboard.press('Escape');
      await closes(page);
    }
    await page.close();
  });

  it('opens on a click, which X never hears of, and closes on Escape, which X never hears of either', async () => {
    const page = await open([A, stranger]);
    await page.evaluate(() => {
      const heard: string[] = ((globalThis as { heard?: string[] }).heard = []);
      for (const type of ['click', 'keydown']) document.addEventListener(type, (event) => heard.push(event instanceof KeyboardEvent ? event.key : type));
    });
    await page.click('eight-bells-mark');
    await opens(page);
    await page.keyboard.press('Escape');
    await closes(page);
    await enter(page, A);
    await page.keyboard.press('Tab');
    await page.keyboard.press('l'); // X's own key for a like
    await page.keyboard.press('Escape');
    await closes(page);
    expect(await page.evaluate(() => (globalThis as { heard?: string[] }).heard)).toEqual([]);
    await page.close();
  });

  it('keeps Tab inside and gives the focus back', async () => {
    const page = await open([A, stranger]);
    await enter(page, A);
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      expect(await inCard(page)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await closes(page);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.postId)).toBe(A.id);
    await pause(400);
    expect(await card(page)).toBeNull(); // the focus that came back asks nothing
    await page.close();
  });

  it('marks read and unread and stars, with the worker asleep', async () => {
    const page = await open([A, stranger]);
    const before = await stored(A);
    await ext.killWorker();
    await page.bringToFront();
    await enter(page, A); // on its first button
    await page.keyboard.press('Enter');
    await until('the other read state', () => stored(A), ({ read }) => read === 1 - before.read);
    await pause(300); // until the card has its answer
    await page.keyboard.press('Enter'); // the same button takes it back
    await until('the state before', () => stored(A), ({ read }) => read === before.read);
    await pause(300);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the star', () => stored(A), ({ starred }) => starred === 1);
    await page.close();
  });

  it('hides posts like this, and brings them back', async () => {
    const page = await open([A, B, stranger]);
    await enter(page, A);
    const before = await opens(page);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab'); // read, star, open digest, hide
    await page.keyboard.press('Enter');
    await until('one mark', () => markedIds(page), (ids) => ids.join() === B.id);
    await page.keyboard.press('Enter'); // the focus has gone to "undo"
    await until('both marks', () => markedIds(page), (ids) => ids.join() === [A.id, B.id].join());
    await until('the card where it was', () => card(page), (box) => box?.left === before?.left && box?.top === before?.top);
    await page.keyboard.press('Escape');
    await closes(page);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.postId)).toBe(A.id); // though it is another mark by now
    await page.close();
  });

  it('asks nothing anew when the reader comes back from another window', async () => {
    const page = await open([A, B, stranger]);
    await page.focus(`eight-bells-mark[data-post-id="${A.id}"]`);
    await opens(page);
    await page.keyboard.press('Escape');
    await closes(page);
    await ext.options.bringToFront();
    await page.bringToFront();
    await pause(400);
    expect(await card(page)).toBeNull();
    for (const { id } of [B, A]) {
      await page.focus(`eight-bells-mark[data-post-id="${id}"]`); // what is asked after that is answered
      await opens(page);
      await page.keyboard.press('Escape');
      await closes(page);
    }
    await page.close();
  });

  it('goes when the pointer leaves, though another mark has the focus', async () => {
    const page = await open([A, B, stranger]);
    await enter(page, A);
    await page.keyboard.press('Escape');
    await closes(page);
    await page.hover(`eight-bells-mark[data-post-id="${B.id}"]`);
    await opens(page);
    await page.mouse.move(1, 1);
    await closes(page);
    await page.close();
  });

  // Asked by DevTools' protocol, which alone looks into a closed shadow root.
  if (name === 'chromium') it('shows the button that has the focus where it has to scroll inside', async () => {
    const page = await open([A, stranger]);
    await page.setViewport({ width: 360, height: 180 });
    await enter(page, A);
    const devtools = await page.createCDPSession();
    interface Node { nodeId: number; localName: string; children?: Node[]; shadowRoots?: Node[] }
    const { root } = (await devtools.send('DOM.getDocument', { depth: -1, pierce: true })) as unknown as { root: Node };
    const find = (node: Node): Node | undefined => (node.localName === 'eight-bells-card' ? node.shadowRoots?.[0] : [...(node.children ?? []), ...(node.shadowRoots ?? [])].map(find).find(Boolean));
    const { object } = await devtools.send('DOM.resolveNode', { nodeId: find(root)?.nodeId });
    const { result } = await devtools.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      returnByValue: true,
      functionDeclaration: `function () {
        const card = this.firstElementChild;
        const [outer, inner] = [card, this.activeElement].map((one) => one.getBoundingClientRect());
        return { scrolls: card.scrollHeight > card.clientHeight, shown: inner.top >= outer.top && inner.bottom <= outer.bottom };
      }`,
    });
    expect(result.value).toEqual({ scrolls: true, shown: true });
    await page.close();
  });

  it('tells in the tooltip how many posts of the page were in a digest', async () => {
    const page = await open([A, B, stranger]);
    const titles = () => ext.options.evaluate(async () => {
      const api = (globalThis.browser ?? chrome) as unknown as { tabs: { query(q: object): Promise<{ id: number }[]> }; action: { getTitle(d: object): Promise<string> } };
      return Promise.all((await api.tabs.query({ url: '*://x.com/*' })).map(({ id }) => api.action.getTitle({ tabId: id })));
    });
    await until('the count', titles, (all) => all.some((title) => /2 posts on this page|此页面上有 2 条/.test(title)), 20_000);
    await page.close();
  });

  it('collapses digested posts when asked to, shows one on demand, and never the post the page is about', async () => {
    const page = await open([{ ...A, kind: 'focal' }, B, stranger], status(A));
    const height = () => page.evaluate(() => [...document.querySelectorAll('article')].map((article) => article.offsetHeight));
    const before = await height();
    await choose(/Collapse|折叠/);
    await page.bringToFront();
    await until('a lower post', height, (now) => (now[1] ?? 0) < (before[1] ?? 0) && now[0] === before[0] && now[2] === before[2]);
    await page.click('eight-bells-show button');
    await until('the post', height, (now) => now.join() === before.join());
    await choose(/Collapse|折叠/);
    await page.close();
  });

  it('marks an item read when its post is opened on X, if that is wished', async () => {
    await setRead(B, 0);
    await choose(/Opening a post|打开帖子时/);
    const page = await open([{ ...B, kind: 'focal' }, stranger], status(B), [B.id]);
    await until('the read state', () => stored(B), ({ read }) => read === 1, 20_000);
    await choose(/Opening a post|打开帖子时/);
    await page.close();
  });

  it('marks only what is unread, if that is wished', async () => {
    await setRead(A, 0);
    await setRead(B, 1);
    const page = await open([A, B, stranger]);
    await choose(/only posts of unread|只标记未读/);
    await until('one mark', () => markedIds(page), (ids) => ids.join() === A.id);
    await choose(/only posts of unread|只标记未读/);
    await until('both marks', () => markedIds(page), (ids) => ids.join() === [A.id, B.id].join());
    await page.close();
  });
});
