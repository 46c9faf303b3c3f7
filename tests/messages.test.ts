// Who is listened to, and to what: the background's own listeners, spoken to by strangers.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readRequest } from '../lib/messages.ts';
import { onPageClosed } from '../lib/own-page.ts';

beforeEach(() => fakeBrowser.reset());

const own = { id: 'ours', base: 'chrome-extension://ours/' };
const page = { id: 'ours', url: 'chrome-extension://ours/options.html', tab: { incognito: false } };

/** Everyone who is none of our pages. */
const STRANGERS: [string, Parameters<typeof readRequest>[1]][] = [
  ['nobody', undefined],
  ['a sender without an address', { id: 'ours' }],
  ['our own content script in a page of X', { id: 'ours', url: 'https://x.com/home', tab: {} }],
  ['another extension', { id: 'theirs', url: 'chrome-extension://theirs/options.html' }],
  ['another extension that claims a page of ours', { id: 'theirs', url: page.url }],
  ['an extension whose id begins like ours', { id: 'ours', url: 'chrome-extension://ours2/options.html' }],
  ['a web page whose address holds ours', { id: 'ours', url: `https://evil.example/?${own.base}` }],
  ['a page of ours in a private window', { ...page, tab: { incognito: true } }],
];

describe('a message', () => {
  it('is taken from a page of ours, in a tab or not', () => {
    expect(readRequest({ type: 'refresh' }, page, own)).toEqual({ type: 'refresh' });
    expect(readRequest({ type: 'addFeed', url: 'https://digest.example/' }, { id: 'ours', url: 'chrome-extension://ours/popup.html' }, own)).toEqual({ type: 'addFeed', url: 'https://digest.example/' });
  });

  it.each(STRANGERS)('is not taken from %s', (_, sender) => {
    expect(readRequest({ type: 'refresh' }, sender, own)).toBeNull();
  });

  it.each([null, 1, 'refresh', [], {}, { type: 'erase' }, { type: 'refresh', feedIds: 'all' }, { type: 'refresh', feedIds: ['a', 1] }, { type: 'refresh', feedIds: null }, { type: ['sync'] }, { type: 'toString' }, { type: 'constructor' }, { type: 'card', postId: '1' }, { type: 'addFeed' }, { type: 'addFeed', url: 7 }, { type: 'addFeed', url: `https://a.example/${'x'.repeat(5000)}` }])('is not taken where it is none of those there are: %j', (message) => {
    expect(readRequest(message, page, own)).toBeNull();
  });

  it('is taken with the fields it has, and without what else it holds', () => {
    expect(readRequest({ type: 'refresh', feedIds: ['a', 'b'], urgent: true }, page, own)).toStrictEqual({ type: 'refresh', feedIds: ['a', 'b'] });
    expect(readRequest({ type: 'sync', feedIds: ['a'] }, page, own)).toStrictEqual({ type: 'sync' });
    expect(readRequest({ type: 'addFeed', url: 'https://digest.example/', title: 'x' }, page, own)).toStrictEqual({ type: 'addFeed', url: 'https://digest.example/' });
  });
});

describe('a page that closes', () => {
  /** Opens a line to the background as the browser would, and closes it. */
  async function openAndClose(sender: unknown, name = 'reader') {
    const closed: (() => void)[] = [];
    const told = vi.fn();
    let connect: ((port: unknown) => void) | undefined;
    vi.spyOn(fakeBrowser.runtime.onConnect, 'addListener').mockImplementation((listener) => void (connect = listener as (port: unknown) => void));
    onPageClosed(told);
    connect?.({ name, sender, onDisconnect: { addListener: (callback: () => void) => closed.push(callback) } });
    for (const callback of closed) callback();
    return told;
  }
  const ours = () => ({ id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('/popup.html') });

  it('is heard where it is ours', async () => {
    expect(await openAndClose(ours())).toHaveBeenCalledWith('reader');
  });

  it('is not heard where it is not: nothing in a page of X can have all be taken for seen', async () => {
    for (const sender of [undefined, { ...ours(), url: 'https://x.com/home' }, { ...ours(), id: 'theirs' }]) expect(await openAndClose(sender)).not.toHaveBeenCalled();
    expect(await openAndClose(ours(), 'other')).not.toHaveBeenCalled();
  });
});
