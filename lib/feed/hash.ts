// The hash by which a document or an entry is known again.

/** SHA-1 of some bytes, in hexadecimal digits. Nobody gains by forging what only says "the same as last time". */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
