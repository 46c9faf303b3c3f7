// Whatever comes in, the intake ends, throws nothing but FeedErrors, and gives only what may be shown. `npm run fuzz` goes on for longer.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../lib/feed/parse.ts';
import { documentOf } from './documents.ts';
import { mangle, seeded, takeIn, wholes } from './garbage.ts';

const SEED = 20260302;

describe('the intake', () => {
  it('survives fixtures broken at random', () => {
    const random = seeded(SEED);
    for (let run = 0; run < 600; run++) takeIn(mangle(wholes[run % wholes.length] ?? '', random));
  }, 20_000);

  it('survives any text in any place of a feed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      takeIn(text);
      takeIn(`---\ntitle: x\n---\n${text}`);
      takeIn(`<rss><channel><item><title>${text}</title><link>${text}</link><description>${text}</description></item></channel></rss>`);
      takeIn(JSON.stringify({ version: 'https://jsonfeed.org/version/1', items: [{ id: text, title: text, url: text, content_html: text, content_text: text }] }));
      takeIn(`<!doctype html><ul><li><a href="https://a.example/">${text}</a>${text}</li></ul>`);
    }), { seed: SEED, numRuns: 100 });
  }, 20_000);

  it('gives every escaped title and every item of a whole feed back', () => {
    const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const title = fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N} ,.!?-]{0,40}$/u).map((text) => text.replace(/\s+/g, ' ').trim());
    fc.assert(fc.property(fc.array(title, { maxLength: 20 }), (titles) => {
      const feed = parseFeed(documentOf(`<rss><channel><title>x</title>${titles.map((text, i) => `<item><title>${escape(text)}</title><link>https://a.example/${i}</link></item>`).join('')}</channel></rss>`));
      expect(feed.entries.map((entry) => entry.title)).toEqual(titles);
      expect(feed).toMatchObject({ skipped: 0 });
    }), { seed: SEED, numRuns: 100 });
  }, 20_000);

  it.each(['[', '*', '`', '> ', '- ', '[](', '![', '**a ', '<div>', '<ul><li>', '&', '<a href="x">', '1、', '来源：', '|a', '\n', '{"a":', '<![CDATA['])('ends on %j, 20,000 times over', (shard) => {
    const text = shard.repeat(20_000);
    for (const whole of [`---\ntitle: x\n---\n${text}`, `<rss><channel><item><title>x</title><description><![CDATA[<p>${text}]]></description></item></channel></rss>`, `<html><body>${text}`]) takeIn(whole);
  }, 20_000);

  it('reads 10,000 items and 200 levels of nesting', () => {
    const items = Array.from({ length: 10_000 }, (_, i) => `<item><title>${i}</title><link>https://a.example/${i}</link></item>`).join('');
    expect(parseFeed(documentOf(`<rss><channel>${items}</channel></rss>`)).entries).toHaveLength(10_000);
    const deep = `${'<ul><li>'.repeat(200)}<a href="https://a.example/1">一</a> 说明${'</li></ul>'.repeat(200)}`;
    takeIn(`<rss><channel><item><title>x</title><description><![CDATA[${deep}]]></description></item></channel></rss>`);
    takeIn(`# x\n\n${Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}- [一](https://a.example/${i}) 说明`).join('\n')}`, 'https://a.example/x.md');
  }, 20_000);
});
