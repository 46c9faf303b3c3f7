// Saved pages of X, 2021 to 2026: with every post they show in a digest, each of them is marked, and nothing else. Runs where ../shared is at hand.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { buildPiece, MarkIndex } from '../../lib/mark-list.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { MARK, Marker } from '../../lib/x/mark.ts';
import { countPosts, findPostElements, readAuthor, readPosts } from '../../lib/x/post.ts';

interface Expected {
  id: string | null;
  handle: string | null;
  placement: string;
  quotedBy?: string;
  /** All ids of a quote's second: from, to (exclusive). */
  idRangeForSecond?: [string, string];
}
interface SavedPage {
  url: string;
  expect: Expected[];
  mustNotMarkAsPost: { id: string }[];
}
type Known = { id: string; handle: string };

const dir = path.resolve(import.meta.dirname, '../../../shared/x-pages');
const here = existsSync(dir);
if (!here) console.info('skipped: tests over ../shared/x-pages, which is not here');

const pages: Record<string, SavedPage> = here ? JSON.parse(readFileSync(path.join(dir, 'EXPECTED.json'), 'utf8')) : {};

/** The post itself, or some post of its author and second where the page tells no id; null for an advertisement that tells nothing. */
function postOf({ id, handle, idRangeForSecond: range }: Expected): Known | null {
  const known = id ?? (range && String(BigInt(range[0]) + 2_000_000_000n));
  return known && handle ? { id: known, handle } : null;
}
/** The lightbox is no post of its own: the column beside it shows the post. */
const shownPosts = (page: SavedPage) => page.expect.filter((post) => post.placement !== 'lightbox-wrapper').flatMap((post) => postOf(post) ?? []);

function open(name: string, page: SavedPage): Document {
  const { document } = parseHTML(readFileSync(path.join(dir, `${name}.html`), 'utf8'));
  vi.stubGlobal('document', document);
  vi.stubGlobal('location', new URL(page.url));
  return document;
}

/** A page marked with these posts in a digest; each mark by its id and, for a quote, the id of the post round it, where that is known. */
function mark(name: string, page: SavedPage, told: Known[]) {
  const document = open(name, page);
  const index = new MarkIndex();
  const items = told.map(({ id, handle }) => ({ id: `post:${id}`, title: id, author: '', postIds: [id], handle, category: 'AI', firstMs: 1, feedIds: ['f'], appearances: [{ feedId: 'f', publishedMs: 1 }] }));
  index.set([['2026-01-01', buildPiece(items, DEFAULT_SETTINGS, [{ id: 'f', marks: 1, hiddenCategories: [], removedAt: null }], 0)]]);
  const marker = new Marker((post) => {
    const postId = post.postId ?? index.find(post.second, () => readAuthor(post));
    return postId && index.get(postId) ? { postId, text: 'told' } : null;
  });
  for (const post of findPostElements(document)) marker.update(readPosts(post), post);
  return { document, marks: [...document.querySelectorAll<HTMLElement>(MARK)] };
}
const idOf = (mark: HTMLElement) => mark.dataset.postId ?? '';
const inOrder = (list: string[]) => list.sort();

describe.skipIf(!here)('the saved pages', () => {
  it('hold every placement the expectations name', () => {
    const placements = new Set(Object.values(pages).flatMap((page) => page.expect.map((post) => post.placement)));
    expect([...placements].sort()).toEqual(['article-page', 'embedded-in-article', 'focal', 'lightbox-wrapper', 'post', 'promoted', 'quoted', 'repost']);
  });

  for (const [name, page] of Object.entries(pages)) {
    describe(name, () => {
      const shown = shownPosts(page);
      const own = page.expect.flatMap((post) => (post.placement === 'quoted' ? [] : postOf(post)?.id ?? []));

      it('has each post it shows marked once, and no other, though every post it links were in a digest', () => {
        const ids = new Set(shown.map(({ id }) => id));
        const linked = [...readFileSync(path.join(dir, `${name}.html`), 'utf8').matchAll(/\/(\w{1,20})\/(?:status|article)\/(\d+)/g)].map(([, handle = '', id = '']) => ({ id, handle })).filter(({ id }) => !ids.has(id));
        for (const { id } of page.mustNotMarkAsPost) expect(linked.map((post) => post.id)).toContain(id);
        const unique = [...new Map([...shown, ...linked].map((post) => [post.id, post])).values()];
        expect(inOrder(mark(name, page, unique).marks.map(idOf))).toEqual(inOrder(shown.map(({ id }) => id)));
      });

      it('has no mark where none of its posts is in a digest, though others of their authors and seconds are', () => {
        const others = shown.flatMap(({ id, handle }) => [
          { id: String(BigInt(id) + 4_194_304_000n), handle }, // the next second
          { id: String((BigInt(id) >> 22n << 22n) + 1n), handle: `${handle}x` },
        ]);
        expect(mark(name, page, others).marks).toEqual([]);
      });

      it('has its quotes marked in their own boxes, and its posts outside of them, in no link', () => {
        for (const expected of page.expect) {
          const told = postOf(expected);
          if (!told || expected.placement === 'lightbox-wrapper') continue;
          const { marks } = mark(name, page, [told]);
          expect(marks.map(idOf)).toEqual([told.id]);
          const box = marks[0]?.closest('div[role="link"], [data-testid="nestedQuotePreview"]');
          expect(Boolean(box?.querySelector('time'))).toBe(expected.placement === 'quoted');
          expect(marks[0]?.closest('a')).toBeNull();
          if (expected.quotedBy) {
            const round = marks[0]?.closest('[data-testid="tweet"]');
            expect(round && readPosts(round).find((post) => post.element === round)?.postId).toBe(expected.quotedBy);
          }
        }
      });

      it('passes the self-check', () => {
        const { seen, identified } = countPosts(open(name, page));
        expect(identified).toBe(own.length - page.expect.filter((post) => post.placement === 'lightbox-wrapper').length);
        expect(seen).toBeGreaterThanOrEqual(identified);
        expect(seen).toBeLessThanOrEqual(identified + 3);
      });
    });
  }
});
