// What the stores are told keeps to their limits, and to what the manifest asks for.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Language } from '../lib/i18n.ts';
import config from '../wxt.config.ts';

const root = path.resolve(import.meta.dirname, '..');
const manifestOf = config.manifest as (env: { browser: string; manifestVersion: 3; mode: string; command: 'build' }) => { permissions: string[]; optional_permissions: string[]; optional_host_permissions: string[]; host_permissions: string[] };
const manifest = manifestOf({ browser: 'chrome', manifestVersion: 3, mode: 'production', command: 'build' });

/** Chrome's limit for the manifest's description, the tightest of the three stores. */
const SHORT = 132;
/** Edge asks for this much at least. */
const LONG = 250;

const TITLES: Record<Language, { name: string; short: string; long: string; permissions: string }> = {
  'zh-CN': { name: '名称', short: '简短说明', long: '详细说明', permissions: '权限及理由' },
  'zh-TW': { name: '名稱', short: '簡短說明', long: '詳細說明', permissions: '權限與理由' },
  en: { name: 'Name', short: 'Short description', long: 'Long description', permissions: 'Permissions and why' },
};

describe.each(Object.entries(TITLES))('the texts in %s', (language, { name, short, long, permissions }) => {
  const text = readFileSync(path.join(root, `scripts/store/texts.${language}.md`), 'utf8');
  const section = (title: string) => new RegExp(`^## ${title}\\n\\n([\\s\\S]*?)(?=\\n## |$(?![\\s\\S]))`, 'm').exec(text)?.[1]?.trim() ?? '';
  const messages = JSON.parse(readFileSync(path.join(root, `public/_locales/${language.replace('-', '_')}/messages.json`), 'utf8')) as Record<string, { message: string }>;

  it('say the same as the package, within the stores’ limits', () => {
    expect([section(name), section(short)]).toEqual([messages.name?.message, messages.description?.message]);
    expect(section(short).length).toBeLessThanOrEqual(SHORT);
    expect(section(long).length).toBeGreaterThanOrEqual(LONG);
  });

  it('have the same sections as in English, none of them empty', () => {
    const sections = (of: string) => of.split(/^## .*$/m).slice(1).map((body) => [body.trim() !== '', (body.match(/^[-|] /gm) ?? []).length]);
    expect(sections(text)).toEqual(sections(readFileSync(path.join(root, 'scripts/store/texts.en.md'), 'utf8')));
  });

  it('give a reason for each permission, and for none that is not asked for', () => {
    const named = [...section(permissions).matchAll(/^\| ([^|]*) \|/gm)].slice(2).map(([, cell]) => cell ?? '');
    const api = named.flatMap((cell) => /^`(\w+)`$/.exec(cell)?.[1] ?? []);
    expect(api.sort()).toEqual([...manifest.permissions].sort());
    const optional = named.flatMap((cell) => /^(?:optional: |可选：|選用：)`(\w+)`$/.exec(cell)?.[1] ?? []);
    expect(optional).toEqual(manifest.optional_permissions);
    const hosts = named.filter((cell) => !/`\w+`$/.test(cell)).join(' ');
    for (const pattern of manifest.host_permissions) expect(hosts).toContain(pattern.replace(/^\*:\/\/(?:\*\.)?([^/]+)\/\*$/, '$1'));
    for (const pattern of manifest.optional_host_permissions) expect(hosts).toContain(`\`${pattern}\``);
  });
});
