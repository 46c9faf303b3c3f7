// Hostile feeds: whatever they hold, nothing of it runs, nothing is asked for, and no link shows a host it does not lead to.
import { readFileSync } from 'node:fs';
import { BlockList, isIPv4 } from 'node:net';
import path from 'node:path';
import * as fc from 'fast-check';
import { DOMParser, parseHTML } from 'linkedom';
import { h, render } from 'preact';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Summary } from '../../components/reader/Summary.tsx';
import { isPrivateAddress } from '../../lib/host.ts';
import { readDigestPage, readEntry } from '../../lib/feed/digest.ts';
import { readMarkup } from '../../lib/feed/markup.ts';
import { parseFeed } from '../../lib/feed/parse.ts';
import { lexMarkdown } from '../../lib/lexer.ts';
import { hostOf, isXPage, itemId } from '../../lib/link.ts';
import type { Story } from '../../lib/model/item.ts';
import { readPostLink } from '../../lib/model/post.ts';
import { stripHidden } from '../../lib/text.ts';
import { bytesOf, documentOf, NOW, SITE } from './documents.ts';

const ALLOWED = new Set(['P', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'STRONG', 'EM', 'DEL', 'CODE', 'BR', 'A']);
const ATTRIBUTES = new Set(['href', 'target', 'rel']);
const HIDDEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const fixture = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../fixtures/hostile', name), 'utf8');

const asked = vi.fn(() => Promise.reject(new Error('asked')));
beforeAll(() => {
  vi.stubGlobal('document', parseHTML('<!doctype html><html><body></body></html>').document);
  vi.stubGlobal('DOMParser', DOMParser);
  vi.stubGlobal('fetch', asked);
});
afterAll(() => vi.unstubAllGlobals());

/** Fails where a link's words name a host other than the one it leads to; written apart from the code it checks. */
function expectHonest(words: string, href: string): void {
  for (const [, host = ''] of words.matchAll(/(?:https?:\/\/|www\.)([^\s/?#@:)]+)/gi)) expect(host.replace(/^www\./, ''), `${words} → ${href}`).toBe(new URL(href).hostname.replace(/^www\./, ''));
}

/** A summary as the popup shows it, after a look at every element and attribute. */
function show(markdown: string): { text: string; links: [string, string][]; count: number } {
  const root = document.createElement('div');
  render(h(Summary, { markdown }), root);
  const elements = [...root.querySelectorAll('*')];
  for (const element of elements) {
    expect(ALLOWED.has(element.tagName.toUpperCase()), element.tagName).toBe(true);
    for (const { name } of element.attributes) expect(element.tagName.toUpperCase() === 'A' && ATTRIBUTES.has(name), `${element.tagName} ${name}`).toBe(true);
  }
  const links = elements.filter((element) => element.tagName.toUpperCase() === 'A').map((link): [string, string] => [link.textContent ?? '', link.getAttribute('href') ?? '']);
  for (const [words, href] of links) {
    expect(href).toMatch(/^https?:\/\/[^@/]+(?:[/?#]|$)/);
    expect(words.trim()).not.toBe('');
    expectHonest(words, href);
  }
  const text = root.textContent ?? '';
  expect(text).not.toMatch(HIDDEN);
  return { text, links, count: elements.length };
}

/** Reads a document as a poll would, each entry from its page too; looks at every word and link of every story. */
function take(text: string, url: string, page = '<html><body><p>x</p></body></html>'): { title: string; homepage: string | null; entries: ReturnType<typeof parseFeed>['entries']; stories: Story[] } {
  const feed = parseFeed(documentOf(text, { url }));
  const contents = feed.entries.map((entry) => readEntry(entry, url, ['甲'], NOW) ?? readDigestPage(entry, { bytes: bytesOf(page), contentType: 'text/html', url: entry.url }, url, ['甲'], NOW));
  const stories = contents.flatMap((content) => content.stories);
  for (const { digest } of contents) {
    expect(digest.url).toMatch(/^https?:\/\/[^@/]+\//);
    for (const words of [digest.title, ...digest.categories]) expect(words).not.toMatch(HIDDEN);
  }
  for (const story of stories) {
    expect(story.url).toMatch(/^https?:\/\/[^@/]+\//);
    for (const words of [story.title, story.author, story.section, story.handle, story.summary]) expect(words).not.toMatch(HIDDEN);
    if (!story.title.endsWith(`(${hostOf(story.url)})`)) expectHonest(story.title, story.url);
    show(story.summary);
  }
  return { ...feed, stories };
}

const told = ({ title, url, author, handle }: Story) => [title, url, author, handle];

describe('a hostile feed', () => {
  it('in RSS: scripts, frames, DTDs, other schemes and borrowed names', () => {
    const { title, homepage, entries, stories } = take(fixture('full.xml'), `${SITE}/index.xml`);
    expect([title, homepage]).toEqual(['https://openai.com (harbour.example)', null]);
    expect(entries).toMatchObject([{ title: '敌意快报 <script>alert(1)</script>', url: `${SITE}/posts/1/`, categories: ['AI模型'] }]);
    expect(JSON.stringify(entries)).not.toMatch(/root:|a{50}/); // no entity is looked up or expanded
    expect(stories.map(told)).toEqual([
      ['老实的一条', 'https://x.com/pilot/status/1', '领航员', 'pilot'],
      ['https://openai.com/blog (evil.example)', 'https://evil.example/2', '@sama', ''],
      ['https://x.com@evil.example/3 (evil.example)', 'https://evil.example/3', 'openai.com (evil.example)', ''],
      ['第四条', 'https://x.com/evil/status/4', '@sama (@evil)', 'evil'],
      ['第五条消息在镜像上', 'https://nitter.evil.example/OpenAI/status/5', '@OpenAI (nitter.evil.example)', 'OpenAI'],
      ['https://аpple.example (xn--pple-43d.example)', 'https://xn--pple-43d.example/6', '某人', ''],
      ['重启路由器 (192.168.1.1)', 'http://192.168.1.1/reboot?now', '某人', ''],
      ['第十条', `${SITE}/posts/1/evil.example/@x.com/10`, '某人moc.ianepo', ''],
    ]);
    expect(stories.map(({ summary }) => summary).join()).not.toMatch(/alert|evil\.example\/(?:pixel|x|y)|点我/);
    expect(show(stories[1]?.summary ?? '')).toMatchObject({ text: '见 https://bank.example/login (evil.example)', links: [['evil.example', 'https://evil.example/login']] });
    expect(show(stories[6]?.summary ?? '')).toMatchObject({ links: [['169.254.169.254', 'http://169.254.169.254/latest/meta-data/']] });
  });

  it('in Markdown: raw HTML, reference links, autolinks, images and encoded schemes', () => {
    const { entries, stories } = take(fixture('digest.md'), `${SITE}/digest.md`);
    expect(entries).toMatchObject([{ title: '敌意快报', url: `${SITE}/posts/2/`, categories: ['AI模型'] }]);
    expect(stories.map(({ title, url }) => [title, url])).toEqual([
      ['老实的一条', 'https://x.com/pilot/status/1'],
      ['https://openai.com/blog (evil.example)', 'https://evil.example/2'],
      ['第三条', 'https://evil.example/3'],
      ['第五条', 'https://evil.example/5'],
    ]);
    expect(show(stories[2]?.summary ?? '').text).toMatch(/^引用式 x\.com \(evil\.example\) 与 实体/);
  });

  it('in JSON: prototypes, markup in titles, private addresses', () => {
    const { title, homepage, stories } = take(fixture('feed.json'), `${SITE}/feed.json`);
    expect([title, homepage, ({} as { polluted?: boolean }).polluted]).toEqual(['x.com (harbour.example)', null, undefined]);
    expect(stories.map(told)).toEqual([
      ['<img src=x onerror=alert(1)>', `${SITE}/1`, 'moc.ianepo (harbour.example)', ''],
      ['没有链接', `${SITE}/feed.json`, '', ''],
      ['https://openai.com/ (evil.example)', 'https://evil.example/', 'openai.com (evil.example)', ''],
      ['回到本站', `${SITE}/_shutdown`, '', ''],
      ['内网 (10.0.0.1)', 'http://10.0.0.1/admin', '', ''],
    ]);
  });

  it('as the page of an honest entry', () => {
    const feed = `<rss><channel><title>x</title><item><title>一</title><link>${SITE}/1</link><description>只有文字</description></item></channel></rss>`;
    const list = /<ol>[\s\S]*<\/ol>/.exec(fixture('full.xml'))?.[0] ?? '';
    expect(take(feed, `${SITE}/index.xml`, `<html><base href="https://evil.example/"><body onload="alert(1)"><main>${list}</main></body></html>`).stories).toHaveLength(8);
  });

  it('asks for nothing', () => {
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('a summary', () => {
  const evil = 'https://evil.example/';
  it.each<[string, string, string, [string, string][]]>([
    ['an honest link', '[原文](https://a.example/x)', '原文', [['原文', 'https://a.example/x']]],
    ['an honest address', 'https://a.example/x', 'https://a.example/x', [['https://a.example/x', 'https://a.example/x']]],
    ['an honest www', 'www.a.example', 'www.a.example', [['www.a.example', 'http://www.a.example/']]],
    ['another host', `[https://x.com](${evil})`, 'https://x.com (evil.example)', [['evil.example', evil]]],
    ['another host in bold', `[https://**x.com**/a](${evil})`, 'https://x.com/a (evil.example)', [['evil.example', evil]]],
    ['another host among words', `[请看 www.x.com 的说明](${evil})`, '请看 www.x.com 的说明 (evil.example)', [['evil.example', evil]]],
    ['a bare host', `[x.com](${evil})`, 'x.com (evil.example)', [['evil.example', evil]]],
    ['a bare host with a path', `[x.com/openai](${evil})`, 'x.com/openai (evil.example)', [['evil.example', evil]]],
    ['a host in entities', `[https&#58;//x&#46;com](${evil})`, 'https://x.com (evil.example)', [['evil.example', evil]]],
    ['a host cut by a zero-width blank', `[https://x.\u200bcom](${evil})`, 'https://x.com (evil.example)', [['evil.example', evil]]],
    ['a host turned round', `[\u202ehttps://x.com](${evil})`, 'https://x.com (evil.example)', [['evil.example', evil]]],
    ['a turn in an entity', 'a &#x202e;b&ZeroWidthSpace;c', 'a bc', []],
    ['signs that look like a dot', `[x․com](${evil})`, 'x․com (evil.example)', [['evil.example', evil]]],
    ['a user name', '<https://x.com@evil.example/>', 'https://x.com@evil.example/ (evil.example)', [['evil.example', evil]]],
    ['a user name and password', '[原文](https://x.com:pw@evil.example/)', '原文', [['原文', evil]]],
    ['letters of another alphabet', '[https://аpple.com](https://xn--pple-43d.com/)', 'https://аpple.com (xn--pple-43d.com)', [['xn--pple-43d.com', 'https://xn--pple-43d.com/']]],
    ['letters of another alphabet, autolinked', '<https://аpple.com/>', 'https://аpple.com/ (xn--pple-43d.com)', [['xn--pple-43d.com', 'https://xn--pple-43d.com/']]],
    ['no words', `a [](${evil}) b`, 'a  (evil.example) b', [['evil.example', evil]]],
    ['a private address', '[路由器](http://192.168.0.1/)', '路由器 (192.168.0.1)', [['192.168.0.1', 'http://192.168.0.1/']]],
    ['a private address in disguise', '[路由器](http://0x7f.1/)', '路由器 (127.0.0.1)', [['127.0.0.1', 'http://127.0.0.1/']]],
    ['an image', '![x](https://evil.example/p.gif)', '![x](https://evil.example/p.gif)', []],
    ['an image in a link', `[![x](https://a.example/p.gif)](${evil})`, '![x](https://a.example/p.gif) (evil.example)', [['evil.example', evil]]],
    ['markup', 'a <b onclick="x">c</b>', 'a <b onclick="x">c</b>', []],
    ['a block of markup', '<script>alert(1)</script>', '<script>alert(1)</script>', []],
    ['escaped markup', '&lt;script&gt;', '<script>', []],
    ['blanks before an entity', '**a** &amp; b', 'a & b', []],
    ['a joined emoji', '👨‍👩‍👧 می‌خواهم', '👨‍👩‍👧 می‌خواهم', []],
  ])('shows %s', (_, markdown, text, links) => {
    expect(show(markdown)).toMatchObject({ text, links });
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java&#10;script:alert(1)', 'java&Tab;script:alert(1)', '&#x6a;avascript:alert(1)', 'vbscript:x', 'data:text/html,x', 'blob:https://evil.example/1', 'file:///etc/passwd', 'filesystem:https://evil.example/a', 'chrome://settings', 'chrome-extension://abc/x', 'about:blank', 'view-source:https://a.example', 'intent://a#Intent;end', 'ms-msdt:/id', 'tel:1', 'mailto:a@b.example', '//evil.example', '/x', '#x', 'http://', 'https://[::1', ''])('links nothing of %j', (href) => {
    for (const markdown of [`[词](${href})`, `[词](<${href}>)`, `[词][r]\n\n[r]: ${href}`, `<${href}>`]) expect(show(markdown).links).toEqual([]);
    expect(show(`[词](<${href}>)`).text).toContain('词');
  });
});

describe('a bomb', () => {
  const count = 20_000;
  it.each(['**a', 'a**', '*a', 'a*', '_a ', '~~a', '[', '](', '[](', '![', 'a`', '<a ', '<', '&amp;', '**a *b ~~c '])('of %j is shown as it stands', (shard) => {
    const bomb = shard.repeat(count);
    const { text, count: elements } = show(bomb);
    expect(elements).toBeLessThan(100); // lexed, it would be thousands
    expect(text.length).toBeGreaterThanOrEqual(count);
    expect(show(`前 **要点** [原文](https://a.example/)\n\n${bomb}\n\n后 **结尾**`).text).toMatch(/^前 要点 原文[\s\S]*后 结尾$/);
  });

  it.each(['> ', '- ', '1. ', '> - '])('of %j ends, whatever it nests', (shard) => {
    expect(show(`${shard.repeat(count)}尾`).text).toContain('尾');
  });

  it('of indented lists is shown to a depth, and whole', () => {
    const deep = Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}- 第${i}层`).join('\n');
    for (const i of [0, 15, 60, 199]) expect(show(deep).text).toContain(`第${i}层`);
  });

  it('in one line costs the others no emphasis', () => {
    const { text } = show(`${'**a'.repeat(count)}\n好的 **要点** 一行`);
    expect(text).toContain('好的 要点 一行');
    expect(text.length).toBeGreaterThan(count * 3);
  });

  it('cannot hide in emphasis in emphasis', () => {
    const depth = (tokens: ReturnType<typeof lexMarkdown>): number => Math.max(0, ...tokens.map((token) => ('tokens' in token && token.tokens ? 1 + depth(token.tokens) : 0)));
    expect(depth(lexMarkdown(`${'*a **b '.repeat(200)}x${'** *'.repeat(200)}`))).toBeLessThan(64);
  });

  it('of open elements is read at a depth the parser can bear, its text whole', () => {
    for (const shard of ['<ul><li>', '<div>', '<b>', '<svg>', '<form><p>', '<a href="https://a.example/">', '<title>']) {
      let open = 0;
      let most = 0;
      let text = '';
      readMarkup(`${`${shard}x`.repeat(count)}<p>尾`, { onopentag: () => void (most = Math.max(most, ++open)), onclosetag: () => void open--, ontext: (chunk) => void (text += chunk) }, {});
      expect([most <= 513, open, text.includes('尾')], shard).toEqual([true, 0, true]);
      take(`<rss><channel><title>x</title><item><title>x</title><description><![CDATA[${shard.repeat(count)}尾]]></description></item></channel></rss>`, `${SITE}/index.xml`);
    }
  }, 60_000);

  it('of 30,000 links is read whole', () => {
    const items = Array.from({ length: 30_000 }, (_, i) => `<li><a href="https://x.com/pilot/status/${i + 1}">第 ${i} 条</a> - 某人 说明</li>`).join('');
    const [entry] = parseFeed(documentOf(`<rss><channel><title>x</title><item><title>x</title><description><![CDATA[<ol>${items}</ol>]]></description></item></channel></rss>`)).entries;
    expect(entry && readEntry(entry, SITE, ['甲'], NOW)?.stories).toHaveLength(30_000);
  }, 60_000);

  it('of 200,000 paragraphs is more than one call takes arguments, and is read', () => {
    const body = `<p>1、甲</p>${'<p>乙</p>'.repeat(200_000)}<p>2、丙</p>${'<p>乙</p>'.repeat(200_000)}`;
    const [entry] = parseFeed(documentOf(`<rss><channel><title>x</title><item><title>x</title><link>https://a.example/1</link><description><![CDATA[${body}<a href="https://b.example/">b</a>]]></description></item></channel></rss>`)).entries;
    expect(entry && readEntry(entry, SITE, ['甲'], NOW)?.stories.length).toBeGreaterThan(0);
  }, 60_000);

  it.each([' ', '\t', '-', '"', '<a ', '<p ', '](', '# ', '。', '\u200b', '\u0301', '\u202e', 'https://', '&#x202e;'])('of a line of 256 kB of %j is read, in every place', (shard) => {
    const line = shard.repeat(2 ** 18 / shard.length);
    for (const text of [`a${line}b`, `<p>a${line}b</p>`]) {
      take(`<rss><channel><title><![CDATA[${text}]]></title><item><title><![CDATA[a${text}]]></title><link>${SITE}/1</link><author><![CDATA[${text}]]></author><category><![CDATA[${text}]]></category><description><![CDATA[${text}]]></description></item></channel></rss>`, `${SITE}/index.xml`);
      const [first] = take(`# x\n\n- [a](https://a.example/1) - ${text}\n- [b](https://a.example/2) - ${text}`, `${SITE}/x.md`).stories;
      expect([(first?.title.length ?? 0) <= 600, (first?.author.length ?? 0) <= 200]).toEqual([true, true]);
    }
  }, 60_000);

  it('of a title is told whole in its summary', () => {
    const title = '很长的标题'.repeat(500);
    const [story] = take(`# x\n\n- [${title}](https://a.example/1) - 某人\n  说明\n- [b](https://a.example/2) 说明`, `${SITE}/x.md`).stories;
    expect(story?.title).toHaveLength(500);
    expect(story?.summary).toBe(`${title}\n\n说明`);
  });

  it('of categories leaves as many as can be chosen from', () => {
    const [entry] = parseFeed(documentOf(`<rss><channel><title>x</title><item><title>x</title>${Array.from({ length: 10_000 }, (_, i) => `<category>${i}${'x'.repeat(500)}</category>`).join('')}</item></channel></rss>`)).entries;
    expect(entry?.categories).toHaveLength(100);
    expect(entry?.categories.every((name) => name.length <= 120)).toBe(true);
  });

  it('of a link longer than any server takes links nothing', () => {
    const [entry] = parseFeed(documentOf(`<rss><channel><title>x</title><item><title>x</title><link>https://a.example/${'x'.repeat(10_000)}</link></item></channel></rss>`)).entries;
    expect(entry).toMatchObject({ title: 'x', url: '' });
  });
});

describe('text', () => {
  it.each([
    ['AI\u200b模型', 'AI模型'],
    ['pay\u00adpal', 'paypal'],
    ['a\u200db', 'ab'],
    ['\u202eabc\u202c\u2066d\u2069', 'abcd'],
    ['a\u{e0041}\u{e0042}b', 'ab'],
    ['🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['❤️‍🔥 👩🏽‍💻', '❤️‍🔥 👩🏽‍💻'],
    ['葛\u{e0100} क्‍ष', '葛\u{e0100} क्‍ष'],
    [`a${'\u0301'.repeat(50)}`, `a${'\u0301'.repeat(6)}`],
    ['שלום עולם, tiếng Việt, ไทยที่', 'שלום עולם, tiếng Việt, ไทยที่'],
    ['a\tb\nc', 'a\tb\nc'],
  ])('%j is shown as %j', (text, shown) => {
    expect(stripHidden(text)).toBe(shown);
    expect(stripHidden(shown)).toBe(shown);
  });
});

describe('an address', () => {
  it.each(['https://x.com@evil.example/a/status/1', 'https://evil.example/x.com/a/status/1', 'https://x.com.evil.example/a/status/1', 'https://evil.example#@x.com/a/status/1', 'https://evil.example\\@x.com/a/status/1', 'https://ⅹ.com.evil.example/a/status/1', 'https://notx.com/a/status/1', 'https://х.com/a/status/1'])('is no post: %s', (url) => {
    expect([readPostLink(url), isXPage(url)]).toEqual([null, false]);
    expect(URL.canParse(url) && itemId(url)).not.toMatch(/^post:/);
  });

  it.each(['https://x.com./a', 'https://X.COM/a', 'https://api.x.com/2', 'https://pbs.twimg.com/media/a.jpg', 'https://t.co/a', 'https://syndication.twitter.com/a', 'http://user@x.com:8080/'])('belongs to X and is never asked: %s', (url) => {
    expect(isXPage(url)).toBe(true);
  });

  it('names one post however its host is written', () => {
    expect(['https://x.com./a/status/7', 'https://X.com/a/status/7', 'https://u:p@x.com/a/status/7'].map(itemId)).toEqual(Array(3).fill('post:7'));
    expect(itemId('https://a.example./x')).toBe(itemId('https://a.example/x'));
  });

  const inner = new BlockList();
  for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) inner.addSubnet(net, bits, 'ipv4');
  for (const [net, bits] of [['::', 128], ['::1', 128], ['fc00::', 7], ['fe80::', 9], ['ff00::', 8], ['64:ff9b:1::', 48]] as const) inner.addSubnet(net, bits, 'ipv6');
  const embedded = (ip: string) => isIPv4(ip) && inner.check(ip, 'ipv4');

  it('is private as the registries say, in IPv4, IPv6 and IPv4 within IPv6', () => {
    const near = fc.constantFrom(0, 9, 10, 11, 63, 64, 99, 100, 126, 127, 128, 168, 169, 171, 172, 191, 192, 198, 223, 224, 254, 255);
    const byte = fc.oneof(near, fc.nat(255));
    fc.assert(fc.property(byte, byte, byte, byte, (...bytes) => {
      const ip = bytes.join('.');
      const [a, b, c, d] = bytes.map((part) => part.toString(16).padStart(2, '0'));
      for (const url of [`http://${ip}/`, `http://[::ffff:${ip}]/`, `http://[64:ff9b::${ip}]/`, `http://[2002:${a}${b}:${c}${d}::1]/`, `http://${bytes.reduce((sum, part) => sum * 256 + part, 0)}/`]) expect(isPrivateAddress(url), url).toBe(embedded(ip));
    }), { seed: 20260302, numRuns: 500 });
    fc.assert(fc.property(fc.oneof(fc.ipV6(), fc.constantFrom('::', '::1', 'fc00::1', 'fdff::', 'fe80::1', 'febf::', 'fec0::', 'ff02::1', '2606:4700::1111', '64:ff9b:1::1')), (ip) => {
      const host = new URL(`http://[${ip}]/`).hostname.slice(1, -1);
      fc.pre(!/^(?:::|2002:|64:ff9b::)/.test(host) || host === '::' || host === '::1'); // those hold IPv4, see above
      expect(isPrivateAddress(`http://[${ip}]/`), ip).toBe(inner.check(host, 'ipv6'));
    }), { seed: 20260302, numRuns: 500 });
  });

  it.each(['http://localhost:3000/', 'http://a.localhost/', 'http://LOCALHOST./', 'http://printer.local/', 'http://router/', 'http://metadata.google.internal/', 'http://nas.home.arpa/', 'http://0/', 'http://0177.0.0.1/', 'http://u@127.0.0.1/'])('is private by its name: %s', (url) => {
    expect(isPrivateAddress(url)).toBe(true);
  });

  it.each(['https://harbour.example/', 'https://localhost.example/', 'https://local.example/', 'https://8.8.8.8/', 'chrome-extension://abcdef/sample/feed.json', 'nonsense'])('is not private: %s', (url) => {
    expect(isPrivateAddress(url)).toBe(false);
  });
});
