// `npm run screenshots`: every surface of the running product, light and dark, in every language, into scripts/screenshots.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { LANGUAGES } from '../lib/model/settings.ts';
import { launch } from './launch.ts';
import { type Edition, recentEditions, redate, startSite } from './site.ts';
import { postsOf, timelineHtml } from './timeline.ts';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(import.meta.dirname, 'screenshots');
const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));

/** An edition that tries the layout: titles and authors without end, without a space, from right to left; and so many that the badge says 99+. */
const trying = (slot: number): Edition => ({
  ...redate({ slug: '', title: '', date: '', items: [] }, slot),
  items: [
    { title: 'A title that goes on and on, as titles of papers do: a systematic evaluation of long-horizon agents under partial observability, sparse rewards and adversarial tool failures (revised and extended)', author: 'The International Consortium for the Measurement of Very Long Author Names', summary: 'Its summary, on the other hand, is short.' },
    { title: `一个没有任何空格也没有标点的非常非常长的标题${'用来检验换行是否正常'.repeat(6)}`, author: '作者', summary: '摘要。' },
    { title: `https://example.com/${'averyveryverylongaddresswithoutanyhyphen'.repeat(3)}`, author: '@handle', summary: '`code`' },
    { title: 'نموذج مفتوح جديد يتفوق في الترجمة إلى العربية (GPT-5)', author: 'باحثة في اللغة', summary: 'ملخص قصير **مهم** باللغة العربية.' },
    ...Array.from({ length: 996 }, (_, i) => ({ title: `第 ${i + 5} 条：${['开源模型发布', '推理成本下降', '新的评测基准', '智能体工具更新'][i % 4]}`, author: `作者 ${i % 40}`, summary: '一句话。' })),
  ].map((item, i) => ({ ...item, url: `https://x.com/someone/status/${2_003_000_000_000_000_000n + BigInt(i)}` })),
});


const work = mkdtempSync(path.join(tmpdir(), 'eight-bells-screenshots-'));
mkdirSync(out, { recursive: true });
const editions = recentEditions();

try {
  for (const language of LANGUAGES.filter((tag) => tag !== 'system')) {
    const site = await startSite(editions.slice(0, 1));
    execFileSync(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build'], { cwd: root, env: { ...process.env, EIGHT_BELLS_OUT_DIR: work, WXT_DEFAULT_FEED_URL: site.feedUrl }, stdio: 'ignore' });
    const launched = await launch('chromium', { language });
    try {
      const shoot = async (page: Page, name: string, width: number, height: number, themes = ['light', 'dark']) => {
        for (const theme of themes) {
          await page.bringToFront();
          await page.setViewport({ width, height, deviceScaleFactor: 2 });
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
          await pause(200);
          await page.screenshot({ path: path.join(out, `${name}-${language.replace('-CN', '')}-${theme}.png`) as `${string}.png` });
        }
      };
      await launched.install(path.join(work, 'chrome-mv3'));
      const options = await launched.openPage('options.html');
      await pause(1500);
      const first = await launched.openPage('popup.html');
      await first.waitForSelector('.group, .empty .bell');
      await shoot(first, 'popup-first', 420, 600);
      await first.close();
      for (const edition of editions.slice(1)) site.publish(edition);
      const popup = await launched.openPage('popup.html');
      await popup.waitForSelector('.welcome');
      await popup.waitForSelector('li.item');
      await shoot(popup, 'popup-welcome', 420, 600);
      await popup.click('.welcome .link'); // skip
      await popup.waitForFunction(() => !document.querySelector('.welcome'));
      await popup.click('.bar [aria-busy]'); // refresh
      await popup.waitForFunction(() => document.querySelectorAll('li.item').length > 10);
      await popup.click('li.item button[aria-expanded]');
      await popup.waitForSelector('.summary strong');
      await shoot(popup, 'popup', 420, 600);
      await popup.keyboard.press('j');
      await popup.keyboard.press('m');
      await popup.keyboard.press('j');
      await popup.keyboard.press('s');
      await popup.waitForSelector('.starred');
      await popup.keyboard.press('c');
      await popup.waitForSelector('dialog[open]');
      await shoot(popup, 'popup-menu', 420, 600);
      await popup.keyboard.press('Escape');
      await popup.click('.views div:last-child .view:last-child');
      await popup.waitForSelector('.item');
      await shoot(popup, 'popup-digests', 420, 600);
      await popup.click('.views div:last-child .view:first-child');
      await popup.keyboard.press('/');
      await popup.waitForSelector('input[type=search]');
      await popup.keyboard.type('AI');
      await popup.waitForSelector('.title mark');
      await shoot(popup, 'popup-search', 420, 600);
      await popup.keyboard.press('Escape');
      await popup.keyboard.press('Escape');
      await popup.keyboard.press('?');
      await popup.waitForSelector('.keys');
      await shoot(popup, 'popup-help', 420, 600);
      await popup.keyboard.press('Escape');
      await popup.click('.bar [aria-haspopup=dialog]');
      await popup.waitForSelector('.journal li');
      await shoot(popup, 'popup-journal', 420, 600);
      await popup.keyboard.press('Escape');
      await options.bringToFront();
      await shoot(options, 'options', 760, 960);
      await options.evaluate(() => document.querySelector('#history')?.scrollIntoView());
      await options.waitForSelector('.picture');
      await options.evaluate(() => document.querySelector('#history')?.scrollIntoView());
      await shoot(options, 'options-history', 760, 960);
      // All of it: several feeds, one with its settings open, the feeds of a page to choose from, what is stored.
      await options.click('section[aria-labelledby="feeds"] > .link'); // the sample again
      await options.waitForFunction(() => document.querySelectorAll('.feed').length === 2);
      await options.waitForFunction(() => document.querySelectorAll('.feed')[1]?.textContent?.match(/17/));
      await options.click('.feed details summary');
      await options.type('#address', `${site.origin}/feeds/`);
      await options.keyboard.press('Enter');
      await options.waitForSelector('.found li');
      // A category with a name and colour of its own, two rules that stand and hide nothing in the pictures to come, and what a third would meet.
      await options.click('.category:nth-of-type(2) [aria-expanded]');
      await options.type('.look input[type=text]', language === 'en' ? 'Apps' : '应用');
      await options.keyboard.press('Enter');
      await options.click('.swatch[data-color=teal]');
      const typeRule = async (action: string, field: string, value: string, days: string) => {
        for (const [i, choice] of [action, field].entries()) await options.select(`.rule .row select:nth-of-type(${i + 1})`, choice);
        await options.select('.rule .row select:last-of-type', days);
        if (field === 'category') await options.select('.rule .row select:nth-of-type(3)', value);
        else await options.type('.rule .row input', value);
      };
      await typeRule('mute', 'word', '抽奖', '7');
      await options.click('.rule [type=submit]');
      await options.waitForFunction(() => document.querySelectorAll('.rules li').length === 1);
      await typeRule('watch', 'category', 'AI模型', 'null');
      await options.click('.rule [type=submit]');
      await options.waitForFunction(() => document.querySelectorAll('.rules li').length === 2);
      await typeRule('mute', 'word', 'AI', '7');
      await options.waitForSelector('.rule [role=status][aria-busy=false] .preview li');
      await shoot(options, 'options-full', 760, await options.evaluate(() => document.documentElement.scrollHeight));
      await popup.bringToFront();
      await popup.keyboard.press('M'); // mark all read
      await popup.waitForFunction(() => document.querySelectorAll('.item:not(.read)').length === 0); // a toast may be an earlier one's
      // One that is closed before the store knows begins anew with the rows it kept; they turn read, and stay in view until the next opening.
      do {
        await popup.reload();
        await popup.waitForSelector('.item, .empty .bell');
      } while ((await popup.$('.empty .bell')) === null);
      await shoot(popup, 'popup-empty', 420, 360);
      site.setFault('500');
      await popup.click('.bar [aria-busy]');
      await popup.waitForSelector('.status .fault');
      await popup.keyboard.press('u'); // undo
      await popup.waitForSelector('.item');
      await shoot(popup, 'popup-error', 420, 600);
      // No network at all: what is stored can be read, and what is wrong is said.
      site.setFault('down');
      await popup.click('.bar [aria-busy]');
      await popup.waitForFunction(() => !/500/.test(document.querySelector('.status .fault')?.textContent ?? '500'));
      await shoot(popup, 'popup-offline', 420, 600);
      site.setFault(null);
      // A thousand unread, some of them unruly.
      site.publish(trying(Date.now()));
      await popup.click('.bar [aria-busy]');
      await popup.waitForFunction(() => /\d{4}|\d,\d/.test(document.querySelector('.count')?.textContent ?? ''));
      await popup.evaluate(() => scrollTo(0, 0));
      await shoot(popup, 'popup-thousand', 420, 600);
      const panel = await launched.openPage('sidepanel.html');
      await panel.waitForSelector('.item');
      await shoot(panel, 'panel', 320, 900);
      await panel.close();
      // The reader's own look.
      await options.bringToFront();
      await options.select('#theme', 'contrast');
      await options.select('#text-size', 'large');
      await popup.bringToFront();
      await popup.waitForFunction(() => document.documentElement.hasAttribute('data-contrast'));
      await shoot(popup, 'popup-contrast', 420, 600);
      await shoot(options, 'options-contrast', 760, 960);
      await options.bringToFront();
      await options.select('#theme', 'dark');
      await options.select('#text-size', 'small');
      await options.select('#density', 'compact');
      await popup.bringToFront(); // a page behind another is not drawn, nor waited for
      await popup.waitForFunction(() => document.documentElement.dataset.density === 'compact');
      await shoot(popup, 'popup-compact', 420, 600, ['dark']);
      // Nothing subscribed.
      await options.bringToFront();
      for (let left = 2; left > 0; left--) {
        await options.click('.feed .line > .button');
        await options.bringToFront();
        await options.waitForFunction((count) => document.querySelectorAll('.feed').length === count, {}, left - 1);
      }
      await popup.bringToFront();
      await popup.waitForSelector('.empty .button');
      await shoot(popup, 'popup-none', 420, 360, ['dark']);
      await popup.close();
    } finally {
      await launched.close();
      await site.close();
    }
    if (language !== 'zh-CN') continue;
    const marked = await launch('chromium', { language });
    try {
      execFileSync(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build'], { cwd: root, env: { ...process.env, EIGHT_BELLS_OUT_DIR: work, WXT_DEFAULT_FEED_URL: '' }, stdio: 'ignore' });
      await marked.install(path.join(work, 'chrome-mv3'));
      await pause(1500);
      const posts = postsOf(editions.flatMap((edition) => edition.items).slice(0, 3));
      posts.splice(1, 0, { id: '2002999999999999999', handle: 'someone', name: '路人', words: '这条没有在快报里出现过。' });
      for (const theme of ['light', 'dark']) {
        const page = await marked.browser.newPage();
        await page.setRequestInterception(true);
        page.on('request', (request) => void request.respond(request.isNavigationRequest() ? { status: 200, contentType: 'text/html; charset=utf-8', body: timelineHtml(posts, theme === 'dark') } : { status: 204 }));
        await page.goto('https://x.com/home');
        await page.waitForSelector('eight-bells-mark');
        await page.setViewport({ width: 560, height: 400, deviceScaleFactor: 2 });
        await page.screenshot({ path: path.join(out, `marks-${theme}.png`) as `${string}.png` });
        await page.bringToFront();
        await page.hover('eight-bells-mark');
        await page.waitForSelector('eight-bells-card');
        await page.screenshot({ path: path.join(out, `card-${theme}.png`) as `${string}.png` });
      }
    } finally {
      await marked.close();
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`Pictures are in ${path.relative(process.cwd(), out)}.`);
