// The trained classifier: from an item's features to how probable each of the digest's own four categories is.
import type { Category } from '../model/category.ts';
import { type Features, readFeatures } from './features.ts';
import { createVocabulary } from './vocabulary.ts';
import { readRarity, scoreFeatures, toProbabilities, unpackWeights } from './weights.ts';

/** What weighs an item: the shipped one, or that with the reader's corrections on top. */
export interface Classifier {
  /** What it can tell apart. */
  classes: readonly Category[];
  /** What it weighs of an item; the summary is Markdown. */
  read(title: string, summary: string): Features;
  /** The probability of each class; sums to 1, and .8 is meant to be right four times of five. */
  weigh(features: Features): number[];
  /** How much a (hashed) feature that two items share says of their being alike; 0 for one that every item has. */
  rarity(hash: number): number;
}

/** Reads a packed file of weights (`public/category-model.bin`). Throws where the bytes are none. */
export function createClassifier(bytes: Uint8Array): Classifier {
  const weights = unpackWeights(bytes);
  const { classes, temperature, words } = weights.header;
  const vocabulary = createVocabulary(words);
  return {
    classes,
    read: (title, summary) => readFeatures(title, summary, vocabulary),
    weigh: (features) => toProbabilities(scoreFeatures(weights, features), temperature),
    rarity: (hash) => readRarity(weights, hash),
  };
}

/** Fetches and reads the packaged weights; null where they cannot be had, and then words alone must do. To be called once per poll, not per item. */
export async function loadClassifier(url: string, fetcher: typeof fetch): Promise<Classifier | null> {
  try {
    return createClassifier(new Uint8Array(await (await fetcher(url)).arrayBuffer()));
  } catch (error) {
    console.error('Eight Bells: the category weights could not be read', error);
    return null;
  }
}
