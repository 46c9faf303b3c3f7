// Who spoke to the background: one of our own pages, or somebody else.

/** Who spoke to the background, as the browser says it. */
export interface Speaker {
  id?: string | undefined;
  url?: string | undefined;
  /** The tab it stands in; none for a popup or the background. */
  tab?: { id?: number | undefined; incognito?: boolean } | undefined;
}

/**
 * True where one of the extension's own pages spoke: not a content script, which shares its process with a web page and
 * has that page's address, not another extension, and none in a private window. `own`: the extension's id, and the
 * address its pages begin with, final slash included.
 */
export const isOwnPage = (speaker: Speaker | undefined, own: { id: string; base: string }): boolean => speaker?.id === own.id && speaker.url?.startsWith(own.base) === true && speaker.tab?.incognito !== true;
