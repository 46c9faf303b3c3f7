// The words of the options page about how pages look, and which language they speak.
import type { Language } from '../../i18n.ts';

/** What the section says. */
export const appearanceWords = {
  tw: {
    appearance: '外觀',
    theme: '主題',
    themes: { system: '跟隨系統', light: '淺色', dark: '深色', contrast: '高對比' },
    textSize: '文字大小',
    textSizes: { small: '小', normal: '標準', large: '大' },
    density: '行距',
    densities: { comfortable: '寬鬆', compact: '緊湊' },
    language: '語言',
    systemLanguage: '跟隨瀏覽器',
  },
  zh: {
    appearance: '外观',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色', contrast: '高对比度' },
    textSize: '文字大小',
    textSizes: { small: '小', normal: '标准', large: '大' },
    density: '行距',
    densities: { comfortable: '宽松', compact: '紧凑' },
    language: '语言',
    systemLanguage: '跟随浏览器',
  },
  en: {
    appearance: 'Appearance',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    textSize: 'Text size',
    textSizes: { small: 'Small', normal: 'Normal', large: 'Large' },
    density: 'Spacing',
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
    language: 'Language',
    systemLanguage: 'As the browser',
  },
};

/** Each language in its own words, so that whoever lost their way finds it back. */
export const LANGUAGE_NAMES = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' } satisfies Record<Language, string>;
