// What is painted first, without behaviour, is what preact draws of the same components: it takes over what stands there.
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Reader, type ReaderProps } from '../../components/reader/Reader.tsx';
import { append } from '../../components/still.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { makeRow, NO_ACTIONS, NOW } from './reader.ts';
import { openPage } from './page.ts';

vi.mock('../../components/reader/roving.ts', () => ({ currentItem: () => null, focusItem: () => false, focusOn: () => {}, setCurrent: () => {} })); // linkedom knows no :focus-within

let root: HTMLElement;

beforeEach(() => {
  root = openPage();
  vi.stubGlobal('Node', (root.ownerDocument.defaultView as Window & typeof globalThis).Node);
});
afterEach(() => {
  vi.doUnmock('preact');
  vi.doUnmock('preact/hooks');
  vi.doUnmock('preact/jsx-dev-runtime');
  vi.resetModules();
});

/** The reader as the early script is built: still.ts in preact's place. */
async function drawStill(props: ReaderProps): Promise<void> {
  vi.resetModules();
  const still = await import('../../components/still.ts');
  vi.doMock('preact', () => still);
  vi.doMock('preact/hooks', () => still);
  vi.doMock('preact/jsx-dev-runtime', () => still);
  const { Reader: Still } = await import('../../components/reader/Reader.tsx');
  append(root, Still(props) as unknown as Node);
}

/** An element's markup, a tag in each. (A browser writes names of attributes small; linkedom does not.) */
const lines = (element: Element) => element.outerHTML.replaceAll('dateTime=', 'datetime=').split(/(?=<)/);

const rows = [
  makeRow(1),
  { ...makeRow(2, { title: 'A <b>title</b> & "more"', author: '', summary: 'Long', confidence: 0.3, categorySource: 'classifier' }), starred: 1 as const },
  { ...makeRow(3), read: 1 as const, watched: { id: 'r', action: 'watch', field: 'word', value: '模型', expiresAt: null, addedAt: 0 } as const },
];

const SHOWN: ReaderProps = {
  ...NO_ACTIONS,
  list: { groups: [{ key: 'AI模型', digest: null, count: 3, rows, unlisted: [] }, { key: 'AI应用', digest: null, count: 9, rows: [], unlisted: ['post:8'] }], unread: 1234, muted: 2, more: true, feeds: [], categories: ['AI模型'] },
  view: { show: 'unread', by: 'category' }, settings: { ...DEFAULT_SETTINGS, categoryColors: { AI模型: 'teal' } }, query: null, found: null, highlight: null, withMuted: false, sample: true, refreshing: false, toast: null, journal: null, failed: false, notice: null, canShare: true, now: NOW, welcome: null,
};

it.each([['popup', { onPanel: () => {} }], ['side panel', { onPanel: null }], ['popup by digest', { view: { show: 'all', by: 'digest' } }]] as const)('in the %s', async (_, differently) => {
  const props: ReaderProps = { ...SHOWN, ...differently };
  render(<Reader {...props} />, root);
  const drawn = lines(root); // before effects have run
  expect(drawn.join('\n')).toContain('A &lt;b&gt;title');
  render(null, root);
  await drawStill(props);
  expect(lines(root)).toEqual(drawn);
});
