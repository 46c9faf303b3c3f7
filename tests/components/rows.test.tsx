// Rows of a long list: they come as the end comes near, and those that are there are left alone.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { Reader, type ReaderProps } from '../../components/reader/Reader.tsx';
import type { Row } from '../../lib/list.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { openPage } from './page.ts';
import { makeRow, NO_ACTIONS, NOW } from './reader.ts';

// linkedom knows no :focus-within; how the focus moves is held by the e2e tests.
vi.mock('../../components/reader/roving.ts', () => ({ currentItem: () => null, focusItem: () => false, focusOn: (_root: unknown, item: HTMLElement) => void focused.push(item.dataset.id ?? ''), setCurrent: () => {}, keepPlace: () => null }));
vi.mock('../../lib/paint.ts', () => ({ painted: () => Promise.resolve() }));

let root: HTMLElement;
const focused = vi.hoisted((): string[] => []);
let look: (entries: { isIntersecting: boolean }[]) => void = () => {};

beforeEach(() => {
  root = openPage();
  vi.stubGlobal('IntersectionObserver', class {
    constructor(callback: typeof look) {
      look = callback;
    }
    observe() {}
    disconnect() {}
  });
});

async function draw(rows: Row[], differently: Partial<ReaderProps> = {}, unlisted: string[] = []): Promise<void> {
  const props: ReaderProps = {
    ...NO_ACTIONS,
    list: { groups: [{ key: 'AI模型', digest: null, count: rows.length + unlisted.length, rows, unlisted }], unread: rows.length, muted: 0, more: false, feeds: [], categories: ['AI模型'] },
    view: { show: 'unread', by: 'category' }, settings: DEFAULT_SETTINGS, query: null, found: null, highlight: null, withMuted: false, sample: false, refreshing: false, toast: null, journal: null, failed: false, notice: null, canShare: false, now: NOW, welcome: null,
    ...differently,
  };
  await act(() => render(<Reader {...props} />, root));
  await act(() => Promise.resolve()); // more than the first rows come after the paint
}

const items = () => [...root.querySelectorAll('li.item')];

it('come on, also where only the last of several frames has the end in sight', async () => {
  await draw(Array.from({ length: 100 }, (_, n) => makeRow(n)));
  const before = items().length;
  expect(before).toBeLessThan(60);
  await act(() => look([{ isIntersecting: false }]));
  expect(items()).toHaveLength(before);
  await act(() => look([{ isIntersecting: false }, { isIntersecting: true }]));
  expect(items().length).toBeGreaterThan(before);
});

it('are not rendered again when more of them come', async () => {
  const rows = Array.from({ length: 100 }, (_, n) => makeRow(n));
  let asked = 0;
  Object.defineProperty(rows[0]?.item, 'title', { get: () => (asked++, 'First') });
  await draw(rows);
  const before = asked;
  expect(before).toBeGreaterThan(0);
  await act(() => look([{ isIntersecting: true }]));
  expect(items().length).toBeGreaterThan(20);
  expect(asked).toBe(before);
});

it('are all marked read with what the heading counts, also where only the first are known yet', async () => {
  const marked: string[][] = [];
  await draw([makeRow(1), makeRow(2)], { onRead: (rows) => void marked.push(rows.map(({ item }) => item.id)) }, ['post:3', 'post:4']);
  root.querySelector<HTMLElement>('.bar button')?.click();
  root.querySelector<HTMLElement>('.group .head button:last-child')?.click();
  expect(marked).toEqual([['post:1', 'post:2', 'post:3', 'post:4'], ['post:1', 'post:2', 'post:3', 'post:4']]);
});

it('of a group are there once its key is pressed, though those before it have not all come', async () => {
  const groups = [0, 1, 2].map((n) => ({ key: `G${n}`, digest: null, count: 60, rows: Array.from({ length: 60 }, (_, i) => makeRow(100 * n + i)), unlisted: [] }));
  await draw([], { list: { groups, unread: 180, muted: 0, more: false, feeds: [], categories: [] } });
  expect(root.querySelectorAll('.group')).toHaveLength(1);
  await act(() => void document.dispatchEvent(Object.assign(new Event('keydown'), { key: '3' })));
  expect(root.querySelectorAll('.group')).toHaveLength(3);
  expect(focused.at(-1)).toBe('post:200');
});

it('that are in view from the start are laid out at once, the others when they come near', async () => {
  await draw(Array.from({ length: 100 }, (_, n) => makeRow(n)));
  const far = items().map((item) => item.matches('.far'));
  expect(far.length).toBeGreaterThan(10);
  expect(far).toEqual(far.map((_, n) => n >= 10));
});

it('are not shown under a search that was kept, before it has found others', async () => {
  Object.defineProperty(HTMLElement.prototype, 'select', { value: () => {}, configurable: true }); // linkedom selects no text
  const rows = [makeRow(1), makeRow(2)];
  await draw(rows, { query: 'kept' });
  expect(items()).toEqual([]);
  await draw(rows, { query: '' });
  expect(items()).toHaveLength(2);
  await draw(rows, { query: 'typed' }); // the list stands until something is found
  expect(items()).toHaveLength(2);
});
