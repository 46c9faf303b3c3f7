// The intake: what reads feeds and pages and sorts their stories. A worker needs it only when something new has come, and loads it only then.
import { loadClassifier } from './category/classifier.ts';
import { classify } from './category/classify.ts';
import { correctClassifier } from './category/correction.ts';
import { decode } from './feed/decode.ts';
import { readDigestPage, readEntry, readStory } from './feed/digest.ts';
import { discoverFeeds, usualFeedAddresses } from './feed/discover.ts';
import { isWebPage, parseFeed } from './feed/parse.ts';

/** All that the background calls of it. */
export const intake = { classify, correctClassifier, decode, discoverFeeds, isWebPage, loadClassifier, parseFeed, readDigestPage, readEntry, readStory, usualFeedAddresses };

/** The same as a type, for those who are handed it. */
export type Intake = typeof intake;
