// The pictures of the last weeks, the first steps and the rebuilding of the index as a reader meets them.
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Pictures } from '../../components/options/Pictures.tsx';
import { HistorySection, type HistorySectionProps } from '../../components/options/HistorySection.tsx';
import { Storage } from '../../components/options/Storage.tsx';
import { Welcome, type WelcomeProps } from '../../components/reader/Welcome.tsx';
import { buildHistory } from '../../lib/history.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { openPage } from './page.ts';

let root: HTMLElement;

beforeEach(() => void (root = openPage()));

const show = (node: ComponentChild) => act(() => render(node, root));
const texts = (selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);
const press = (label: string) =>
  act(() => {
    const button = [...root.querySelectorAll('button')].find((one) => one.textContent === label);
    if (!button) throw new Error(`no button says ${label}`);
    button.dispatchEvent(new Event('click', { bubbles: true }));
  });

describe('the pictures', () => {
  const NOW = new Date(2026, 2, 10, 15).getTime();
  const HOUR = 3_600_000;
  const settings = { categoryNames: { c0: 'Models' }, categoryColors: { c1: 'red' as const } };
  const items = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `i${i}`, firstMs: NOW - HOUR, category: `c${i}`, author: 'Someone', handle: 'someone' }));
  const draw = (categories: number) => {
    const digests = [{ id: 'd', feedId: 'f', title: 'Edition', publishedAt: '2026-03-10T08:05:00Z', publishedMs: NOW - 5 * HOUR, kind: 'digest' as const, seenAt: NOW - HOUR, soughtAt: NOW - 3 * HOUR }];
    show(<Pictures settings={settings} now={NOW} history={buildHistory({ items: items(categories), read: new Set(['i0']), digests, since: NOW - 100 * HOUR, now: NOW })} />);
  };

  it('name every row beside its colour, and say its figures to who cannot see it', () => {
    draw(3);
    expect([...root.querySelectorAll('.bars[data-color]')].map((row) => [row.querySelector('.words')?.textContent, row.getAttribute('data-color')])).toEqual([['Models', 'amber'], ['c1', 'red'], ['c2', 'green']]);
    expect(root.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe('Models: 1 item, at most 1 a day (Mar 10)');
    expect([...root.querySelectorAll('svg[role=img]')].every((svg) => svg.getAttribute('aria-label'))).toBe(true);
    expect(texts('.authors .hidden')).toEqual(['3 items, 1 read']);
  });

  it('put what is beyond the most frequent into one row', () => {
    draw(12);
    expect(texts('.bars[data-color] .words')).toEqual(['Models', 'c1', 'c10', 'c11', 'c2', 'c3', '6 other categories']);
    expect(texts('.bars[data-color] .size').at(-1)).toBe('6');
  });

  it('are watched while they are in view, and counted anew where another category is hidden', async () => {
    let look: (entries: { isIntersecting: boolean }[]) => void = () => {};
    vi.stubGlobal('IntersectionObserver', class {
      constructor(callback: typeof look) {
        look = callback;
      }
      observe() {}
      disconnect() {}
    });
    const watched: { life: AbortSignal; tell: Parameters<HistorySectionProps['watchHistory']>[1] }[] = [];
    const draw = (hiddenCategories: string[]) => show(<HistorySection settings={{ ...settings, hiddenCategories }} now={NOW} watchHistory={(life, tell) => watched.push({ life, tell })} />);
    const count = (n: number) => act(() => watched.at(-1)?.tell(buildHistory({ items: items(n), read: new Set(), digests: [], since: NOW - 100 * HOUR, now: NOW })));
    await draw([]);
    expect(watched).toHaveLength(0);
    act(() => look([{ isIntersecting: true }]));
    await vi.waitFor(() => expect(watched).toHaveLength(1));
    for (const n of [1, 3]) {
      await count(n);
      expect(texts('.bars[data-color] .words')).toHaveLength(n);
    }
    await draw(['c9']);
    await vi.waitFor(() => expect(watched.map(({ life }) => life.aborted)).toEqual([true, false]));
    act(() => look([{ isIntersecting: false }]));
    expect(watched.map(({ life }) => life.aborted)).toEqual([true, true]);
    expect(texts('.bars[data-color] .words')).toHaveLength(3); // what was counted stays
  });

  it('say how late a digest was at least', () => {
    draw(1);
    expect(root.textContent).toContain('1 digest: 0 on time, 1 late.');
    expect(root.textContent).toContain('The latest came at least 2 hours after its time: Edition');
  });

  it('are tables, too, once asked for', async () => {
    draw(2);
    expect(root.querySelector('table')).toBeNull();
    for (const details of root.querySelectorAll('details'))
      await act(() => {
        Object.defineProperty(details, 'open', { value: true, configurable: true });
        details.dispatchEvent(new Event('toggle'));
      });
    expect(texts('thead th')).toEqual(['Day', 'Models', 'c1', 'Total', 'Read', 'Unread', 'Digest', 'Time it carries', 'Here at', 'On time?']);
    expect(texts('tbody tr:first-child > *').slice(0, 6)).toEqual(['Mar 10', '1', '1', '2', '1', '1']);
    expect(texts('tbody tr:first-child > *').at(-1)).toBe('Late by at least 2 hours');
  });

  it('say so where there is nothing yet', () => {
    show(<Pictures settings={settings} now={NOW} history={buildHistory({ items: [], read: new Set(), digests: [], since: NOW, now: NOW })} />);
    expect(texts('p')).toEqual(['A picture of the last weeks appears here when digests have come.']);
  });
});

describe('the first steps', () => {
  const asked: string[] = [];
  const draw = (props: Partial<WelcomeProps> = {}) =>
    show(<Welcome settings={DEFAULT_SETTINGS} categories={['AI模型']} nameOf={(category) => category} pinned={false} firefox={false} xWithheld={true} onHidden={(category, hidden) => asked.push(`${category} ${hidden}`)} onGrantX={() => asked.push('x')} onClose={() => asked.push('close')} {...props} />);
  beforeEach(() => void asked.splice(0));

  it('lead from the icon over the categories to X, which is asked for last', async () => {
    draw();
    expect(texts('h2')).toEqual(['Pin the icon']);
    await press('Next');
    expect(texts('h2')).toEqual(['Choose categories']);
    await press('AI模型');
    await press('Next');
    expect(texts('h2, .hint')).toEqual(['Marks on X', 'Step 3 of 3']);
    await press('Allow marks on x.com');
    await press('Done');
    expect(asked).toEqual(['AI模型 true', 'x', 'close']);
  });

  it('can be skipped from the first on', async () => {
    draw();
    await press('Skip');
    expect(asked).toEqual(['close']);
  });

  it('say nothing of an icon that is pinned, and ask for no access that is given', async () => {
    draw({ pinned: true, xWithheld: false });
    expect(texts('h2, .hint')).toEqual(['Choose categories', 'Step 1 of 2']);
    await press('Next');
    expect(texts('button')).toEqual(['Back', 'Done']);
    expect(texts('[role=status]')).toEqual(['Marks are on.']);
  });
});

it('the rebuilding of the search index shows how far it is, and can be cancelled', async () => {
  const asked: string[] = [];
  const draw = (rebuilding: { done: number; total: number } | null, rebuilt: number | null) =>
    show(<Storage settings={DEFAULT_SETTINGS} usage={null} bytes={null} pruning={false} pruned={null} rebuilding={rebuilding} rebuilt={rebuilt} onSettings={() => {}} onPrune={() => {}} onRebuild={() => asked.push('rebuild')} onCancelRebuild={() => asked.push('cancel')} />);
  draw(null, null);
  await press('Rebuild search index');
  draw({ done: 0, total: 0 }, null);
  expect(root.querySelector('progress')?.hasAttribute('value')).toBe(false);
  draw({ done: 3, total: 40 }, null);
  expect(root.textContent).toContain('3 of 40 days');
  await press('Cancel');
  draw(null, 37);
  expect(root.textContent).toContain('Stopped; the other 37 days follow by themselves');
  expect(asked).toEqual(['rebuild', 'cancel']);
});
