// What pages show while something takes long, and after it: what is being done, and the focus where it was.
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Backup, type BackupProps } from '../../components/options/Backup.tsx';
import { FeedList, type FeedListProps } from '../../components/options/FeedList.tsx';
import { Rules } from '../../components/options/Rules.tsx';
import { Storage, type StorageProps } from '../../components/options/Storage.tsx';
import { Empty } from '../../components/reader/Empty.tsx';
import type { Feed } from '../../lib/model/feed.ts';
import type { Rule } from '../../lib/model/rule.ts';
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { newFeed } from '../../lib/store/feeds.ts';
import { find, openPage } from './page.ts';

const NOW = Date.UTC(2026, 10, 25, 12);

let root: HTMLElement;
beforeEach(() => void (root = openPage()));

const show = (node: ComponentChild) => act(() => render(node, root));
const button = (words: string) => [...root.querySelectorAll<HTMLButtonElement>('button')].find(({ textContent }) => textContent === words);
const click = (words: string) => act(() => void button(words)?.dispatchEvent(new Event('click', { bubbles: true })));
/** Tells of each focus that is given. */
const watchFocus = (element: HTMLElement | undefined) => vi.spyOn(element as HTMLElement, 'focus');

describe('digests', () => {
  const feed = (fields: Partial<Feed> = {}): Feed => ({ ...newFeed('https://digest.example/index.xml', { title: 'Harbour', categories: [] }, NOW), ...fields });
  const onAdd = vi.fn<FeedListProps['onAdd']>();
  const onRestore = vi.fn<FeedListProps['onRestore']>();
  const draw = (props: Partial<FeedListProps> = {}) =>
    show(<FeedList feeds={[]} removed={[]} feedCategories={new Map()} itemsOf={new Map()} pendingOf={new Map()} adding={false} notice={null} now={NOW} nameOf={(name) => name} onAdd={onAdd} onAddSample={() => {}} onAllow={() => {}} onRemove={() => {}} onRestore={onRestore} onOrder={() => {}} onFeed={() => {}} {...props} />);
  const type = (address: string) => act(() => {
    Object.defineProperty(find('#address'), 'value', { value: address, writable: true, configurable: true });
    find('#address').dispatchEvent(new Event('input', { bubbles: true }));
  });
  const health = () => find('.health').textContent;

  it('say that they are being read for the first time, until that is done, fails or is not to be', async () => {
    await draw({ feeds: [feed()] });
    expect(health()).toBe('Being read for the first time… · 0 items kept');
    await draw({ feeds: [feed({ succeededAt: NOW, nextPollAt: NOW + 3_600_000 })] });
    expect(health()).toMatch(/^Updated just now · Next check/);
    for (const fields of [{ paused: 1 as const }, { fault: { kind: 'network' as const, detail: '', at: NOW } }]) {
      await draw({ feeds: [feed(fields)] });
      expect(health()).toContain('Not updated yet');
    }
  });

  it('leave the field free for the next address once one is added, and keep one that failed', async () => {
    await draw();
    await type('https://digest.example/');
    await draw({ notice: { text: 'Nothing there', fault: true } });
    expect(button('Add')?.hasAttribute('disabled')).toBe(false);
    await draw({ notice: { text: 'Subscribed', fault: false, added: true } });
    expect([find<HTMLInputElement>('#address').value, button('Add')?.hasAttribute('disabled')]).toEqual(['', true]);
  });

  it('hand the focus on when a removal is taken back', async () => {
    await draw({ notice: { text: 'Removed', fault: false, undo: feed() } });
    const focused = watchFocus(find('.notice'));
    await click('Undo');
    expect([focused.mock.calls.length, onRestore.mock.calls.length]).toEqual([1, 1]);
  });
});

it('rules hand the focus on when a removal is taken back', async () => {
  const rule: Rule = { id: 'r', action: 'mute', field: 'word', value: 'GPT', expiresAt: null, addedAt: 0 };
  await show(<Rules settings={DEFAULT_SETTINGS} categories={[]} now={NOW} suggestions={{ authors: [], handles: [] }} metBy={new Map()} preview={null} ruleNotice={{ did: 'removed', rule, undo: rule }} onAddRule={() => {}} onRuleDraft={() => {}} onRemoveRule={() => {}} onRestoreRule={() => {}} onRenewRule={() => {}} />);
  const focused = watchFocus(find('.notice'));
  await click('Undo');
  expect(focused).toHaveBeenCalledOnce();
});

describe('a backup', () => {
  const calls = { onSave: vi.fn<BackupProps['onSave']>(), onSaveStarred: vi.fn<() => void>(), onFile: vi.fn<BackupProps['onFile']>(), onImport: vi.fn<() => void>(), onCancel: vi.fn<() => void>(), onStop: vi.fn<() => void>() };
  const draw = (props: Partial<BackupProps> = {}) => show(<Backup preview={null} progress={null} notice={null} {...calls} {...props} />);
  beforeEach(() => void Object.values(calls).forEach((call) => call.mockClear()));

  it('is not begun twice, by buttons that keep the focus', async () => {
    await draw({ progress: { what: 'writing', share: 0.5 } });
    const buttons = [...root.querySelectorAll('.row button')].filter((one) => one.textContent !== 'Cancel');
    expect(buttons.map((one) => [one.hasAttribute('disabled'), one.getAttribute('aria-disabled')])).toEqual(buttons.map(() => [false, 'true']));
    await click('Save a backup');
    await click('Stars as Markdown');
    expect([calls.onSave.mock.calls, calls.onSaveStarred.mock.calls]).toEqual([[], []]);
    await draw();
    await click('Save a backup');
    expect(calls.onSave.mock.calls).toEqual([[false]]);
  });

  it('hands the focus on when the work ends whose button had it', async () => {
    await draw({ progress: { what: 'writing', share: 0.5 } });
    Object.defineProperty(document, 'activeElement', { configurable: true, value: button('Cancel') }); // linkedom has none
    const focused = watchFocus(button('Save a backup'));
    await draw();
    expect(focused).toHaveBeenCalledOnce();
    Reflect.deleteProperty(document, 'activeElement');
  });

  it('hands the focus on when the file it showed is imported or left', async () => {
    await draw({ preview: { feedsAdded: 1, feedsKnown: 0, read: 0, starred: 0, moved: 0, itemsAdded: 0, told: 0, settings: [], refused: 0 } });
    const focused = watchFocus(button('Save a backup'));
    await click('Import');
    await click('Cancel');
    expect([focused.mock.calls.length, calls.onImport.mock.calls.length, calls.onCancel.mock.calls.length]).toEqual([2, 1, 1]);
  });
});

it('an empty list says that all is read only where something has come', async () => {
  const feed = newFeed('https://digest.example/index.xml', { title: 'Harbour', categories: [] }, NOW);
  const draw = (succeededAt: number | null) => show(<Empty list={{ feeds: [{ ...feed, succeededAt }] }} view={{ show: 'unread', by: 'category' }} filtered={false} onOptions={() => {}} />);
  await draw(null);
  expect(find('.empty p').textContent).toBe('Nothing has come yet');
  await draw(NOW);
  expect(find('.empty p').textContent).toBe('All caught up');
});

it('the search index is rebuilt and left by one button, which keeps the focus', async () => {
  const [onPrune, onRebuild, onCancelRebuild] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
  const draw = (props: Partial<StorageProps>) => show(<Storage settings={DEFAULT_SETTINGS} usage={null} bytes={null} pruning={false} pruned={null} rebuilding={null} rebuilt={null} onSettings={() => {}} {...{ onPrune, onRebuild, onCancelRebuild }} {...props} />);
  await draw({ pruning: true });
  const begins = button('Rebuild search index');
  await click('Cleaning up…');
  await click('Rebuild search index');
  await draw({ rebuilding: { done: 1, total: 2 } });
  expect(button('Cancel')).toBe(begins);
  await click('Cancel');
  expect([onPrune, onRebuild, onCancelRebuild].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 1]);
});
