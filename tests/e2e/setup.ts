// Builds what the e2e tests install: for each browser one with a feed built in and one with the sample.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the builds are: `${builds}/feed/chrome-mv3` and so on. */
    builds: string;
    /** The port the built-in feed is expected on. */
    feedPort: number;
  }
}

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

export default async function setup(project: TestProject) {
  const builds = mkdtempSync(path.join(tmpdir(), 'eight-bells-builds-'));
  const feedPort = await freePort();
  for (const target of [['-b', 'chrome'], ['-b', 'firefox', '--mv3']]) {
    await build(path.join(builds, 'sample'), target, {});
    await build(path.join(builds, 'feed'), target, { WXT_DEFAULT_FEED_URL: `http://127.0.0.1:${feedPort}/index.xml` });
  }
  project.provide('builds', builds);
  project.provide('feedPort', feedPort);
  return () => rmSync(builds, { recursive: true, force: true });
}

async function build(outDir: string, target: string[], env: Record<string, string>): Promise<void> {
  await run(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build', ...target], { cwd: root, env: { ...process.env, NODE_ENV: 'production', EIGHT_BELLS_OUT_DIR: outDir, ...env } });
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = net.createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => found(port));
    });
  });
}
