// How many digested posts the page before the reader has shown.
import { MARK } from './mark.ts';

/** Counts the digested posts a page has shown, each once. */
export class Tally {
  #path: string | null = null;
  #ids = new Set<string>();
  /** What was told last, and what was counted at the last look. */
  #told = 0;
  #counted = 0;

  constructor(private readonly page: Document) {}

  /** A digested post has been met. */
  add(postId: string, path: string): void {
    this.#enter(path);
    this.#ids.add(postId);
  }

  /** The count, where it differs from what was told and has come to rest since the last look: it is of no use to one who scrolls. Else null. */
  look(path: string): number | null {
    this.#enter(path);
    const count = this.#ids.size;
    const rests = count === this.#counted;
    this.#counted = count;
    if (!rests || count === this.#told) return null;
    return (this.#told = count);
  }

  /** Another page begins with the posts that stand there already. */
  #enter(path: string): void {
    if (path === this.#path) return;
    this.#path = path;
    this.#ids = new Set(Array.from(this.page.querySelectorAll<HTMLElement>(MARK), (mark) => mark.dataset.postId ?? ''));
  }
}
