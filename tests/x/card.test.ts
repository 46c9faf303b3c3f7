// Around the card: where it stands, which theme it takes, how posts are treated, what is counted.
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { type Box, placeCard } from '../../lib/x/placement.ts';
import { findPostElements, focalOf, readPosts } from '../../lib/x/post.ts';
import { Tally } from '../../lib/x/tally.ts';
import { BAR, removeTreatment, Treatment } from '../../lib/x/treat.ts';
import { mediaHtml, pageHtml, type PostSpec } from '../fixtures/x/page.ts';

const box = (left: number, top: number, width: number, height: number): Box => ({ left, top, right: left + width, bottom: top + height });
const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('a card’s place', () => {
  const size = { width: 320, height: 200 };
  const view = { width: 1280, height: 800 };
  const mark = box(500, 112, 14, 14);
  const place = (...asked: Parameters<typeof placeCard>) => {
    const { left, top, width, height } = placeCard(...asked);
    return box(left, top, width, height);
  };

  it('is below its mark where nothing is in the way', () => {
    const card = place(size, mark, view, []);
    expect([card.top, card.bottom]).toEqual([132, 332]);
    expect(card.left).toBeLessThanOrEqual(mark.left);
    expect(card.right).toBeGreaterThanOrEqual(mark.right);
  });

  it('is above near the window’s lower edge, and always inside the window', () => {
    expect(place(size, box(500, 760, 14, 14), view, []).bottom).toBe(760 - 6);
    for (const [x, y] of [[0, 0], [1270, 0], [0, 790], [1270, 790], [-40, 400]] as const)
      for (const controls of [[], [box(0, 0, 1280, 800)]]) {
        const card = place(size, box(x, y, 14, 14), view, controls);
        expect(card.left >= 8 && card.top >= 8 && card.right <= view.width - 8 && card.bottom <= view.height - 8).toBe(true);
      }
  });

  it('is beside the column where its bars leave no room, and lower or narrower where there is nothing beside', () => {
    const bars = [96, 236, 376, 516, 656].map((top) => box(340, top, 600, 30));
    const card = place(size, box(500, 274, 14, 14), view, bars);
    expect([card.right <= 340 || card.left >= 940, card.bottom - card.top]).toEqual([true, 200]);
    const column = bars.map(({ top }) => box(20, top, 600, 30));
    const low = place(size, box(200, 274, 14, 14), { width: 640, height: 800 }, column);
    expect([low.bottom - low.top, column.filter((bar) => overlaps(bar, low))]).toEqual([110, []]);
    const slit = place(size, box(200, 20, 14, 14), { width: 640, height: 800 }, [box(0, 50, 200, 800), box(400, 50, 240, 800)]);
    expect(slit.left).toBeGreaterThanOrEqual(200);
    expect(slit.right).toBeLessThanOrEqual(400);
  });

  it('covers the fewest controls where every place covers some', () => {
    const [above, below] = [[120, 160, 200, 240, 280, 320], [380, 460]].map((tops) => tops.map((top) => box(0, top, 360, 30)));
    const card = place({ width: 344, height: 150 }, box(100, 358, 14, 14), { width: 360, height: 640 }, [...(above ?? []), ...(below ?? []), ...[20, 70, 540, 590].map((top) => box(0, top, 360, 30))]);
    expect(card.top).toBeGreaterThan(358);
  });

  const number = (min: number, max: number) => fc.integer({ min, max });
  const windows = fc.record({ width: number(320, 1200), height: number(200, 800) });
  /** A control, or a mark, somewhere in and around a window. */
  const spot = fc.tuple(number(-100, 1200), number(-100, 800));
  const controls = fc.array(fc.tuple(spot, number(0, 600), number(0, 200)).map(([[left, top], width, height]) => box(left, top, width, height)), { maxLength: 40, size: 'max' });

  it('covers no control wherever the least card has a place that covers none, and never its mark there', () => {
    let [free, full] = [0, 0];
    fc.assert(
      fc.property(windows, spot, controls, (view, [x, y], controls) => {
        const mark = box(x % view.width, y % view.height, 14, 14);
        const card = place(size, mark, view, controls);
        const taken = [...controls, box(mark.left - 6, mark.top - 6, 26, 26)];
        const covers = taken.some((one) => overlaps(one, card));
        expect(card.left >= 8 && card.right <= view.width - 8).toBe(true);
        // If there is a free place, there is one that touches the window's edge or a control on its left and upper side.
        const least = { width: Math.min(size.width, view.width - 16) * 0.5, height: 96 };
        const tops = [8, ...taken.map(({ bottom }) => bottom)];
        const any = [8, ...taken.map(({ right }) => right)].some((left) =>
          tops.some((top) => {
            const small = box(left, top, least.width, least.height);
            return left >= 8 && top >= 8 && small.right <= view.width - 8 && small.bottom <= view.height - 8 && !taken.some((one) => overlaps(one, small));
          }),
        );
        if (any) free++;
        else full++;
        expect(covers).toBe(!any);
      }),
      { numRuns: 1500, examples: [[{ width: 320, height: 200 }, [100, 100], [box(0, 0, 320, 200)]]] },
    );
    expect(Math.min(free, full)).toBeGreaterThan(20);
  });

  it('is as wide and high as the card is by itself where such a place touches the mark', () => {
    fc.assert(
      fc.property(windows, spot, controls, (view, [x, y], controls) => {
        const mark = box(x % view.width, y % view.height, 14, 14);
        const below = box(Math.max(8, Math.min(mark.left - 12, view.width - 8 - size.width)), mark.bottom + 6, size.width, size.height);
        fc.pre(view.width - 16 >= size.width && below.top >= 8 && below.bottom <= view.height - 8 && !controls.some((one) => overlaps(one, below)));
        const card = place(size, mark, view, controls);
        expect([card.right - card.left, card.bottom - card.top]).toEqual([size.width, size.height]);
      }),
    );
  });
});

describe('the post a page is about', () => {
  it('is told by the path', () => {
    expect(['/a/status/12', '/a/status/12/photo/1', '/i/web/status/12', '/a/article/12', '/home', '/i/article/12', '/status/status/12'].map(focalOf)).toEqual(['12', '12', '12', '12', null, null, '12']);
  });
});

describe('a digested post', () => {
  const A: PostSpec = { id: '2002900000000000001', handle: 'dotey' };
  const B: PostSpec = { id: '2002800000000000002', handle: 'karpathy' };
  const STRANGER: PostSpec = { id: '2002700000000000003', handle: 'stranger' };
  const start = (...posts: (PostSpec | string)[]) => {
    const { document } = parseHTML(pageHtml(posts));
    vi.stubGlobal('document', document);
    const treatment = new Treatment((id) => (id === A.id || id === B.id ? 'told' : null), { show: 'Show' });
    const update = () => findPostElements(document).forEach((post) => treatment.update(readPosts(post), post));
    const ways = () => [...document.querySelectorAll('article')].map((post) => post.getAttribute('data-eight-bells'));
    return { document, treatment, update, ways };
  };

  it('is left alone until something is chosen, and again when it is not any more', () => {
    const { document, treatment, update, ways } = start(A, STRANGER);
    const before = document.toString();
    update();
    expect(document.toString()).toBe(before);
    treatment.dim = true;
    update();
    expect(ways()).toEqual(['dim', null]);
    treatment.dim = false;
    treatment.fold = true;
    update();
    expect(ways()).toEqual(['fold', null]);
    treatment.fold = false;
    update();
    expect(document.toString()).toBe(before);
  });

  it('is collapsed once however often it is looked at, and shown for good on demand', () => {
    const { document, treatment, update, ways } = start(A, B);
    treatment.fold = true;
    update();
    update();
    expect([document.querySelectorAll(BAR).length, document.querySelector(BAR)?.textContent]).toEqual([2, 'toldShow']);
    document.querySelector<HTMLElement>(`${BAR} button`)?.click();
    update();
    expect(ways()).toEqual([null, 'fold']);
    expect(document.querySelectorAll(BAR)).toHaveLength(1);
    removeTreatment(document);
    expect(document.querySelectorAll(`${BAR}, [data-eight-bells]`)).toHaveLength(0);
  });

  it('is not treated where the page is about it, nor for a post it quotes', () => {
    const { treatment, update, ways } = start({ ...A, kind: 'focal' }, { ...STRANGER, quote: { id: B.id, handle: B.handle, linked: 'photo' } }, B);
    Object.assign(treatment, { fold: true, dim: true, focal: A.id });
    update();
    expect(ways()).toEqual([null, null, 'fold']);
  });

  it('is dimmed and never collapsed where it is a picture of a media tab, which stands in a grid', () => {
    const { document, treatment, update } = start(mediaHtml([A, STRANGER]));
    treatment.fold = true;
    update();
    expect(document.querySelectorAll(`${BAR}, [data-eight-bells]`)).toHaveLength(0);
    treatment.dim = true;
    update();
    expect(Array.from(document.querySelectorAll('li'), (picture) => picture.getAttribute('data-eight-bells'))).toEqual(['dim', null]);
  });

  it('gives its element back when X fills it with another post', () => {
    const { document, treatment, update, ways } = start(A);
    treatment.fold = true;
    update();
    for (const link of document.querySelectorAll('article a[href*="/status/"]')) link.setAttribute('href', `/${STRANGER.handle}/status/${STRANGER.id}`);
    update();
    expect(ways()).toEqual([null]);
    expect(document.querySelectorAll(`${BAR}, [data-eight-bells]`)).toHaveLength(0);
  });
});

describe('the count of a page', () => {
  it('is told once it rests, once each, and begins anew on another page with what stands there', () => {
    const { document } = parseHTML('<!doctype html><html><body></body></html>');
    const tally = new Tally(document);
    expect([tally.look('/home'), tally.look('/home')]).toEqual([null, null]); // none: nothing to say
    tally.add('1', '/home');
    tally.add('1', '/home');
    expect(tally.look('/home')).toBeNull(); // it has only just changed
    expect([tally.look('/home'), tally.look('/home')]).toEqual([1, null]);
    tally.add('2', '/home');
    tally.look('/home');
    expect(tally.look('/home')).toBe(2);
    document.body.innerHTML = '<eight-bells-mark data-post-id="9"></eight-bells-mark>';
    expect([tally.look('/explore'), tally.look('/explore')]).toEqual([null, 1]);
    document.body.textContent = '';
    expect([tally.look('/jobs'), tally.look('/jobs')]).toEqual([null, 0]);
  });
});
