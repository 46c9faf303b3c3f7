// Serves the project's own modules to a page of a real browser, TypeScript without its types.
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
/** Outside an extension there is no `browser`; what is measured here asks nothing of it. */
const IMPORTS = { dexie: '/node_modules/dexie/dist/modern/dexie.mjs', 'wxt/browser': 'data:text/javascript,export const browser = {}' };

/** A server on 127.0.0.1 whose `/` is a page that runs `script`, a path from the project's root. */
export async function serve(script: string): Promise<http.Server> {
  const page = `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script><script type="module" src="${script}"></script>`;
  const server = http.createServer((request, response) => {
    const file = path.join(root, path.normalize(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (request.url === '/') return void response.setHeader('content-type', 'text/html').end(page);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript');
    response.end(file.endsWith('.ts') ? stripTypeScriptTypes(readFileSync(file, 'utf8')) : readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}
