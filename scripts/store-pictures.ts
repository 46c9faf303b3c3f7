// `npm run store-pictures`: what the stores show, in their sizes, from the running product, for each language and theme, into
// .output/store: four screenshots of 1280 × 800, and promotional pictures of 440 × 280 and 1400 × 560. `… en dark` makes only those.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Language } from '../lib/i18n.ts';
import { launch } from './launch.ts';
import { recentEditions, startSite } from './site.ts';
import { postsOf, timelineHtml } from './timeline.ts';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, '.output/store');
const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));

type Shot = 'popup' | 'marks' | 'search' | 'options';
type Said = [head: string, below: string];

/** What stands beside each picture, in the stores' order. */
const WORDS: Record<Language, Record<Shot, Said>> = {
  'zh-CN': {
    popup: ['新消息，一眼看完', '未读条目按类别排列，摘要随点随开，键盘可用到底。'],
    marks: ['刷 X 时，心里有数', '快报讲过的帖子带一枚小铃；点开就是摘要和出处。'],
    search: ['讲过的，都找得到', '标题、摘要、作者，边打边搜，不出这台电脑。'],
    options: ['安静，由你定', '类别、规则、通知、静默时段：只在你要的时候响。'],
  },
  'zh-TW': {
    popup: ['新消息，一眼看完', '未讀項目依類別排列，摘要隨點隨開，全程可用鍵盤。'],
    marks: ['滑 X 時，心裡有數', '快報講過的貼文帶一枚小鈴；點開就是摘要和出處。'],
    search: ['講過的，都找得到', '標題、摘要、作者，邊打邊搜，不離開這台電腦。'],
    options: ['安靜，由你決定', '類別、規則、通知、勿擾時段：只在你要的時候響。'],
  },
  en: {
    popup: ['What is new, at a glance', 'Unread items by category, summaries on demand, the keyboard all the way.'],
    marks: ['On X, know what you were told', 'A small bell on each post a digest had; behind it the summary and where it stood.'],
    search: ['All of it can be found', 'Titles, summaries and authors, as you type, and never off your machine.'],
    options: ['As quiet as you like', 'Categories, rules, notifications, quiet hours: it rings only where you want it to.'],
  },
};

const PAPER = { light: { paper: '#f4f1ec', ink: '#221c15', soft: '#6b6257' }, dark: { paper: '#15120e', ink: '#f1ece4', soft: '#a39a8d' } };
type Theme = keyof typeof PAPER;
/** CSS px of the page that is shown, and how wide it stands on the picture. */
const SIZES: Record<Shot, { width: number; height: number; shown: number }> = {
  popup: { width: 420, height: 600, shown: 476 },
  marks: { width: 600, height: 640, shown: 640 },
  search: { width: 420, height: 600, shown: 476 },
  options: { width: 760, height: 840, shown: 620 },
};

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const icon = `data:image/png;base64,${readFileSync(path.join(root, 'public/icon/128.png')).toString('base64')}`;

/** A picture's page: words on one side, what the product shows on the other, cut off where the picture ends. */
function drawPicture(theme: Theme, [head, below]: Said, shot: string | null, shown: number, scale: number): string {
  const { paper, ink, soft } = PAPER[theme];
  return `<!doctype html><meta charset="utf-8"><style>
    body{margin:0;height:100vh;display:flex;align-items:center;gap:${56 * scale}px;padding-left:${(shot === null ? 48 : 72) * scale}px;box-sizing:border-box;overflow:hidden;background:${paper};color:${ink};font-family:'Noto Sans CJK SC',system-ui,sans-serif}
    .words{flex:1;min-width:0;${shot === null ? `padding-right:${40 * scale}px` : ''}} img.icon{width:${64 * scale}px;height:${64 * scale}px} h1{margin:${22 * scale}px 0 ${14 * scale}px;font-size:${42 * scale}px;line-height:1.25;font-weight:700;text-wrap:balance} p{margin:0;font-size:${21 * scale}px;line-height:1.55;color:${soft};text-wrap:pretty}
    img.shot{flex:none;width:${shown * scale}px;margin-right:${64 * scale}px;border-radius:${12 * scale}px;box-shadow:0 ${18 * scale}px ${60 * scale}px rgb(0 0 0/.28),0 0 0 1px rgb(128 128 128/.25)}
  </style><div class="words"><img class="icon" src="${icon}" alt=""><h1>${escape(head)}</h1><p>${escape(below)}</p></div>${shot === null ? '' : `<img class="shot" src="data:image/png;base64,${shot}" alt="">`}`;
}

const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-store-'));
const only = process.argv.slice(2);
const wanted = (name: string, all: readonly string[]) => !only.some((one) => all.includes(one)) || only.includes(name);
const editions = recentEditions();
/** Where the pictures say the digest is. */
const HOST = 'digest.example';

for (const [language, words] of Object.entries(WORDS)) {
  if (!wanted(language, Object.keys(WORDS))) continue;
  const messages = JSON.parse(readFileSync(path.join(root, `public/_locales/${language.replace('-', '_')}/messages.json`), 'utf8')) as Record<string, { message: string }>;
  const site = await startSite(editions.slice(0, 1));
  execFileSync(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build'], { cwd: root, env: { ...process.env, EIGHT_BELLS_OUT_DIR: work, WXT_DEFAULT_FEED_URL: `http://${HOST}/index.xml` }, stdio: 'ignore' });
  const launched = await launch('chromium', { language, alias: { host: HOST, port: new URL(site.feedUrl).port } });
  try {
    await launched.install(path.join(work, 'chrome-mv3'));
    const popup = await launched.openPage('popup.html');
    await popup.waitForSelector('li.item');
    await popup.waitForSelector('.welcome .link').then((skip) => skip?.click());
    await popup.waitForFunction(() => !document.querySelector('.welcome'));
    for (const edition of editions.slice(1)) site.publish(edition); // of what was there at the install only the newest edition is unread
    await popup.click('.bar [aria-busy]'); // refresh
    await popup.waitForFunction(() => document.querySelectorAll('li.item').length > 10);
    const options = await launched.openPage('options.html');
    for (const theme of Object.keys(PAPER) as Theme[]) {
      if (!wanted(theme, Object.keys(PAPER))) continue;
      const folder = path.join(out, `${language}-${theme}`);
      mkdirSync(folder, { recursive: true });
      const capture = async (page: Page, shot: Shot): Promise<string> => {
        const { width, height, shown } = SIZES[shot];
        await page.bringToFront();
        await page.setViewport({ width, height, deviceScaleFactor: (2 * shown) / width });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
        await pause(300);
        return page.screenshot({ encoding: 'base64' });
      };
      const shots = {} as Record<Shot, string>;
      await popup.bringToFront();
      await popup.evaluate(() => scrollTo(0, 0));
      const isOpen = await popup.$('.summary');
      if (!isOpen) await popup.click('li.item button[aria-expanded]');
      await popup.waitForSelector('.summary strong');
      shots.popup = await capture(popup, 'popup');
      await popup.keyboard.press('/');
      await popup.waitForSelector('input[type=search]');
      await popup.keyboard.type('AI');
      await popup.waitForSelector('.title mark');
      shots.search = await capture(popup, 'search');
      await popup.keyboard.press('Escape');
      await popup.keyboard.press('Escape');
      await options.bringToFront();
      await options.evaluate(() => scrollTo(0, 0));
      shots.options = await capture(options, 'options');

      const page = await launched.browser.newPage();
      const posts = postsOf(editions.flatMap((edition) => edition.items).slice(0, 7));
      posts.splice(1, 0, { id: '2002999999999999999', handle: 'someone', name: 'Someone', words: '今天天气不错，出去走走。' });
      await page.setRequestInterception(true);
      page.on('request', (request) => void request.respond(request.isNavigationRequest() ? { status: 200, contentType: 'text/html; charset=utf-8', body: timelineHtml(posts, theme === 'dark') } : { status: 204 }));
      await page.goto('https://x.com/home');
      await page.waitForSelector('eight-bells-mark');
      await capture(page, 'marks'); // sizes the page: a card does not outlive that
      for (let tries = 0; tries < 5 && !(await page.$('eight-bells-card')); tries++) {
        await page.mouse.move(1, 1);
        await page.hover('eight-bells-mark');
        await pause(800);
      }
      if (!(await page.$('eight-bells-card'))) throw new Error('the card did not open');
      shots.marks = await page.screenshot({ encoding: 'base64' });

      await page.setRequestInterception(false);
      page.removeAllListeners('request');
      await page.goto('about:blank');
      const draw = async (name: string, width: number, height: number, html: string) => {
        await page.setViewport({ width, height, deviceScaleFactor: 1 });
        await page.setContent(html);
        await pause(200);
        await page.screenshot({ path: path.join(folder, `${name}.png`) as `${string}.png` });
      };
      for (const [i, shot] of (Object.keys(SIZES) as Shot[]).entries()) await draw(`screenshot-${i + 1}-${shot}`, 1280, 800, drawPicture(theme, words[shot], shots[shot], SIZES[shot].shown, 1));
      const promise: Said = [messages.name?.message ?? '', messages.description?.message ?? ''];
      await draw('promo-1400x560', 1400, 560, drawPicture(theme, promise, shots.popup, 520, 1.1));
      await draw('promo-440x280', 440, 280, drawPicture(theme, promise, null, 0, 0.85));
      await page.close();
    }
  } finally {
    await launched.close();
    await site.close();
    rmSync(work, { recursive: true, force: true });
  }
}
console.log(`Pictures are in ${path.relative(process.cwd(), out)}.`);
