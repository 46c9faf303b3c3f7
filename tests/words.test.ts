// The words that depend on what a publisher built in.
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

it('call the extension by the publisher’s name in both languages, and by ours where none is built in', async () => {
  const names = async () => {
    vi.resetModules();
    const { badgeWords } = await import('../lib/words/badge.ts');
    const { optionsWords } = await import('../lib/words/options.ts');
    return [badgeWords.zh.name, badgeWords.en.name, optionsWords.zh.title, optionsWords.en.title];
  };
  expect(await names()).toEqual(['八击钟', 'Eight Bells', '八击钟 · 设置', 'Eight Bells · Options']);
  vi.stubEnv('WXT_NAME', ' 港口快报 ');
  expect(await names()).toEqual(['港口快报', '港口快报', '港口快报 · 设置', '港口快报 · Options']);
});
