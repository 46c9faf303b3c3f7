// Bytes become the text their publisher wrote, whichever of mark, header and declaration is right.
import { describe, expect, it } from 'vitest';
import { decode } from '../../lib/feed/decode.ts';
import { bytesOf } from './documents.ts';

/** "港口" in GB2312. */
const GB2312 = [0xb8, 0xdb, 0xbf, 0xda];
/** "порт" in windows-1251. */
const CYRILLIC = [0xef, 0xee, 0xf0, 0xf2];
const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));
const join = (...parts: (number[] | Uint8Array)[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const utf16 = (text: string, little: boolean) => [...text].flatMap((c) => (little ? [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8] : [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]));

describe('the charset of a document', () => {
  it('is UTF-8 where nothing says anything', () => {
    expect(decode(bytesOf('港口 ⚓ São'), '')).toBe('港口 ⚓ São');
  });

  it('is what a byte order mark says, against header and declaration', () => {
    const bytes = join([0xef, 0xbb, 0xbf], bytesOf('<?xml version="1.0" encoding="gb2312"?><t>港口</t>'));
    expect(decode(bytes, 'text/xml; charset=windows-1251')).toBe('<?xml version="1.0" encoding="gb2312"?><t>港口</t>');
  });

  it('is what the header says, against the declaration', () => {
    const bytes = join(ascii('<?xml version="1.0" encoding="utf-8"?><t>'), GB2312, ascii('</t>'));
    expect(decode(bytes, 'text/xml; charset=GB2312')).toContain('<t>港口</t>');
  });

  it('is what the XML declaration says where the header is silent', () => {
    const bytes = join(ascii('<?xml version="1.0" encoding="GB2312" ?><t>'), GB2312, ascii('</t>'));
    expect(decode(bytes, 'text/xml')).toContain('<t>港口</t>');
  });

  it.each(['<meta charset="windows-1251">', "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", '<META CHARSET=windows-1251>'])('is what a page says in %s', (meta) => {
    expect(decode(join(ascii(`<!doctype html><head>${meta}<p>`), CYRILLIC), 'text/html')).toMatch(/<p>порт$/);
  });

  it.each(['text/xml; charset="gb2312"', "text/xml;charset='gb2312'", 'text/xml; charset = GB2312; q=1', 'text/xml; CHARSET=gb2312'])('is read from the header %s', (header) => {
    expect(decode(join(GB2312), header)).toBe('港口');
  });

  it.each([true, false])('is UTF-16 with its byte order mark (little endian: %s)', (little) => {
    const mark = little ? [0xff, 0xfe] : [0xfe, 0xff];
    expect(decode(join(mark, utf16('<t>港口</t>', little)), 'text/xml')).toBe('<t>港口</t>');
  });

  it.each([true, false])('is UTF-16 where a document begins like it, without a mark (little endian: %s)', (little) => {
    expect(decode(join(utf16('<t>港口</t>', little)), '')).toBe('<t>港口</t>');
  });

  it('is not UTF-16 where a declaration that says so can be read byte by byte', () => {
    const xml = '<?xml version="1.0" encoding="UTF-16"?><t>港口</t>';
    expect(decode(bytesOf(xml), '')).toBe(xml);
  });

  it.each(['iso-8859-1', 'ISO-8859-1', 'latin1', 'windows-1252', 'us-ascii'])('is not %s where the header says so over whole UTF-8', (label) => {
    expect(decode(bytesOf('港口 São'), `text/xml; charset=${label}`)).toBe('港口 São');
  });

  it('is not ISO-8859-1 where header and declaration say so over whole UTF-8', () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><t>港口</t>';
    expect(decode(bytesOf(xml), 'text/xml; charset=ISO-8859-1')).toBe(xml);
  });

  it('is ISO-8859-1 where header and bytes agree', () => {
    expect(decode(join(ascii('S'), [0xe3], ascii('o')), 'text/plain; charset=iso-8859-1')).toBe('São');
  });

  it('falls to the declaration where the header names a charset nobody knows', () => {
    const bytes = join(ascii('<?xml version="1.0" encoding="gb2312"?>'), GB2312);
    expect(decode(bytes, 'text/xml; charset=x-harbour')).toMatch(/港口$/);
  });

  it('falls to UTF-8 where the declaration names a charset nobody knows', () => {
    expect(decode(bytesOf('<?xml version="1.0" encoding="x-harbour"?>港口'), '')).toMatch(/港口$/);
  });

  it('puts a replacement character for bytes that do not fit, and goes on', () => {
    expect(decode(join(ascii('a'), [0xff], ascii('b')), 'text/plain; charset=utf-8')).toBe('a\ufffdb');
  });

  it.each([
    ['gbk', [0xb8, 0xdb, 0xbf, 0xda], '港口'],
    ['gb18030', [0xb8, 0xdb, 0x95, 0x32, 0x82, 0x36], '港𠀀'],
    ['big5', [0xb4, 0xe4, 0xa4, 0x66], '港口'],
    ['shift_jis', [0x8d, 0x60, 0x8c, 0xfb], '港口'],
    ['euc-jp', [0xb9, 0xc1, 0xb8, 0xfd], '港口'],
    ['euc-kr', [0xc7, 0xd7, 0xb1, 0xb8], '항구'],
    ['iso-8859-2', [0xb3, 0xf3, 0x64, 0xbc], 'łódź'],
    ['iso-8859-5', [0xdf, 0xde, 0xe0, 0xe2], 'порт'],
    ['iso-8859-7', [0xeb, 0xe9, 0xec], 'λιμ'],
    ['iso-8859-15', [0xa4], '€'],
    ['windows-1250', [0xb3, 0xf3, 0x64, 0x9f], 'łódź'],
    ['windows-1252', [0x93, 0x94, 0x80], '“”€'],
    ['windows-1254', [0xfe, 0xf0], 'şğ'],
    ['windows-1256', [0xc8], 'ب'],
    ['koi8-r', [0xd0, 0xcf, 0xd2, 0xd4], 'порт'],
  ] as [string, number[], string][])('may be %s by header, declaration or meta', (label, bytes, text) => {
    expect(decode(join(bytes), `text/plain; charset=${label}`)).toBe(text);
    expect(decode(join(ascii(`<?xml version="1.0" encoding="${label}"?>`), bytes), 'text/xml')).toContain(text);
    expect(decode(join(ascii(`<meta charset="${label}">`), bytes), 'text/html')).toContain(text);
  });

  it('is what the declaration says where a header says UTF-8 over bytes that are not', () => {
    expect(decode(join(ascii('<?xml version="1.0" encoding="gb2312"?>'), GB2312), 'text/xml; charset=utf-8')).toMatch(/港口$/);
  });

  it('is GB18030 where nothing is said and the bytes are that and not UTF-8', () => {
    expect(decode(join(ascii('<rss>'), GB2312), '')).toBe('<rss>港口');
  });

  it('reads nothing out of nothing', () => {
    expect(decode(new Uint8Array(0), '')).toBe('');
  });
});
