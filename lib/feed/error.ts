// The one error the intake throws: typed, so that nobody has to read its message.
import type { Fault, FaultKind } from '../model/fault.ts';

/** A feed or page that could not be read. `kind` decides what the reader is told; `detail` is a status or a technical remark. */
export class FeedError extends Error {
  readonly kind: FaultKind;
  readonly detail: string;

  constructor(kind: FaultKind, detail = '', options?: ErrorOptions) {
    super(detail ? `${kind}: ${detail}` : kind, options);
    this.name = 'FeedError';
    this.kind = kind;
    this.detail = detail;
  }
}

/** Whether it is a fault of a feed. By its name: the intake is a script of its own in the background, with a class of its own. */
export const isFeedError = (error: unknown): error is FeedError => error instanceof Error && error.name === 'FeedError';

/** Any thrown thing as a fault to keep on a feed. */
export function toFault(error: unknown, at: number): Fault {
  if (isFeedError(error)) return { kind: error.kind, detail: error.detail, at };
  return { kind: 'malformed', detail: error instanceof Error ? error.message.slice(0, 200) : String(error).slice(0, 200), at };
}
