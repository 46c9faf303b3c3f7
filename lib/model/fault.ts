// Faults: what can keep a feed or page from being read.

/** Why a feed or page could not be read. The words for each kind are in lib/words/fault; code compares kinds, never messages. */
export type FaultKind =
  | 'address' // not an http(s) address
  | 'x' // a page of X, which is never asked
  | 'permission' // the reader has not allowed this host
  | 'private' // led into the reader's own network by something outside it; `detail` is the host
  | 'network' // no answer: offline, DNS, refused, blocked
  | 'timeout' // no complete answer in time
  | 'http' // an answer, but not a good one; `detail` is the status
  | 'gone' // taken down for good (HTTP 410): the feed is not polled by itself any more
  | 'tooLarge' // more bytes than the cap
  | 'empty' // an answer without a body
  | 'html' // a web page where a feed was expected
  | 'malformed' // neither a feed nor a digest
  | 'page' // the feed is fine, but digest pages it leads to could not be read; `detail` is how many, and where they were refused the kind and the host
  | 'storage'; // what was read could not be stored

/** A fault as it is kept on a feed and shown to the reader. */
export interface Fault {
  kind: FaultKind;
  /** A status code, a count or a technical remark; never a sentence of its own. */
  detail: string;
  /** When it happened, ms since the epoch. */
  at: number;
}
