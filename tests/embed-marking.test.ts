// Marks on embedded posts in step with list, settings and page, from the script's beginning to its end.
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepEmbedMarks } from '../lib/embed-marking.ts';
import { buildPiece, writePieces, writeWays } from '../lib/mark-list.ts';
import { DEFAULT_SETTINGS, type Settings } from '../lib/model/settings.ts';
import { MARK } from '../lib/x/mark.ts';
import { blockquoteHtml, elsewhereHtml, type EmbedSpec, mirrorHtml, timelessFrameHtml } from './fixtures/x/elsewhere.ts';

const TOLD: EmbedSpec = { id: '2002900000000000001', handle: 'dotey' };
const ALSO_TOLD: EmbedSpec = { id: '2002800000000000002', handle: 'karpathy' };
const STRANGER: EmbedSpec = { id: '2002700000000000003', handle: 'stranger' };
const SITE = 'https://blog.example/*';

let document: Document;
let life: AbortController;
const marked = () => Array.from(document.querySelectorAll<HTMLElement>(MARK), (mark) => mark.dataset.postId);
const choose = (settings: Partial<Settings>) => writeWays({ ...DEFAULT_SETTINGS, ...settings });
const tell = (...posts: EmbedSpec[]) => {
  const feed = { id: 'f', marks: 1, hiddenCategories: [] as string[], removedAt: null } as const;
  const items = posts.map(({ id, handle }) => ({ id: `post:${id}`, postIds: [id], handle, author: '', title: '', category: 'AI应用', appearances: [{ digestId: 'f/d', feedId: 'f', publishedMs: Date.UTC(2025, 11, 21, 12), position: 1 }] }));
  return writePieces(new Map([['2025-12-21', buildPiece(items as never, DEFAULT_SETTINGS, [feed], Date.now())]]));
};
async function begin(html: string, address: string): Promise<void> {
  const page = parseHTML(html);
  document = page.document;
  for (const name of ['document', 'MutationObserver'] as const) vi.stubGlobal(name, page[name]);
  vi.stubGlobal('location', new URL(address));
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  life = new AbortController();
  await keepEmbedMarks(life.signal);
}

beforeEach(async () => {
  fakeBrowser.reset();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  await tell(TOLD, ALSO_TOLD);
});
afterEach(() => {
  life.abort();
  vi.unstubAllGlobals();
});

describe('embedded posts', () => {
  const page = elsewhereHtml(blockquoteHtml(TOLD), blockquoteHtml(STRANGER), mirrorHtml({ ...STRANGER, quote: ALSO_TOLD }));

  it('of a digest are marked on a site the reader named, with when and as what it was told', async () => {
    await choose({ markEmbeds: true, markSites: [SITE] });
    await begin(page, 'https://blog.example/2025/post?x#y');
    expect(marked()).toEqual([TOLD.id, ALSO_TOLD.id]);
    expect(document.querySelector<HTMLElement>(MARK)?.title).toMatch(/AI/);
  });

  it('are marked nowhere the reader does not want it, though the script be there', async () => {
    await choose({ markEmbeds: false, markSites: [SITE] });
    await begin(page, 'https://blog.example/');
    expect(marked()).toEqual([]);
    life.abort();
    await choose({ markEmbeds: true, markSites: [SITE] });
    await begin(page, 'https://other.example/');
    expect(marked()).toEqual([]);
  });

  it('in X’s frames are known by the address, which on other sites says nothing', async () => {
    await choose({ markEmbeds: true, markSites: [SITE] });
    await begin(timelessFrameHtml(TOLD), `https://platform.twitter.com/embed/Tweet.html?id=${TOLD.id}`);
    expect(marked()).toEqual([TOLD.id]);
    life.abort();
    await begin(timelessFrameHtml(TOLD), `https://blog.example/?id=${TOLD.id}`);
    expect(marked()).toEqual([]);
  });

  it('follow the list, the settings and the page, and end with the script', async () => {
    await choose({ markEmbeds: true, markSites: [SITE] });
    await begin(page, 'https://blog.example/');
    await tell(TOLD, STRANGER);
    expect(marked()).toEqual([TOLD.id, STRANGER.id, STRANGER.id]);
    await choose({ markEmbeds: true });
    expect(marked()).toEqual([]);
    await choose({ markEmbeds: true, markSites: [SITE] });
    document.querySelector('main')?.insertAdjacentHTML('beforeend', blockquoteHtml(TOLD));
    await vi.waitFor(() => expect(marked()).toEqual([TOLD.id, STRANGER.id, STRANGER.id, TOLD.id]));
    life.abort();
    expect(marked()).toEqual([]);
    document.querySelector('main')?.insertAdjacentHTML('beforeend', blockquoteHtml(TOLD));
    await tell(TOLD);
    await new Promise((later) => setTimeout(later, 5));
    expect(marked()).toEqual([]);
  });

  it('lose the marks of a script before this one', async () => {
    await choose({ markEmbeds: true });
    await begin(elsewhereHtml(`<${MARK}></${MARK}>`), 'https://blog.example/');
    expect(marked()).toEqual([]);
  });
});
