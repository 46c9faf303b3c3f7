// A figure of the bench: what was measured, and what it should be.

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Largest (or with `atLeast` smallest) value that is good. */
  goal?: number;
  atLeast?: boolean;
  note?: string;
}
