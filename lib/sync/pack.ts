// States as compact text: sorted ids, each told by its distance from the one before.
import { bestRice, BitReader, BitsError, BitWriter } from './bits.ts';
import { HASH_BITS, isPost, type State } from './status.ts';

/** A post id is 42 bits of ms, 10 of a machine and 12 of a sequence (X's snowflakes). */
const [MS_BITS, MACHINE_BITS, SEQUENCE_BITS] = [42, 10, 12];
/** Enough for any number below 2^53, and for a Rice parameter. */
const [COUNT_RICE, K_BITS] = [4, 6];
/** A browser that counts further is damaged. */
const MAX_COUNT = 2 ** 20;

interface Post {
  ms: number;
  machine: number;
  sequence: number;
}

const low = MACHINE_BITS + SEQUENCE_BITS;

function readPost(key: string): Post {
  const id = BigInt(key.slice(1));
  const rest = Number(id & ((1n << BigInt(low)) - 1n));
  return { ms: Number(id >> BigInt(low)), machine: rest >> SEQUENCE_BITS, sequence: rest % 2 ** SEQUENCE_BITS };
}

const postKey = ({ ms, machine, sequence }: Post): string => `p${(BigInt(ms) << BigInt(low)) + BigInt(machine * 2 ** SEQUENCE_BITS + sequence)}`;

const comparePosts = (a: Post, b: Post): number => a.ms - b.ms || a.machine - b.machine || a.sequence - b.sequence;

/** Whole numbers of either sign as such of one. */
const fold = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unfold = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

const steps = (sorted: readonly number[]): number[] => sorted.slice(1).map((value, i) => value - (sorted[i] as number));

/** The states of one period as text; the same for the same states, whoever packs them. */
export function packStates(states: ReadonlyMap<string, State>): string {
  const groups = Map.groupBy([...states], ([, { reads, stars }]) => `${String(reads).padStart(8, '0')} ${String(stars).padStart(8, '0')}`);
  const bits = new BitWriter();
  bits.writeRice(groups.size, COUNT_RICE);
  for (const [, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [, { reads, stars }] = group[0] as [string, State];
    bits.writeRice(reads, 0);
    bits.writeRice(stars, 0);
    const keys = group.map(([key]) => key);
    writePosts(bits, keys.filter(isPost).map(readPost).sort(comparePosts));
    writeHashes(bits, keys.filter((key) => !isPost(key)).map((key) => Number(key.slice(1))).sort((a, b) => a - b));
  }
  return bits.toString();
}

/** Reads what packStates wrote; throws BitsError where it is anything else. */
export function unpackStates(text: string, period: number): Map<string, State> {
  const bits = new BitReader(text);
  const states = new Map<string, State>();
  for (let groups = bits.readRice(COUNT_RICE); groups > 0; groups--) {
    const [reads, stars] = [bits.readRice(0), bits.readRice(0)];
    if (reads > MAX_COUNT || stars > MAX_COUNT) throw new BitsError('not a count');
    for (const key of [...readPosts(bits), ...readHashes(bits)]) states.set(key, { reads, stars, period });
  }
  return states;
}

function writePosts(bits: BitWriter, posts: readonly Post[]): void {
  bits.writeRice(posts.length, COUNT_RICE);
  const [first] = posts;
  if (!first) return;
  const gaps = steps(posts.map(({ ms }) => ms));
  // Few machines give out the ids of an hour, near one another; the sequences seen stay below 512 of 4096.
  const middle = posts.map(({ machine }) => machine).sort((a, b) => a - b)[posts.length >> 1] as number;
  const machines = posts.map(({ machine }) => fold(machine - middle));
  const sequences = posts.map(({ sequence }) => sequence);
  const ks = [gaps, machines, sequences].map(bestRice) as [number, number, number];
  for (const k of ks) bits.write(k, K_BITS);
  bits.write(first.ms, MS_BITS);
  bits.write(middle, MACHINE_BITS);
  posts.forEach((_, i) => {
    if (i > 0) bits.writeRice(gaps[i - 1] as number, ks[0]);
    bits.writeRice(machines[i] as number, ks[1]);
    bits.writeRice(sequences[i] as number, ks[2]);
  });
}

function readPosts(bits: BitReader): string[] {
  const count = bits.readRice(COUNT_RICE);
  if (count === 0) return [];
  const [gap, spread, order] = [bits.read(K_BITS), bits.read(K_BITS), bits.read(K_BITS)];
  let ms = bits.read(MS_BITS);
  const middle = bits.read(MACHINE_BITS);
  const keys: string[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0) ms += bits.readRice(gap);
    const machine = middle + unfold(bits.readRice(spread));
    const sequence = bits.readRice(order);
    if (ms >= 2 ** MS_BITS || machine < 0 || machine >= 2 ** MACHINE_BITS || sequence >= 2 ** SEQUENCE_BITS) throw new BitsError('not a post id');
    keys.push(postKey({ ms, machine, sequence }));
  }
  return keys;
}

function writeHashes(bits: BitWriter, hashes: readonly number[]): void {
  bits.writeRice(hashes.length, COUNT_RICE);
  if (hashes.length === 0) return;
  const gaps = steps([0, ...hashes]);
  const k = bestRice(gaps);
  bits.write(k, K_BITS);
  for (const gap of gaps) bits.writeRice(gap, k);
}

function readHashes(bits: BitReader): string[] {
  const count = bits.readRice(COUNT_RICE);
  if (count === 0) return [];
  const k = bits.read(K_BITS);
  let hash = 0;
  const keys: string[] = [];
  for (let i = 0; i < count; i++) {
    hash += bits.readRice(k);
    if (hash >= 2 ** HASH_BITS) throw new BitsError('not a hash');
    keys.push(`h${hash}`);
  }
  return keys;
}
