// The digest that is packaged with the extension.

/** Address under which the packaged sample feed is subscribed; resolved to the extension's own file, never to the network. */
export const SAMPLE_FEED_URL = 'sample:eight-bells';
