// Marks on X in both browsers, whatever the page does: every placement, recycled nodes, re-renders, navigation, translators, other
// extensions, and an update or the removal of the extension while the page is open.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { readSampleEditions, recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { articleHtml, articlePageHtml, lightboxHtml, pageHtml, postHtml, type PostSpec, specOf } from '../fixtures/x/page.ts';
import { Extension, markedIds, until } from './extension.ts';

const samples = readSampleEditions();
const told = [...new Map(samples.slice(0, 3).flatMap((edition) => edition.items.map((item) => [item.url, item.url] as const))).values()].map(specOf);
const [A, B, C] = told as [PostSpec, PostSpec, PostSpec];
const stranger = (n: number): PostSpec => ({ id: String(2002999999999999000n + BigInt(n)), handle: 'stranger' });

describe.each(['chromium', 'firefox'] as const)('marks on X in %s', (name) => {
  let site: Site;
  let ext: Extension;
  const errors: string[] = [];

  beforeAll(async () => {
    site = await startSite(recentEditions().slice(0, 3), inject('feedPort'));
    ext = await Extension.start(name, 'feed');
    await ext.waitForDigests(3, 60_000);
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
  });

  const open = async (html: string, url?: string): Promise<Page> => {
    const page = await ext.openX(html, url);
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    return page;
  };
  /** Waits until exactly these posts carry a mark, in this order, and a moment later still do. */
  const settles = async (page: Page, ...posts: PostSpec[]) => {
    const right = JSON.stringify(posts.map(({ id }) => id));
    await until(`marks ${right}`, () => markedIds(page), (ids) => JSON.stringify(ids) === right);
    await new Promise((later) => setTimeout(later, 150));
    expect(JSON.stringify(await markedIds(page))).toBe(right);
  };

  it('stand on posts in every placement, and on nothing that is only linked', async () => {
    const page = await open(
      pageHtml([
        { ...A, kind: 'repost' },
        { ...stranger(1), mentions: A as { id: string; handle: string }, videoFrom: B.id },
        { ...B, kind: 'promoted' },
        { ...stranger(2), quote: { ...C, linked: false } },
        { ...stranger(3), quote: { ...stranger(4), linked: false, nested: { ...A, linked: false } } },
        { ...stranger(5), quote: { id: C.id, handle: 'somebody_else', linked: false } },
        { ...C, kind: 'edited', quote: { ...B, linked: 'photo' } },
        articleHtml(stranger(6), [A]),
        articlePageHtml(B, { mentions: C as { id: string; handle: string } }),
        lightboxHtml(A, [{ ...A, kind: 'focal' }]),
      ]),
    );
    await settles(page, A, B, C, A, B, C, A, B, A);
    await page.close();
  });

  it('are all that a page learns: one without digested posts sees and hears nothing', async () => {
    const ears = `<script>
      heard = [];
      addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)));
      document.addEventListener('eight-bells-successor', () => heard.push('successor'));
      new MutationObserver((records) => heard.push(...records.map(({ type, target }) => type + ' ' + target.nodeName))).observe(document, { childList: true, subtree: true, attributes: true });
    </script>`;
    const page = await open(pageHtml([stranger(1), { ...stranger(2), mentions: A as { id: string; handle: string } }]).replace('</body>', `${ears}</body>`));
    const other = await open(pageHtml([A])); // by now the script has done its work
    await settles(other, A);
    await other.close();
    expect(await page.evaluate('heard')).toEqual([]);
    await page.close();
  });

  it('stand on X’s other hosts', async () => {
    for (const host of ['twitter.com', 'mobile.twitter.com', 'mobile.x.com']) {
      const page = await open(pageHtml([A, stranger(1), { ...B, host: 'https://twitter.com' }]), `https://${host}/home`);
      await settles(page, A, B);
      await page.close();
    }
  });

  it('are never wrong nor two while nodes are recycled, in place and by moving', async () => {
    const page = await open(pageHtml([A, { ...stranger(1), quote: { ...B, linked: false } }, stranger(2), { ...C, quote: { ...stranger(3), linked: 'photo' } }]));
    await settles(page, A, B, C);
    const wrong = await page.evaluate(async (known, strangers) => {
      const ids = new Set(known.map(({ id }) => id));
      const all = [...known, ...strangers];
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      const found: string[] = [];
      for (let step = 0; step < 120; step++) {
        const posts = [...document.querySelectorAll('article')];
        const post = posts[(step * 7) % posts.length] as Element;
        const to = all[(step * 5) % all.length] as { id: string; handle: string };
        if (step % 10 === 9) post.parentElement?.parentElement?.parentElement?.append(post.parentElement.parentElement);
        for (const link of post.querySelectorAll('a[href*="/status/"]')) if (!link.closest('div[role="link"]')) link.setAttribute('href', `/${to.handle}/status/${to.id}${link.querySelector('time') ? '' : '/analytics'}`);
        await Promise.resolve(); // ours must be done before the browser paints
        await frame();
        for (const shown of document.querySelectorAll('article')) {
          const id = /\d+$/.exec(shown.querySelector('a:has(time)')?.getAttribute('href') ?? '')?.[0] ?? '';
          const marks = [...shown.querySelectorAll<HTMLElement>('eight-bells-mark')].filter((mark) => !mark.closest('div[role="link"]')).map((mark) => mark.dataset.postId);
          if (marks.join() !== (ids.has(id) ? id : '')) found.push(`step ${step}: ${id} has ${marks.join()}`);
        }
      }
      return found;
    }, told, [stranger(10), stranger(11), stranger(12)]);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('follow a quote without an id that is filled with another', async () => {
    const page = await open(pageHtml([{ ...stranger(1), quote: { ...A, linked: false } }]));
    await settles(page, A);
    await page.evaluate(() => document.querySelector('div[role="link"] time')?.setAttribute('datetime', '2025-01-01T00:00:00.000Z'));
    await settles(page);
    await page.close();
  });

  it('come back after a theme change that writes the page anew, and after X takes them or what they stand in away', async () => {
    const page = await open(pageHtml([A, stranger(1), { ...stranger(2), quote: { ...B, linked: false } }]));
    await settles(page, A, B);
    await page.evaluate(() => {
      document.body.style.backgroundColor = 'rgb(0, 0, 0)';
      for (const element of document.querySelectorAll('*')) element.className = `${element.className} dark`;
    });
    await settles(page, A, B);
    await page.evaluate(() => {
      const root = document.querySelector('#react-root') as Element;
      root.replaceWith(root.cloneNode(true)); // with the marks in it, as a copy of the page would have
    });
    await settles(page, A, B);
    await page.evaluate(() => document.querySelectorAll('eight-bells-mark').forEach((mark) => mark.remove()));
    await settles(page, A, B);
    await page.evaluate(() => {
      for (const row of document.querySelectorAll('.when')) row.replaceWith(Object.assign(document.createElement('div'), { className: 'when', innerHTML: row.querySelector('a')?.outerHTML ?? '' }));
    });
    await settles(page, A, B);
    await page.close();
  });

  it('follow navigation inside the page, and the way back', async () => {
    const page = await open(pageHtml([A, stranger(1)]));
    await settles(page, A);
    await page.evaluate((html, path) => {
      history.pushState({}, '', path);
      (document.querySelector('section') as Element).innerHTML = html;
    }, postHtml({ ...B, kind: 'focal' }) + postHtml(stranger(2)), `/${B.handle}/status/${B.id}`);
    await settles(page, B);
    await page.evaluate((html) => {
      history.back();
      (document.querySelector('section') as Element).innerHTML = html;
    }, postHtml(stranger(1)) + postHtml(A));
    await settles(page, A);
    await page.close();
  });

  it('stand once when the browser brings a page back from its cache', async () => {
    const page = await open(pageHtml([A, B, stranger(1)]));
    await settles(page, A, B);
    await page.goto('https://x.com/explore', { waitUntil: 'domcontentloaded' });
    await page.evaluate(() => history.back()).catch(() => null); // no event of its own tells puppeteer that a page has come from the cache
    await until('the page to come back', () => page.evaluate(() => `${location.pathname} ${document.readyState}`).catch(() => ''), (at) => at === '/home complete');
    await settles(page, A, B);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await settles(page, A, B);
    await page.close();
  });

  it('stay, and find quotes, on a page a translator put its elements in', async () => {
    const page = await open(pageHtml([A, { ...stranger(1), quote: { ...B, linked: false } }]));
    await settles(page, A, B);
    const translate = () =>
      page.evaluate(() => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found: Text[] = [];
        for (let text = texts.nextNode(); text; text = texts.nextNode()) if (text.nodeValue?.trim() && !text.parentElement?.closest('[translate=no]')) found.push(text as Text);
        for (const text of found) {
          const font = document.createElement('font');
          font.append(document.createElement('font'));
          text.replaceWith(font);
          font.firstElementChild?.append(text);
        }
      });
    await translate();
    await settles(page, A, B);
    await page.evaluate(() => document.querySelectorAll('eight-bells-mark').forEach((mark) => mark.remove()));
    await settles(page, A, B);
    await page.close();
  });

  it('leave other extensions’ nodes where they are, and do not fight with them', async () => {
    const page = await open(pageHtml([A, stranger(1)]));
    await settles(page, A);
    const moves = await page.evaluate(async () => {
      let moved = 0;
      const place = () => {
        for (const link of document.querySelectorAll('.when > a')) if (link.nextElementSibling?.localName !== 'other-badge') {
          moved++;
          link.after(link.parentElement?.querySelector('other-badge') ?? document.createElement('other-badge'));
        }
      };
      new MutationObserver(place).observe(document, { childList: true, subtree: true });
      place();
      document.querySelector('section')?.append(document.createElement('div'));
      document.querySelector('.when a')?.append(document.createElement('time'));
      await new Promise((later) => setTimeout(later, 300));
      return moved;
    });
    expect(moves).toBe(2);
    await settles(page, A);
    await page.close();
  });

  describe('when the extension', () => {
    let page: Page;
    it('is installed anew while the page is open, stand once, and again after the page changes', async () => {
      page = await open(pageHtml([A, stranger(1), B]));
      await settles(page, A, B);
      await ext.launched.install(`${inject('builds')}/feed/${name === 'chromium' ? 'chrome' : 'firefox'}-mv3`);
      await page.bringToFront();
      await page.evaluate((html) => document.querySelector('section')?.insertAdjacentHTML('beforeend', html), postHtml(C));
      await until('marks of the new script', () => markedIds(page), (ids) => ids.join() === [A.id, B.id, C.id].join());
      await new Promise((later) => setTimeout(later, 2500)); // longer than an old script takes to see that it is cut off
      await settles(page, A, B, C);
    });

    it('is removed, go, stay away, and leave no error behind', async () => {
      await ext.launched.uninstall();
      await until('the marks to go', () => markedIds(page), (ids) => ids.length === 0, 5000);
      await page.evaluate((html) => document.querySelector('section')?.insertAdjacentHTML('beforeend', html), postHtml(A));
      await new Promise((later) => setTimeout(later, 300));
      expect(await markedIds(page)).toEqual([]);
      expect(errors).toEqual([]);
    });
  });
});
