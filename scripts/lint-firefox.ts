// `npm run lint:firefox`: builds for Firefox and runs Mozilla's own linter over it, as addons.mozilla.org does on upload. Fails
// at any error, at a warning nobody has explained here, and at an explanation that has had its day.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Fetched by npx for this alone: as a dependency it would bring hundreds of packages into every install. */
const WEB_EXT = 'web-ext@10.7.0';

/** Warnings that stay, and why. */
const EXPLAINED: { code: string; file: RegExp; why: string }[] = [
  { code: 'KEY_FIREFOX_UNSUPPORTED_BY_MIN_VERSION', file: /^manifest\.json$/, why: 'data_collection_permissions is asked for by the store; Firefox before 140 passes it over' },
  { code: 'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION', file: /^manifest\.json$/, why: 'the same; the extension is not offered for Android' },
  { code: 'UNSAFE_VAR_ASSIGNMENT', file: /^chunks\//, why: "Preact's own dangerouslySetInnerHTML, which nothing here uses: tests/structure.test.ts" },
];

interface Message {
  code: string;
  message: string;
  file?: string;
}

const root = path.resolve(import.meta.dirname, '..');
const npx = (...args: string[]) => spawnSync('npx', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 2 ** 26 });

const build = npx('--no', '--', 'wxt', 'build', '-b', 'firefox', '--mv3');
if (build.status !== 0) throw new Error(`the build failed\n${build.stdout}${build.stderr}`);
const lint = npx('--yes', WEB_EXT, 'lint', '--source-dir', path.join(process.env.EIGHT_BELLS_OUT_DIR ?? '.output', 'firefox-mv3'), '--output', 'json');
const start = lint.stdout.indexOf('{');
if (start < 0) throw new Error(`${WEB_EXT} said nothing that can be read\n${lint.stdout}${lint.stderr}`);
const { errors, warnings } = JSON.parse(lint.stdout.slice(start)) as { errors: Message[]; warnings: Message[] };

const explains = ({ code, file }: (typeof EXPLAINED)[number], message: Message) => code === message.code && file.test(message.file ?? '');
const unexplained = [...errors, ...warnings.filter((warning) => !EXPLAINED.some((one) => explains(one, warning)))];
const idle = EXPLAINED.filter((one) => !warnings.some((warning) => explains(one, warning)));
for (const { code, message, file } of unexplained) console.error(`${code} in ${file}: ${message}`);
for (const { code } of idle) console.error(`${code} is not reported any more: take its explanation out of scripts/lint-firefox.ts`);
for (const { code, why } of EXPLAINED) console.log(`explained: ${code} (${why})`);
console.log(`${errors.length} errors, ${warnings.length} warnings, ${unexplained.length + idle.length} to see to`);
process.exitCode = unexplained.length + idle.length ? 1 : 0;
