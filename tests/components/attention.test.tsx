// The options' section on attention: what is labelled how, and what each control asks for.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { Attention, type AttentionProps } from '../../components/options/Attention.tsx';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../lib/model/settings.ts';
import { openPage } from './page.ts';

const NOW = new Date(2026, 2, 2, 12).getTime();
let root: HTMLElement;
let settings: Settings;
let calls: unknown[];

beforeEach(() => {
  root = openPage();
  settings = DEFAULT_SETTINGS;
  calls = [];
});

const change = (changed: SettingsChange) => {
  settings = { ...settings, ...(typeof changed === 'function' ? changed(settings) : changed) };
  void draw();
};
const draw = (fields: Partial<AttentionProps> = {}) =>
  act(() => render(<Attention settings={settings} now={NOW} notifyWithheld={false} onSettings={change} onNotify={(notify) => void calls.push(notify)} onQuiet={(wish) => void calls.push(wish)} {...fields} />, root));
const find = (selector: string) => root.querySelector<HTMLInputElement>(selector) as HTMLInputElement;
const fire = (selector: string, type: string) => act(() => void find(selector).dispatchEvent(new Event(type, { bubbles: true })));
const enter = async (selector: string, field: 'value' | 'checked', value: unknown) => {
  Object.defineProperty(find(selector), field, { value, writable: true, configurable: true });
  await fire(selector, 'change');
};

it('sets the badge and what the icon opens, and only asks to notify', async () => {
  await draw();
  await fire('input[name=badge][value=dot]', 'change');
  await fire('input[name=icon][value=panel]', 'change');
  await fire('input[name=notify][value=all]', 'change');
  expect([settings.badge, settings.icon, settings.notify, calls]).toEqual(['dot', 'panel', 'off', ['all']]);
});

it('says why nothing rings: the browser does not allow it, or no rule watches', async () => {
  const said = () => [...root.querySelectorAll('.withheld')].map((one) => one.textContent);
  await draw({ notifyWithheld: true });
  expect(said()).toEqual([]);
  settings = { ...settings, notify: 'all' };
  await draw({ notifyWithheld: true });
  expect(said()).toEqual(['The browser does not let this extension notify you at present. Allow notifications']);
  await fire('.withheld button', 'click');
  expect(calls).toEqual(['all']);
  settings = { ...settings, notify: 'watched' };
  await draw();
  expect(said()).toEqual(['There is no watch rule yet: add one under “Rules” above, or nothing will ring.']);
  settings = { ...settings, rules: [{ id: 'r', action: 'watch', field: 'word', value: 'x', expiresAt: null, addedAt: 0 }] };
  await draw();
  expect(said()).toEqual([]);
});

it('sets quiet hours by clock and weekday, and takes no time that is none', async () => {
  await draw();
  expect(find('input[type=time]').disabled).toBe(true);
  await enter('input[type=checkbox]', 'checked', true);
  await enter('input[type=time]', 'value', '23:15');
  await enter('input[type=time]', 'value', '');
  const days = () => [...root.querySelectorAll('.toggle')].map((one) => `${one.getAttribute('title')} ${one.getAttribute('aria-pressed')}`);
  expect(days()[0]).toBe('Sunday true');
  await fire('.toggle', 'click');
  expect(days()[0]).toBe('Sunday false');
  expect(settings.quiet).toEqual({ on: true, from: 23 * 60 + 15, to: 8 * 60, days: [1, 2, 3, 4, 5, 6] });
  await fire('.toggle', 'click');
  expect(settings.quiet.days).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('offers quiet for a while, says until when it lasts, and to end it only where it was asked for', async () => {
  await draw();
  const buttons = () => [...root.querySelectorAll('.asks > .row > .button')].map((one) => one.textContent);
  const status = () => root.querySelector('[role=status]')?.textContent;
  expect([buttons(), status()]).toEqual([['Quiet for an hour', 'Quiet until 8 in the morning'], '']);
  settings = { ...settings, quietUntil: NOW + 3_600_000 };
  await draw();
  expect(status()).toMatch(/^Quiet until .*13:00$/);
  const focus = vi.fn();
  find('.asks > .row > .button').focus = focus;
  for (const [i] of buttons().entries()) await act(() => void root.querySelectorAll('.asks > .row > .button')[i]?.dispatchEvent(new Event('click', { bubbles: true })));
  expect(calls).toEqual(['hour', 'morning', 'end']);
  expect(focus).toHaveBeenCalledOnce(); // the button that ends it goes, and the focus must not go with it
  settings = { ...settings, quietUntil: 0, quiet: { ...settings.quiet, on: true, from: 0, to: 13 * 60 } };
  await draw();
  expect([buttons().length, status()]).toEqual([2, expect.stringMatching(/13:00$/)]);
});
