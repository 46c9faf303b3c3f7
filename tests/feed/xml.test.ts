// RSS, RDF and Atom as they are met in the wild: every entry with its own title, link, date and body, broken or not.
import { describe, expect, it } from 'vitest';
import { parseXmlFeed } from '../../lib/feed/xml.ts';
import { faultOf, readFixture, SITE } from './documents.ts';

const parse = (xml: string) => parseXmlFeed(xml, `${SITE}/index.xml`);
const rss = (items: string) => parse(`<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>港口</title><link>${SITE}/</link>${items}</channel></rss>`);
const atom = (entries: string) => parse(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>港口</title>${entries}</feed>`);
const entryOf = ({ entries }: ReturnType<typeof parse>) => {
  expect(entries).toHaveLength(1);
  return entries[0] as (typeof entries)[0];
};
const titleOf = (title: string) => entryOf(rss(`<item><title>${title}</title><link>/1</link></item>`)).title;

describe('RSS 2.0', () => {
  it('of a default Hugo site has title, homepage and a text-only entry', () => {
    const feed = parse(readFixture('hugo-default.xml'));
    expect(feed).toMatchObject({ title: '港口四小时报', homepage: `${SITE}/`, skipped: 0 });
    const entry = entryOf(feed);
    expect(entry).toMatchObject({ guid: `${SITE}/posts/2026-03-02-16/`, url: `${SITE}/posts/2026-03-02-16/`, date: { iso: '2026-03-02T16:00:21+08:00' }, categories: [], author: '' });
    expect(entry.bodies.map((body) => body.type)).toEqual(['text']);
  });

  it('with content:encoded has its bodies fullest first, whatever their order', () => {
    const entry = entryOf(rss('<item><title>晚潮</title><content:encoded><![CDATA[<p>全文</p>]]></content:encoded><description>摘要</description></item>'));
    expect(entry.bodies).toEqual([
      { type: 'html', text: '<p>全文</p>' },
      { type: 'text', text: '摘要' },
    ]);
  });

  it('has HTML in a description, escaped or in CDATA', () => {
    for (const body of ['&lt;p&gt;A &amp;amp; B&lt;/p&gt;', '<![CDATA[<p>A &amp; B</p>]]>'])
      expect(entryOf(rss(`<item><description>${body}</description></item>`)).bodies).toEqual([{ type: 'html', text: '<p>A &amp; B</p>' }]);
  });

  it('has HTML in a description that was never escaped', () => {
    const [body] = entryOf(rss('<item><title>晚潮</title><description><ol><li><a href="/a?x=1&amp;y=2">甲</a> &lt;乙&gt;</li></ol></description><link>/1</link></item>')).bodies;
    expect(body).toEqual({ type: 'html', text: '<ol><li><a href="/a?x=1&amp;y=2">甲</a> &lt;乙></li></ol>' });
  });

  it('joins several CDATA sections and text between them', () => {
    expect(titleOf('<![CDATA[早]]>与<![CDATA[晚 ]]>潮')).toBe('早与晚 潮');
  });

  it('takes dc:creator before author, and the name out of "address (name)"', () => {
    expect(entryOf(rss('<item><title>x</title><author>a@harbour.example (水手)</author></item>')).author).toBe('水手');
    expect(entryOf(rss('<item><title>x</title><author>someone</author><dc:creator>水手</dc:creator></item>')).author).toBe('水手');
    expect(entryOf(rss('<item><title>x</title><author>水手</author><dc:creator/></item>')).author).toBe('水手');
  });

  it('keeps every category once, in order', () => {
    expect(entryOf(rss('<item><title>x</title><category>乙</category><category domain="t"><![CDATA[甲 & 丙]]></category><category>乙</category><category/></item>')).categories).toEqual(['乙', '甲 & 丙']);
  });

  it('takes dc:date where there is no pubDate', () => {
    expect(entryOf(rss('<item><title>x</title><dc:date>2026-03-02T16:00:21+08:00</dc:date></item>')).date?.iso).toBe('2026-03-02T16:00:21+08:00');
  });

  it('leaves a date open that makes no sense', () => {
    expect(entryOf(rss('<item><title>x</title><pubDate>next tide</pubDate></item>')).date).toBeNull();
  });

  it('does not take the channel image for the channel', () => {
    const feed = parse(`<rss><channel><image><title>Logo</title><link>${SITE}/logo</link></image><title>港口</title><link>${SITE}/</link></channel></rss>`);
    expect(feed).toMatchObject({ title: '港口', homepage: `${SITE}/` });
  });
});

describe('the guid of an item', () => {
  it('is its link too where it is an address and there is no link', () => {
    expect(entryOf(rss(`<item><title>x</title><guid>${SITE}/p</guid></item>`))).toMatchObject({ guid: `${SITE}/p`, url: `${SITE}/p` });
  });

  it.each(['<guid isPermaLink="false">https://harbour.example/p</guid>', '<guid>tide-7</guid>', '<guid isPermaLink="true">tide-7</guid>'])('is no link in %s', (guid) => {
    expect(entryOf(rss(`<item><title>x</title>${guid}</item>`)).url).toBe('');
  });

  it('never replaces the link', () => {
    expect(entryOf(rss(`<item><guid>${SITE}/p</guid><link>${SITE}/l</link></item>`)).url).toBe(`${SITE}/l`);
  });

  it('is the link where it is missing, else made of title and date', () => {
    expect(entryOf(rss(`<item><title>x</title><link>${SITE}/l</link></item>`)).guid).toBe(`${SITE}/l`);
    const dated = '<item><title>x</title><pubDate>Mon, 02 Mar 2026 16:00:21 +0800</pubDate></item>';
    expect(entryOf(rss(dated)).guid).toBe(entryOf(rss(dated)).guid);
    expect(entryOf(rss(dated)).guid).not.toBe(entryOf(rss(dated.replace('02 Mar', '03 Mar'))).guid);
  });
});

describe('the link of an item', () => {
  it('is made absolute', () => {
    expect(entryOf(rss('<item><link> posts/1/ </link></item>')).url).toBe(`${SITE}/posts/1/`);
  });

  it('may hold an ampersand that was never escaped', () => {
    expect(entryOf(rss('<item><link>https://harbour.example/p?a=1&b=2&copy=3</link></item>')).url).toBe('https://harbour.example/p?a=1&b=2&copy=3');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'mailto:a@harbour.example', 'http://'])('is left out where it is %s', (link) => {
    expect(entryOf(rss(`<item><title>x</title><link>${link}</link></item>`)).url).toBe('');
  });

  it('is freed of the braces and quotes a template left around it', () => {
    expect(entryOf(atom('<entry><title>x</title><link href="{&#39;https://harbour.example/p&#39;}"/></entry>')).url).toBe('https://harbour.example/p');
  });
});

describe('a title', () => {
  it.each([
    ['潮汐 &amp; 港口', '潮汐 & 港口'],
    ['潮汐 &amp;amp; 港口', '潮汐 & 港口'],
    ['潮汐 & 港口', '潮汐 & 港口'],
    ['R&D 与 Q&A', 'R&D 与 Q&A'],
    ['it&amp;#8217;s', 'it’s'],
    ['it&#8217;s&nbsp;late', 'it’s late'],
    ['<![CDATA[潮汐 &amp; <b>港口</b>]]>', '潮汐 & 港口'],
    ['&lt;b&gt;潮汐&lt;/b&gt;', '潮汐'],
    ['潮<b>汐</b>与港', '潮汐与港'],
    ['a &lt; b', 'a < b'],
    ['<![CDATA[若 x<y 则 List<T>]]>', '若 x<y 则 List<T>'],
    ['  潮\n   汐 ', '潮 汐'],
    ['潮\u0000汐\u0008', '潮汐'],
  ])('%j reads as %j', (written, read) => {
    expect(titleOf(written)).toBe(read);
  });
});

describe('RDF', () => {
  it('has its items beside the channel', () => {
    const feed = parse(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="${SITE}/"><title>港口</title><link>${SITE}/</link><items><rdf:Seq><rdf:li resource="${SITE}/1"/></rdf:Seq></items></channel>
      <item rdf:about="${SITE}/1"><title>早潮</title><link>${SITE}/1</link><dc:date>2026-03-02T08:00:00Z</dc:date><dc:subject>甲</dc:subject><dc:creator>水手</dc:creator></item>
      <item rdf:about="${SITE}/2"><title>晚潮</title><link>${SITE}/2</link></item></rdf:RDF>`);
    expect(feed).toMatchObject({ title: '港口', homepage: `${SITE}/` });
    expect(feed.entries).toMatchObject([
      { title: '早潮', url: `${SITE}/1`, date: { iso: '2026-03-02T08:00:00Z' }, categories: ['甲'], author: '水手' },
      { title: '晚潮', url: `${SITE}/2`, date: null },
    ]);
  });
});

describe('Atom', () => {
  it('has the alternate link, the day of publication and the terms of its categories', () => {
    const feed = parse(readFixture('atom.xml'));
    expect(feed).toMatchObject({ title: '港口四小时报', homepage: `${SITE}/` });
    expect(entryOf(feed)).toMatchObject({
      guid: 'tag:harbour.example,2026:2026-03-02-16',
      url: `${SITE}/posts/2026-03-02-16/`,
      date: { iso: '2026-03-02T16:00:21+08:00' },
      categories: ['AI模型', 'AI应用', '行业洞察', '研发进展'],
    });
  });

  it('has XHTML content as markup, escapes and all, without its prefix', () => {
    for (const [open, close] of [['<div>', '</div>'], ['<h:div>', '</h:div>']]) {
      const [body] = entryOf(atom(`<entry><title>x</title><content type="xhtml">${open}a &lt;b&gt; &amp;amp;<br/><a href="/x?1&amp;2">c</a>${close}</content></entry>`)).bodies;
      expect(body).toEqual({ type: 'html', text: '<div>a &lt;b> &amp;amp;<br><a href="/x?1&amp;2">c</a></div>' });
    }
  });

  it('knows text, HTML and Markdown apart', () => {
    const typeOf = (content: string) => entryOf(atom(`<entry><title>x</title>${content}</entry>`)).bodies[0]?.type;
    expect(typeOf('<content type="html">just words</content>')).toBe('html');
    expect(typeOf('<content>just words</content>')).toBe('text');
    expect(typeOf('<summary type="text">a &lt; b</summary>')).toBe('text');
    expect(typeOf('<content>&lt;p&gt;words&lt;/p&gt;</content>')).toBe('html');
    expect(typeOf('<content type="text/markdown">**words**</content>')).toBe('markdown');
  });

  it('prefers the label of a category to its term', () => {
    expect(entryOf(atom('<entry><title>x</title><category term="ai-models" label="AI模型"/><category term="乙"/></entry>')).categories).toEqual(['AI模型', '乙']);
  });

  it('has the name of its first author, without the address', () => {
    expect(entryOf(atom('<entry><title>x</title><author><name>水手</name><email>a@harbour.example</email><uri>https://harbour.example</uri></author><author><name>二副</name></author></entry>')).author).toBe('水手');
  });

  it('takes "updated" where nothing says when it was published', () => {
    expect(entryOf(atom('<entry><title>x</title><updated>2026-03-02T16:00:21Z</updated></entry>')).date?.iso).toBe('2026-03-02T16:00:21Z');
  });

  it('does not take the source of an entry for the entry', () => {
    const entry = entryOf(atom(`<entry><source><title>别处</title><id>other</id><link href="https://other.example/"/><category term="别类"/><updated>2020-01-01T00:00:00Z</updated></source><title>x</title><id>own</id><link href="${SITE}/x"/></entry>`));
    expect(entry).toMatchObject({ title: 'x', guid: 'own', url: `${SITE}/x`, categories: [], date: null });
  });
});

describe('a broken document', () => {
  const three = '<item><title>一</title><link>/1</link></item><item><title>二</title><link>/2</link></item><item><title>三</title><link>/3</link></item>';
  const whole = `<?xml version="1.0"?><rss version="2.0"><channel><title>港口</title>${three}</channel></rss>`;

  it.each([
    ['after its second item', whole.indexOf('<item><title>三'), ['一', '二']],
    ['inside its third title', whole.indexOf('三') + 1, ['一', '二', '三']],
    ['inside a tag', whole.indexOf('<link>/3') + 3, ['一', '二', '三']],
  ])('that breaks off %s gives what came before', (_, length, titles) => {
    expect(parse(whole.slice(0, length)).entries.map((entry) => entry.title)).toEqual(titles);
  });

  it('that breaks off inside CDATA keeps the text that came', () => {
    expect(entryOf(parse('<rss><channel><item><title>一</title><description><![CDATA[<p>潮')).bodies).toEqual([{ type: 'html', text: '<p>潮' }]);
  });

  it('that breaks off before its first entry is malformed, not empty', async () => {
    expect(await faultOf(() => parse(whole.slice(0, whole.indexOf('<item>') - 4)))).toBe('malformed');
  });

  it('that forgot to close its items gives each of them', () => {
    expect(rss('<item><title>一</title><link>/1</link><item><title>二</title><link>/2</link>').entries.map((entry) => entry.title)).toEqual(['一', '二']);
  });

  it('that has an item twice gives both with the same guid', () => {
    const item = '<item><title>一</title><guid>tide-7</guid></item>';
    expect(rss(item + item).entries.map((entry) => entry.guid)).toEqual(['tide-7', 'tide-7']);
  });

  it('counts an item with nothing in it instead of failing', () => {
    expect(rss('<item></item><item><title>一</title></item><item><pubDate>Mon, 02 Mar 2026 16:00:21 GMT</pubDate></item>')).toMatchObject({ skipped: 2, entries: [{ title: '一' }] });
  });

  it('that is no feed is malformed', async () => {
    for (const xml of ['<?xml version="1.0"?><opml><body/></opml>', '<?xml version="1.0"?>', 'tide table']) expect(await faultOf(() => parse(xml))).toBe('malformed');
  });
});

describe('a feed without entries', () => {
  it.each(['<rss version="2.0"><channel><title>港口</title></channel></rss>', '<rss version="2.0"/>', '<feed xmlns="http://www.w3.org/2005/Atom"><title>港口</title></feed>', '<rdf:RDF><channel><title>港口</title></channel></rdf:RDF>'])('is no error: %s', (xml) => {
    expect(parse(xml)).toMatchObject({ entries: [], skipped: 0 });
  });
});

describe('what a feed asks for', () => {
  it.each([
    ['<ttl>60</ttl>', 60],
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>', 30],
    ['<sy:updatePeriod> daily </sy:updatePeriod>', 1440],
    ['<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>', 60],
    ['<ttl>soon</ttl><sy:updatePeriod>never</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>', undefined],
    ['<ttl>-5</ttl>', undefined],
    ['<item><title>t</title><ttl>5</ttl></item>', undefined],
  ])('is read from %s', (fields, minutes) => {
    expect(parseXmlFeed(`<rss version="2.0"><channel>${fields}</channel></rss>`, 'https://harbour.example/feed').ttlMinutes).toBe(minutes);
  });
});
