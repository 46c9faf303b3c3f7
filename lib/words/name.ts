// The extension's name: the publisher's where one is built in.

/** Replaced by a literal in the build. */
const built = import.meta.env.WXT_NAME?.trim();

/** The name in every language. */
export const productName = { zh: built || '八击钟', tw: built || '八擊鐘', en: built || 'Eight Bells' };
