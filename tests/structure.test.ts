// Who may import whom. The table is the architecture; when this fails, read the line it names and ask which file is on the
// wrong floor. CONTRIBUTING.md draws the same house.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** A room: the files it is made of, and the rooms and packages they import and no others. A room may always import itself. */
interface Room {
  files: RegExp;
  rooms: string[] | 'any';
  packages?: string[];
}

const HOUSE: Record<string, Room> = {
  // floor 1: types and pure rules that know nothing else, the language, what the publisher built in
  model: { files: /^lib\/model\//, rooms: [] },
  'page-request': { files: /^lib\/page-request\.ts$/, rooms: ['model'] },
  list: { files: /^lib\/list\.ts$/, rooms: ['model'] },
  action: { files: /^lib\/action\.ts$/, rooms: ['model'] },
  rules: { files: /^lib\/rules\.ts$/, rooms: ['model'] },
  quiet: { files: /^lib\/quiet\.ts$/, rooms: ['model'] },
  similar: { files: /^lib\/similar\.ts$/, rooms: [] },
  excerpt: { files: /^lib\/excerpt\.ts$/, rooms: ['model'] },
  history: { files: /^lib\/history\.ts$/, rooms: ['model'] },
  host: { files: /^lib\/host\.ts$/, rooms: ['link'] },
  speaker: { files: /^lib\/speaker\.ts$/, rooms: [] },
  link: { files: /^lib\/link\.ts$/, rooms: ['model'] },
  text: { files: /^lib\/text\.ts$/, rooms: [] },
  lexer: { files: /^lib\/lexer\.ts$/, rooms: [], packages: ['marked'] },
  i18n: { files: /^lib\/i18n\.ts$/, rooms: ['model'], packages: ['wxt/browser'] },
  words: { files: /^lib\/words\//, rooms: ['i18n', 'model', 'action', 'sample'] },
  publisher: { files: /^lib\/publisher\.ts$/, rooms: ['model', 'sample'] },
  sample: { files: /^lib\/sample\.ts$/, rooms: [] },
  paint: { files: /^lib\/paint\.ts$/, rooms: [] },
  'early-input': { files: /^lib\/early-input\.ts$/, rooms: [] },
  // floor 2: each knows floor 1's pure rooms and itself, none knows another
  feed: { files: /^lib\/feed\//, rooms: ['model', 'host', 'link', 'text', 'lexer'], packages: ['htmlparser2', 'marked', 'zod/mini'] },
  category: { files: /^lib\/category\//, rooms: ['model'] },
  search: { files: /^lib\/search\//, rooms: ['model'] },
  store: { files: /^lib\/store\//, rooms: ['model', 'link', 'list', 'action', 'rules', 'similar', 'history'], packages: ['dexie', '@preact/signals', 'wxt/browser'] },
  opml: { files: /^lib\/opml\.ts$/, rooms: ['model', 'link'], packages: ['htmlparser2'] },
  x: { files: /^lib\/x\//, rooms: ['model', 'page-request'] },
  'mark-list': { files: /^lib\/mark-list\.ts$/, rooms: ['model', 'rules', 'words'], packages: ['wxt/browser'] },
  'check-reports': { files: /^lib\/check-reports\.ts$/, rooms: [], packages: ['wxt/browser'] },
  messages: { files: /^lib\/messages\.ts$/, rooms: ['model', 'page-request', 'speaker'] },
  glance: { files: /^lib\/glance\.ts$/, rooms: ['list', 'model', 'i18n'], packages: ['wxt/browser'] },
  look: { files: /^lib\/look\.ts$/, rooms: ['model', 'i18n'] },
  'own-page': { files: /^lib\/own-page\.ts$/, rooms: ['speaker'], packages: ['wxt/browser'] },
  tabs: { files: /^lib\/tabs\.ts$/, rooms: ['link', 'publisher'], packages: ['wxt/browser'] },
  wishes: { files: /^lib\/wishes\.ts$/, rooms: ['action'], packages: ['wxt/browser'] },
  download: { files: /^lib\/download\.ts$/, rooms: [] },
  'sync/': { files: /^lib\/sync\//, rooms: ['model', 'link'] },
  // floor 3: what joins them
  intake: { files: /^lib\/intake\.ts$/, rooms: ['feed', 'category'] },
  'intake-script': { files: /^lib\/intake-script\.ts$/, rooms: ['intake'] },
  fence: { files: /^lib\/fence\.ts$/, rooms: ['feed'], packages: ['wxt/browser'] },
  poll: { files: /^lib\/poll\//, rooms: ['model', 'host', 'link', 'publisher', 'messages', 'feed', 'category', 'intake', 'store', 'indexer'], packages: ['wxt/browser'] },
  badge: { files: /^lib\/badge\.ts$/, rooms: ['model', 'i18n', 'words', 'store'], packages: ['wxt/browser'] },
  panel: { files: /^lib\/panel\.ts$/, rooms: ['model'], packages: ['wxt/browser'] },
  notify: { files: /^lib\/notify\.ts$/, rooms: ['model', 'link', 'quiet', 'i18n', 'words', 'store', 'panel', 'reading'], packages: ['wxt/browser'] },
  toolbar: { files: /^lib\/toolbar\.ts$/, rooms: ['quiet', 'i18n', 'words', 'store', 'panel', 'reading'], packages: ['wxt/browser'] },
  omnibox: { files: /^lib\/omnibox\.ts$/, rooms: ['model', 'link', 'list', 'i18n', 'words', 'store', 'finder', 'panel', 'reading'], packages: ['wxt/browser'] },
  attention: { files: /^lib\/attention\.ts$/, rooms: ['store', 'notify', 'omnibox', 'panel', 'toolbar'] },
  indexer: { files: /^lib\/indexer\.ts$/, rooms: ['search', 'store'] },
  finder: { files: /^lib\/finder\.ts$/, rooms: ['search', 'store'] },
  derived: { files: /^lib\/derived\.ts$/, rooms: ['quiet', 'i18n', 'badge', 'glance', 'mark-list', 'store'] },
  reading: { files: /^lib\/reading\.ts$/, rooms: ['model', 'action', 'rules', 'store'] },
  'page-answer': { files: /^lib\/page-answer\.ts$/, rooms: ['model', 'page-request', 'link', 'text', 'action', 'i18n', 'words', 'store', 'badge', 'reading'] },
  'x-marking': { files: /^lib\/x-marking\.ts$/, rooms: ['i18n', 'words', 'mark-list', 'x'] },
  'embed-marking': { files: /^lib\/embed-marking\.ts$/, rooms: ['i18n', 'words', 'publisher', 'mark-list', 'x'], packages: ['wxt/browser'] },
  'embed-script': { files: /^lib\/embed-script\.ts$/, rooms: ['publisher', 'store', 'tabs'], packages: ['wxt/browser'] },
  desk: { files: /^lib\/desk\.ts$/, rooms: ['model', 'list', 'excerpt', 'action', 'words', 'search', 'store', 'derived', 'reading', 'finder', 'mirror', 'tabs'] },
  opening: { files: /^lib\/opening\.ts$/, rooms: ['model', 'list', 'i18n', 'glance', 'desk'] },
  session: { files: /^lib\/session(?:\/|\.ts$)/, rooms: ['model', 'list', 'i18n', 'words', 'opening', 'paint', 'own-page', 'action', 'wishes', 'desk'], packages: ['wxt/browser'] },
  sync: { files: /^lib\/sync\.ts$/, rooms: ['model', 'link', 'store', 'sync/'] },
  mirror: { files: /^lib\/mirror\.ts$/, rooms: ['model', 'store', 'sync/', 'sync'], packages: ['wxt/browser'] },
  keeper: { files: /^lib\/keeper\.ts$/, rooms: ['model', 'i18n', 'sample', 'store', 'poll', 'badge', 'notify', 'derived', 'mirror', 'sync'], packages: ['wxt/browser'] },
  backup: { files: /^lib\/backup(?:\/|\.ts$)/, rooms: ['model', 'link', 'excerpt', 'sample', 'store', 'mirror'], packages: ['zod/mini'] },
  subscriptions: { files: /^lib\/subscriptions\.ts$/, rooms: ['model', 'link', 'publisher', 'feed', 'store', 'opml', 'messages', 'download'], packages: ['wxt/browser'] },
  components: { files: /^components\//, rooms: ['model', 'paint', 'host', 'link', 'text', 'lexer', 'list', 'rules', 'quiet', 'history', 'sample', 'i18n', 'words'], packages: ['preact', 'preact/hooks', 'marked'] },
  // floor 4: wiring of whatever is below
  entrypoints: { files: /^entrypoints\//, rooms: 'any', packages: ['wxt/browser', 'wxt/utils/define-background', 'wxt/utils/define-content-script', 'wxt/utils/define-unlisted-script', 'preact', 'preact/hooks', '@preact/signals'] },
};

/** Longest entrypoint, in lines beside its imports: it wires, and decides nothing. */
const ENTRYPOINT_LINES: Record<string, number> = { 'background.ts': 55, 'main.tsx': 80 };

const listSources = (...dirs: string[]) => dirs.flatMap((dir) => readdirSync(path.join(root, dir), { recursive: true, encoding: 'utf8' }).map((file) => path.posix.join(dir, file.replaceAll('\\', '/')))).filter((file) => /\.tsx?$/.test(file));
const sources = listSources('lib', 'components', 'entrypoints');
const roomOf = (file: string) => Object.keys(HOUSE).find((name) => HOUSE[name]?.files.test(file));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

interface Import {
  from: string;
  /** A project file, relative to the root, or a package. */
  to: string;
}

function importsOf(file: string): Import[] {
  const { module, errors } = parseSync(file, read(file));
  expect(errors, `${file} cannot be parsed`).toEqual([]);
  const named = [...module.staticImports.map((entry) => entry.moduleRequest.value), ...module.staticExports.flatMap((entry) => entry.entries.flatMap((e) => e.moduleRequest?.value ?? []))];
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => read(file).slice(moduleRequest.start + 1, moduleRequest.end - 1));
  return [...named, ...dynamic].map((request) => ({ from: file, to: request.startsWith('.') ? path.posix.join(path.posix.dirname(file), request) : request }));
}

const arrows = sources.flatMap(importsOf);

/** What a file exports without a docstring right before it. */
function bareExports(file: string): string[] {
  const text = read(file);
  const { program, comments } = parseSync(file, text);
  return program.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
    const told = comments.some(({ type, value, end }) => type === 'Block' && value.startsWith('*') && end <= node.start && text.slice(end, node.start).trim() === '');
    return told ? [] : [/(?:interface|type|class|function|const|let)\s+(\w+)/.exec(text.slice(node.start))?.[1] ?? file];
  });
}

describe('the house', () => {
  it('has a room for every source file', () => {
    expect(sources.filter((file) => !roomOf(file)).map((file) => `${file} has none: add it to HOUSE here, and to the house and the floors of CONTRIBUTING.md`)).toEqual([]);
  });

  it('lets arrows run only where the table allows', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const room = HOUSE[roomOf(from) ?? ''];
      const target = roomOf(to);
      if (target) return room && target !== roomOf(from) && room.rooms !== 'any' && !room.rooms.includes(target);
      return room && !room.packages?.includes(to);
    });
    expect(wrong.map(({ from, to }) => `${from} must not import ${to}: its room, ${roomOf(from)}, has no ${roomOf(to) ?? to} in HOUSE`)).toEqual([]);
  });

  it('has no arrow in the table that nothing needs', () => {
    const idle = Object.entries(HOUSE).flatMap(([name, { rooms, packages = [] }]) => {
      const used = new Set(arrows.filter(({ from }) => roomOf(from) === name).map(({ to }) => roomOf(to) ?? to));
      return [...(rooms === 'any' ? [] : rooms), ...packages].filter((one) => !used.has(one)).map((one) => `${name} imports nothing of ${one} any more: take it out of its line in HOUSE`);
    });
    expect(idle).toEqual([]);
  });

  it('has no circles', () => {
    const next = new Map(sources.map((file) => [file, arrows.filter((arrow) => arrow.from === file && sources.includes(arrow.to)).map((arrow) => arrow.to)]));
    const done = new Set<string>();
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) throw new Error(`a circle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
    expect(done.size).toBe(sources.length);
  });

  it.each(['x', 'embed'])('keeps dexie, zod, marked and preact out of the content script %s', (script) => {
    const reached = new Set<string>();
    const reach = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { to } of arrows.filter((arrow) => arrow.from === file)) reach(to);
    };
    reach(`entrypoints/${script}.content/index.ts`);
    expect([...reached].filter((name) => /^(?:dexie|zod|marked|preact|@preact|htmlparser2)/.test(name))).toEqual([]);
  });

  it('asks for X only in one file', () => {
    const selectors = sources.filter((file) => /data-testid/.test(read(file)));
    expect(selectors, 'what knows a data-testid').toEqual(['lib/x/post.ts']);
  });

  it('names storage keys only where they are kept', () => {
    const keyed = sources.filter((file) => /storage\.(?:local|sync|session)\./.test(read(file)));
    expect(keyed.sort(), 'what reads or writes browser.storage, each its own keys; others call it').toEqual(['lib/check-reports.ts', 'lib/glance.ts', 'lib/mark-list.ts', 'lib/mirror.ts', 'lib/own-page.ts', 'lib/store/settings.ts', 'lib/tabs.ts', 'lib/wishes.ts']);
  });

  it('never sets innerHTML', () => {
    expect(sources.filter((file) => /\.innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML/.test(read(file)))).toEqual([]);
  });

  it('keeps entrypoints short', () => {
    const long = sources.filter((file) => file.startsWith('entrypoints/')).flatMap((file) => {
      const lines = read(file).split('\n').filter((line) => !line.startsWith('import ')).length;
      const most = ENTRYPOINT_LINES[path.basename(file)] ?? 50;
      return lines > most ? [`${file} has ${lines} lines beside its imports, ${most} at most: what decides belongs into lib/`] : [];
    });
    expect(long).toEqual([]);
  });

  it('says of everything that is exported what it is for', () => {
    const bare = [...sources, ...listSources('scripts')].flatMap((file) => bareExports(file).map((name) => `${file}: ${name}`));
    expect(bare, 'exported without a docstring (what for, units, errors)').toEqual([]);
  });

  it('says in the first line of every file what it is for', () => {
    expect([...sources, ...listSources('scripts', 'tests')].filter((file) => !read(file).startsWith('// ')).map((file) => `${file} does not begin with a // comment`)).toEqual([]);
  });
});
