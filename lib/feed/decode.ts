// Bytes to text: which charset a document is in.

/** How far into a document its own charset declaration is looked for (HTML standard: 1,024 bytes). */
const SNIFF_BYTES = 1024;

/**
 * Decodes a document. Charset in order of trust: byte order mark, HTTP header, XML declaration or HTML meta, UTF-8
 * (https://encoding.spec.whatwg.org/#bom-sniff, RFC 7303 §3). Never throws: an unknown label counts as absent and
 * bytes that do not fit become U+FFFD.
 * A header or declaration that says ISO-8859-1 over bytes that are whole UTF-8 is a server's or template's default, not
 * a fact, and is passed over.
 */
export function decode(bytes: Uint8Array, contentType: string): string {
  const label = bom(bytes) ?? header(contentType, bytes) ?? declaration(bytes) ?? 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

function bom(b: Uint8Array): string | null {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 'utf-8';
  if (b[0] === 0xfe && b[1] === 0xff) return 'utf-16be';
  if (b[0] === 0xff && b[1] === 0xfe) return 'utf-16le';
  // UTF-16 without a mark shows in how a document must begin: "<" or "{" (XML 1.0, appendix F).
  if (b[0] === 0 && (b[1] === 0x3c || b[1] === 0x7b)) return 'utf-16be';
  if ((b[0] === 0x3c || b[0] === 0x7b) && b[1] === 0) return 'utf-16le';
  return null;
}

function header(contentType: string, bytes: Uint8Array): string | null {
  return credible(/charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1], bytes);
}

function declaration(bytes: Uint8Array): string | null {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, SNIFF_BYTES));
  const label = (/^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/.exec(head) ?? /<meta[^>]+charset\s*=\s*["']?([^\s"'/>;]+)/i.exec(head))?.[1];
  // What could be read byte by byte is not UTF-16, whatever it says (HTML standard, "prescan a byte stream").
  return /^utf-?16/i.test(label ?? '') ? null : credible(label, bytes);
}

function credible(label: string | undefined, bytes: Uint8Array): string | null {
  if (!label || !known(label)) return null;
  return new TextDecoder(label).encoding === 'windows-1252' && isUtf8(bytes) ? null : label; // Latin-1 by any of its names
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function known(label: string): boolean {
  try {
    return Boolean(new TextDecoder(label));
  } catch {
    return false;
  }
}
