// The self-check: which kind a page is, what counts as changed, and how seldom anything is kept.
import { describe, expect, it, vi } from 'vitest';
import { judge, pageKind, SelfCheck } from '../../lib/x/check.ts';

describe('the kind of a page', () => {
  it('is told by its path', () => {
    const kinds = {
      '/home': 'home', '/': 'other', '/search': 'search', '/hashtag/AI': 'search', '/explore/tabs/for-you': 'explore', '/notifications/mentions': 'notifications',
      '/i/bookmarks': 'bookmarks', '/i/bookmarks/123': 'bookmarks', '/i/history': 'bookmarks', '/i/history/likes': 'bookmarks', '/i/lists/12': 'list', '/dotey/lists/ai': 'list', '/i/communities/1': 'community',
      '/dotey/status/1': 'status', '/dotey/status/1/photo/1': 'status', '/i/web/status/1': 'status', '/i/status/1': 'status', '/dotey/article/1': 'article', '/dotey': 'profile', '/dotey/': 'profile', '/dotey/with_replies': 'profile', '/dotey/media': 'media',
      '/i/grok': 'other', '/messages/1-2': 'other', '/settings/account': 'other', '/dotey/followers': 'other', '/homestead': 'profile', '/searcher': 'profile', '/i': 'other',
    };
    expect(Object.fromEntries(Object.keys(kinds).map((path) => [path, pageKind(path)]))).toEqual(kinds);
  });
});

describe('a look', () => {
  it('says nothing of few posts, and that X has changed where hardly any of many is known', () => {
    expect([judge({ seen: 4, identified: 0 }), judge({ seen: 5, identified: 0 }), judge({ seen: 5, identified: 1 }), judge({ seen: 20, identified: 3 }), judge({ seen: 20, identified: 20 })]).toEqual([null, 'changed', 'fine', 'changed', 'fine']);
  });

  it('is taken once a minute for each kind of page, and kept where its verdict is new', () => {
    const check = new SelfCheck();
    const fine = vi.fn(() => ({ seen: 9, identified: 9 }));
    const changed = () => ({ seen: 9, identified: 0 });
    expect(check.look('/home', 0, fine)).toEqual({ kind: 'home', seen: 9, identified: 9 });
    expect(check.look('/home', 59_999, changed)).toBeNull();
    expect(check.look('/home', 60_000, fine)).toBeNull();
    expect(fine).toHaveBeenCalledTimes(2);
    expect(check.look('/dotey', 60_001, fine)).toEqual({ kind: 'profile', seen: 9, identified: 9 });
    expect(check.look('/sama', 60_002, changed)).toBeNull();
    expect(check.look('/home', 120_000, changed)).toEqual({ kind: 'home', seen: 9, identified: 0 });
    expect(check.look('/home', 180_000, changed)).toBeNull();
    expect(check.look('/home', 240_000, fine)).toEqual({ kind: 'home', seen: 9, identified: 9 });
  });

  it('is taken again soon where the posts were still to come', () => {
    const check = new SelfCheck();
    expect(check.look('/home', 0, () => ({ seen: 0, identified: 0 }))).toBeNull();
    expect(check.look('/home', 2000, () => ({ seen: 9, identified: 9 }))).not.toBeNull();
  });
});
