// The reader's keyboard: what a key asks for, and when it asks for nothing.
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { KEYS, readKey } from '../../components/reader/keys.ts';

const { document, Element } = parseHTML('<button></button><input>');
beforeAll(() => void Object.assign(globalThis, { Element }));
const press = (key: string, fields = {}) => readKey({ key, ctrlKey: false, metaKey: false, altKey: false, target: document.querySelector('button'), ...fields });

describe('a key', () => {
  it('asks for its command, digits for a group', () => {
    expect(['j', 'm', 'M', '?', '1', '9'].map((key) => press(key))).toEqual(['next', 'toggleRead', 'readAll', 'help', 0, 8]);
    expect(['0', 'q', 'Enter', 'Tab'].map((key) => press(key))).toEqual([null, null, null, null]);
  });

  it('is left to the browser with a modifier, and to a field that is typed into', () => {
    expect([press('r', { ctrlKey: true }), press('j', { metaKey: true }), press('s', { altKey: true }), press('j', { target: document.querySelector('input') })]).toEqual([null, null, null, null]);
  });

  it('has one command each', () => {
    expect(new Set(KEYS.map(([key]) => key)).size).toBe(KEYS.length);
  });
});
