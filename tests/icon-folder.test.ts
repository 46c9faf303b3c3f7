// The icons a publisher builds in.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readIconFolder } from '../scripts/icon-folder.ts';

const ours = path.resolve(import.meta.dirname, '../public/icon');
const folder = mkdtempSync(path.join(tmpdir(), 'icons-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('takes the place of ours, file by file, and of none where no folder is given', () => {
  expect([...readIconFolder(ours)]).toEqual([16, 32, 48, 128].map((size) => [`icon/${size}.png`, path.join(ours, `${size}.png`)]));
  expect(readIconFolder(undefined).size).toBe(0);
  expect(readIconFolder(' ').size).toBe(0);
});

it('fails the build in plain words where a file is missing, of another size, or no PNG', () => {
  for (const size of [16, 32, 48]) copyFileSync(path.join(ours, `${size}.png`), path.join(folder, `${size}.png`));
  expect(() => readIconFolder(folder)).toThrow('there is no');
  copyFileSync(path.join(ours, '48.png'), path.join(folder, '128.png'));
  expect(() => readIconFolder(folder)).toThrow('must be a PNG of 128 × 128 pixels, not 48 × 48');
  writeFileSync(path.join(folder, '128.png'), '<svg xmlns="http://www.w3.org/2000/svg"></svg>');
  expect(() => readIconFolder(folder)).toThrow('must be a PNG of 128 × 128 pixels');
});
