// What a feed is called on our own pages.
import { say } from '../i18n.ts';
import type { Feed } from '../model/feed.ts';
import { SAMPLE_FEED_URL } from '../sample.ts';

/** The name of the packaged digest. */
export const feedWords = { tw: { sample: '範例快報' }, zh: { sample: '示例快报' }, en: { sample: 'Sample digest' } };

/** The title a feed begins with, until its first poll brings its own: its host. */
export const firstTitle = (url: string): string => (url === SAMPLE_FEED_URL ? say(feedWords).sample : new URL(url).host);

/** What a feed calls itself. The sample's own title is the publisher's, so it is named in the reader's language. */
export const originalFeedName = ({ url, title }: Pick<Feed, 'url' | 'title'>): string => (url === SAMPLE_FEED_URL ? say(feedWords).sample : title || url);

/** A feed's name as the options show it: the reader's own, else what it calls itself. */
export const nameFeed = (feed: Pick<Feed, 'customTitle' | 'url' | 'title'>): string => feed.customTitle || originalFeedName(feed);
