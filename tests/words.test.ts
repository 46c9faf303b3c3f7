// The words: complete in every language, each used, none outside lib/words; and those that depend on what a publisher built in.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Words, WORDS_KEYS } from '../lib/i18n.ts';
import { LANGUAGES } from '../lib/model/settings.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const sources = ['components', 'entrypoints', 'lib'].flatMap((dir) => readdirSync(path.join(root, dir), { recursive: true, encoding: 'utf8' }).map((file) => `${dir}/${file}`)).filter((file) => /\.tsx?$/.test(file));

type Tree = { [key: string]: unknown };
/** Every set of words, by its name: whatever of lib/words has `zh` and `en`. */
const sets: [name: string, file: string, words: Words<Tree>][] = [];
for (const file of sources.filter((file) => file.startsWith('lib/words/'))) {
  const module = (await import(/* @vite-ignore */ path.join(root, file))) as Record<string, unknown>;
  for (const [name, words] of Object.entries(module)) if (typeof words === 'object' && words !== null && 'zh' in words && 'en' in words && typeof words.zh === 'object') sets.push([name, file, words as (typeof sets)[number][2]]);
}
/** The same of languages: keys, those within keys, and how many arguments each takes. */
const shapeOf = (words: unknown): unknown => (typeof words === 'function' ? words.length : typeof words === 'object' && words !== null ? Object.fromEntries(Object.entries(words).map(([key, value]) => [key, shapeOf(value)])) : typeof words);
const paths = (words: unknown, prefix = ''): [path: string, word: unknown][] => (typeof words === 'object' && words !== null ? Object.entries(words).flatMap(([key, value]) => paths(value, prefix ? `${prefix}.${key}` : key)) : [[prefix, words]]);

/** Keys that are looked up by a name put together while running; `by` is that lookup, which must still be in the file. */
const COMPUTED: Record<string, { keys: RegExp; file: string; by: string }> = {
  actionWords: { keys: /^(?:un)?(?:read|star)$/, file: 'lib/words/action.ts', by: 'words[action.kind]' },
  backupWords: { keys: /^(?:reading|writing)$/, file: 'components/options/Backup.tsx', by: 'words[progress.what]' },
  faultWords: { keys: /./, file: 'lib/badge.ts', by: 'say(faultWords)[feed.fault.kind]' },
  historyWords: { keys: /^(?:onTime|late|unknown)$/, file: 'components/options/Pictures.tsx', by: 'say(historyWords)[came]' },
  safetyWords: { keys: /^(?:nothingKept|rebuilding|rebuildFailed)$/, file: 'components/options/Safety.tsx', by: 'words[told]' },
  ruleWords: { keys: /./, file: 'lib/words/rule.ts', by: 'say(ruleWords)[field]' },
  rulesWords: { keys: /^(?:added|removed|restored|renewed)Rule$/, file: 'components/options/Rules.tsx', by: 'words[`${notice.did}Rule`]' },
  syncWords: { keys: /^(?:waiting|refused|unreachable)$/, file: 'components/options/Sync.tsx', by: 'words[report.state]' },
};

/** Files that are handed a set's words and say them as `words.key`, without naming the set: lib/x imports none, long work is told its own. */
const HANDED: Record<string, string[]> = { backupWords: ['entrypoints/options/progress.ts'], cardWords: ['lib/x/card.ts', 'lib/x/treat.ts'] };

describe('the words', () => {
  it('are found at all', () => {
    expect(sets.map(([name]) => name)).toEqual(expect.arrayContaining(['readerWords', 'optionsWords', 'rulesWords', 'faultWords', 'markWords', 'badgeWords', 'actionWords']));
  });

  it.each(sets)('%s is complete in every language, with the same arguments', (_, file, words) => {
    for (const key of Object.values(WORDS_KEYS)) expect(shapeOf(words[key]), `${file}: ${key} beside zh`).toEqual(shapeOf(words.zh));
  });

  it.each(sets)('%s has no word that is not used', (name, file, { zh }) => {
    const computed = COMPUTED[name];
    if (computed) expect(read(computed.file)).toContain(computed.by);
    const users = sources.filter((source) => new RegExp(`\\b${name}\\b`).test(read(source)));
    const handed = (HANDED[name] ?? []).flatMap((file) => read(file).match(/\bwords\.\w+/g) ?? []);
    const text = [...users.map((user) => read(user)), ...handed].join('\n');
    const unused = Object.keys(zh).filter((key) => !computed?.keys.test(key) && !new RegExp(`\\.${key}\\b`).test(text));
    expect(unused, `of ${file}`).toEqual([]);
  });

  it('are in the characters of their language', () => {
    // Common characters that are written otherwise in the other script.
    const simplified = /[阅设读发标签词条规则为与这网视订据组继续开关键选择屏类导]/u;
    const traditional = /[閱設讀發標籤詞條規則為與這網視訂據組繼續開關鍵選擇類導]/u;
    const shared = /[则條則条]/gu; // 則 and 条 are compared by eye: both may be quoted
    const wrong = sets.flatMap(([name, , { zh, tw, en }]) => [
      ...paths(zh).filter(([, word]) => traditional.test(String(word).replace(shared, ''))).map(([key]) => `${name}.zh.${key}`),
      ...paths(tw).filter(([, word]) => simplified.test(String(word).replace(shared, ''))).map(([key]) => `${name}.tw.${key}`),
      ...paths(en).filter(([, word]) => /\p{Script=Han}/u.test(String(word))).map(([key]) => `${name}.en.${key}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it('stand nowhere else: components hold none of their own', () => {
    const stray = sources.filter((file) => file.endsWith('.tsx')).flatMap((file) => straysIn(file).map((text) => `${file}: ${text}`));
    expect(stray).toEqual([]);
  });

  it('name and describe the package in the same languages', () => {
    const locales = readdirSync(path.join(root, 'public/_locales')).sort();
    expect(locales).toEqual(LANGUAGES.filter((tag) => tag !== 'system').map((tag) => tag.replace('-', '_')).sort());
    const [first, ...others] = locales.map((locale) => Object.keys(JSON.parse(read(`public/_locales/${locale}/messages.json`)) as object));
    for (const other of others) expect(other).toEqual(first);
  });
});

/** Text between tags, and attributes that are read out or shown, written into a component as they stand. */
function straysIn(file: string): string[] {
  const found: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== 'object' || node === null) return;
    const { type, value, name } = node as { type?: string; value?: unknown; name?: { name?: string } };
    if (type === 'JSXText' && /\p{L}{2}/u.test(String(value))) found.push(String(value).trim());
    const given = (value as { type?: string; value?: unknown } | null | undefined)?.value;
    if (type === 'JSXAttribute' && /^(?:aria-(?:label|description)|title|placeholder|alt)$/.test(name?.name ?? '') && typeof given === 'string' && !given.startsWith('https:')) found.push(given);
    Object.values(node).forEach(look);
  };
  look(parseSync(file, read(file)).program);
  return found;
}

describe('with a publisher’s name built in', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it('call the extension by it in every language, and by ours where none is built in', async () => {
    const names = async () => {
      vi.resetModules();
      const { badgeWords } = await import('../lib/words/badge.ts');
      const { optionsWords } = await import('../lib/words/options.ts');
      return [badgeWords.zh.name, badgeWords.tw.name, badgeWords.en.name, optionsWords.zh.title, optionsWords.tw.title, optionsWords.en.title];
    };
    expect(await names()).toEqual(['八击钟', '八擊鐘', 'Eight Bells', '八击钟 · 设置', '八擊鐘 · 設定', 'Eight Bells · Options']);
    vi.stubEnv('WXT_NAME', ' 港口快报 ');
    expect(await names()).toEqual(['港口快报', '港口快报', '港口快报', '港口快报 · 设置', '港口快报 · 設定', '港口快报 · Options']);
  });
});
