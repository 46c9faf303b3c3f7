// Bytes to text: which charset a document is in.

/** How far into a document its own charset declaration is looked for (HTML standard: 1,024 bytes). */
const SNIFF_BYTES = 1024;

/**
 * Decodes a document. Charset in order of trust: byte order mark, HTTP header, XML declaration or HTML meta, UTF-8
 * (https://encoding.spec.whatwg.org/#bom-sniff, RFC 7303 §3). Never throws: an unknown label counts as absent and
 * bytes that do not fit become U+FFFD.
 * A header or declaration that says ISO-8859-1 over bytes that are whole UTF-8 is a server's or template's default, not
 * a fact, and is passed over; so is one that says UTF-8 over bytes that are not, where another is named. Where nothing is
 * said and the bytes are not UTF-8 but whole GB18030, they are that: a Chinese server's old default.
 */
export function decode(bytes: Uint8Array, contentType: string): string {
  return new TextDecoder(readCharset(bytes, contentType).used).decode(bytes);
}

/** The charset `decode` reads a document in, and those that its HTTP header and the document itself name, as they are written. */
export function readCharset(bytes: Uint8Array, contentType: string): { used: string; header?: string; declared?: string } {
  const header = headerLabel(contentType);
  const declared = declaredLabel(bytes);
  return { used: bom(bytes) ?? said([header, declared], bytes), header, declared };
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

const headerLabel = (contentType: string) => /charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1];

function declaredLabel(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, SNIFF_BYTES));
  const label = (/^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/.exec(head) ?? /<meta[^>]+charset\s*=\s*["']?([^\s"'/>;]+)/i.exec(head))?.[1];
  // What could be read byte by byte is not UTF-16, whatever it says (HTML standard, "prescan a byte stream").
  return /^utf-?16/i.test(label ?? '') ? undefined : label;
}

/** The first of some labels that fits the bytes. */
function said(labels: (string | undefined)[], bytes: Uint8Array): string {
  const names = labels.flatMap((label) => (label ? (encodingOf(label) ?? []) : []));
  // Every charset but these two is believed unseen; only for them the bytes are looked through.
  const [first] = names;
  if (first && first !== 'utf-8' && first !== 'windows-1252') return first;
  if (fits('utf-8', bytes)) return (first === 'windows-1252' && names.find((name) => name !== 'windows-1252')) || 'utf-8';
  return names.find((name) => name !== 'utf-8') ?? (names.length === 0 && fits('gb18030', bytes) ? 'gb18030' : 'utf-8');
}

function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** True where bytes are whole in a charset; the last character may have broken off. */
function fits(label: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
