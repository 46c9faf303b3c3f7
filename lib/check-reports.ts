// The verdicts of the self-check on X, from the content script to the options. Only this file knows how they are kept in storage.local.
import { browser } from 'wxt/browser';

const KEY = 'xcheck';

/** What was last counted on a kind of page. */
export interface KeptReport {
  seen: number;
  identified: number;
}

/** The last report of each kind of page. */
export async function readReports(): Promise<Record<string, KeptReport>> {
  return ((await browser.storage.local.get(KEY))[KEY] as Record<string, KeptReport> | undefined) ?? {};
}

/** Keeps a report. `differs` says whether it tells another story than the one that is kept; else nothing is written. */
export async function keepReport({ kind, seen, identified }: KeptReport & { kind: string }, differs: (a: KeptReport, b: KeptReport) => boolean): Promise<void> {
  const reports = await readReports();
  const kept = reports[kind];
  if (kept && !differs(kept, { seen, identified })) return;
  await browser.storage.local.set({ [KEY]: { ...reports, [kind]: { seen, identified } } });
}

/** Calls back whenever a report changes. */
export function watchReports(callback: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && KEY in changes) callback();
  });
}
