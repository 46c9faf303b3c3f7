// The words of a feed as they are kept: nothing in them that hides, no name longer than any surface can show.
import type { Story } from '../model/item.ts';
import { stripHidden } from '../text.ts';

/** Longest title, in UTF-16 units. */
const MAX_TITLE = 500;
/** Longest author, section or category. */
const MAX_NAME = 120;
/** Most categories a digest or feed names: each is a choice in the options. */
const MAX_NAMES = 100;

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1).toWellFormed().replace(/\ufffd$/, '')}…` : text);

/** A title or name without what hides in it, on one line. */
export const nameOf = (text: string): string => stripHidden(text).replace(/\s+/g, ' ').trim();

/** A title of a feed or an edition, or the author of an entry. */
export const titleOf = (text: string): string => cut(nameOf(text), MAX_TITLE);

/** Names of categories, each once. */
export const namesOf = (names: readonly string[]): string[] => [...new Set(names.map((name) => cut(nameOf(name), MAX_NAME)).filter(Boolean))].slice(0, MAX_NAMES);

/** A story with names of a length to show. A title that had to be cut is told whole in the summary, so that nothing is lost. */
export function shorten<T extends Pick<Story, 'title' | 'author' | 'section' | 'summary'>>(story: T): T {
  const summary = story.title.length > MAX_TITLE ? [story.title, story.summary].filter(Boolean).join('\n\n') : story.summary;
  return { ...story, title: cut(story.title, MAX_TITLE), author: cut(story.author, MAX_NAME), section: cut(story.section, MAX_NAME), summary };
}
