// `npm test`: types, lint, structure and unit tests, then e2e in both browsers. Installs browsers where it may.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser, installBrowsers } from './browsers.ts';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);

/** Runs a command to its end and ends everything where it fails. */
function run(what: string, command: string, args: string[]): void {
  console.log(`\n── ${what}`);
  const { status, error } = spawnSync(bin(command), args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  if (error) console.error(error.message);
  console.error(`${what} failed.`);
  process.exit(status || 1);
}

try {
  installBrowsers(['chromium', 'firefox']);
  findBrowser('chromium');
  findBrowser('firefox');
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

run('types', 'wxt', ['prepare']);
run('types', 'tsc', ['--noEmit']);
run('lint', 'oxlint', ['--deny-warnings']);
run('what nothing uses', 'knip', []);

const folder = mkdtempSync(path.join(tmpdir(), 'eight-bells-test-'));
const report = path.join(folder, 'report.json');
console.log('\n── structure, unit and e2e tests');
const { status } = spawnSync(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  console.log(`\ntests: ${numPassedTests} passed, ${numFailedTests} failed, ${(numPendingTests ?? 0) + (numTodoTests ?? 0)} skipped`);
} catch {
  console.error('\nThe test runner left no report.');
}
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
