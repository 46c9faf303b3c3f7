// What asks for attention: notifications once a digest, the dot, quiet, the panel on the icon.
// Headless Chromium cannot answer a permission prompt, so its build has the optional permission granted at install; Firefox's is asked for.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Edition, recentEditions, type Site, startSite } from '../../scripts/site.ts';
import { Extension, until } from './extension.ts';

interface Api {
  action: { getPopup(d: object): Promise<string> };
  commands: { getAll(): Promise<{ name: string; shortcut: string; description: string }[]> };
  notifications: { getAll(): Promise<Record<string, boolean>>; onClosed: { addListener(heard: (id: string) => void): void } };
  sidePanel?: { getPanelBehavior(): Promise<{ openPanelOnActionClick: boolean }> };
}

declare global {
  // oxlint-disable-next-line no-var
  var heardClosing: string[];
}

describe.each(['chromium', 'firefox'] as const)('attention in %s', (name) => {
  let site: Site;
  let ext: Extension;
  const editions = recentEditions();
  const folder = mkdtempSync(path.join(tmpdir(), 'eight-bells-attention-'));

  beforeAll(async () => {
    cpSync(`${inject('builds')}/feed/${name === 'chromium' ? 'chrome' : 'firefox'}-mv3`, folder, { recursive: true });
    const file = path.join(folder, 'manifest.json');
    const { optional_permissions, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as { permissions: string[]; optional_permissions: string[] };
    expect(optional_permissions).toEqual(['notifications']);
    if (name === 'chromium') writeFileSync(file, JSON.stringify({ ...manifest, permissions: [...manifest.permissions, ...optional_permissions] }));
    site = await startSite(editions.slice(0, 2), inject('feedPort'));
    ext = await Extension.start(name, 'feed', { folder });
    await ext.waitForBadge('5');
    await ext.waitForDigests(2);
  });
  afterAll(async () => {
    await ext?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const choose = async (name: string, value: string) => {
    await ext.options.bringToFront();
    await ext.options.click(`input[name=${name}][value=${value}]`);
  };
  /** The notifications that stand; in Firefox, which has nowhere to show them here and closes each at once, those that were closed. */
  const standing = () => ext.options.evaluate(async (here) => (here ? Object.keys(await ((globalThis.browser ?? chrome) as unknown as Api).notifications.getAll()) : globalThis.heardClosing), name === 'chromium');
  const bells = () =>
    ext.options.evaluate(
      () =>
        new Promise<{ state: string; ring: string | null }[]>((read) => {
          const open = indexedDB.open('eight-bells');
          open.addEventListener('success', () => {
            const all = open.result.transaction('bells').objectStore('bells').getAll();
            all.addEventListener('success', () => {
              open.result.close();
              read(all.result);
            });
          });
        }),
    );
  const publish = async (edition: Edition | undefined, stored: number) => {
    site.publish(edition as Edition);
    await until('the new digest', async () => {
      await ext.fireAlarms().catch(() => {}); // while it is being polled a feed has none
      await new Promise((later) => setTimeout(later, 500));
      return ext.countStored('digests');
    }, (n) => n === stored, 30_000);
  };

  it('has nothing to tell of what was there at the install', async () => {
    await choose('notify', 'all');
    await until('the permission', () => ext.options.evaluate(() => 'notifications' in (globalThis.browser ?? chrome)), Boolean);
    await ext.options.evaluate(() => {
      globalThis.heardClosing = [];
      ((globalThis.browser ?? chrome) as unknown as Api).notifications.onClosed.addListener((id) => globalThis.heardClosing.push(id));
    });
    expect([await bells(), await standing()]).toEqual([[], []]);
  });

  it('tells of a new digest once, whether or not the worker lives', async () => {
    await publish(editions[2], 3);
    const [id] = await until('the notification', standing, (ids) => ids.length === 1);
    expect((await bells()).map(({ ring }) => ring)).toEqual([id]);
    await ext.killWorker();
    await ext.fireAlarms();
    await until('the note that it was shown', bells, ([bell]) => bell?.state === 'over');
    expect(await standing()).toEqual([id]);
  });

  it('tells of nothing while it is quiet', async () => {
    await ext.options.evaluate(() => [...document.querySelectorAll<HTMLElement>('.asks .button')].find((button) => /hour/.test(button.textContent ?? ''))?.click());
    await until('the word that it is quiet', () => ext.options.evaluate(() => document.querySelector('.asks [role=status]')?.textContent ?? ''), (words) => words.startsWith('Quiet until'));
    await publish(editions[3], 4);
    await until('the bell to wait', bells, (all) => all.some(({ state }) => state === 'waiting'));
    expect(await standing()).toHaveLength(1);
    await ext.options.evaluate(() => [...document.querySelectorAll<HTMLElement>('.asks .button')].find((button) => /End/.test(button.textContent ?? ''))?.click());
    await until('what waited', standing, (ids) => ids.length === 2);
  });

  it('shows a mere dot where the reader wants no number', async () => {
    await choose('badge', 'dot');
    await ext.waitForBadge('•');
  });

  it('has the icon open the panel, and the popup again', async () => {
    const opens = () => ext.options.evaluate(async () => [(await ((globalThis.browser ?? chrome) as unknown as Api).action.getPopup({})).replace(/^.*\//, ''), (await ((globalThis.browser ?? chrome) as unknown as Api).sidePanel?.getPanelBehavior())?.openPanelOnActionClick ?? null]);
    const [not, yes] = name === 'chromium' ? [false, true] : [null, null]; // Firefox has no such behaviour: without a popup the click opens the sidebar
    expect(await opens()).toEqual(['popup.html', not]);
    await choose('icon', 'panel');
    await until('the panel', opens, ([popup, panel]) => popup === '' && panel === yes);
    await choose('icon', 'popup');
    await until('the popup', opens, ([popup, panel]) => popup === 'popup.html' && panel === not);
  });

  it('offers its shortcuts', async () => {
    const commands = await ext.options.evaluate(() => ((globalThis.browser ?? chrome) as unknown as Api).commands.getAll());
    expect(commands.map(({ name, shortcut }) => [name, shortcut]).sort()).toEqual([['_execute_action', 'Alt+Shift+8'], ['mark-all-read', ''], ['open-panel', '']]);
    expect(commands.filter(({ name }) => name !== '_execute_action').every(({ description }) => description.length > 0 && !description.includes('__'))).toBe(true);
  });
});
