// Paints the reader before all else is loaded: from what is kept, as plain elements (components/still.ts stands in for preact here).
// Then it loads the page's own script, which takes over. Where nothing is kept that could be shown at once, that is all it does.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { append } from '../components/still.ts';
import type { ReaderActions } from '../components/reader/actions.ts';
import { holdInput } from '../lib/early-input.ts';
import { say } from '../lib/i18n.ts';
import { applyLook, recallLook } from '../lib/look.ts';
import { beginOpening, readOpening } from '../lib/opening.ts';
import { painted } from '../lib/paint.ts';
import { readerWords } from '../lib/words/reader.ts';
import { drawReader, inPanel } from './popup/draw.tsx';

/** No handlers: nothing drawn here has any. Only whether the panel can be opened is seen. */
const NO_ACTIONS = { onPanel: inPanel() ? null : () => {} } as ReaderActions;

async function paint(): Promise<void> {
  beginOpening();
  applyLook(document.documentElement, recallLook(), matchMedia('(prefers-contrast: more)').matches);
  document.title = say(readerWords).name;
  const { state } = await readOpening();
  const app = document.getElementById('app');
  if (!app || !state.list || state.query) return;
  holdInput();
  append(app, drawReader(state, NO_ACTIONS, null) as unknown as Node);
  await painted();
}

/** Loads the scripts that the build took out of the page (wxt.config.ts). */
function loadRest(scripts: string | undefined): void {
  for (const src of scripts?.split(' ') ?? []) document.head.append(Object.assign(document.createElement('script'), { type: 'module', src }));
}

export default defineUnlistedScript(() => {
  const { scripts } = document.currentScript?.dataset ?? {};
  void paint()
    .catch((error: unknown) => console.error('Eight Bells: nothing could be painted first', error))
    .then(() => loadRest(scripts));
});
