// No request of ours reaches X, wherever a feed's server redirects it. The browser follows redirects before we see where they
// lead, so a rule of its own stands in the way (declarativeNetRequest): of requests this extension makes, those to X are led back to us.
import { browser } from 'wxt/browser';
import { FeedError } from './feed/error.ts';

/** Where such a request ends: a file of ours, by an address nothing else asks for. */
const REFUSED = '/icon/16.png?instead-of-x';
/** For a session, so that it cannot outlive the extension that set it. */
const RULE_ID = 1;

/** Sets the rule. It looks at nothing but what this extension itself asks for: of the pages a reader opens, X's among them, no request is touched. */
async function setRule(): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [RULE_ID],
    addRules: [
      {
        id: RULE_ID,
        action: { type: 'redirect', redirect: { extensionPath: REFUSED } },
        condition: { initiatorDomains: [new URL(browser.runtime.getURL('/')).host], requestDomains: ['x.com', 'twitter.com'], resourceTypes: ['xmlhttprequest', 'other'] },
      },
    ],
  });
}

/**
 * `fetch`, fenced in: rejects with a FeedError `x` where X would have been asked. Where the browser has no such rules, or
 * refuses this one, it fetches all the same: what X answered is not read then (lib/feed/fetch).
 */
export function fenceFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  let fenced: Promise<void> | null = null;
  return async (...request) => {
    await (fenced ??= setRule().catch((error: unknown) => console.error('Eight Bells: no rule keeps redirects from X', error)));
    const response = await fetch(...request);
    if (response.url === browser.runtime.getURL(REFUSED as '/')) throw new FeedError('x');
    return response;
  };
}
