// Short hashes: of what is too long to be sent along, and to tell whole data from damaged.

/** 53 bits of a text (cyrb53, public domain): even, fast, not against malice. */
export function hash53(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

/** About 31 bits as six characters. */
export const shortHash = (text: string): string => (hash53(text) % 36 ** 6).toString(36).padStart(6, '0');
