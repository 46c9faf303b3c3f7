// Colours can be told from what they stand on, light and dark, at the usual contrast and at a high one.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATEGORY_COLORS } from '../lib/model/category.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../components', file), 'utf8');
/** The rule of a selector, and in it the shade a property has: light, then dark. */
const ruleOf = (css: string, selector: string) => css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
const shadeOf = (rule: string, property: string, dark: number) => new RegExp(`--${property}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(rule)?.[dark + 1] ?? `no --${property}`;

const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** Contrast as WCAG 2 defines it. */
const contrast = (a: string, b: string) => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const TEXTS = ['ink', 'soft', 'accent', 'fault'];
/** `line` only divides, which space does as well. */
const OTHERS = ['paper', 'raised', 'line', 'accent-ink', 'focus', 'mark'];

it.each([':root', ':root[data-contrast]'])('%s has no colour that is not judged here', (selector) => {
  const named = [...ruleOf(read('theme.css'), selector).matchAll(/--([\w-]+): light-dark\(/g)].map(([, name]) => name);
  expect(named.sort(), 'add a new one to TEXTS, or to OTHERS with a test of its own, and give it a shade at both contrasts').toEqual([...TEXTS, ...OTHERS].sort());
});

describe.each([['light', 0] as const, ['dark', 1] as const])('in %s', (_, dark) => {
  describe.each([['usual', ':root', 4.5] as const, ['high', ':root[data-contrast]', 7] as const])('at the %s contrast', (_, selector, least) => {
    const theme = ruleOf(read('theme.css'), selector);
    const grounds = ['paper', 'raised'].map((ground) => shadeOf(theme, ground, dark));
    it.each(TEXTS)('%s is legible as text', (property) => {
      for (const ground of grounds) expect(contrast(shadeOf(theme, property, dark), ground)).toBeGreaterThanOrEqual(least);
    });
    it('text on accent and on what a search marks is legible', () => {
      expect(contrast(shadeOf(theme, 'accent-ink', dark), shadeOf(theme, 'accent', dark))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(shadeOf(theme, 'ink', dark), shadeOf(theme, 'mark', dark))).toBeGreaterThanOrEqual(4.5);
    });
    it('the focus can be seen', () => {
      for (const ground of grounds) expect(contrast(shadeOf(theme, 'focus', dark), ground)).toBeGreaterThanOrEqual(3);
    });
    it.each(CATEGORY_COLORS)('%s is at least 3:1 against paper and raised', (color) => {
      const shade = shadeOf(ruleOf(read('colors.css'), `[data-color='${color}']`), 'category', dark);
      for (const ground of grounds) expect(contrast(shade, ground)).toBeGreaterThanOrEqual(3);
    });
  });
});
