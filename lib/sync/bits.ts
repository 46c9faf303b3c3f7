// A row of bits as text: 13 bits in two of the 91 characters that JSON, and Chrome's JSON, write as one byte each.

/** Printable ASCII without space, `"`, `\` and `<`, which JSON or Chrome escape. */
const ALPHABET = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((char) => !'"\\<'.includes(char)).join('');
const VALUES = new Map([...ALPHABET].map((char, i) => [char, i]));
const BASE = ALPHABET.length;
const BITS = 13; // 2 ** 13 = 8192 of 91 * 91 = 8281
/** Longest run of ones a Rice code begins with; a run this long is followed by the plain number. */
const MAX_RUN = 24;
/** Bits of the plain number. */
const WIDE = 53;

/** Text that is not a row of bits we wrote. */
export class BitsError extends Error {}

/** Writes rows of bits as text. */
export class BitWriter {
  private pending = 0;
  private length = 0;
  private text = '';

  /** The lowest `width` bits of a whole number below 2^53, the highest first. */
  write(value: number, width: number): void {
    for (let left = width; left > 0; ) {
      const take = Math.min(left, BITS - this.length);
      left -= take;
      this.pending = (this.pending << take) | (Math.floor(value / 2 ** left) % (1 << take));
      this.length += take;
      if (this.length === BITS) this.flush();
    }
  }

  /** A whole number below 2^53 as a Rice code of parameter `k`: about k + 1.5 bits where it is about 2^k. */
  writeRice(value: number, k: number): void {
    const run = Math.floor(value / 2 ** k);
    for (let i = 0; i < Math.min(run, MAX_RUN); i++) this.write(1, 1);
    if (run >= MAX_RUN) return this.write(value, WIDE);
    this.write(0, 1);
    this.write(value, k);
  }

  toString(): string {
    if (this.length > 0) this.write(0, BITS - this.length);
    return this.text;
  }

  private flush(): void {
    this.text += ALPHABET.charAt(this.pending % BASE) + ALPHABET.charAt(Math.floor(this.pending / BASE));
    this.pending = 0;
    this.length = 0;
  }
}

/** Reads what BitWriter wrote; throws BitsError at the end or at a foreign character. */
export class BitReader {
  private at = 0;
  private pending = 0;
  private length = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(width: number): number {
    let value = 0;
    for (let left = width; left > 0; ) {
      if (this.length === 0) this.fill();
      const take = Math.min(left, this.length);
      left -= take;
      this.length -= take;
      value = value * (1 << take) + ((this.pending >> this.length) & ((1 << take) - 1));
    }
    return value;
  }

  readRice(k: number): number {
    let run = 0;
    while (run < MAX_RUN && this.read(1) === 1) run++;
    return run === MAX_RUN ? this.read(WIDE) : run * 2 ** k + this.read(k);
  }

  private fill(): void {
    const [low, high] = [VALUES.get(this.text.charAt(this.at)), VALUES.get(this.text.charAt(this.at + 1))];
    if (low === undefined || high === undefined || low + high * BASE >= 2 ** BITS) throw new BitsError('not a row of bits');
    this.pending = low + high * BASE;
    this.length = BITS;
    this.at += 2;
  }
}

/** The parameter with which these numbers take the fewest bits. */
export function bestRice(values: readonly number[]): number {
  const size = Math.max(0, ...values.map((value) => Math.ceil(Math.log2(value + 1))));
  const cost = (k: number) => values.reduce((sum, value) => sum + (value >= MAX_RUN * 2 ** k ? MAX_RUN + WIDE : Math.floor(value / 2 ** k) + 1 + k), 0);
  let best = 0;
  let least = Infinity;
  for (let k = 0; k <= size; k++) {
    const bits = cost(k);
    if (bits < least) [best, least] = [k, bits];
  }
  return best;
}
