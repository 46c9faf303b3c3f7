// Gives each item of a digest exactly one of the digest's categories.
import { type Category, type CategorySource, DEFAULT_CATEGORIES, OTHER_CATEGORY } from '../model/category.ts';
import type { Digest } from '../model/digest.ts';
import type { Story } from '../model/item.ts';
import type { Classifier } from './classifier.ts';
import { SECTION_WORDS, TEXT_WORDS } from './lexicon.ts';

/** An item's category, and how it was come by. */
export interface Classified {
  category: Category;
  categorySource: CategorySource;
  /** How probable the category is, 0 to 1; null where it was not weighed: told by feed, section or name, or by words alone. */
  confidence: number | null;
}

/**
 * The category of one item, by the first of these that speaks: the feed's own (a single-story entry's first category;
 * a digest that declares just one), the section heading it stands under, and else title and summary: a category's name in
 * the title, then the trained classifier (without one, a list of words).
 * `categoriesNamed` is false where the categories are only the feed's defaults.
 * Always one of `digest.categories` (of the defaults where the digest has none), save where their names mean nothing to us
 * and the text holds none of them: then `OTHER_CATEGORY`.
 */
export function classify(item: Pick<Story, 'title' | 'summary' | 'section'>, digest: Pick<Digest, 'kind' | 'categories'>, categoriesNamed: boolean, classifier: Classifier | null = null): Classified {
  const declared = digest.categories.length ? digest.categories : [...DEFAULT_CATEGORIES];
  const [first] = declared as [Category, ...Category[]];
  if (categoriesNamed && (digest.kind === 'story' || declared.length === 1)) return { category: first, categorySource: 'feed', confidence: null };
  const section = matchSection(item.section, declared);
  if (section) return { category: section, categorySource: 'section', confidence: null };
  return { ...matchText(item, declared, classifier), categorySource: 'classifier' };
}

/** The declared category a heading names, or one it means; null where it says neither. */
function matchSection(heading: string, declared: readonly Category[]): Category | null {
  if (!heading) return null;
  const named = declared.find((name) => name.trim() === heading.trim() || (fold(name) && fold(name) === fold(heading)));
  if (named) return named;
  const held = declared.filter((name) => holds(heading, name)).sort((a, b) => b.length - a.length);
  if (held[0]) return held[0]; // of "AI" and "AI应用" the longer
  for (const [category, words] of SECTION_WORDS) if (declared.includes(category) && words.test(heading)) return category;
  return null;
}

/** The declared category that title and summary speak for. Ties go to the digest's order. */
function matchText({ title, summary }: Pick<Story, 'title' | 'summary'>, declared: readonly Category[], classifier: Classifier | null): Omit<Classified, 'categorySource'> {
  const others = declared.filter((name) => !DEFAULT_CATEGORIES.includes(name));
  const named = others.filter((name) => name.length > 1 && holds(title, name)).sort((a, b) => b.length - a.length);
  if (named[0]) return { category: named[0], confidence: null };
  const meant = readMeanings(declared);
  const weighed = weighText(title, summary, classifier);
  let best: Category | null = null;
  for (const category of meant.keys()) if (best === null || (weighed.get(category) ?? 0) > (weighed.get(best) ?? 0)) best = category;
  if (best !== null) return { category: meant.get(best) as Category, confidence: classifier ? (weighed.get(best) ?? 0) : null };
  return { category: others.find((name) => name.length > 1 && holds(summary, name)) ?? OTHER_CATEGORY, confidence: null };
}

/** Which declared name stands for each of the four ("前沿研究" for 研发进展), where exactly one does. */
export function readMeanings(declared: readonly Category[]): Map<Category, Category> {
  const meant = new Map<Category, Category>();
  for (const name of declared) if (DEFAULT_CATEGORIES.includes(name)) meant.set(name, name);
  for (const [category, words] of SECTION_WORDS) {
    const alike = declared.filter((name) => !DEFAULT_CATEGORIES.includes(name) && words.test(name));
    if (!meant.has(category) && alike.length === 1 && ![...meant.values()].includes(alike[0] as Category)) meant.set(category, alike[0] as Category);
  }
  return meant;
}

/** How loudly a text speaks for each of the four: probabilities of the classifier, or without one what its words add up to, a title's counting double. */
function weighText(title: string, summary: string, classifier: Classifier | null): Map<Category, number> {
  if (classifier) {
    const probabilities = classifier.weigh(classifier.read(title, summary));
    return new Map(classifier.classes.map((name, i) => [name, probabilities[i] ?? 0]));
  }
  const scores = new Map<Category, number>();
  const body = summary.slice(0, 240);
  for (const [category, weight, words] of TEXT_WORDS) scores.set(category, (scores.get(category) ?? 0) + weight * ((words.test(title) ? 2 : 0) + (words.test(body) ? 1 : 0)));
  return scores;
}

/** True where a heading contains a name, a Latin name as words of their own. */
function holds(heading: string, name: string): boolean {
  const inner = words(name);
  return fold(name) !== '' && (/^ [\x20-\x7e]+ $/.test(inner) ? words(heading).includes(inner) : fold(heading).includes(fold(name)));
}

/** Lower-cased words with a blank around each; Chinese, which has no blanks, is parted from Latin. */
const words = (text: string) => ` ${text.toLowerCase().replace(/[^\x20-\x7e]+/g, ' $& ').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
const fold = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
