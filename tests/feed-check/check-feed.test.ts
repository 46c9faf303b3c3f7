// What check-feed tells a publisher, over real HTTP and over files.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createClassifier } from '../../lib/category/classifier.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import { checkFeed } from '../../scripts/check-feed.ts';
import { examineFeed } from '../../scripts/feed-check/examine.ts';
import { type Finding, findFaults } from '../../scripts/feed-check/findings.ts';
import { printReport } from '../../scripts/feed-check/print.ts';
import { FeedChoice, openAddress, openFile, type Source } from '../../scripts/feed-check/source.ts';
import { faultOf, NOW, readFixture, SITE } from '../feed/documents.ts';
import { type Answer, type Asked, serve } from './server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const classifier = createClassifier(readFileSync(path.join(root, 'public/category-model.bin')));
const folder = mkdtempSync(path.join(tmpdir(), 'check-feed-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function check(source: Source, pages = 5) {
  const report = await examineFeed(source, { defaults: [...DEFAULT_CATEGORIES], classifier, now: NOW, pages });
  const findings = findFaults(report);
  return { report, findings, text: printReport(report, findings) };
}

/** Checks a feed given as text, published under the fixtures' site. */
function checkText(text: string | Uint8Array, name = 'index.xml') {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return check(openFile(file, `${SITE}/${name}`));
}

const said = (findings: readonly Finding[], level?: Finding['level']) => findings.filter((finding) => !level || finding.level === level).map(({ text }) => text).join('\n');

const rss = (items: string, head = '<ttl>60</ttl>') => `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>港口报</title><link>${SITE}/</link>${head}${items}</channel></rss>`;
const list = (stories: [title: string, url: string][]) => `<content:encoded><![CDATA[<ol>${stories.map(([title, url]) => `<li><p><a href="${url}">${title}</a> - 某人<br>一句话说明这条消息的来龙去脉。</p></li>`).join('')}</ol>]]></content:encoded>`;
const digest = (n: number, more = '') => `<item><title>第${n}期</title><link>${SITE}/${n}/</link><guid>${SITE}/${n}/</guid><pubDate>Mon, 02 Mar 2026 ${String(n).padStart(2, '0')}:00:00 +0000</pubDate>${more || `<category>AI模型</category><category>AI应用</category>${list([[`甲公司发布第${n}版模型`, `https://x.com/a/status/202839001122334455${n}`], [`乙公司上线第${n}款应用`, `https://x.com/b/status/202839001122334466${n}`]])}`}</item>`;
const whole = rss(digest(1) + digest(2));

/** Serves a body as a good server does. */
const good = (body: string, type = 'application/rss+xml; charset=utf-8') => ({ headers }: Asked): Answer => {
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  const said = { etag, 'content-type': type, 'cache-control': 'max-age=300' };
  return headers['if-none-match'] === etag ? { status: 304, headers: said } : { headers: said, body };
};

describe('check-feed over http', () => {
  it('finds nothing lost in a feed served well, and asks twice', async () => {
    const { origin, log } = await serve(good(whole));
    const { report, findings, text } = await check(await openAddress(`${origin}/index.xml`));
    expect(said(findings, 'problem')).toBe('');
    expect(report.entries.map(({ stories }) => stories.length)).toEqual([2, 2]);
    expect(log.map(({ headers }) => 'if-none-match' in headers)).toEqual([false, true]);
    expect(text).toContain('ETag yes, Last-Modified no, a second request got 304, Cache-Control max-age=300');
    expect(text).toContain('2 entries → 2 digests → 4 stories, 4 posts on X');
    expect(text).toContain('X 2028390011223344551 · 甲公司发布第1版模型');
    expect(said(findings)).not.toMatch(/ETag|304|max-age|type/);
  });

  it('tells a server without validators from one that ignores them, and from one whose document never stays', async () => {
    const plain = await serve(() => ({ headers: { 'content-type': 'text/html' }, body: whole }));
    const none = said((await check(await openAddress(plain.origin))).findings);
    expect(none).toContain('No ETag and no Last-Modified');
    expect(none).toContain('served as “text/html”, which does not say RSS');

    const deaf = await serve(() => ({ headers: { 'content-type': 'text/xml', etag: '"1"' }, body: whole }));
    expect(said((await check(await openAddress(deaf.origin))).findings)).toContain('answers a request that brings them back with the whole document (HTTP 200)');

    const restless = await serve((_, log) => ({ headers: { 'content-type': 'text/xml', etag: `"${log.length}"` }, body: whole.replace('港口报', `港口报 ${log.length}`) }));
    expect(said((await check(await openAddress(restless.origin))).findings)).toContain('two different documents');

    const strict = await serve((_, log) => (log.length > 1 ? { status: 429 } : { headers: { 'content-type': 'text/xml', etag: '"1"' }, body: whole }));
    expect(said((await check(await openAddress(strict.origin))).findings)).toContain('failed (HTTP 429)');
  });

  it('says when nothing limits the polls, and when a large answer is not compressed', async () => {
    const long = rss(digest(1) + digest(2) + '<!-- -->'.repeat(1000), '');
    const { origin } = await serve(() => ({ headers: { 'content-type': 'text/xml', etag: '"1"' }, body: long }));
    const text = said((await check(await openAddress(origin))).findings);
    expect(text).toContain('Nothing says how long the feed stays current');
    expect(text).toContain('not compressed');
  });

  it('calls a redirect advice on one host and a problem to another', async () => {
    const answer = good(whole);
    const same = await serve((asked) => (asked.path === '/old' ? { status: 301, headers: { location: '/new' } } : answer(asked)));
    const moved = await check(await openAddress(`${same.origin}/old`));
    expect(moved.report.source.document.url).toBe(`${same.origin}/new`);
    expect(said(moved.findings, 'problem')).toBe('');
    expect(said(moved.findings)).toContain(`redirects (301): every poll makes 2 requests instead of one. Give readers ${same.origin}/new.`);

    // Two hosts of the world outside, answered by one server here.
    const target = await serve((asked) => (asked.path === '/' ? { status: 302, headers: { location: 'https://other.example/f.xml' } } : answer(asked)));
    const outside = (async (url: string, init?: RequestInit) => {
      const { status, headers, body } = await fetch(target.origin + new URL(url).pathname, init);
      const named = new Response(status === 304 ? null : body, { status, headers });
      return Object.defineProperty(named, 'url', { value: url });
    }) as typeof fetch;
    const left = await check(await openAddress('https://digest.example/', { fetch: outside }));
    expect(said(left.findings, 'problem')).toContain('redirects to another host');
  });

  it('never follows a redirect to X', async () => {
    const { origin } = await serve(() => ({ status: 302, headers: { location: 'https://x.com/a' } }));
    expect(await faultOf(() => openAddress(origin))).toBe('x');
  });

  it('reads the pages of a text-only feed, as many as asked for, and names those that fail', async () => {
    const page = `<html><body><main>${list([['甲公司发布模型', 'https://x.com/a/status/2028390011223344556'], ['乙公司上线应用', 'https://x.com/b/status/2028390011223344557']]).replace(/<content:encoded><!\[CDATA\[|\]\]><\/content:encoded>/g, '')}</main></body></html>`;
    const { origin, log } = await serve((asked) => {
      if (asked.path === '/2/') return { status: 404 };
      if (asked.path.endsWith('/')) return { headers: { 'content-type': 'text/html' }, body: page };
      return good(rss([1, 2, 3, 4].map((n) => digest(n, '<description>只有文字的摘要</description>')).join('')).replaceAll(SITE, origin))(asked);
    });
    const { report, findings } = await check(await openAddress(`${origin}/index.xml`), 3);
    expect(log.map((asked) => asked.path).slice(2)).toEqual(['/4/', '/3/', '/2/']); // newest first
    expect(report.entries.map(({ from, stories }) => [from, stories.length])).toEqual([['unread', 0], ['unread', 0], ['page', 2], ['page', 2]]);
    expect(said(findings, 'problem')).toBe('The page of entry 2 cannot be read, so none of its stories are. The server has nothing at this address (HTTP 404).');
    expect(said(findings)).toContain('one request instead of 5');
    expect(said(findings)).toContain('--pages 4 reads all');
  });

  it('goes on to the feed a page announces, and asks which where there are two', async () => {
    const link = (name: string) => `<link rel="alternate" type="application/rss+xml" href="/${name}.xml">`;
    const answer = good(whole);
    const { origin } = await serve((asked) => {
      if (asked.path === '/one') return { headers: { 'content-type': 'text/html' }, body: `<html><head>${link('a')}</head></html>` };
      if (asked.path === '/old') return { headers: { 'content-type': 'text/html' }, body: `<html><head>${link('gone')}</head></html>` };
      if (asked.path === '/gone.xml') return { status: 410 };
      if (asked.path === '/two') return { headers: { 'content-type': 'text/html' }, body: `<html><head>${link('a')}${link('b')}</head></html>` };
      return answer(asked);
    });
    const { text } = await check(await openAddress(`${origin}/one`));
    expect(text).toContain(`${origin}/one is a web page that announces a feed:\n${origin}/a.xml\n`);
    await expect(openAddress(`${origin}/two`)).rejects.toEqual(new FeedChoice([`${origin}/a.xml`, `${origin}/b.xml`]));
    await expect(openAddress(`${origin}/old`)).rejects.toMatchObject({ kind: 'gone', address: `${origin}/gone.xml` });
  });
});

describe('check-feed over files', () => {
  it('finds the pages of a text-only feed in its folder or one above', async () => {
    const site = path.join(folder, 'public');
    mkdirSync(path.join(site, 'posts/2026-03-02-16'), { recursive: true });
    writeFileSync(path.join(site, 'posts/index.xml'), readFixture('hugo-default.xml'));
    expect((await check(openFile(path.join(site, 'posts/index.xml')))).text).toContain('No problem found, but no story was read either.');
    writeFileSync(path.join(site, 'posts/2026-03-02-16/index.html'), readFixture('hugo-default.html'));
    const { report } = await check(openFile(path.join(site, 'posts/index.xml')));
    expect(report.source.document.url).toBe(`${SITE}/index.xml`);
    expect(report.entries.map(({ from, stories }) => [from, stories.length])).toEqual([['page', 5]]);
  });

  it('says in which format and charset a document is, and where it claims another', async () => {
    for (const [name, format] of [['atom.xml', 'Atom'], ['feed-html.json', 'JSON Feed'], ['digest-yaml.md', 'Markdown'], ['rss-content.xml', 'RSS']] as const) {
      const { report, findings } = await checkText(readFixture(name), name);
      expect([report.format, report.charset.used, said(findings, 'problem')]).toEqual([format, 'utf-8', '']);
      expect(report.entries.flatMap(({ stories }) => stories)).toHaveLength(5);
    }
    const { findings } = await checkText(whole.replace('utf-8', 'iso-8859-1'));
    expect(said(findings)).toContain('The document says iso-8859-1, the bytes are utf-8');
    const broken = await checkText(Buffer.concat([Buffer.from(whole.slice(0, 200)), Buffer.from([0xff]), Buffer.from(whole.slice(200))]));
    expect(said(broken.findings, 'problem')).toContain('1 character cannot be read as utf-8');
  });

  it('notices the address of a development server', async () => {
    const { findings } = await checkText(whole.replaceAll(SITE, 'http://localhost:1313'));
    expect(said(findings)).toContain('development server (http://localhost:1313/');
    expect(said((await checkText(whole)).findings)).not.toContain('development server');
  });

  it('calls lost what is lost: a document that breaks off, entries left out, entries of one id', async () => {
    expect(said((await checkText(whole.slice(0, -100))).findings, 'problem')).toContain('breaks off before its end');
    expect(said((await checkText(rss(`${digest(1)}<item></item>`))).findings, 'problem')).toContain('1 entry is broken or empty');
    expect(said((await checkText(rss(''))).findings, 'problem')).toContain('lists no entries');
    const twins = rss(digest(1) + digest(2).replace(/<guid>.*?<\/guid>/, `<guid>${SITE}/1/</guid>`));
    expect(said((await checkText(twins)).findings, 'problem')).toContain('Entries 1, 2 share the id');
    const twice = await checkText(rss(digest(1) + digest(1)));
    expect(said(twice.findings, 'problem')).toBe('');
    expect(said(twice.findings)).toContain('Entries 1, 2 are one entry written 2 times.');
  });

  it('advises on ids, dates, links and categories', async () => {
    const bare = rss(digest(1).replace(/<link>.*?<\/pubDate>|<category>.*?<\/category>/g, '') + digest(2).replace('2026', '2027'));
    const { findings } = await checkText(bare);
    expect(said(findings, 'problem')).toBe('');
    expect(said(findings)).toContain('Entry 1 has no guid (id) and no link');
    expect(said(findings)).toContain('Entry 1 has no date that can be read');
    expect(said(findings)).toContain('Entry 1 has no link: readers cannot open it');
    expect(said(findings)).toContain('Entry 2 is dated in the future');
    expect(said(findings)).toContain('Entry 1 names no categories');
    expect(said(findings)).toMatch(/category of 4 of 4 stories is guessed from the text, on average \d+ % sure/);
    expect(said(await checkText('- [甲](https://a.example/1) 说明\n- [乙](https://a.example/2) 说明\n', 'digest.md').then((one) => one.findings))).toContain('will replace this one');
  });

  it('advises on stories: no link, no post, and titles nearly the same', async () => {
    const title = '甲公司发布新一代开源推理模型，成本降低一半';
    const items = digest(1, list([[title, 'https://a.example/1'], ['乙公司上线应用', 'https://a.example/2']])) + digest(2, list([[`${title}了`, 'https://b.example/1'], ['丙公司融资', `${SITE}/2/`]]));
    const { findings } = await checkText(rss(items));
    expect(said(findings)).toContain('No story links a post on X');
    expect(said(findings)).toContain('1 pair of stories have almost the same title but different links (1.1 and 2.1');
    expect(said(findings)).toContain('1 story has no link of its own (2.2)');
  });

  it('takes free tags for what they are, and a large document for dear', async () => {
    const tagged = rss(Array.from({ length: 14 }, (_, n) => `<item><title>消息 ${n}</title><link>https://a.example/${n}</link><category>标签${n}</category><description>&lt;p&gt;短短一句。&lt;/p&gt;</description></item>`).join('') + `<!--${'x'.repeat(2 ** 20)}-->`);
    const { findings } = await checkText(tagged);
    expect(said(findings)).toContain('are taken for tags');
    expect(said(findings)).toContain('The document is large (1.0 MB)');
    expect(said(findings)).toContain('Give each entry its category');
  });
});

describe('npm run check-feed', () => {
  const run = async (...args: string[]) => {
    let out = '';
    const code = await checkFeed(args, (text) => (out += `${text}\n`));
    return { code, out };
  };

  it('ends with 0 where nothing is lost, 1 where items are, 2 where nothing can be read', async () => {
    const file = (name: string, text: string) => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const { origin } = await serve(() => ({ status: 404 }));
    const [fine, lossy, page, missing, gone, none] = [await run(file('fine.xml', whole)), await run(file('lossy.xml', whole.slice(0, -100))), await run(file('page.html', '<!doctype html><html><body><h1>Hi</h1></body></html>')), await run(path.join(folder, 'nowhere.xml')), await run(`${origin}/index.xml`), await run()];
    expect([fine.code, fine.out]).toEqual([0, expect.stringContaining('Nothing is lost')]);
    expect([lossy.code, lossy.out]).toEqual([1, expect.stringContaining('1 problem.')]);
    expect([page.code, page.out]).toEqual([2, expect.stringContaining('This is a web page')]);
    expect([missing.code, missing.out]).toEqual([2, expect.stringContaining('neither an http(s) address nor a file')]);
    expect([gone.code, gone.out]).toEqual([2, expect.stringContaining('HTTP 404')]);
    expect([none.code, none.out]).toEqual([2, expect.stringContaining('npm run check-feed')]);
    for (const text of ['', '\uFEFF \n']) expect(await run(file('empty.xml', text))).toEqual({ code: 2, out: `Not readable. The file is empty: ${path.join(folder, 'empty.xml')}\n` });
  });

  it('ends with 1 where no story could be read', async () => {
    const file = path.join(mkdtempSync(path.join(folder, 'bare-')), 'index.xml');
    writeFileSync(file, readFixture('hugo-default.xml'));
    expect(await run(file)).toEqual({ code: 1, out: expect.stringContaining('No problem found, but no story was read either.') });
  });
});
