// Sync, backup and safety in the options, and the reader's notice: what is said, and what cannot be done by one slip.
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Backup, type BackupProps } from '../../components/options/Backup.tsx';
import { Safety } from '../../components/options/Safety.tsx';
import { Sync, type SyncProps } from '../../components/options/Sync.tsx';
import { Notice } from '../../components/reader/Notice.tsx';
import { openPage } from './page.ts';

let root: HTMLElement;

beforeEach(() => void (root = openPage()));

const show = (node: ComponentChild) => act(() => render(node, root));
const text = () => root.textContent ?? '';
const buttons = () => [...root.querySelectorAll('button')].map((button) => button.textContent);
const click = (label: string) => act(() => void [...root.querySelectorAll('button')].find((button) => button.textContent === label)?.dispatchEvent(new Event('click', { bubbles: true })));

describe('sync', () => {
  const report: NonNullable<SyncProps['report']> = { at: 1000, state: 'done', nextAt: null, unreadable: 0, leftOut: 0, kept: 5, total: 5 };
  const draw = (fields: Partial<SyncProps>) => show(<Sync on report={report} now={61_000} onTurn={() => {}} onDiscard={() => {}} {...fields} />);

  it('says before it is turned on what goes where', async () => {
    await draw({ on: false, report: null });
    expect(text()).toMatch(/list of digests, what is read and starred\. Turning it on sends these to that account/);
    expect(root.querySelector('input')?.getAttribute('aria-describedby')).toBe('sync-hint');
    expect(root.querySelector('[role=status]')?.textContent).toBe('');
  });

  it('says how the last round went', async () => {
    await draw({ report: null });
    expect(text()).toMatch(/Not synced yet/);
    await draw({});
    expect(root.querySelector('[role=status]')?.textContent).toBe('Synced 1 minute ago · 5 states synced');
    await draw({ report: { ...report, state: 'waiting', nextAt: 120_000, kept: 3 } });
    expect(text()).toMatch(/newest 3 states are synced \(of 5.*The rest is written at/);
    await draw({ report: { ...report, state: 'refused', nextAt: 120_000 } });
    expect(text()).toMatch(/refused a write; tried again at/);
    await draw({ report: { ...report, state: 'newer', leftOut: 2 } });
    expect(text()).toMatch(/only receives and writes nothing.*2 settings or digests do not fit/);
    await draw({ report: { ...report, state: 'unreachable', nextAt: 120_000 } });
    expect(text()).not.toMatch(/states synced/);
  });

  it('discards what cannot be read only after asking', async () => {
    const onDiscard = vi.fn<() => void>();
    await draw({ report: { ...report, unreadable: 1 }, onDiscard });
    expect(text()).toMatch(/1 synced entry cannot be read and is left alone/);
    await click('Discard…');
    expect(onDiscard).not.toHaveBeenCalled();
    await click('Discard for good');
    expect(onDiscard).toHaveBeenCalledTimes(1);
  });
});

describe('a backup', () => {
  const preview = { feedsAdded: 1, feedsKnown: 2, read: 3, starred: 1, moved: 0, itemsAdded: 0, told: 0, settings: ['rules'], refused: 4 };
  const draw = (fields: Partial<BackupProps>) => show(<Backup preview={null} progress={null} notice={null} onSave={() => {}} onSaveStarred={() => {}} onFile={() => {}} onImport={() => {}} onCancel={() => {}} onStop={() => {}} {...fields} />);

  it('is shown with what it would change before it is imported', async () => {
    const onImport = vi.fn<() => void>();
    await draw({ preview, onImport });
    expect(text()).toMatch(/Would add 1 digest \(2 subscribed already\), 3 read items, 1 star, .*Settings that would change: rules.*4 entries of the file cannot be used/);
    await click('Import');
    expect(onImport).toHaveBeenCalledTimes(1);
    await draw({ preview: { ...preview, feedsAdded: 0, read: 0, starred: 0, settings: [] } });
    expect(text()).toMatch(/Everything in the file is here already/);
    expect(buttons()).not.toContain('Import');
  });

  it('shows how far it is, takes no second order meanwhile, and can be stopped', async () => {
    const onStop = vi.fn<() => void>();
    await draw({ preview, progress: { what: 'writing', share: 0.42 }, onStop });
    expect(text()).toMatch(/Working… 42%/);
    expect(buttons()).not.toContain('Import');
    expect([...root.querySelectorAll('button')].filter((button) => button.getAttribute('aria-disabled') !== 'true').map((button) => button.textContent?.trim())).toEqual(['Cancel']);
    await click('Cancel');
    expect(onStop).toHaveBeenCalledOnce();
  });
});

describe('a database that does not open', () => {
  it('is rebuilt only after asking', async () => {
    const onRebuild = vi.fn<() => void>();
    await show(<Safety trouble="closed" restored={null} told={null} onDismiss={() => {}} onRetry={() => {}} onSaveKept={() => {}} onRebuild={onRebuild} />);
    expect(buttons()).toEqual(['Try again', 'Export what can be read', 'Rebuild the database…']);
    await click('Rebuild the database…');
    expect(text()).toMatch(/Exports what can be read, deletes the database/);
    expect(onRebuild).not.toHaveBeenCalled();
    await click('Cancel');
    await click('Rebuild the database…');
    await click('Delete and rebuild');
    expect(onRebuild).toHaveBeenCalledTimes(1);
  });
});

describe('the reader’s notice', () => {
  it('tells trouble until it is over, and what was restored until it is dismissed', async () => {
    const onDismiss = vi.fn<() => void>();
    const draw = (notice: Parameters<typeof Notice>[0]['notice']) => show(<Notice notice={notice} onOptions={() => {}} onDismiss={onDismiss} />);
    await draw('closed');
    expect([root.querySelector('[role=alert]') !== null, buttons()]).toEqual([true, ['Open the options']]);
    await draw('newer');
    expect([text().includes('is shown, and not changed'), buttons()]).toEqual([true, []]);
    await draw({ restored: { feeds: 2, read: 10, starred: 1, moved: 0, complete: true } });
    expect(text()).toMatch(/Restored from the spare copy: 2 digests, 10 read items, 1 star/);
    await click('Got it');
    expect(onDismiss).toHaveBeenCalledTimes(1);
    await draw({ restored: { feeds: 0, read: 0, starred: 0, moved: 0, complete: false } });
    expect(text()).toMatch(/cannot be read/);
  });
});
