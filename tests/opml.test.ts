// OPML: what we write we read again; what others write we read too; what is broken or hostile harms nothing.
import { describe, expect, it } from 'vitest';
import { MAX_OPML_BYTES, parseOpml, writeOpml } from '../lib/opml.ts';

const file = (outlines: string) => `<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>t</title></head><body>${outlines}</body></opml>`;
const urls = (text: string) => parseOpml(text).feeds.map(({ url }) => url);

describe('an OPML file', () => {
  it('gives back what was written, names and all, and leaves out what has no address', () => {
    const feeds = [
      { url: 'https://a.example/feed?x=1&y=2', title: 'A "quoted" & <b>bold</b>', customTitle: null, homepage: 'https://a.example/' },
      { url: 'https://b.example/', title: '快报', customTitle: '我的\u0000快报', homepage: null },
      { url: 'sample:eight-bells', title: 'Sample', customTitle: null, homepage: null },
    ];
    const text = writeOpml(feeds, 'Mine & yours', 0);
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<opml version="2\.0">/);
    expect(text).toContain('<title>Mine &amp; yours</title>');
    expect(parseOpml(text)).toEqual({
      feeds: [
        { url: 'https://a.example/feed?x=1&y=2', title: 'A "quoted" & <b>bold</b>', customTitle: null },
        { url: 'https://b.example/', title: '快报', customTitle: '我的快报' },
      ],
      refused: 0,
      brokeOff: false,
      fault: null,
    });
  });

  it('is flattened, whatever its folders, case and missing types; each address stands once', () => {
    expect(urls(file('<outline text="F"><outline text="G"><outline text="a" type="rss" xmlUrl="https://a.example/"/></outline><OUTLINE XMLURL=" https://b.example/f " text="b"></OUTLINE></outline><outline text="a again" xmlUrl="https://a.example"/><outline text="only a page" htmlUrl="https://c.example/"/>'))).toEqual(['https://a.example/', 'https://b.example/f']);
  });

  it('names a feed by its host where it gives no name', () => {
    expect(parseOpml(file('<outline xmlUrl="https://a.example/x"/>')).feeds).toEqual([{ url: 'https://a.example/x', title: 'a.example', customTitle: null }]);
  });

  it('is told from what is none', () => {
    for (const text of ['', 'lorem ipsum', '{"feeds": []}', '<html><body><outline xmlUrl="https://a.example/"/></body></html>', '<rss><channel/></rss>', '\u0000\u0001']) expect(parseOpml(text)).toMatchObject({ feeds: [], fault: 'notOpml' });
    expect(parseOpml(file('<outline text="empty folder"/>'))).toMatchObject({ feeds: [], fault: 'noFeeds' });
    expect(parseOpml('x'.repeat(MAX_OPML_BYTES + 1))).toMatchObject({ feeds: [], fault: 'tooLarge' });
  });

  it('that breaks off gives what stood before, and says so', () => {
    const whole = file('<outline text="a" xmlUrl="https://a.example/"/><outline text="b" xmlUrl="https://b.example/"/>');
    expect(parseOpml(whole.slice(0, whole.indexOf('https://b')))).toMatchObject({ feeds: [{ url: 'https://a.example/' }], brokeOff: true, fault: null });
    for (let end = 0; end < whole.length; end++) expect(() => parseOpml(whole.slice(0, end))).not.toThrow();
  });

  it('cannot have other addresses fetched than web ones', () => {
    const bad = ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/xml,x', 'sample:eight-bells', 'chrome-extension://abc/x', 'nonsense', `https://a.example/${'x'.repeat(5000)}`];
    expect(parseOpml(file(bad.map((url) => `<outline text="x" xmlUrl="${url}"/>`).join('')))).toEqual({ feeds: [], refused: bad.length, brokeOff: false, fault: null });
  });

  it('expands no entities of its own, and fetches none', () => {
    const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>`;
    const { feeds } = parseOpml(bomb + file('<outline text="&j;" title="&f;" xmlUrl="https://a.example/"/>'));
    expect(feeds).toEqual([{ url: 'https://a.example/', title: '&f;', customTitle: '&j;' }]);
  });

  it('has names of bounded length, without controls or reversed text, and a bounded number of feeds', () => {
    const { feeds } = parseOpml(file(`<outline text="a&#x202e;b\u0007&#10;c ${'x'.repeat(1000)}" xmlUrl="https://a.example/"/>`));
    expect(feeds[0]?.title).toMatch(/^ab c x{195}$/);
    const many = parseOpml(file(Array.from({ length: 600 }, (_, i) => `<outline xmlUrl="https://a.example/${i}"/>`).join('')));
    expect([many.feeds.length, many.refused]).toEqual([500, 100]);
    expect(urls(file('<outline text="x">'.repeat(20_000) + '<outline xmlUrl="https://deep.example/"/>' + '</outline>'.repeat(20_000)))).toEqual(['https://deep.example/']);
  });
});
