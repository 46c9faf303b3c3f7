// A web of our own for a browser under test: a proxy that answers for every host, so that pages and their frames load as they do from
// the net. Nothing is intercepted: puppeteer at times never hears of a request it holds for a frame in a process of its own.
import { generateKeyPairSync, sign } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Web {
  /** Of the proxy, which as a site of its own answers at 127.0.0.1. */
  port: number;
  close: () => Promise<void>;
}

/** Starts it. `find` gives the HTML at an address, without the port; what it does not know is answered with nothing. */
export async function startWeb(find: (address: string) => string | undefined): Promise<Web> {
  const answer = (secure: boolean) => (request: http.IncomingMessage, response: http.ServerResponse) => {
    const { hostname, pathname, search } = new URL(request.url ?? '/', `http${secure ? 's' : ''}://${request.headers.host}`);
    const body = find(`http${secure ? 's' : ''}://${hostname}${pathname}${search}`);
    response.writeHead(body === undefined ? 204 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  };
  const inner = https.createServer(certify(), answer(true));
  const proxy = http.createServer(answer(false)).on('connect', (_request, socket) => {
    socket.on('error', () => {}); // a browser that closes a tab waits for nobody
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    inner.emit('connection', socket);
  });
  await new Promise<void>((ready, failed) => proxy.once('error', failed).listen(0, '127.0.0.1', ready));
  return {
    port: (proxy.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        for (const server of [inner, proxy]) server.closeAllConnections();
        proxy.close(() => closed());
      }),
  };
}

/** A key, and a certificate it signs for itself, in the fewest fields X.509 allows: the browser is told to take any. */
function certify(): { key: string; cert: string } {
  const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts);
    const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  const list = (...parts: Uint8Array[]) => der(0x30, ...parts);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = list(Buffer.from('06082a8648ce3d040302', 'hex')); // ecdsa-with-SHA256
  const name = list(der(0x31, list(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('web')))));
  const day = (offset: number) => der(0x17, Buffer.from(`${new Date(Date.now() + offset * 86_400_000).toISOString().slice(2, 19).replace(/\D/g, '')}Z`));
  const hosts = der(0xa3, list(list(Buffer.from('0603551d11', 'hex'), der(4, list(der(0x82, Buffer.from('web')))))));
  const signed = list(der(0xa0, der(2, Buffer.from([2]))), der(2, Buffer.from([1])), algorithm, name, list(day(-2), day(2)), name, publicKey.export({ type: 'spki', format: 'der' }), hosts);
  const cert = list(signed, algorithm, der(3, Buffer.from([0]), sign('sha256', signed, privateKey)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `-----BEGIN CERTIFICATE-----\n${cert.toString('base64')}\n-----END CERTIFICATE-----\n` };
}
