// How our pages look and which language they speak: kept in localStorage beside the settings, where a page reads it before
// its first paint, and written on the document as attributes, which theme.css answers.
import { chooseLanguage, language } from './i18n.ts';
import { DENSITIES, LANGUAGES, type Settings, TEXT_SIZES, THEMES } from './model/settings.ts';

/** Of the settings only what pages look like. */
export type Look = Pick<Settings, 'theme' | 'textSize' | 'density' | 'language'>;

const KEY = 'look';

/** The look as it was last kept; where nothing is, or nonsense, by the system. Works where storage is off. */
export function recallLook(): Look {
  const kept = readKept();
  const pick = <T>(options: readonly T[], value: unknown, otherwise: T): T => options.find((option) => option === value) ?? otherwise;
  return { theme: pick(THEMES, kept.theme, 'system'), textSize: pick(TEXT_SIZES, kept.textSize, 'normal'), density: pick(DENSITIES, kept.density, 'comfortable'), language: pick(LANGUAGES, kept.language, 'system') };
}

function readKept(): Record<string, unknown> {
  try {
    return Object(JSON.parse(localStorage.getItem(KEY) ?? '{}')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Keeps the look of these settings for the next page; returns whether it is kept now. */
export function keepLook({ theme, textSize, density, language }: Look): boolean {
  try {
    const look = JSON.stringify({ theme, textSize, density, language });
    if (localStorage.getItem(KEY) !== look) localStorage.setItem(KEY, look);
    return true;
  } catch {
    return false; // storage is off or full: pages begin with the system's look
  }
}

/** Writes a look on a document's root. `moreContrast`: the system asks for it. */
export function applyLook(root: HTMLElement, look: Look, moreContrast: boolean): void {
  root.dataset.theme = look.theme;
  root.dataset.text = look.textSize;
  root.dataset.density = look.density;
  root.toggleAttribute('data-contrast', look.theme === 'contrast' || moreContrast);
  chooseLanguage(look.language);
  root.lang = language();
}
