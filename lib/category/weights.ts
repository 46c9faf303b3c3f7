// The trained weights as a packed file, and what they say of an item's features.
import { FEATURE_VERSION, type Features, GROUP_WEIGHTS } from './features.ts';
import type { VocabularyWords } from './vocabulary.ts';

/** What a file of weights says of itself. */
export interface WeightsHeader {
  /** `FEATURE_VERSION` it was trained for. */
  features: number;
  classes: string[];
  bias: number[];
  /** What one step of a stored weight is worth, by class. */
  steps: number[];
  /** Scores are divided by it before they become probabilities, so that .8 means right four times of five. */
  temperature: number;
  /** The words the features were read with. */
  words: VocabularyWords;
  /** SHA-256 of the file it was trained from, and how many items that held. */
  data: string;
  items: number;
}

/** The packed file, read. */
export interface Weights {
  header: WeightsHeader;
  /** Slots in sets of `WAYS`; a slot is a feature's check byte (0: empty), its rarity, and one signed byte for each class but the last. */
  table: Uint8Array;
}

/** Slots a feature may stand in. With a check byte, a feature never met in training is almost surely found nowhere and counts nothing. */
const WAYS = 4;

const slotBytes = (classes: number) => 2 + classes - 1;
/** What one step of a stored rarity is worth. */
const RARITY_STEP = 1 / 32;

const checkOf = (hash: number) => ((hash >>> 22) % 255) + 1;

/** Where a feature's slot begins in the table, or -1 where it has none. */
function findSlot({ header, table }: Weights, hash: number): number {
  const size = slotBytes(header.classes.length);
  const sets = table.length / (size * WAYS);
  const check = checkOf(hash);
  let at = (hash % sets) * size * WAYS;
  for (let way = 0; way < WAYS; way++, at += size) if (table[at] === check) return at;
  return -1;
}

/** The score of each class for an item, before it becomes a probability. A class's weights sum to zero over the classes, so the last is not stored. */
export function scoreFeatures(weights: Weights, features: Features): number[] {
  const { header, table } = weights;
  const count = header.classes.length;
  const scores = [...header.bias];
  const sums = new Float64Array(count - 1);
  for (const [group, found] of features.entries()) {
    sums.fill(0);
    let square = 0;
    for (const [hash, times] of found) {
      const at = findSlot(weights, hash);
      if (at < 0) continue;
      const value = Math.log1p(times);
      square += value * value;
      for (let c = 0; c < count - 1; c++) sums[c] = (sums[c] as number) + value * (((table[at + 2 + c] as number) << 24) >> 24);
    }
    if (!square) continue;
    const scale = (GROUP_WEIGHTS[group] as number) / Math.sqrt(square);
    for (let c = 0; c < count - 1; c++) {
      const add = scale * (sums[c] as number) * (header.steps[c] as number);
      scores[c] = (scores[c] as number) + add;
      scores[count - 1] = (scores[count - 1] as number) - add;
    }
  }
  return scores;
}

/** How rare a feature is: the logarithm of one over the share of trained items that have it. One that has no slot is as rare as can be. */
export function readRarity(weights: Weights, hash: number): number {
  const at = findSlot(weights, hash);
  return at < 0 ? Math.log(weights.header.items) : (weights.table[at + 1] as number) * RARITY_STEP;
}

/** Scores as probabilities that sum to 1. */
export function toProbabilities(scores: readonly number[], temperature: number): number[] {
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp((score - most) / temperature));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((value) => value / sum);
}

/** Which of these features (most telling first) fit into a table of so many sets: those whose set is not full yet. */
export function fitFeatures(hashes: Iterable<number>, sets: number): number[] {
  const held = new Map<number, Set<number>>();
  const fitting: number[] = [];
  for (const hash of hashes) {
    const set = held.get(hash % sets) ?? new Set<number>();
    if (set.size >= WAYS || set.has(checkOf(hash))) continue;
    set.add(checkOf(hash));
    held.set(hash % sets, set);
    fitting.push(hash);
  }
  return fitting;
}

/** Quantises weights (by feature, in how many items it is and a number for each class) into a table of so many sets; the features must fit (`fitFeatures`). */
export function quantise(rows: ReadonlyMap<number, { inItems: number; weights: ArrayLike<number> }>, sets: number, header: Omit<WeightsHeader, 'steps'>): Weights {
  const count = header.classes.length;
  const size = slotBytes(count);
  const table = new Uint8Array(sets * WAYS * size);
  const steps = Array.from({ length: count - 1 }, (_, c) => {
    let most = 0;
    for (const row of rows.values()) most = Math.max(most, Math.abs(row.weights[c] as number));
    return Number((most / 127).toPrecision(6)) || 1;
  });
  for (const [hash, row] of rows) {
    let at = (hash % sets) * size * WAYS;
    while (table[at]) at += size;
    table[at] = checkOf(hash);
    table[at + 1] = Math.min(255, Math.round(Math.log(header.items / row.inItems) / RARITY_STEP));
    for (let c = 0; c < count - 1; c++) table[at + 2 + c] = Math.round((row.weights[c] as number) / (steps[c] as number));
  }
  return { header: { ...header, steps }, table };
}

/** The file: length of the header (4 bytes, little-endian), the header as JSON, the table. */
export function packWeights({ header, table }: Weights): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + json.length + table.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  bytes.set(table, 4 + json.length);
  return bytes;
}

/** Reads a packed file. Throws where it is none, is torn, or was trained for other features. */
export function unpackWeights(bytes: Uint8Array): Weights {
  const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length === 0 || 4 + length >= bytes.length) throw new RangeError('not a file of weights');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as WeightsHeader;
  const table = bytes.subarray(4 + length);
  if (header.features !== FEATURE_VERSION) throw new RangeError(`weights for features ${header.features}, not ${FEATURE_VERSION}`);
  if (table.length % (slotBytes(header.classes.length) * WAYS)) throw new RangeError('a torn file of weights');
  return { header, table };
}
