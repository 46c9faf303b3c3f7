// What our script on X may ask the background, and what it is answered: types alone, so that the script loads nothing for them.
import type { Category } from './model/category.ts';
import type { PostId } from './model/post.ts';

/** What a reader can do with a digested post on its card. `undo` takes back the entry of the journal that such an act was answered with. */
export type CardAct = 'read' | 'unread' | 'star' | 'unstar' | 'mute' | 'undo';

/** A message of our script on X; nothing else is taken from there. */
export type PageRequest =
  /** What is known of a digested post. */
  | { type: 'card'; postId: PostId }
  | { type: 'cardAct'; postId: PostId; act: CardAct; entry?: number | undefined }
  /** A digested post's own page is open before the reader. */
  | { type: 'opened'; postId: PostId }
  /** How many digested posts the page has shown. */
  | { type: 'count'; count: number };

/** A piece of a text, all of one weight. */
export interface Run {
  text: string;
  bold: boolean;
}

/** What a card shows. Plain texts, without what hides in them; addresses are http(s). */
export interface CardData {
  title: string;
  /** Paragraphs; none where the item was pruned and its summary with it. */
  summary: Run[][];
  category: Category;
  /** The digests it stood in, newest first; none where it was pruned. */
  digests: { title: string; url: string | null; publishedMs: number }[];
  /** When it was first told of, ms. */
  firstMs: number;
  /** Its read and star states; null where it was pruned. */
  state: { read: boolean; starred: boolean } | null;
  /** By whom further posts would be hidden, in words; null where nothing tells. */
  mutable: string | null;
  /** The journal's entry of what was just done; null where nothing was. */
  entry: number | null;
}
