// The look as a page recalls it before its first paint, and writes it on its root.
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { chooseLanguage } from '../lib/i18n.ts';
import { applyLook, keepLook, type Look, recallLook } from '../lib/look.ts';

const SYSTEM: Look = { theme: 'system', textSize: 'normal', density: 'comfortable', language: 'system' };
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en');
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
});
afterEach(() => {
  vi.unstubAllGlobals();
  chooseLanguage('system');
});

describe('the look', () => {
  it('is the system’s where none is kept, or nonsense, field by field', () => {
    expect(recallLook()).toEqual(SYSTEM);
    for (const nonsense of ['', '{', 'null', '7', '[]', '{"theme":"pink"}']) {
      kept.set('look', nonsense);
      expect(recallLook()).toEqual(SYSTEM);
    }
    kept.set('look', '{"theme":"dark","textSize":9}');
    expect(recallLook()).toEqual({ ...SYSTEM, theme: 'dark' });
  });

  it('is recalled as it was kept', () => {
    const look: Look = { theme: 'contrast', textSize: 'large', density: 'compact', language: 'zh-TW' };
    expect(keepLook({ ...look, rules: [] } as Look)).toBe(true);
    expect(recallLook()).toEqual(look);
    expect(JSON.parse(kept.get('look') ?? '')).toEqual(look); // nothing else of the settings
  });

  it('is the system’s where storage is off, and says that it is not kept', () => {
    vi.stubGlobal('localStorage', { getItem: () => { throw new Error('off'); }, setItem: () => { throw new Error('off'); } });
    expect([keepLook({ ...SYSTEM, theme: 'dark' }), recallLook()]).toEqual([false, SYSTEM]);
  });

  it('stands on the root; contrast is high where reader or system ask for it', () => {
    const root = parseHTML('<!doctype html><html></html>').document.documentElement as unknown as HTMLElement;
    applyLook(root, { theme: 'dark', textSize: 'small', density: 'compact', language: 'zh-TW' }, false);
    expect([root.dataset.theme, root.dataset.text, root.dataset.density, root.hasAttribute('data-contrast'), root.getAttribute('lang')]).toEqual(['dark', 'small', 'compact', false, 'zh-TW']);
    applyLook(root, { ...SYSTEM, theme: 'contrast' }, false);
    expect(root.hasAttribute('data-contrast')).toBe(true);
    applyLook(root, SYSTEM, true);
    expect(root.hasAttribute('data-contrast')).toBe(true);
    applyLook(root, SYSTEM, false);
    expect(root.hasAttribute('data-contrast')).toBe(false);
  });
});
