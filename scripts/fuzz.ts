// `npm run fuzz -- [seed] [minutes]`: breaks the fixture feeds at random until the time is up, or something that must never happen does.
import { mangle, minimise, seeded, takeIn, wholes } from '../tests/feed/garbage.ts';

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const minutes = Number(process.argv[3] ?? 1);
/** One document of a few kB that takes longer than this hangs, ms. */
const SLOW_MS = 2000;

function failure(text: string): string | null {
  const began = performance.now();
  try {
    takeIn(text);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const took = performance.now() - began;
  return took > SLOW_MS ? `slow: ${Math.round(took)} ms` : null;
}

console.log(`seed ${seed}, ${minutes} min, ${wholes.length} fixtures`);
const random = seeded(seed);
const end = Date.now() + minutes * 60_000;
let runs = 0;
while (Date.now() < end) {
  const text = mangle(wholes[runs++ % wholes.length] ?? '', random);
  const found = failure(text);
  if (!found) continue;
  console.error(`run ${runs} of seed ${seed}: ${found}`);
  console.error(JSON.stringify(minimise(text, (shorter) => failure(shorter) !== null)));
  process.exit(1);
}
console.log(`${runs} documents, nothing that must not happen`);
