// A move: the reader's decision that an item belongs to another category.
import type { Category } from './category.ts';

/** The reader's decision where an item belongs. Keyed by item id, outlives the item; what it moved also teaches the classifier. */
export interface Move {
  id: string;
  /** Where it stood before the reader first moved it. */
  from: Category;
  to: Category;
  /** The categories of its digest, by which `from` and `to` are understood. */
  declared: Category[];
  /** What it taught, shortened; empty once the reader has it forgotten. */
  title: string;
  summary: string;
  /** When, ms. */
  at: number;
}

/** True where a move is a lesson still: it led elsewhere, and what it moved is not forgotten. */
export const teaches = ({ from, to, title, summary }: Move): boolean => from !== to && (title !== '' || summary !== '');
