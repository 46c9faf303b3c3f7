// Marks on X on the options page: the browser's leave to run there, and what the self-check found, with its report to copy.
import { type ReadonlySignal, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { XMarksProps } from '../../components/options/XMarks.tsx';
import type { Settings, SettingsChange } from '../../lib/model/settings.ts';
import { X_PATTERNS } from '../../lib/publisher.ts';
import type { Database } from '../../lib/store/database.ts';
import { judge, PAGE_KINDS } from '../../lib/x/check.ts';
import { type KeptReport, readReports, watchReports } from '../../lib/check-reports.ts';
import { wireEmbeds } from './embeds.ts';

/** Returns `x`, which gives the component its props and is to be called while the page renders, and `askX`, which asks the browser again. */
export function wireX(db: Database, settings: ReadonlySignal<Settings>, change: (changes: SettingsChange) => Promise<void>): { x: () => Omit<XMarksProps, 'settings' | 'onSettings'>; askX: () => void } {
  const embeds = wireEmbeds(db, settings, change);
  const withheld = signal(false);
  const reports = signal<Record<string, KeptReport>>({});
  const ask = async () => (withheld.value = !(await browser.permissions.contains({ origins: X_PATTERNS })));
  const read = async () => (reports.value = await readReports());
  void ask();
  void read();
  watchReports(() => void read());
  const verdicts = () => Object.entries(reports.value).map(([kind, { seen, identified }]) => ({ kind, seen, identified, changed: judge({ seen, identified }) === 'changed' }));
  const x = () => ({
    ...embeds(),
    xWithheld: withheld.value,
    pageKinds: PAGE_KINDS,
    verdicts: verdicts(),
    onGrantX: () => void browser.permissions.request({ origins: X_PATTERNS }).then(ask),
    onCopyReport: () => navigator.clipboard.writeText([`${browser.runtime.getManifest().name} ${browser.runtime.getManifest().version}, ${browserName()}`, ...verdicts().map(({ kind, seen, identified, changed }) => `${kind}: ${identified} of ${seen}${changed ? ' (changed)' : ''}`)].join('\n')),
  });
  return { x, askX: () => void ask() };
}

/** Name and main version alone. */
const browserName = (): string => /(?:Firefox|Edg|Chrome)\/\d+/.exec(navigator.userAgent)?.[0] ?? 'another browser';
