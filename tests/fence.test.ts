// Requests of ours that a redirect leads to X.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fenceFetch } from '../lib/fence.ts';

const updateSessionRules = vi.fn(async (_: { addRules: { action: { redirect: { extensionPath: string } }; condition: { initiatorDomains: string[]; requestDomains: string[] } }[] }) => {});
const answer = (url: string) => vi.fn(async () => ({ url }) as Response);

beforeEach(() => {
  fakeBrowser.reset();
  updateSessionRules.mockReset();
  Object.assign(browser, { declarativeNetRequest: { updateSessionRules } });
});

describe('a fenced fetch', () => {
  it('sets one rule before the first request, for requests of ours to X alone', async () => {
    const fetch = answer('https://digest.example/');
    const order: string[] = [];
    updateSessionRules.mockImplementation(async () => void order.push('rule'));
    fetch.mockImplementation(async () => (order.push('request'), { url: 'https://digest.example/' } as Response));
    const fenced = fenceFetch(fetch);
    await Promise.all([fenced('https://digest.example/'), fenced('https://digest.example/')]);
    expect(order).toEqual(['rule', 'request', 'request']);
    expect(updateSessionRules.mock.calls[0]?.[0].addRules.map(({ condition }) => [condition.initiatorDomains, condition.requestDomains])).toEqual([[[new URL(browser.runtime.getURL('/')).host], ['x.com', 'twitter.com']]]);
  });

  it('is refused as X where the rule led it back', async () => {
    const fetch = vi.fn(async () => ({ url: browser.runtime.getURL(updateSessionRules.mock.calls[0]?.[0].addRules[0]?.action.redirect.extensionPath as '/') }) as Response);
    await expect(fenceFetch(fetch)('https://digest.example/')).rejects.toMatchObject({ name: 'FeedError', kind: 'x' });
  });

  it('fetches also where the browser refuses the rule', async () => {
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    updateSessionRules.mockRejectedValue(new Error('no such thing'));
    expect((await fenceFetch(answer('https://digest.example/'))('https://digest.example/')).url).toBe('https://digest.example/');
  });
});
