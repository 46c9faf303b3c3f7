// Addresses: which may be opened, and which are the same story.
import { describe, expect, it } from 'vitest';
import { isWebAddress, itemId, normaliseLink } from '../lib/link.ts';

const ID = '2002784926748557411'; // above 2^53

describe('an address', () => {
  it('is the same story without scheme, www, fragment, campaign and final slash', () => {
    expect(normaliseLink('http://www.A.example/Path/?utm_source=x&b=2&a=1#top')).toBe('a.example/Path?a=1&b=2');
    expect(itemId('http://a.example/x/')).toBe(itemId('https://www.a.example/x'));
    expect(itemId(`https://twitter.com/old_name/status/${ID}`)).toBe(itemId(`https://x.com/new_name/status/${ID}?s=20`));
    expect(itemId('https://a.example/x')).not.toBe(itemId('https://a.example/X'));
  });

  it('may be opened only over http and https', () => {
    expect(['https://a.example', 'http://a.example'].every(isWebAddress)).toBe(true);
    expect(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'a.example'].some(isWebAddress)).toBe(false);
  });
});
