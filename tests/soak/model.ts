// What a reader's things should be like, as simply as it can be said: kept beside the extension in the soak, and compared with it.
import type { JournalEntry } from '../../lib/action.ts';
import type { Rule } from '../../lib/model/rule.ts';
import type { Edition } from '../harbour.ts';

/** How an item should stand. */
export interface Thing {
  read: boolean;
  seen: boolean;
  starred: boolean;
  /** Where the reader put it; null where it was never moved. */
  moved: string | null;
  /** True time a feed last listed it, ms. */
  listedAt: number;
}

export class Model {
  readonly things = new Map<string, Thing>();
  /** By feed: the hour of the edition that the first good answer had as its newest. */
  readonly openings = new Map<string, number>();
  readonly removed = new Set<string>();
  rules: Rule[] = [];
  hidden: string[] = [];
  /** Journal entries that have been taken in, and which of them were undone. */
  readonly #known = new Map<number, boolean>();

  /** A feed's good answer, in full or that nothing changed. */
  answer(feedId: string, editions: readonly Edition[], at: number): void {
    const newest = editions[0];
    if (!newest) return;
    if (!this.openings.has(feedId)) this.openings.set(feedId, newest.hour);
    const ids = new Set(editions.flatMap(({ posts }) => posts.map((post) => `post:${post}`)));
    for (const id of ids) {
      const thing = this.things.get(id);
      if (thing) thing.listedAt = at;
    }
  }

  /** An item that has come. `hours`: of the editions it stands in, by feed. */
  arrive(id: string, hours: readonly [feedId: string, hour: number][], at: number): void {
    const read = hours.every(([feedId, hour]) => hour < (this.openings.get(feedId) ?? -Infinity));
    this.things.set(id, { read, seen: read, starred: false, moved: null, listedAt: at });
  }

  see(): void {
    for (const thing of this.things.values()) thing.seen = true;
  }

  /** Takes in what the journal has come to tell of; returns what it tells wrongly. */
  follow(journal: readonly JournalEntry[]): string[] {
    const faults: string[] = [];
    for (const { id, action, undone } of journal.toSorted((a, b) => a.id - b.id)) {
      const known = this.#known.get(id);
      if (known === undefined) {
        if ('ids' in action) for (const one of action.ids) if (!this.#changes(one, action.kind)) faults.push(`the journal says ${one} was changed by ${action.kind}`);
        this.#apply(action, false);
      }
      if (undone && known !== true) this.#apply(action, true);
      this.#known.set(id, undone === 1);
    }
    return faults;
  }

  #changes(id: string, kind: 'read' | 'unread' | 'star' | 'unstar'): boolean {
    const thing = this.things.get(id);
    if (!thing) return false;
    return kind === 'read' ? !thing.read : kind === 'unread' ? thing.read : kind === 'star' ? !thing.starred : thing.starred;
  }

  #apply(action: JournalEntry['action'], back: boolean): void {
    switch (action.kind) {
      case 'read':
      case 'unread':
      case 'star':
      case 'unstar':
        for (const id of action.ids) {
          const thing = this.things.get(id);
          if (!thing) continue;
          if (action.kind === 'star' || action.kind === 'unstar') thing.starred = (action.kind === 'star') !== back;
          else Object.assign(thing, { read: (action.kind === 'read') !== back, seen: true });
        }
        break;
      case 'move': {
        const thing = this.things.get(action.undo.id);
        if (thing) thing.moved = back ? (action.undo.move?.to ?? null) : action.to;
        break;
      }
      case 'removeFeed':
        if (back) this.removed.delete(action.feedId);
        else this.removed.add(action.feedId);
        break;
      default: // rules are settings, and compared as such
    }
  }
}
