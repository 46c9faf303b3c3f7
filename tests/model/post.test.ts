// Which addresses lead to a post on X.
import { describe, expect, it } from 'vitest';
import { readPostLink } from '../../lib/model/post.ts';

const ID = '2002784926748557411'; // above 2^53

describe('an address', () => {
  it.each([
    [`https://x.com/someone/status/${ID}`, 'someone'],
    [`https://twitter.com/someone/status/${ID}?s=20`, 'someone'],
    [`https://mobile.twitter.com/someone/statuses/${ID}/photo/1`, 'someone'],
    [`http://www.x.com/status_watch/status/${ID}…`, 'status_watch'],
    [`https://x.com/i/web/status/${ID}`, ''],
    [`https://x.com/i/status/${ID}#m`, ''],
    [`https://fxtwitter.com/someone/status/${ID}`, 'someone'],
    [`https://nitter.example.org/someone/status/${ID}`, 'someone'],
  ])('%s leads to a post', (address, handle) => {
    expect(readPostLink(address)).toEqual({ postId: ID, handle });
  });

  it.each([`https://notx.com/a/status/${ID}`, `https://x.com.evil.com/a/status/${ID}`, 'https://x.com/someone', `https://x.com/a/statusbar/${ID}`, `ftp://x.com/a/status/${ID}`, 'nonsense', ''])('%s leads to none', (address) => {
    expect(readPostLink(address)).toBeNull();
  });
});
