// A hostile feed in Chromium: nothing of it runs, nothing is asked for but what a poll needs, every link shows where it leads.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Extension, until } from './extension.ts';

const list = /<ol>[\s\S]*<\/ol>/.exec(readFileSync(path.resolve(import.meta.dirname, '../fixtures/hostile/full.xml'), 'utf8'))?.[0] ?? '';
/** Elements a summary is made of. */
const ALLOWED = ['p', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'del', 'code', 'br', 'a'];

describe('a hostile feed', () => {
  /** The feed's site, and another server on this machine that a feed must not reach into. */
  let site: http.Server;
  let other: http.Server;
  let ext: Extension;
  const asked: { path: string; cookie: string | undefined }[] = [];
  const intruded: string[] = [];
  const origin = () => `http://127.0.0.1:${inject('feedPort')}`;
  const inner = () => `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const listen = (server: http.Server, port: number) => new Promise<void>((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', () => ready()));

  const feedXml = () => {
    const item = (title: string, link: string, hours: number, body: string) => `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${new Date(Date.now() - hours * 3_600_000).toUTCString()}</pubDate>${body}</item>`;
    return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>敌意&#x202e;快报</title><link>javascript:alert(1)</link>
${item('敌意&#x200b;快报', `${origin()}/full/`, 1, `<content:encoded><![CDATA[<script>top.hostile = 1</script><meta http-equiv="refresh" content="0;url=${origin()}/ran">${list.replaceAll('https://evil.example/pixel.gif', `${origin()}/pixel.gif`)}]]></content:encoded>`)}
${item('转走的一期', `${origin()}/led-away/`, 5, '<description>只有文字</description>')}
${item('内网的一期', 'http://192.168.1.1/admin', 9, '<description>只有文字</description>')}
</channel></rss>`;
  };

  beforeAll(async () => {
    other = http.createServer((request, response) => {
      intruded.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'access-control-allow-origin': '*' }).end(`<html><body><main>${list}</main></body></html>`);
    });
    await listen(other, 0);
    site = http.createServer((request, response) => {
      const url = request.url ?? '';
      asked.push({ path: url, cookie: request.headers.cookie });
      const headers = { 'set-cookie': 'berth=7; Path=/' };
      if (url === '/index.xml') response.writeHead(200, { ...headers, 'content-type': 'application/rss+xml; charset=utf-8' }).end(feedXml());
      else if (url === '/led-away/') response.writeHead(302, { ...headers, location: `${inner()}/led-here` }).end();
      else if (url === '/to-x.xml') response.writeHead(302, { ...headers, location: 'http://x.com/led-to-x' }).end();
      else response.writeHead(404, headers).end();
    });
    await listen(site, inject('feedPort'));
    ext = await Extension.start('chromium', 'feed', { alias: { host: 'x.com', port: new URL(inner()).port } });
    await ext.waitForBadge('8');
  });
  afterAll(async () => {
    await ext?.close();
    for (const server of [site, other]) {
      server?.closeAllConnections();
      server?.close();
    }
  });

  it('is listed with the true hosts and handles', async () => {
    await ext.openPopup();
    await ext.waitForListed(8);
    const rows = await ext.popup((document) => [...document.querySelectorAll('li.item')].map((row) => [row.querySelector('.title')?.textContent, row.querySelector('.title')?.getAttribute('href'), row.querySelector('.author')?.textContent]));
    expect(rows.sort()).toEqual([
      ['https://openai.com/blog (evil.example)', 'https://evil.example/2', '@sama'],
      ['https://x.com@evil.example/3 (evil.example)', 'https://evil.example/3', 'openai.com (evil.example)'],
      ['https://аpple.example (xn--pple-43d.example)', 'https://xn--pple-43d.example/6', '某人'],
      ['第五条消息在镜像上', 'https://nitter.evil.example/OpenAI/status/5', '@OpenAI (nitter.evil.example)'],
      ['第十条', 'https://evil.example/@x.com/10', '某人moc.ianepo'],
      ['第四条', 'https://x.com/evil/status/4', '@sama (@evil)'],
      ['老实的一条', 'https://x.com/pilot/status/1', '领航员'],
      ['重启路由器 (192.168.1.1)', 'http://192.168.1.1/reboot?now', '某人'],
    ].sort());
  });

  it('opens its summaries as words and honest links, and nothing of it runs', async () => {
    await ext.popup((document) => document.querySelectorAll<HTMLElement>('li button[aria-expanded=false]').forEach((button) => button.click()));
    const found = () =>
      ext.popup((document) => ({
        open: document.querySelectorAll('.summary').length,
        filled: [...document.querySelectorAll('.summary')].filter((one) => one.textContent).length,
        tags: [...new Set([...document.querySelectorAll('.summary *')].map((element) => element.localName))],
        attributes: [...new Set([...document.querySelectorAll('.summary *')].flatMap((element) => element.getAttributeNames()))].sort(),
        links: [...document.querySelectorAll<HTMLAnchorElement>('.summary a')].map((link) => [link.textContent, link.href]),
      }));
    const { tags, attributes, links } = await until('summaries', found, ({ open, filled }) => open > 0 && open === filled);
    expect(tags.filter((tag) => !ALLOWED.includes(tag))).toEqual([]);
    expect(attributes.filter((name) => !['href', 'rel', 'target'].includes(name))).toEqual([]);
    expect(links).toContainEqual(['evil.example', 'https://evil.example/login']);
    expect(links).toContainEqual(['169.254.169.254', 'http://169.254.169.254/latest/meta-data/']);
    expect(await ext.popup((document) => (document.defaultView?.top as { hostile?: number } | null)?.hostile ?? 0)).toBe(0);
  });

  it('asks only for the feed and its own pages, without cookies, and reads nothing of what a redirect inside brought', async () => {
    await until('the page that leads away', async () => asked.map((one) => one.path), (paths) => paths.includes('/led-away/'));
    await until('words about it', () => ext.popup((document) => document.querySelector('footer')?.textContent ?? ''), (text) => /lead to 127\.0\.0\.1:\d+, inside a private network, which is refused/.test(text));
    expect([...new Set(asked.map((one) => one.path))].sort()).toEqual(['/index.xml', '/led-away/']);
    expect(asked.every(({ cookie }) => cookie === undefined)).toBe(true);
    expect(intruded.filter((url) => url !== '/led-here')).toEqual([]); // the browser follows a redirect by itself; nothing of the answer is kept
    expect(await ext.countStored('items')).toBe(9); // eight, and the entry that names an address inside, by its words alone
    expect(ext.launched.browser.targets().map((target) => target.url()).filter((url) => /evil|192\.168|169\.254/.test(url))).toEqual([]);
    await ext.closePopup();
  });

  it('leads to X without X being asked, and says so', async () => {
    await ext.addFeed(`${origin()}/to-x.xml`);
    await until('words about it', () => ext.addNotice(), (words) => words.includes('nothing is ever requested from X'));
    expect(asked.map((one) => one.path)).toContain('/to-x.xml');
    expect(intruded.filter((url) => url !== '/led-here')).toEqual([]);
  });
});
