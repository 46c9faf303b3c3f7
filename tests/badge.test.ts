// The badge as a mapping from what is stored.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type BadgeState, describeBadge } from '../lib/badge.ts';
import type { Fault } from '../lib/model/fault.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const fault = (kind: Fault['kind'], detail = ''): Fault => ({ kind, detail, at: NOW });
const feed = (f: Fault | null = null) => ({ customTitle: null, title: '快报', url: 'https://a.example/', paused: 0 as const, fault: f, succeededAt: NOW - 5 * 60_000 });
const badge = (state: Partial<BadgeState>) => describeBadge({ unread: 0, fresh: 0, feeds: [feed()], settings: { badge: 'new' }, now: NOW, ...state });

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en-US');
});

describe('the badge', () => {
  it('counts new items, or unread ones, or nothing, as the reader set it', () => {
    expect(badge({ unread: 7, fresh: 3 }).text).toBe('3');
    expect(badge({ unread: 7, fresh: 3, settings: { badge: 'unread' } }).text).toBe('7');
    expect(badge({ unread: 7, fresh: 3, settings: { badge: 'off' } }).text).toBe('');
  });

  it('is a mere dot where the reader set it so, only while something is new', () => {
    const settings = { badge: 'dot' as const };
    expect([badge({ unread: 7, fresh: 300, settings }).text, badge({ unread: 7, settings }).text]).toEqual(['•', '']);
    const troubled = { settings, feeds: [feed(fault('timeout'))] };
    expect([badge({ ...troubled, fresh: 1 }).text, badge(troubled).text]).toEqual(['•', '!']);
  });

  it('is empty at zero and says 99+ beyond 99', () => {
    expect(badge({}).text).toBe('');
    expect(badge({ fresh: 99 }).text).toBe('99');
    expect(badge({ fresh: 100 }).text).toBe('99+');
  });

  it('is tinted by an error, which never hides the count and shows "!" at zero', () => {
    const calm = badge({ fresh: 3 });
    const troubled = badge({ fresh: 3, feeds: [feed(fault('http', '503'))] });
    expect(troubled.text).toBe('3');
    expect(troubled.color).not.toBe(calm.color);
    expect(badge({ feeds: [feed(fault('timeout'))] }).text).toBe('!');
    expect(badge({ feeds: [feed(fault('timeout'))], settings: { badge: 'off' } }).text).toBe('');
  });

  it('leaves a paused feed’s fault alone, and calls a feed what the reader does', () => {
    expect(badge({ feeds: [{ ...feed(fault('permission', 'a.example')), paused: 1 }] }).text).toBe('');
    expect(badge({ feeds: [{ ...feed(fault('timeout')), customTitle: '我的' }] }).title).toContain('我的: ');
  });

  it('explains itself in the tooltip, in the browser’s language', () => {
    const state = { unread: 7, fresh: 3, feeds: [feed(fault('http', '503'))] };
    expect(badge(state).title).toBe('Eight Bells\n7 unread items, 3 new\nUpdated 5 minutes ago\n快报: The server answered with an error (HTTP 503)');
    vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('zh-CN');
    expect(badge(state).title).toBe('八击钟\n未读 7 条，新到 3 条\n更新于5分钟前\n快报: 服务器回应错误（HTTP 503）');
  });

  it('says where nothing is subscribed or nothing came yet', () => {
    expect(badge({ feeds: [] }).title).toContain('No feed subscribed');
    expect(badge({ feeds: [{ ...feed(), succeededAt: null }] }).title).toContain('Not updated yet');
  });
});
