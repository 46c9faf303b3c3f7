// The colours of categories can be told from what they stand on, light and dark.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATEGORY_COLORS } from '../lib/model.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../components', file), 'utf8').split('@media (prefers-color-scheme: dark)') as [string, string];
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** Contrast as WCAG 2 defines it. */
const contrast = (a: string, b: string) => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe.each([['light', 0] as const, ['dark', 1] as const])('in %s', (_, part) => {
  const theme = read('theme.css')[part];
  it.each(CATEGORY_COLORS)('%s is at least 3:1 against paper and raised', (color) => {
    const shade = new RegExp(`\\[data-color='${color}'\\] { --category: (#[0-9a-f]{6});`).exec(read('colors.css')[part])?.[1] ?? '';
    for (const ground of ['paper', 'raised']) expect(contrast(shade, new RegExp(`--${ground}: (#[0-9a-f]{6});`).exec(theme)?.[1] ?? '')).toBeGreaterThanOrEqual(3);
  });
});
