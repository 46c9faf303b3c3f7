// `npm start`, as who tries the product meets it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { until } from './extension.ts';

const START = path.resolve(import.meta.dirname, '../../scripts/start.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'eight-bells-start-test-'));
let running: ChildProcess | undefined;
afterAll(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

it('says how it is called where it is not understood', () => {
  for (const [argument, code] of [['--help', 0], ['--brwser', 1]] as const) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [START, argument], { encoding: 'utf8' });
    expect([status, stdout + stderr]).toEqual([code, expect.stringMatching(/npm start -- \[--browser chromium\|firefox\]/)]);
    expect(stderr).not.toContain('    at ');
  }
});

it('runs without a screen, and leaves nothing behind when it is ended by Ctrl+C', async () => {
  let said = '';
  running = spawn(process.execPath, [START, '--headless'], { env: { ...process.env, TMPDIR: folder } });
  running.stdout?.on('data', (text) => void (said += text));
  await until('the badge', () => Promise.resolve(said), (text) => text.includes('The badge shows'), 60_000);
  expect(said).toContain('Ctrl+C ends everything.');
  expect(readdirSync(folder).length).toBeGreaterThan(1); // the build and a profile
  const ended = once(running, 'exit');
  running.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(said).toContain('Goodbye');
  expect(readdirSync(folder)).toEqual([]);
});
