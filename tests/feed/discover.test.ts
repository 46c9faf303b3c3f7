// A page's address finds its feeds.
import { describe, expect, it } from 'vitest';
import { discoverFeeds, usualFeedAddresses } from '../../lib/feed/discover.ts';

const at = 'https://harbour.example/blog/post.html';

describe('a page', () => {
  it('names its feeds, in order, each once, relative to its base', () => {
    const html = `<head><base href="/sub/"><link rel="alternate" type="application/rss+xml" title="港口 &amp; 潮" href="index.xml"><LINK REL='alternate feed' TYPE='application/atom+xml; charset=utf-8' HREF=/atom.xml><link rel="alternate" type="application/feed+json" href="https://other.example/feed.json"><link rel="alternate" type="application/rss+xml" href="index.xml"></head>`;
    expect(discoverFeeds(html, at)).toEqual([
      { url: 'https://harbour.example/sub/index.xml', title: '港口 & 潮' },
      { url: 'https://harbour.example/atom.xml', title: '' },
      { url: 'https://other.example/feed.json', title: '' },
    ]);
  });

  it.each(['<link rel="alternate" hreflang="en" href="/en/">', '<link rel="stylesheet" type="text/css" href="/a.css">', '<link rel="alternate" type="application/rss+xml" href="javascript:x">', '<link rel="alternate" type="application/json" href="/wp-json/posts/1">', '<!-- <link rel="alternate" type="application/rss+xml" href="/x"> -->', '<a rel="alternate" type="application/rss+xml" href="/x">'])('does not take for a feed %s', (html) => {
    expect(discoverFeeds(html, at)).toEqual([]);
  });

  it('without any has the usual places, in its folder first', () => {
    const places = usualFeedAddresses(at);
    expect(places[0]).toBe('https://harbour.example/blog/index.xml');
    for (const name of ['index.xml', 'feed', 'rss.xml', 'atom.xml', 'feed.json', 'feed.xml']) expect(places).toContain(`https://harbour.example/${name}`);
    expect(usualFeedAddresses('https://harbour.example').length).toBe(new Set(usualFeedAddresses('https://harbour.example')).size);
  });
});
