// What the built extension is: manifest, permissions with their reasons, bundler settings.
import path from 'node:path';
import { defineConfig } from 'wxt';
import { readPublisherOptions, X_PATTERNS } from './lib/publisher.ts';
import { ICON_SIZES, readIconFolder } from './scripts/icon-folder.ts';

// How a digest's publisher ships the extension with their own feed built in; see the README.
const publisher = readPublisherOptions(process.env);
const name = publisher.name ?? '__MSG_name__';
// Not WXT_…: what begins so is written into the bundle, and a path on the publisher's machine has no business there.
const ownIcons = readIconFolder(process.env.EIGHT_BELLS_ICON);

/**
 * Of marked we use the lexer alone: tokens become Preact nodes, never HTML. Its file makes a whole instance at the end,
 * which keeps renderers and parser (4 kB gzip) from being shaken off; here all that follows the lexer is cut. Fails the
 * build where a new version of marked is written differently.
 */
const lexerOnly = {
  name: 'marked: lexer only',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (!id.endsWith('/marked.esm.js')) return undefined;
    const exported = (name: string) => new RegExp(`export\\{[^}]*?\\b(\\w+) as ${name}\\b`).exec(code)?.[1];
    const [lexer, renderer] = [exported('Lexer'), exported('Renderer')];
    const end = renderer ? code.search(new RegExp(`\\bvar ${renderer}=class`)) : -1;
    if (!lexer || end < 0) throw new Error('marked.esm.js is not written as expected: see lexerOnly in wxt.config.ts');
    return { code: `${code.slice(0, end)}export{${lexer} as Lexer};`, map: null };
  },
};

/**
 * WXT gives every content script a context, of which ours use nothing: when a script ends is in lib/x/lifetime.ts. It costs 1.5 kB
 * gzip on every page of X, and tells the page by a message that there is such a script, which is none of its business.
 */
const noContext = {
  name: 'content scripts without a context',
  apply: 'build' as const,
  enforce: 'pre' as const,
  load: (id: string) => (id.endsWith('/wxt/dist/utils/content-script-context.mjs') ? 'export class ContentScriptContext {}' : undefined),
};

/**
 * The reader is taken over by two scripts, its entry and one of all that this imports; bundlers would make fifteen of
 * it, by who else uses what, and each is a request. The entry itself stays apart: to load it is to open the reader.
 */
function readerChunk(id: string, context: { getModuleInfo(id: string): { importedIds: readonly string[] } | null }): string | null {
  const closure = new Set<string>();
  const reach = (file: string): void => {
    for (const next of context.getModuleInfo(file)?.importedIds ?? []) {
      if (closure.has(next)) continue;
      closure.add(next);
      reach(next);
    }
  };
  reach(path.resolve(import.meta.dirname, 'entrypoints/popup/main.tsx'));
  if (/\/lib\/model\/\w+\.ts$/.test(id)) return 'reader'; // some lines a noun, which what is loaded later asks for, too
  return closure.has(id) || id.endsWith('virtual:wxt-html-plugins') ? 'reader' : null; // the latter is empty, and imported by every page
}

/**
 * The reader is painted by entrypoints/early.tsx, before its own scripts: early.js is told their names, and loads them after.
 * While developing, too, all but what WXT's server puts into the page itself.
 */
const scriptsLater = {
  name: 'scripts after the first paint',
  transformIndexHtml: {
    order: 'post' as const,
    handler(html: string, { filename, bundle }: { filename: string; bundle?: object }) {
      if (!bundle || !READER_PAGE.test(filename)) return html;
      const scripts: string[] = [];
      const bare = html.replace(/\s*<script type="module"[^>]* src="([^"]+)"><\/script>/g, (_, src: string) => (scripts.push(src), ''));
      const told = bare.replace('src="/early.js"', `$& data-scripts="${scripts.join(' ')}"`);
      if (scripts.length === 0 || told === bare) throw new Error(`${filename} is not written as expected: see scriptsLater in wxt.config.ts`);
      return told;
    },
  },
};

const READER_PAGE = /(?:popup|sidepanel)\/index\.html$/;

/**
 * What is painted first has no behaviour: there preact, which gives it that, is components/still.ts. And what components load
 * later is left alone, which else would be bundled in, as this script has to be one file.
 */
const stillComponents = {
  name: 'components without behaviour',
  enforce: 'pre' as const,
  resolveId(source: string, _: string | undefined, { kind }: { kind?: string }) {
    if (/^preact(?:\/|$)/.test(source)) return path.resolve(import.meta.dirname, 'components/still.ts');
    return kind === 'dynamic-import' ? { id: source, external: true } : undefined;
  },
};

/** The reader's style stands in its pages: a file of its own is one more request that its first paint waits for. */
const styleInPage = {
  name: 'style in the page',
  transformIndexHtml: {
    order: 'post' as const,
    handler(html: string, { filename, bundle }: { filename: string; bundle?: Record<string, { type: string; source?: string | Uint8Array }> }) {
      if (!bundle || !READER_PAGE.test(filename)) return html;
      return html.replace(/<link rel="stylesheet"[^>]*href="\/([^"]+)">/g, (link, file: string) => {
        const style = bundle[file]?.source;
        return typeof style === 'string' ? `<style>${style}</style>` : link;
      });
    },
  },
  /** The file itself is in the way then: nothing asks for it. */
  generateBundle: {
    order: 'post' as const,
    handler(_: unknown, bundle: Record<string, { type: string; source?: string | Uint8Array; code?: string }>) {
      const asked = Object.entries(bundle).flatMap(([file, { code, source }]) => (file.endsWith('.css') ? [] : [code ?? (typeof source === 'string' ? source : '')])).join('\n');
      for (const file of Object.keys(bundle)) if (file.endsWith('.css') && !asked.includes(file)) delete bundle[file];
    },
  },
};

/**
 * Vite has every import() wait for the styles of what it loads. All of ours stand in the pages, so that an import need be no
 * more than that; the helper is a kilobyte that every page would wait for. Fails the build where a style would be left out.
 */
const plainImports = {
  name: 'imports without styles',
  enforce: 'pre' as const,
  load: (id: string) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  generateBundle(_: unknown, bundle: Record<string, { type: string; isDynamicEntry?: boolean; viteMetadata?: { importedCss: Set<string> } }>) {
    for (const [file, chunk] of Object.entries(bundle)) if (chunk.isDynamicEntry && chunk.viteMetadata?.importedCss.size) throw new Error(`${file} is loaded later and has a style of its own, which nothing would load: import the style in the page (wxt.config.ts)`);
  },
};

export default defineConfig({
  imports: false, // every arrow between files can be seen
  outDir: process.env.EIGHT_BELLS_OUT_DIR ?? '.output',
  manifest: ({ browser }) => ({
    name,
    description: '__MSG_description__',
    default_locale: 'en',
    minimum_chrome_version: browser === 'firefox' ? undefined : '127',
    icons: Object.fromEntries(ICON_SIZES.map((size) => [size, `icon/${size}.png`])),
    permissions: [
      'alarms', // wake the background when a poll is due
      'storage', // settings, and the compact list of marks that X pages read
      'scripting', // mark posts in X tabs that were open before the install; register the script for embedded posts where the reader wants it
      'unlimitedStorage', // keep the browser from evicting stored items, stars and read states under disk pressure
      'declarativeNetRequestWithHostAccess', // keep requests of our own from X, wherever a feed's server redirects them; needs no warning
      'contextMenus', // the icon's own menu: check now, mark all read, quiet; it cannot be asked for later, as the menu is made at install
      ...(browser === 'firefox' ? [] : ['sidePanel']), // the reader beside the page; Firefox's sidebar needs none
    ],
    optional_permissions: ['notifications'], // asked for in the click that switches notifications on
    // What is done in private windows is not recorded, and the browser itself sees to it: there the extension is not at all.
    incognito: 'not_allowed',
    host_permissions: [
      ...X_PATTERNS, // marks; by name, so that tabs open before the install can be marked too
      ...publisher.origins, // the built-in feed
    ],
    // Nothing of this is granted at install: each feed's own host is asked for when the feed is added, each site's for marks when it is named.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    omnibox: { keyword: '8b' }, // searches what is stored, from the address bar
    commands: {
      // Alt+Shift with a digit is free in the browsers; the others have no key until the reader gives them one.
      _execute_action: { suggested_key: { default: 'Alt+Shift+8' } },
      'open-panel': { description: '__MSG_commandPanel__' },
      'mark-all-read': { description: '__MSG_commandRead__' },
    },
    content_security_policy: {
      // Firefox's default policy upgrades http: to https:, which would break feeds served over plain http.
      extension_pages: "script-src 'self'; object-src 'self'",
    },
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: { id: publisher.firefoxId, strict_min_version: '128.0', data_collection_permissions: { required: ['none'] } },
      },
    }),
  }),
  zip: {
    // What a reviewer needs to build the same again, by name: nothing that happens to lie about is packed.
    includeSources: ['components/**', 'entrypoints/**', 'lib/**', 'public/**', 'scripts/**/*.ts', '*.ts', '*.json', '.npmrc', '.oxlintrc.json', 'README.md', 'CONTRIBUTING.md', 'LICENSE', 'NOTICE'],
  },
  hooks: {
    'vite:build:extendConfig': (entrypoints, config) => {
      if (entrypoints.some(({ name }) => name === 'early')) (config.plugins ??= []).push(stillComponents);
      // Scripts of one file have nothing to split.
      if (entrypoints.some(({ name }) => name === 'popup')) config.build = { ...config.build, rolldownOptions: { ...config.build?.rolldownOptions, output: { ...config.build?.rolldownOptions?.output, codeSplitting: { groups: [{ name: readerChunk, debugName: 'reader' }] } } } };
    },
    'build:publicAssets': (_, files) => {
      for (const file of files) {
        const own = ownIcons.get(file.relativeDest.replaceAll('\\', '/'));
        if (own && 'absoluteSrc' in file) file.absoluteSrc = own;
      }
    },
    'build:manifestGenerated': (_, manifest) => {
      // WXT takes the button's title from popup.html, in whose one language it would stand until the background first runs.
      const button = manifest.action ?? manifest.browser_action;
      if (button) button.default_title = name;
      if (manifest.sidebar_action) manifest.sidebar_action.default_title = name;
      // Where the background is a page, what it cannot load later stands before it; a worker loads it by itself (lib/intake-script.ts).
      const { scripts } = (manifest.background ?? {}) as { scripts?: string[] };
      scripts?.unshift('intake.js');
      for (const script of manifest.content_scripts ?? []) script.css = ['mark.css'];
    },
  },
  vite: () => ({
    plugins: [lexerOnly, noContext, styleInPage, scriptsLater, plainImports],
    // Dexie's own minified build is smaller than what the bundler makes of its readable one.
    resolve: { alias: [{ find: /^dexie$/, replacement: path.resolve(import.meta.dirname, 'node_modules/dexie/dist/modern/dexie.min.mjs') }] },
    build: { sourcemap: false, modulePreload: false, cssTarget: ['chrome127', 'firefox128'] }, // light-dark() is theirs
  }),
});
