// The icons a publisher builds in instead of ours, from a folder like public/icon.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Edges of the icons browsers and stores ask for, px. */
export const ICON_SIZES = [16, 32, 48, 128] as const;

/**
 * Finds 16.png, 32.png, 48.png and 128.png in a folder: our path of each to the file that replaces it; none where no
 * folder is given. Throws with a plain sentence where one is missing, is no PNG, or has another size.
 */
export function readIconFolder(folder: string | undefined): Map<string, string> {
  if (!folder?.trim()) return new Map();
  return new Map(
    ICON_SIZES.map((size) => {
      const file = path.resolve(folder.trim(), `${size}.png`);
      if (!existsSync(file)) throw new Error(`EIGHT_BELLS_ICON must be a folder with ${ICON_SIZES.map((edge) => `${edge}.png`).join(', ')}; there is no ${file}`);
      const edges = readPngSize(readFileSync(file));
      if (edges?.[0] !== size || edges[1] !== size) throw new Error(`${file} must be a PNG of ${size} × ${size} pixels${edges ? `, not ${edges.join(' × ')}` : ''}`);
      return [`icon/${size}.png`, file];
    }),
  );
}

/** Width and height from a PNG's first chunk (https://www.w3.org/TR/png/#11IHDR); null where it is none. */
function readPngSize(bytes: Buffer): [width: number, height: number] | null {
  const png = bytes.length > 24 && bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) && bytes.toString('latin1', 12, 16) === 'IHDR';
  return png ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : null;
}
