// Has the browser save a file.

/** Saves a file under that name, where the browser keeps downloads. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name for a file of this kind that is saved today (UTC). */
export const fileName = (kind: string): string => `eight-bells-${new Date().toISOString().slice(0, 10)}.${kind}`;
