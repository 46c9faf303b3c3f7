// Draws public/icon/*.png from one bell. Run by hand after a change of the drawing.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { findBrowser } from './browsers.ts';
import { ICON_SIZES } from './icon-folder.ts';

const out = path.resolve(import.meta.dirname, '../public/icon');
const svg = (size: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24">
  <rect width="24" height="24" rx="5.5" fill="#a9501b"/>
  <g transform="translate(12 12) scale(${size < 32 ? 0.86 : 0.78}) translate(-12 -12.2)" fill="#fff6ea">
    <path d="M12 2.5a1.6 1.6 0 0 0-1.6 1.7A6.4 6.4 0 0 0 5.8 10.4v4.2L4 17.2v1.1h16v-1.1l-1.8-2.6v-4.2a6.4 6.4 0 0 0-4.6-6.2A1.6 1.6 0 0 0 12 2.5zM9.6 19.6a2.4 2.4 0 0 0 4.8 0z"/>
  </g></svg>`;

mkdirSync(out, { recursive: true });
const browser = await launch({ executablePath: findBrowser('chromium'), args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const size of ICON_SIZES) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg(size)}`);
  await page.screenshot({ path: path.join(out, `${size}.png`) as `${string}.png`, omitBackground: true });
}
await browser.close();
