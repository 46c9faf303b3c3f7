// The best of what was found: in the title or author before in the summary, then the newest.

/** An item that answers a query. */
export interface Hit {
  id: string;
  /** Found by title and author alone. */
  inHead: boolean;
  publishedMs: number;
  position: number;
}

/** Best first; among equals the reading order (lib/model/shown.ts, compareItems). */
const compareHits = (a: Hit, b: Hit): number => Number(b.inHead) - Number(a.inHead) || b.publishedMs - a.publishedMs || a.position - b.position || (a.id < b.id ? -1 : 1);

/** Keeps the best `limit` of the hits it is shown, sorted, and counts them all. */
export class BestHits {
  readonly hits: Hit[] = [];
  count = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(inHead: boolean, publishedMs: number, position: number, id: string): void {
    this.count++;
    const last = this.hits[this.#limit - 1];
    if (this.#limit <= 0 || (last && (last.inHead === inHead ? last.publishedMs > publishedMs : last.inHead))) return; // most are only counted
    const hit: Hit = { id, inHead, publishedMs, position };
    let low = 0;
    let high = this.hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareHits(this.hits[middle] as Hit, hit) < 0) low = middle + 1;
      else high = middle;
    }
    this.hits.splice(low, 0, hit);
    if (this.hits.length > this.#limit) this.hits.pop();
  }
}
