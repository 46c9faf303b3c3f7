// The options' section on attention: asks for the permission to notify, and has what waits ring where quiet was ended.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { AttentionProps } from '../../components/options/Attention.tsx';
import type { Settings } from '../../lib/model/settings.ts';
import { askToNotify, mayNotify, ringBells } from '../../lib/notify.ts';
import { grantQuiet } from '../../lib/quiet.ts';
import type { Database } from '../../lib/store/database.ts';

/** Returns what gives the component its props; to be called while the page renders. */
export function wireAttention(db: Database, settings: ReadonlySignal<Settings>, change: (changes: Partial<Settings>) => Promise<void>) {
  const held = signal<boolean | null>(null);
  /** Counts refusals: each draws the choice again as it stands, for the browser has already moved it. */
  const refusals = signal(0);
  const look = async () => (held.value = await mayNotify());
  void look();
  browser.permissions.onAdded.addListener(() => void look());
  browser.permissions.onRemoved.addListener(() => void look());
  const quiet = computed(() => JSON.stringify([settings.value.quiet, settings.value.quietUntil]));
  effect(() => void (quiet.value && ringBells(db))); // what waits rings where quiet is over, else its alarm moves

  const choose = async (notify: Settings['notify'], asked: Promise<boolean> | null) => {
    if (asked && !(await asked.catch(() => false))) refusals.value++;
    else await change({ notify });
    await look();
  };

  return (): Pick<AttentionProps, 'notifyWithheld' | 'onNotify' | 'onQuiet'> => {
    void refusals.value;
    return {
      notifyWithheld: held.value === null ? null : !held.value,
      onNotify: (notify) => void choose(notify, notify === 'off' ? null : askToNotify()),
      onQuiet: (wish) => void change({ quietUntil: grantQuiet(wish, Date.now()) }),
    };
  };
}
