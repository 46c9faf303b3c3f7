// Marks on embedded posts on the options page: asks the browser for each site in the click that wants it, and gives it back.
import { type ReadonlySignal, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { EmbedsProps } from '../../components/options/Embeds.tsx';
import { say } from '../../lib/i18n.ts';
import { hostOf, isSite, isWebAddress } from '../../lib/link.ts';
import type { Settings, SettingsChange } from '../../lib/model/settings.ts';
import { EMBED_PATTERNS, hostPattern } from '../../lib/publisher.ts';
import type { Database } from '../../lib/store/database.ts';
import { completeAddress, giveBack } from '../../lib/subscriptions.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { xWords } from '../../lib/words/options/x.ts';

/** Returns what gives the component its props; to be called while the page renders. */
export function wireEmbeds(db: Database, settings: ReadonlySignal<Settings>, change: (changes: SettingsChange) => Promise<void>) {
  const withheld = signal<readonly string[]>([]);
  const fault = signal<string | null>(null);
  const look = async () => {
    const held = await Promise.all(settings.value.markSites.map(async (pattern) => ((await browser.permissions.contains({ origins: [pattern] })) ? [] : [pattern])));
    withheld.value = held.flat();
  };
  settings.subscribe(() => void look());
  browser.permissions.onAdded.addListener(() => void look());
  browser.permissions.onRemoved.addListener(() => void look());

  const add = async (typed: string): Promise<boolean> => {
    const address = completeAddress(typed);
    const pattern = address !== null && isWebAddress(address) ? hostPattern(address) : '';
    fault.value = address === null ? say(optionsWords).noHost(typed.trim()) : !pattern ? say(faultWords).address('') : isSite(pattern) ? null : say(xWords).siteIsX;
    if (address === null || fault.value !== null) return false;
    const allowed = await browser.permissions.request({ origins: [pattern] }).catch(() => false);
    if (!allowed) {
      fault.value = say(optionsWords).denied(hostOf(address));
      return false;
    }
    await change(({ markSites }) => ({ markSites: markSites.includes(pattern) ? markSites : [...markSites, pattern] }));
    return true;
  };
  const remove = async (pattern: string) => {
    await change(({ markSites }) => ({ markSites: markSites.filter((other) => other !== pattern) }));
    await giveBack(db, pattern);
  };
  return (): Omit<EmbedsProps, 'settings'> => ({
    sites: settings.value.markSites.map((pattern) => ({ pattern, host: hostOf(pattern), withheld: withheld.value.includes(pattern) })),
    siteFault: fault.value,
    // Whatever the answer: where the browser refuses, the page says so and offers to ask again, as for marks on X itself.
    onEmbeds: (on) => void (on ? browser.permissions.request({ origins: EMBED_PATTERNS }).catch(() => false) : Promise.resolve(true)).then(() => change({ markEmbeds: on })),
    onAddSite: add,
    onAllowSite: (pattern) => void browser.permissions.request({ origins: [pattern] }).then(look),
    onRemoveSite: (pattern) => void remove(pattern),
  });
}
