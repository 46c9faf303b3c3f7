// The script for embedded posts: registered only where the reader wants it and the browser lets us run.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { listenEmbedScript, registerEmbedScript } from '../lib/embed-script.ts';
import { EMBED_PATTERNS } from '../lib/publisher.ts';
import { changeSettings } from '../lib/store/settings.ts';

interface Registered {
  id: string;
  matches: string[];
}
let registered: Registered[];
let writes: number;
let granted: Set<string>;
let injected: { tabId: number; allFrames: boolean }[];
let hanging: number | undefined;
const heard: (() => void)[] = [];
const matches = () => registered.map((script) => [...script.matches].sort());

beforeEach(() => {
  fakeBrowser.reset();
  registered = [];
  writes = heard.length = 0;
  granted = new Set(EMBED_PATTERNS);
  injected = [];
  hanging = undefined;
  Object.assign(browser.scripting, {
    getRegisteredContentScripts: async ({ ids }: { ids: string[] }) => registered.filter(({ id }) => ids.includes(id)),
    registerContentScripts: async (scripts: Registered[]) => {
      writes++;
      if (scripts.some((script) => registered.some(({ id }) => id === script.id))) throw new Error('registered already');
      registered.push(...scripts);
    },
    insertCSS: async () => {},
    executeScript: async ({ target, files }: { target: (typeof injected)[number]; files: string[] }) => {
      if (files.join() === 'content-scripts/embed.js') injected.push(target);
      if (target.tabId === hanging) await new Promise(() => {});
    },
    unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
      writes++;
      registered = registered.filter(({ id }) => !ids.includes(id));
    },
  });
  const event = { addListener: (listener: () => void) => heard.push(listener) };
  Object.assign(browser, { permissions: { contains: async ({ origins }: { origins: string[] }) => origins.every((origin) => granted.has(origin)), onAdded: event, onRemoved: event } });
});

describe('the script for embedded posts', () => {
  it('is not there until the reader wants it, and goes with the setting or with all marks', async () => {
    await registerEmbedScript();
    expect([matches(), writes]).toEqual([[], 0]);
    await changeSettings({ markEmbeds: true });
    await registerEmbedScript();
    expect(registered).toMatchObject([{ matches: EMBED_PATTERNS, js: ['content-scripts/embed.js'], css: ['mark.css'], allFrames: true, persistAcrossSessions: true }]);
    await changeSettings({ marks: false });
    await registerEmbedScript();
    expect(matches()).toEqual([]);
    await changeSettings({ marks: true, markEmbeds: false, markSites: ['https://blog.example/*'] });
    await registerEmbedScript();
    expect(matches()).toEqual([]);
  });

  it('runs on a site the reader named only while the browser grants it, and is written only where something differs', async () => {
    await changeSettings({ markEmbeds: true, markSites: ['https://blog.example/*', 'https://nitter.net/*'] });
    granted.add('https://nitter.net/*');
    await registerEmbedScript();
    expect(matches()).toEqual([[...EMBED_PATTERNS, 'https://nitter.net/*'].sort()]);
    const before = writes;
    await Promise.all([registerEmbedScript(), registerEmbedScript()]);
    expect(writes).toBe(before);
    granted = new Set(['https://blog.example/*']);
    await registerEmbedScript();
    expect(matches()).toEqual([['https://blog.example/*']]);
  });

  it('is brought into pages that are open when it is switched on there, once, and into no other whose address is known', async () => {
    granted.add('https://blog.example/*');
    const unknown = (await browser.tabs.query({}))[0]?.id as number; // the fake's first tab says no address, as browsers do where there is no access
    const blog = (await browser.tabs.create({ url: 'https://blog.example/post?a#b' })).id;
    await browser.tabs.create({ url: 'https://digest.example/' });
    await changeSettings({ markEmbeds: true });
    await registerEmbedScript();
    expect(injected).toEqual([{ tabId: unknown, allFrames: true }]);
    await registerEmbedScript();
    expect(injected).toHaveLength(1);
    await changeSettings({ markSites: ['https://blog.example/*'] });
    hanging = unknown;
    void registerEmbedScript();
    await vi.waitFor(() => expect(injected.slice(1).map(({ tabId }) => tabId)).toEqual([unknown, blog]));
    await changeSettings({ markEmbeds: false });
    await registerEmbedScript(); // for all that a page keeps the last waiting
    expect([matches(), injected.length]).toEqual([[], 3]);
  });

  it('follows settings and permissions by itself, and outlives what goes wrong', async () => {
    listenEmbedScript()();
    await changeSettings({ markEmbeds: true });
    await vi.waitFor(() => expect(matches()).toEqual([EMBED_PATTERNS]));
    granted.clear();
    for (const listener of heard) listener();
    await vi.waitFor(() => expect(matches()).toEqual([]));
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(browser.scripting, 'getRegisteredContentScripts').mockRejectedValueOnce(new Error('gone'));
    granted.add(EMBED_PATTERNS[0] as string);
    heard[0]?.();
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
    heard[0]?.();
    await vi.waitFor(() => expect(matches()).toEqual([[EMBED_PATTERNS[0]]]));
  });
});
