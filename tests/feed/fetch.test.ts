// One request for a feed, over a real server: what comes back, and the kind of every way it can go wrong.
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchDocument, type FetchOptions } from '../../lib/feed/fetch.ts';
import { faultOf } from './documents.ts';

const BODY = '<rss version="2.0"><channel><title>港口</title></channel></rss>';
const ETAG = '"tide-7"';
const MODIFIED = 'Mon, 02 Mar 2026 08:00:21 GMT';

const answer = (status: number, body = '', headers: Record<string, string> = {}): RequestListener => (_, response) => void response.writeHead(status, headers).end(body);
/** Writes blocks of 1,000 bytes until the other side hangs up, and says how many it got rid of. */
function pour(response: ServerResponse): void {
  poured = 0;
  const more = () => {
    if (response.destroyed || poured >= 5_000_000) return void response.end();
    poured += 1000;
    if (response.write('x'.repeat(1000))) setImmediate(more);
    else response.once('drain', more);
  };
  more();
}
let poured = 0;
let asked: Record<string, string | string[] | undefined> = {};

const routes: Record<string, RequestListener> = {
  '/feed': (request, response) => {
    asked = request.headers;
    if (request.headers['if-none-match'] === ETAG || request.headers['if-modified-since'] === MODIFIED) return void response.writeHead(304).end();
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', etag: ETAG, 'last-modified': MODIFIED }).end(BODY);
  },
  '/plain': (_, response) => void response.writeHead(200).end(BODY),
  '/missing': answer(404, 'not here'),
  '/gone': answer(410),
  '/later': answer(429, '', { 'retry-after': 'Wed, 25 Nov 2026 08:02:00 GMT', date: 'Wed, 25 Nov 2026 08:00:00 GMT' }),
  '/fails': answer(500, '', { 'retry-after': '60' }),
  '/current': answer(200, BODY, { 'cache-control': 'public, max-age=600' }),
  '/never-current': answer(200, BODY, { 'cache-control': 'no-cache, max-age=600' }),
  '/elsewhere': (request, response) => void response.writeHead(302, { location: `http://localhost:${(server.address() as AddressInfo).port}/feed` }).end(request.url),
  '/broken': answer(500, '<h1>500</h1>'),
  '/busy': answer(503, '', { 'retry-after': '60' }),
  '/empty': answer(200),
  '/nothing': answer(204),
  '/moved': answer(301, '', { location: '/feed' }),
  '/round': answer(302, '', { location: '/round' }),
  '/silent': () => {},
  '/stalls': (_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).write(BODY.slice(0, 20)),
  '/drops': (_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write(BODY);
    setTimeout(() => response.destroy(), 20);
  },
  '/declares': (_, response) => void response.writeHead(200, { 'content-length': '5000000' }).write('x'),
  '/pours': (_, response) => void (response.writeHead(200), pour(response)),
  '/cookie': (request, response) => {
    asked = request.headers;
    response.writeHead(200, { 'set-cookie': 'berth=7' }).end(BODY);
  },
};

let server: Server;
let site = '';
beforeAll(async () => {
  server = createServer((request, response) => (routes[request.url ?? ''] ?? answer(404))(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path: string, options: Partial<FetchOptions> = {}) => fetchDocument(path.includes(':') ? path : site + path, { fetch, allowed: async () => true, timeoutMs: 10_000, ...options });

describe('a good answer', () => {
  it('brings bytes, content type, address and validators', async () => {
    const document = await get('/feed');
    expect(document).toMatchObject({ status: 'ok', contentType: 'application/rss+xml; charset=utf-8', url: `${site}/feed`, maxAge: null, validators: { etag: ETAG, lastModified: MODIFIED, bodyHash: null } });
    expect(document.status === 'ok' && new TextDecoder().decode(document.bytes)).toBe(BODY);
  });

  it('has null validators and no content type where the server sends none', async () => {
    expect(await get('/plain')).toMatchObject({ status: 'ok', contentType: '', validators: { etag: null, lastModified: null } });
  });

  it('has the address it was redirected to', async () => {
    expect(await get('/moved')).toMatchObject({ status: 'ok', url: `${site}/feed` });
  });

  it('is asked for without validators on the first poll', async () => {
    await get('/feed', { validators: { etag: null, lastModified: null, bodyHash: null } });
    expect(asked).not.toHaveProperty('if-none-match');
    expect(asked).not.toHaveProperty('if-modified-since');
  });

  it.each([
    ['an ETag', { etag: ETAG, lastModified: null, bodyHash: 'b' }],
    ['a Last-Modified', { etag: null, lastModified: MODIFIED, bodyHash: 'b' }],
    ['both', { etag: ETAG, lastModified: MODIFIED, bodyHash: 'b' }],
  ])('is "not modified" where the last one brought %s', async (_, validators) => {
    expect(await get('/feed', { validators })).toEqual({ status: 'notModified', url: `${site}/feed`, maxAge: null, validators });
    expect([asked['if-none-match'] ?? null, asked['if-modified-since'] ?? null]).toEqual([validators.etag, validators.lastModified]);
  });

  it('comes whole where the feed has changed since the validators', async () => {
    expect(await get('/feed', { validators: { etag: '"tide-6"', lastModified: null, bodyHash: null } })).toMatchObject({ status: 'ok', validators: { etag: ETAG } });
  });

  it('is "not modified" too where the same body comes again without validators', async () => {
    const first = await get('/plain', { validators: { etag: null, lastModified: null, bodyHash: null } });
    expect(first).toMatchObject({ status: 'ok', validators: { bodyHash: expect.stringMatching(/^[0-9a-f]{40}$/) } });
    expect(await get('/plain', { validators: first.validators })).toMatchObject({ status: 'notModified', validators: first.validators });
  });

  it('says for how long it may be taken as current', async () => {
    expect([(await get('/current')).maxAge, (await get('/never-current')).maxAge, (await get('/plain')).maxAge]).toEqual([600_000, null, null]);
  });

  it('may be exactly as long as the cap', async () => {
    expect(await get('/feed', { maxBytes: Buffer.byteLength(BODY) })).toMatchObject({ status: 'ok' });
  });

  it('is asked for without cookies', async () => {
    await get('/cookie');
    await get('/cookie');
    expect(asked).not.toHaveProperty('cookie');
  });
});

describe('a host that is not allowed', () => {
  it('is not asked', async () => {
    const never: typeof fetch = () => Promise.reject(new Error('fetched'));
    await expect(get('/feed', { fetch: never, allowed: async () => false })).rejects.toMatchObject({ kind: 'permission', detail: new URL(site).host });
  });

  it('is not read where a redirect leads there', async () => {
    const allowed = async (address: string) => new URL(address).hostname === 'harbour.example';
    await expect(get('https://harbour.example/feed', { allowed, fetch: leadingTo('https://elsewhere.example/feed') })).rejects.toMatchObject({ kind: 'permission', detail: 'elsewhere.example' });
    await expect(get('https://harbour.example/feed', { allowed, fetch: leadingTo('https://api.x.com/feed') })).rejects.toMatchObject({ kind: 'x' });
    expect(await get('http://harbour.example/feed', { allowed: async () => true, fetch: leadingTo('https://harbour.example/feed') })).toMatchObject({ status: 'ok' });
    expect(await get('/moved', { allowed: async () => true })).toMatchObject({ status: 'ok' });
  });
});

/** A fetch that follows a redirect, as a browser does, unseen. */
const leadingTo = (url: string): typeof fetch => async () => Object.defineProperty(new Response(BODY), 'url', { value: url });

describe('a private network', () => {
  it('is not read where a redirect leads there, by a real server or from outside', async () => {
    await expect(get('/elsewhere')).rejects.toMatchObject({ kind: 'private', detail: new URL(site).host.replace('127.0.0.1', 'localhost') });
    for (const url of ['http://192.168.1.1/feed', 'http://169.254.169.254/latest/meta-data/', 'http://router.local/', 'http://[::1]:8080/', 'http://[::ffff:10.0.0.1]/'])
      await expect(get('https://harbour.example/feed', { fetch: leadingTo(url) }), url).rejects.toMatchObject({ kind: 'private', detail: new URL(url).host });
  });

  it('is not asked for what a feed outside names, but read where the reader gave an address there', async () => {
    const never: typeof fetch = () => Promise.reject(new Error('fetched'));
    await expect(get('http://10.0.0.1/page', { fetch: never, home: 'https://harbour.example/feed' })).rejects.toMatchObject({ kind: 'private' });
    await expect(get(`${site.replace(/\d+$/, '1')}/page`, { fetch: never, home: `${site}/feed` })).rejects.toMatchObject({ kind: 'private' });
    expect(await get('/feed', { home: `${site}/index.xml` })).toMatchObject({ status: 'ok' });
  });
});

describe('a server that asks for a pause', () => {
  it.each([
    ['/busy', 60_000],
    ['/later', 120_000],
    ['/fails', null],
    ['/missing', null],
  ])('is heard: %s', async (path, retryAfter) => {
    await expect(get(path)).rejects.toMatchObject({ kind: 'http', retryAfter });
  });
});

describe('a FeedError', () => {
  it('is "gone" for a 410', async () => {
    await expect(get('/gone')).rejects.toMatchObject({ name: 'FeedError', kind: 'gone', detail: '410' });
  });

  it.each([
    ['/missing', '404'],
    ['/broken', '500'],
    ['/busy', '503'],
  ])('is "http" with the status for %s', async (path, status) => {
    await expect(get(path)).rejects.toMatchObject({ name: 'FeedError', kind: 'http', detail: status });
  });

  it.each(['/empty', '/nothing'])('is "empty" for an answer without a body: %s', async (path) => {
    expect(await faultOf(() => get(path))).toBe('empty');
  });

  it('is "timeout" where nothing is ever answered', async () => {
    expect(await faultOf(() => get('/silent', { timeoutMs: 60 }))).toBe('timeout');
  });

  it('is "timeout" where the body stops half-way', async () => {
    expect(await faultOf(() => get('/stalls', { timeoutMs: 60 }))).toBe('timeout');
  });

  it('is "tooLarge" where the length says so, before the body comes', async () => {
    expect(await faultOf(() => get('/declares', { maxBytes: 1000 }))).toBe('tooLarge');
  });

  it('is "tooLarge" while a body without a length streams, which then stops', async () => {
    expect(await faultOf(() => get('/pours', { maxBytes: 10_000 }))).toBe('tooLarge');
    expect(poured).toBeLessThan(5_000_000);
  });

  it('is "tooLarge" one byte above the cap', async () => {
    expect(await faultOf(() => get('/feed', { maxBytes: Buffer.byteLength(BODY) - 1 }))).toBe('tooLarge');
  });

  it('is "network" where the connection is refused', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await new Promise((resolve) => other.close(resolve));
    expect(await faultOf(() => get(`http://127.0.0.1:${port}/feed`))).toBe('network');
  });

  it('is "network" where the connection breaks in the middle of the body', async () => {
    expect(await faultOf(() => get('/drops'))).toBe('network');
  });

  it('is "network" where redirects go round in circles', async () => {
    expect(await faultOf(() => get('/round'))).toBe('network');
  });

  it.each(['ftp://harbour.example/feed', 'file:///etc/hosts', 'javascript:alert(1)', 'data:text/xml,<rss/>'])('is "address" for %s, and nothing is fetched', async (address) => {
    const never: typeof fetch = () => Promise.reject(new Error('fetched'));
    expect(await faultOf(() => fetchDocument(address, { fetch: never, allowed: async () => true }))).toBe('address');
  });

  it('is "network" where the caller ends the request, before or while it runs', async () => {
    expect(await faultOf(() => get('/silent', { signal: AbortSignal.abort() }))).toBe('network');
    expect(await faultOf(() => get('/silent', { signal: AbortSignal.timeout(40) }))).toBe('network');
  });
});
