// What the extension may do in each browser, and why. A permission more is a line more here, with its reason, and one in the
// README; the stores' texts are held to the manifest by tests/store-texts.test.ts.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../lib/model/settings.ts';
import { EMBED_PATTERNS, embedPatterns, X_PATTERNS } from '../lib/publisher.ts';
import config from '../wxt.config.ts';

const root = path.resolve(import.meta.dirname, '..');
const BROWSERS = ['chrome', 'edge', 'firefox'] as const;
type Browser = (typeof BROWSERS)[number];

interface Manifest {
  permissions: string[];
  optional_permissions?: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  incognito?: string;
  web_accessible_resources?: unknown;
  externally_connectable?: unknown;
  content_security_policy: { extension_pages: string };
}
const manifestOf = (browser: Browser) => (config.manifest as (env: { browser: string; manifestVersion: 3; mode: string; command: 'build' }) => Manifest)({ browser, manifestVersion: 3, mode: 'production', command: 'build' });

/** Each permission: in which browsers it is asked for, at install or later, and what could not be done without it. */
const PERMISSIONS: { name: string; in: readonly Browser[]; optional?: true; why: string }[] = [
  { name: 'alarms', in: BROWSERS, why: 'wakes the background when a poll is due' },
  { name: 'storage', in: BROWSERS, why: 'settings, and the list of marks that pages of X read' },
  { name: 'scripting', in: BROWSERS, why: 'marks posts in tabs of X that were open before the install; registers the script for embedded posts, if the reader switches that on' },
  { name: 'unlimitedStorage', in: BROWSERS, why: 'stars and read states are not thrown away when the disk is full' },
  { name: 'declarativeNetRequestWithHostAccess', in: BROWSERS, why: 'a rule that keeps the extension’s own requests from X, to which a feed’s server may redirect them; the browser follows before we see it' },
  { name: 'contextMenus', in: BROWSERS, why: 'the icon’s own menu is made at install, when nothing can be asked for' },
  { name: 'notifications', in: BROWSERS, optional: true, why: 'asked for in the click that switches notifications on' },
  { name: 'sidePanel', in: ['chrome', 'edge'], why: 'the reader beside the page; Firefox’s sidebar needs none' },
];

describe.each(BROWSERS)('the manifest for %s', (browser) => {
  const manifest = manifestOf(browser);
  const wanted = (optional: boolean) => PERMISSIONS.filter((one) => (one.optional ?? false) === optional && one.in.includes(browser)).map(({ name }) => name).sort();

  it('asks for these permissions and no others', () => {
    expect([...manifest.permissions].sort()).toEqual(wanted(false));
    expect([...(manifest.optional_permissions ?? [])].sort()).toEqual(wanted(true));
  });

  it('asks at install for the hosts of X alone, and for others only when a reader adds a feed or names a site for marks', () => {
    expect(manifest.host_permissions).toEqual(X_PATTERNS);
    expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
  });

  it('is not there in private windows, so that nothing done in them is recorded', () => {
    expect(manifest.incognito).toBe('not_allowed');
  });

  it('lets web pages and other extensions reach nothing, and runs no code but its own', () => {
    expect([manifest.web_accessible_resources, manifest.externally_connectable]).toEqual([undefined, undefined]);
    expect(manifest.content_security_policy.extension_pages).toBe("script-src 'self'; object-src 'self'");
  });
});

it('goes beyond X’s own pages only where the reader wants it: into X’s frames, and to the sites named', () => {
  const script = readFileSync(path.join(root, 'entrypoints/embed.content/index.ts'), 'utf8');
  expect([/registration: 'runtime'/.test(script), /matches:/.test(script)]).toEqual([true, false]); // else WXT writes its hosts into the manifest
  expect(embedPatterns(DEFAULT_SETTINGS)).toEqual([]);
  const markSites = ['https://nitter.net/*'];
  expect(embedPatterns({ ...DEFAULT_SETTINGS, markSites })).toEqual([]);
  expect(embedPatterns({ ...DEFAULT_SETTINGS, markEmbeds: true, markSites })).toEqual([...EMBED_PATTERNS, ...markSites]);
});

it('tells readers of each permission and its reason in the README', () => {
  const table = readFileSync(path.join(root, 'README.md'), 'utf8').split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').map((cell) => cell.trim()));
  for (const { name } of PERMISSIONS) expect(table.find(([, cell]) => cell?.includes(`\`${name}\``))?.[2], name).toMatch(/\w/);
});
