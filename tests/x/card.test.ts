// Around the card: where it stands, which theme it takes, how posts are treated, what is counted.
import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { placeCard } from '../../lib/x/placement.ts';
import { findPostElements, focalOf, readPosts } from '../../lib/x/post.ts';
import { Tally } from '../../lib/x/tally.ts';
import { BAR, removeTreatment, Treatment } from '../../lib/x/treat.ts';
import { mediaHtml, pageHtml, type PostSpec } from '../fixtures/x/page.ts';

const box = (left: number, top: number, width: number, height: number) => ({ left, top, right: left + width, bottom: top + height });
const overlaps = (a: ReturnType<typeof box>, b: ReturnType<typeof box>) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('a card’s place', () => {
  const size = { width: 320, height: 200 };
  const view = { width: 1280, height: 800 };
  const post = box(340, 100, 600, 500);
  const mark = box(500, 112, 14, 14);

  it('is below its mark where nothing is in the way', () => {
    const { left, top } = placeCard(size, mark, post, view, []);
    expect(top).toBe(132);
    expect(left).toBeLessThanOrEqual(mark.left);
    expect(left + size.width).toBeGreaterThanOrEqual(mark.right);
  });

  it('is elsewhere where controls are in the way, and never on the mark', () => {
    const controls = [box(340, 280, 600, 30)];
    const placed = placeCard(size, mark, post, view, controls);
    const card = box(placed.left, placed.top, size.width, size.height);
    expect(controls.some((control) => overlaps(card, control))).toBe(false);
    expect(overlaps(card, mark)).toBe(false);
  });

  it('is above near the window’s lower edge, and always inside the window', () => {
    expect(placeCard(size, box(500, 760, 14, 14), box(340, 740, 600, 200), view, []).top).toBe(760 - 6 - 200);
    for (const [x, y] of [[0, 0], [1270, 0], [0, 790], [1270, 790], [-40, 400]] as const) {
      const { left, top } = placeCard(size, box(x, y, 14, 14), box(x, y, 300, 100), view, [box(0, 0, 1280, 800)]);
      expect(left >= 8 && top >= 8 && left + size.width <= view.width - 8 && top + size.height <= view.height - 8).toBe(true);
    }
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
