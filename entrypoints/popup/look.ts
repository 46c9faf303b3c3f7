// The look of every page, before its first paint and whenever it is changed; loaded ahead of the page's own script.
import { language } from '../../lib/i18n.ts';
import { applyLook, keepLook, type Look, recallLook } from '../../lib/look.ts';
import { readSettings, watchSettings } from '../../lib/store/settings.ts';

const root = document.documentElement;
const contrast = matchMedia('(prefers-contrast: more)');
let shown = recallLook();

function show(look: Look): void {
  shown = look;
  const kept = keepLook(look);
  const before = language();
  applyLook(root, look, contrast.matches);
  if (kept && language() !== before) location.reload(); // every word of the page is another
}

applyLook(root, shown, contrast.matches);
contrast.addEventListener('change', () => applyLook(root, shown, contrast.matches));
watchSettings(show);
void readSettings().then(show, () => {}); // what was kept may be behind: settings come from other browsers, too
