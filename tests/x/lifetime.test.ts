// The life of a script in a page.
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginLife } from '../../lib/x/lifetime.ts';
import { MARK } from '../../lib/x/mark.ts';

let page: Document;
beforeEach(() => {
  const { document, Event } = parseHTML('<html></html>');
  page = document;
  vi.stubGlobal('Event', Event);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a script’s life', () => {
  it('lasts as long as the extension is there, and is looked after until then', () => {
    let alive = true;
    const look = vi.fn();
    const life = beginLife(page, () => alive, look);
    vi.advanceTimersByTime(4000);
    expect([look.mock.calls.length, life.aborted]).toEqual([2, false]);
    alive = false;
    vi.advanceTimersByTime(2000);
    expect([look.mock.calls.length, life.aborted]).toEqual([2, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when another one begins in the same page, and only then', () => {
    page.documentElement.append(page.createElement(MARK));
    const first = beginLife(page, () => true, () => {});
    const elsewhere = beginLife(parseHTML('<html></html>').document, () => true, () => {});
    expect(first.aborted).toBe(false);
    const second = beginLife(page, () => true, () => {});
    expect([first.aborted, second.aborted, elsewhere.aborted]).toEqual([true, false, false]);
    expect(vi.getTimerCount()).toBe(2);
  });

  it('begins without a word on a page that shows no mark', () => {
    const dispatch = vi.spyOn(page, 'dispatchEvent');
    beginLife(page, () => true, () => {});
    expect(dispatch).not.toHaveBeenCalled();
  });
});
