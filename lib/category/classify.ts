// Gives each item of a digest exactly one of the digest's categories.
import { type Category, type CategorySource, DEFAULT_CATEGORIES, type Digest, type Story } from '../model.ts';
import { SECTION_WORDS, TEXT_WORDS } from './lexicon.ts';

export interface Classified {
  category: Category;
  categorySource: CategorySource;
}

/**
 * The category of one item, by the first of these that speaks: the feed's own (a single-story entry's first category;
 * a digest that declares just one), the section heading it stands under, and else the words of title and summary.
 * `categoriesNamed` is false where the categories are only the feed's defaults.
 * Always one of `digest.categories`; where the digest has none at all, the first default.
 */
export function classify(item: Pick<Story, 'title' | 'summary' | 'section'>, digest: Pick<Digest, 'kind' | 'categories'>, categoriesNamed: boolean): Classified {
  const declared = digest.categories.length ? digest.categories : [...DEFAULT_CATEGORIES];
  const [first] = declared as [Category, ...Category[]];
  if (categoriesNamed && (digest.kind === 'story' || declared.length === 1)) return { category: first, categorySource: 'feed' };
  const section = matchSection(item.section, declared);
  if (section) return { category: section, categorySource: 'section' };
  return { category: matchText(item.title, item.summary, declared), categorySource: 'classifier' };
}

/** The declared category a heading names, or one it means; null where it says neither. */
export function matchSection(heading: string, declared: readonly Category[]): Category | null {
  if (!heading) return null;
  const named = declared.find((name) => name.trim() === heading.trim() || (fold(name) && fold(name) === fold(heading)));
  if (named) return named;
  const held = declared.filter((name) => holds(heading, name)).sort((a, b) => b.length - a.length);
  if (held[0]) return held[0]; // of "AI" and "AI应用" the longer
  for (const [category, words] of SECTION_WORDS) if (declared.includes(category) && words.test(heading)) return category;
  return null;
}

/** The declared category whose words speak loudest; a title's words count double. Ties go to the digest's order. */
function matchText(title: string, summary: string, declared: readonly Category[]): Category {
  const scores = new Map<Category, number>(declared.map((name) => [name, 0]));
  const body = summary.slice(0, 240);
  for (const [category, weight, words] of TEXT_WORDS) {
    const score = scores.get(category);
    if (score === undefined) continue;
    scores.set(category, score + weight * ((words.test(title) ? 2 : 0) + (words.test(body) ? 1 : 0)));
  }
  // Names that are none of the four can still be looked for as they are.
  for (const name of declared) if (!DEFAULT_CATEGORIES.includes(name) && name.length > 1) scores.set(name, (scores.get(name) ?? 0) + (title.includes(name) ? 6 : 0) + (body.includes(name) ? 3 : 0));
  let best = declared[0] as Category;
  for (const name of declared) if ((scores.get(name) ?? 0) > (scores.get(best) ?? 0)) best = name;
  return best;
}

/** True where a heading contains a name, a Latin name as words of their own. */
function holds(heading: string, name: string): boolean {
  const inner = words(name);
  return fold(name) !== '' && (/^ [\x20-\x7e]+ $/.test(inner) ? words(heading).includes(inner) : fold(heading).includes(fold(name)));
}

/** Lower-cased words with a blank around each; Chinese, which has no blanks, is parted from Latin. */
const words = (text: string) => ` ${text.toLowerCase().replace(/[^\x20-\x7e]+/g, ' $& ').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
const fold = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
