// A server on 127.0.0.1 whose every answer a test decides.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  path: string;
  headers: http.IncomingHttpHeaders;
}

export interface Answer {
  status?: number;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Uint8Array;
}

/** Starts it for the length of one test; `log` is every request so far. */
export async function serve(answer: (asked: Asked, log: readonly Asked[]) => Answer): Promise<{ origin: string; port: number; log: Asked[] }> {
  const log: Asked[] = [];
  const server = http.createServer((request, response) => {
    const asked = { path: request.url ?? '', headers: request.headers };
    log.push(asked);
    const { status = 200, headers = {}, body = '' } = answer(asked, log);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, log };
}
