// What a publisher builds in, from the environment.
import { describe, expect, it } from 'vitest';
import { readPublisherOptions } from '../lib/publisher.ts';
import { SAMPLE_FEED_URL } from '../lib/sample.ts';

describe('what a publisher builds in', () => {
  it('is the sample where no address is given', () => {
    expect(readPublisherOptions({})).toEqual({ name: null, firefoxId: 'eight-bells@eight-bells.invalid', feedUrl: SAMPLE_FEED_URL, categories: ['AI模型', 'AI应用', '行业洞察', '研发进展'], origins: [], pollMinutes: 30 });
  });

  it('is our own list of categories where the variable is set to nothing', () => {
    expect(readPublisherOptions({ WXT_DEFAULT_CATEGORIES: '' }).categories).toEqual(readPublisherOptions({}).categories);
  });

  it('is the address, with its host and without its port, and the publisher’s own categories', () => {
    expect(readPublisherOptions({ WXT_DEFAULT_FEED_URL: 'http://127.0.0.1:8123/index.xml', WXT_DEFAULT_CATEGORIES: '甲, 乙，甲', WXT_POLL_MINUTES: '5', WXT_NAME: ' 港口快报 ', WXT_FIREFOX_ID: 'digest@harbour.example' })).toEqual({ name: '港口快报', firefoxId: 'digest@harbour.example', feedUrl: 'http://127.0.0.1:8123/index.xml', categories: ['甲', '乙'], origins: ['http://127.0.0.1/*'], pollMinutes: 5 });
  });

  it('fails the build in plain words where it makes no sense', () => {
    expect(() => readPublisherOptions({ WXT_DEFAULT_FEED_URL: 'digest' })).toThrow('not an address');
    expect(() => readPublisherOptions({ WXT_DEFAULT_FEED_URL: 'ftp://a.example/' })).toThrow('https://');
    expect(() => readPublisherOptions({ WXT_POLL_MINUTES: 'often' })).toThrow('WXT_POLL_MINUTES');
    for (const none of [',', ' ，, ', '  ']) expect(() => readPublisherOptions({ WXT_DEFAULT_CATEGORIES: none })).toThrow('WXT_DEFAULT_CATEGORIES');
    expect(() => readPublisherOptions({ WXT_NAME: '报'.repeat(46) })).toThrow('at most 45 characters');
    expect(() => readPublisherOptions({ WXT_NAME: '__MSG_other__' })).toThrow('WXT_NAME');
    expect(() => readPublisherOptions({ WXT_FIREFOX_ID: 'digest' })).toThrow('name@site.example');
  });
});
