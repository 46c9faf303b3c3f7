// The options' categories and rules as a reader meets them: what is labelled how, and what each control asks for.
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Categories } from '../../components/options/Categories.tsx';
import { Rules, type RulesProps } from '../../components/options/Rules.tsx';
import { XMarks } from '../../components/options/XMarks.tsx';
import type { Rule } from '../../lib/model/rule.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../lib/model/settings.ts';
import { find, openPage } from './page.ts';

let root: HTMLElement;

beforeEach(() => void (root = openPage()));

const show = (node: ComponentChild) => act(() => render(node, root));
const fire = (selector: string, type: string, fields: object = {}) => act(() => void find(selector).dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), fields)));
const enter = async (selector: string, value: string, type = 'input') => {
  const field = find<HTMLInputElement>(selector);
  Object.defineProperty(field, 'value', { value, writable: true, configurable: true });
  await fire(selector, type);
};
const texts = (selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

describe('the categories', () => {
  const categories = ['AI模型', 'AI应用', '其他'];
  let settings: Settings;
  let learnt: { lessons: number; forgotten: number };
  const draw = (_changed?: unknown) => show(<Categories categories={categories} settings={settings} onSettings={change} {...learnt} onForget={() => draw((learnt = { lessons: 0, forgotten: learnt.lessons }))} onTeachAgain={() => draw((learnt = { lessons: learnt.forgotten, forgotten: 0 }))} />);
  const change = (changed: SettingsChange) => {
    settings = { ...settings, ...(typeof changed === 'function' ? changed(settings) : changed) };
    draw();
  };
  beforeEach(() => {
    learnt = { lessons: 0, forgotten: 0 };
    settings = { ...DEFAULT_SETTINGS, categoryNames: { AI应用: 'Apps' }, hiddenCategories: ['AI模型'] };
    draw();
  });

  it('say what was learnt, forget it, and take that back', async () => {
    expect(texts('.lessons')).toEqual(['']);
    learnt = { lessons: 3, forgotten: 0 };
    draw();
    expect(texts('.lessons')[0]).toMatch(/learnt from 3 items/);
    await fire('.lessons .link', 'click');
    expect(texts('.lessons')[0]).toMatch(/What 3 items taught is forgotten/);
    await fire('.lessons .link', 'click');
    expect(texts('.lessons')[0]).toMatch(/learnt from 3 items/);
  });

  it('have exactly one checkbox each, labelled by the name shown', () => {
    expect(texts('label:has(input[type=checkbox])')).toEqual(['AI模型', 'Apps', 'Other']);
    expect(root.querySelectorAll('input[type=checkbox]')).toHaveLength(3);
  });

  it('move up and down, and keep the place of those not listed', async () => {
    settings = { ...settings, categoryOrder: ['论文', 'AI模型'] };
    await fire('.category:nth-of-type(2) .tools .icon', 'click');
    expect(settings.categoryOrder).toEqual(['AI应用', 'AI模型', '其他', '论文']);
    await fire('.category:nth-of-type(1) .tools .icon', 'click'); // the first goes no further up
    expect(settings.categoryOrder[0]).toBe('AI应用');
  });

  it('take a name of the reader’s own, and the feed’s again where it is emptied', async () => {
    await fire('.category:nth-of-type(1) [aria-expanded]', 'click');
    await enter('.look input[type=text]', ' My  models ');
    await fire('.look form', 'submit');
    expect(settings.categoryNames).toEqual({ AI应用: 'Apps', AI模型: 'My models' });
    await enter('.look input[type=text]', '');
    await fire('.look form', 'submit');
    expect(settings.categoryNames).toEqual({ AI应用: 'Apps' });
  });

  it('never share a name', async () => {
    await fire('.category:nth-of-type(1) [aria-expanded]', 'click');
    await enter('.look input[type=text]', 'Apps');
    await fire('.look form', 'submit');
    expect(settings.categoryNames).toEqual({ AI应用: 'Apps' });
    expect(texts('.look .refusal')).toEqual(['Another category has this name already']);
    expect(find('.look input[type=text]').getAttribute('aria-invalid')).toBe('true');
  });

  it('take a colour, and none again', async () => {
    await fire('.category:nth-of-type(1) [aria-expanded]', 'click');
    await fire('.swatch[data-color=teal]', 'change');
    expect(settings.categoryColors).toEqual({ AI模型: 'teal' });
    await fire('.swatch:not([data-color])', 'change');
    expect(settings.categoryColors).toEqual({});
  });
});

describe('the rules', () => {
  const now = new Date(2026, 10, 25, 12).getTime();
  const rule = (fields: Partial<Rule> = {}): Rule => ({ id: 'r', action: 'mute', field: 'word', value: 'GPT', expiresAt: null, addedAt: 0, ...fields });
  const calls: [string, unknown][] = [];
  const told = (name: string) => (what: unknown) => void calls.push([name, what]);
  const draw = (fields: Partial<RulesProps> = {}, rules: Rule[] = []) =>
    show(
      <Rules
        settings={{ ...DEFAULT_SETTINGS, categoryNames: { AI应用: 'Apps' }, rules }}
        categories={['AI模型', 'AI应用']}
        now={now}
        suggestions={{ authors: ['Ada'], handles: ['ada'] }}
        metBy={new Map()}
        preview={null}
        ruleNotice={null}
        onAddRule={told('add')}
        onRuleDraft={told('draft')}
        onRemoveRule={told('remove')}
        onRestoreRule={told('restore')}
        onRenewRule={told('renew')}
        {...fields}
      />,
    );
  beforeEach(() => void (calls.length = 0));

  it('read as sentences, with their end and what they meet', async () => {
    await draw({ metBy: new Map([['r', 1234]]) }, [
      rule(),
      rule({ id: 'b', action: 'watch', field: 'handle', value: 'ada', expiresAt: new Date(2026, 11, 3, 12).getTime() }),
      rule({ id: 'c', field: 'category', value: 'AI应用', expiresAt: now }),
    ]);
    expect(texts('.rules .words')).toEqual(['Mute items with “GPT” 1,234 stored items', 'Watch items by @ada until Dec 3', 'Mute items in the category “Apps” expired']);
    expect(texts('.rules li:nth-of-type(3) button')).toEqual(['Renew', 'Remove']);
    await fire('.rules li:nth-of-type(3) button', 'click');
    await fire('.rules li:nth-of-type(1) button', 'click');
    expect(calls).toMatchObject([['renew', { id: 'c' }], ['remove', { id: 'r' }]]);
  });

  it('offer to take a removal back', async () => {
    await draw({ ruleNotice: { did: 'removed', rule: rule(), undo: rule() } });
    expect(texts('.notice')).toEqual(['Removed rule: Mute items with “GPT” Undo']);
    await fire('.notice .link', 'click');
    expect(calls).toEqual([['restore', rule()]]);
  });

  it('tell of what is typed as it is typed, then add it', async () => {
    await draw();
    await enter('.rule input', 'Claude');
    await fire('.rule', 'submit');
    const draft = { action: 'mute', field: 'word', value: 'Claude', days: null };
    expect(calls).toEqual([['draft', draft], ['add', draft], ['draft', null]]);
  });

  it('refuse what is empty or there already, with a word at the field', async () => {
    await draw({}, [rule()]);
    await fire('.rule', 'submit');
    expect(texts('#rule-refused')).toEqual(['Type the word to look for']);
    await enter('.rule input', ' gpt');
    expect(texts('#rule-refused')).toEqual(['']);
    await fire('.rule', 'submit');
    expect(texts('#rule-refused')).toEqual(['There is such a rule already']);
    expect(find('.rule input').getAttribute('aria-invalid')).toBe('true');
    expect(calls.map(([name]) => name)).toEqual(['draft']);
  });

  it('show what the rule would meet, and warn where that is more than half', async () => {
    const preview = { field: 'word' as const, value: '', met: 3, total: 6, newest: [{ id: 'a', title: '第一条' }], done: true };
    await draw({ preview });
    expect(texts('.preview > p, .preview li')).toEqual(['Hides 3 of 6 stored items', '第一条']);
    await draw({ preview: { ...preview, met: 4 } });
    expect(texts('.preview .broad')).toHaveLength(1);
    await draw({ preview: { ...preview, met: 4, done: false } });
    expect([texts('.preview .broad').length, find('.rule [role=status]').getAttribute('aria-busy')]).toEqual([0, 'true']);
    await draw({ preview: { ...preview, met: 0, newest: [] } });
    expect(texts('.preview')).toEqual(['Nothing that is stored at present fits']);
  });
});

describe('marks on X', () => {
  const props = { xWithheld: false, pageKinds: ['home', 'search'] as const, sites: [], siteFault: null, onGrantX: () => {}, onCopyReport: async () => {}, onEmbeds: vi.fn<(on: boolean) => void>(), onAddSite: vi.fn<(typed: string) => Promise<boolean>>().mockResolvedValue(true), onAllowSite: vi.fn<(pattern: string) => void>(), onRemoveSite: vi.fn<(pattern: string) => void>() };

  it('have a switch for what else happens to posts, and one for each kind of page', async () => {
    let settings: Settings = DEFAULT_SETTINGS;
    const onSettings = (change: SettingsChange) => void (settings = { ...settings, ...(typeof change === 'function' ? change(settings) : change) });
    const draw = () => show(<XMarks {...props} settings={settings} verdicts={[]} onSettings={onSettings} />);
    await draw();
    expect(root.querySelectorAll('input[type=checkbox]')).toHaveLength(7);
    expect(texts('.toggle')).toEqual(['Home timeline', 'Search']);
    await fire('.toggle:last-child', 'click');
    expect(settings.markOff).toEqual(['search']);
    await draw();
    expect(find('.toggle:last-child').getAttribute('aria-pressed')).toBe('false');
    await fire('.toggle:last-child', 'click');
    expect(settings.markOff).toEqual([]);
    expect(texts('.fault')).toEqual([]);
  });

  it('are asked for on other pages by a switch of their own, and on sites the reader names', async () => {
    const EMBEDS = '.embeds input[type=checkbox]';
    const draw = (settings: Partial<Settings>, more: object = {}) => show(<XMarks {...props} {...more} settings={{ ...DEFAULT_SETTINGS, ...settings }} verdicts={[]} onSettings={() => {}} />);
    await draw({});
    expect([find<HTMLInputElement>(EMBEDS).hasAttribute('checked'), root.querySelector('.embeds form')]).toEqual([false, null]);
    Object.defineProperty(find(EMBEDS), 'checked', { value: true, configurable: true });
    await fire(EMBEDS, 'change');
    expect(props.onEmbeds).toHaveBeenCalledWith(true);
    await draw({ marks: false, markEmbeds: true });
    expect([find(EMBEDS).hasAttribute('disabled'), root.querySelector('.embeds form')]).toEqual([true, null]);

    await draw({ markEmbeds: true }, { sites: [{ pattern: 'https://nitter.net/*', host: 'nitter.net', withheld: true }, { pattern: 'https://blog.example/*', host: 'blog.example', withheld: false }], siteFault: 'No.' });
    expect([texts('.embeds .row p'), texts('.embeds .row button'), texts('.embeds [role=alert]')]).toEqual([['nitter.net', 'blog.example'], ['Allow access', 'Remove', 'Remove'], ['No.']]);
    await fire('.embeds .row button', 'click');
    await fire('.embeds .row:last-child button', 'click');
    expect([props.onAllowSite.mock.calls, props.onRemoveSite.mock.calls]).toEqual([[['https://nitter.net/*']], [['https://blog.example/*']]]);
    expect(find('.embeds [type=submit]').hasAttribute('disabled')).toBe(true);
    await enter('.embeds input[type=text]', 'site.example');
    await fire('.embeds form', 'submit');
    expect(props.onAddSite).toHaveBeenCalledWith('site.example');
  });

  it('say where X changed, and offer a report only then', async () => {
    const verdict = { seen: 20, identified: 19, changed: false };
    await show(<XMarks {...props} settings={DEFAULT_SETTINGS} verdicts={[{ kind: 'home', ...verdict }]} onSettings={() => {}} />);
    expect([texts('.fault'), root.querySelectorAll('.button').length]).toEqual([[], 0]);
    const onCopyReport = vi.fn<() => Promise<void>>().mockResolvedValue();
    await show(<XMarks {...props} onCopyReport={onCopyReport} settings={DEFAULT_SETTINGS} verdicts={[{ kind: 'home', ...verdict }, { kind: 'search', seen: 20, identified: 1, changed: true }]} onSettings={() => {}} />);
    expect(texts('.fault')).toEqual(['X seems to have changed the page “Search”: of 20 posts seen, 1 could be recognised. Posts that are not recognised are not marked.']);
    await fire('.button', 'click');
    expect(onCopyReport).toHaveBeenCalledOnce();
  });
});
