// What reading a feed takes: the document to entries, and their HTML to stories; beside one run of the parser over the same text and HTML, which keeps nothing.
import { Parser } from 'htmlparser2';
import { readEntry } from '../../lib/feed/digest.ts';
import { parseFeed } from '../../lib/feed/parse.ts';
import { DEFAULT_CATEGORIES } from '../../lib/model/category.ts';
import { type Figure, median } from './figure.ts';

const ROUNDS = 7;


/** Figures of a feed of so many digests with their HTML, in node. Throws where it is not read whole. */
export function measureParse(bytes: Uint8Array, url: string, digests: number): Figure[] {
  const text = new TextDecoder().decode(bytes);
  const read = () => {
    const { entries } = parseFeed({ bytes, contentType: 'application/rss+xml', url });
    const contents = entries.map((entry) => readEntry(entry, url, [...DEFAULT_CATEGORIES], Date.now()));
    const stories = contents.reduce((sum, content) => sum + (content?.stories.length ?? 0), 0);
    if (entries.length !== digests || stories < digests * 10) throw new Error(`only ${entries.length} entries and ${stories} stories were read`);
    return stories;
  };
  const bodies = parseFeed({ bytes, contentType: 'application/rss+xml', url }).entries.flatMap((entry) => entry.bodies.map((body) => body.text));
  const run = () => {
    new Parser({}, { xmlMode: true }).end(text);
    for (const body of bodies) new Parser({}).end(body);
  };
  const timed = (work: () => unknown) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const stories = read();
  run();
  const rounds = Array.from({ length: ROUNDS }, () => ({ ms: timed(read), floorMs: timed(run) }));
  const [ms, floorMs] = [median(rounds.map((round) => round.ms)), median(rounds.map((round) => round.floorMs))];
  return [{ name: `parse: ${digests} digests of one full feed`, value: Math.round((ms / floorMs) * 10) / 10, unit: '× floor', note: `${stories.toLocaleString('en')} stories, ${Math.round(ms)} ms in node; floor, htmlparser2 alone over the same ${Math.round(bytes.length / 1000)} kB: ${Math.round(floorMs)} ms` }];
}
