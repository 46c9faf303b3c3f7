// Browsers of one reader and what lies between them, in memory: each has its own clock, copy of the area, items and luck.
import { DEFAULT_SETTINGS } from '../../lib/model/settings.ts';
import { parseSettings } from '../../lib/store/settings.ts';
import { type Area, readArea } from '../../lib/sync/area.ts';
import { itemBytes, MAX_ITEMS, QUOTA_BYTES, QUOTA_BYTES_PER_ITEM } from '../../lib/sync/budget.ts';
import type { SyncedFeed } from '../../lib/sync/feeds.ts';
import { layOut, planWrites } from '../../lib/sync/layout.ts';
import { confirm, merge, type MergeContext } from '../../lib/sync/merge.ts';
import type { Register } from '../../lib/sync/register.ts';
import { isPost, type KnownState, PERIOD, postItemId, stateKey, type StatusHere } from '../../lib/sync/status.ts';

export const BUILT_IN = 'https://digest.example/index.xml';
const CATEGORIES = ['AI模型'];
const NOW = Date.parse('2026-03-01T00:00:00Z');
export const HOUR = 3_600_000;

export interface Published {
  id: string;
  ms: number;
}

/** A feed as sync sees it. */
export const newFeed = (url: string, position: number): SyncedFeed => ({ url, customTitle: null, categories: CATEGORIES, hiddenCategories: [], marks: 1, paused: 0, position, removedAt: null, fault: null });

/** An area that keeps the browser's limits on size, and says which of its items another browser has yet to hear of. */
class FakeArea {
  items: Record<string, unknown> = {};
  readonly changed = new Set<string>();

  set(name: string, value: unknown): void {
    const after = { ...this.items, [name]: structuredClone(value) };
    if (itemBytes(name, value) > QUOTA_BYTES_PER_ITEM) throw new Error('QUOTA_BYTES_PER_ITEM quota exceeded');
    if (Object.entries(after).reduce((sum, [key, one]) => sum + itemBytes(key, one), 0) > QUOTA_BYTES) throw new Error('QUOTA_BYTES quota exceeded');
    if (Object.keys(after).length > MAX_ITEMS) throw new Error('MAX_ITEMS quota exceeded');
    this.items = after;
    this.changed.add(name);
  }

  remove(name: string): void {
    delete this.items[name];
    this.changed.add(name);
  }
}

export class Device {
  readonly area = new FakeArea();
  settings: Record<string, unknown> | undefined = undefined;
  feeds: SyncedFeed[] = [newFeed(BUILT_IN, 0)];
  items = new Map<string, { ms: number; cameRead: boolean }>();
  statuses = new Map<string, { read: 0 | 1; starred: 0 | 1 }>();
  registers = new Map<string, Register>();
  states = new Map<string, KnownState>();
  readonly name: string;
  readonly skew: number;

  constructor(name: string, skew: number) {
    this.name = name;
    this.skew = skew;
  }

  get parsed() {
    return parseSettings(this.settings);
  }

  change(changes: Record<string, unknown>): void {
    this.settings = { ...DEFAULT_SETTINGS, ...this.settings, ...changes };
  }

  /** Takes in items as savePoll does: a status that is there already stands. `since`: what was published before comes read. */
  poll(published: readonly Published[], since = 0): void {
    for (const { id, ms } of published) {
      if (this.items.has(id)) continue;
      this.items.set(id, { ms, cameRead: ms < since });
      if (!this.statuses.has(id)) this.statuses.set(id, { read: ms < since ? 1 : 0, starred: 0 });
    }
  }

  mark(id: string, changes: Partial<{ read: 0 | 1; starred: 0 | 1 }>): void {
    const status = this.statuses.get(id);
    if (status && this.items.has(id)) this.statuses.set(id, { ...status, ...changes });
  }

  live(): SyncedFeed[] {
    return this.feeds.filter(({ removedAt }) => removedAt === null).sort((a, b) => a.position - b.position || (a.url < b.url ? -1 : 1));
  }

  /** All of it is lost, the area's copy too: a new install. */
  wipe(): Device {
    return new Device(`${this.name}x`, this.skew);
  }

  /** One round. `dies`: the worker is killed after the store has been written (0), or after so many writes less one. Returns how many writes it made. */
  round(now: number, dies = Infinity): number {
    const own = now + this.skew;
    const area = readArea(structuredClone(this.area.items));
    const merged = this.merge(area, own);
    if (dies === 0) return 0;
    if (Object.keys(merged.changes.settings).length > 0) this.change(merged.changes.settings);
    for (const [url, fields] of merged.changes.feeds.added) this.feeds.push({ ...newFeed(url, own), ...fields });
    for (const [key, register] of confirm(this.registers, this, this.context(own))) this.registers.set(key, register);
    const writes = planWrites(layOut(merged.registers, merged.states, area, own), area);
    for (const write of writes.slice(0, dies - 1)) {
      if ('set' in write) this.area.set(write.set, write.value);
      else this.area.remove(write.remove);
    }
    return writes.length;
  }

  private context(now: number): MergeContext {
    return { now, device: this.name, builtIn: [BUILT_IN], categories: CATEGORIES, parse: (stored) => ({ ...parseSettings(stored) }), settings: { ...DEFAULT_SETTINGS }, accepts: () => true };
  }

  private merge(area: Area, now: number) {
    const ids = new Map([...this.statuses.keys()].map((id) => [stateKey(id), id]));
    const statuses = new Map([...this.statuses].map(([id, status]): [string, StatusHere] => {
      const item = this.items.get(id);
      return [stateKey(id), { ...status, stored: item !== undefined, cameRead: item?.cameRead ?? false, period: Math.floor((item?.ms ?? 0) / PERIOD) }];
    }));
    const merged = merge(this, { settings: this.settings, feeds: this.feeds, statuses }, area, this.context(now));
    this.registers = structuredClone(merged.registers);
    this.states = merged.states;
    for (const [key, change] of merged.changes.statuses) {
      const id = ids.get(key) ?? (isPost(key) ? postItemId(key) : undefined);
      if (id !== undefined) this.statuses.set(id, change);
    }
    this.feeds = this.feeds.map((feed) => ({ ...feed, ...merged.changes.feeds.changed.get(feed.url) }));
    return merged;
  }
}

/** The server: of two writes to an item the last to arrive stands. */
export class World {
  cloud: Record<string, unknown> = {};
  now = NOW;
  devices: Device[];
  published: Published[] = [];

  constructor(skews: readonly number[]) {
    this.devices = skews.map((skew, i) => new Device(`d${i}`, skew));
  }

  publish(id: string): void {
    this.published.push({ id, ms: this.now });
  }

  /** Sends what a device wrote, as far as `which` says. */
  send({ area }: Device, which: (name: string) => boolean = () => true): void {
    for (const name of [...area.changed].filter(which)) {
      if (name in area.items) this.cloud[name] = structuredClone(area.items[name]);
      else delete this.cloud[name];
      area.changed.delete(name);
    }
  }

  /** Delivers what the server has, as far as `which` says. An item the device wrote meanwhile is overwritten, or stays where `keepsOwn`. */
  deliver({ area }: Device, which: (name: string) => boolean = () => true, keepsOwn = false): void {
    for (const name of new Set([...Object.keys(this.cloud), ...Object.keys(area.items)])) {
      if (!which(name) || (keepsOwn && area.changed.has(name))) continue;
      area.changed.delete(name);
      if (name in this.cloud) area.items = { ...area.items, [name]: structuredClone(this.cloud[name]) };
      else delete area.items[name];
    }
  }

  /** Everything arrives everywhere until nobody has anything to say; returns how often that took. */
  settle(): number {
    for (let turn = 1; ; turn++) {
      if (turn > 12) throw new Error('the browsers never stop writing');
      let writes = 0;
      for (const device of this.devices) {
        this.deliver(device, undefined, true);
        device.poll(this.published);
        writes += device.round(this.now);
        writes += device.area.changed.size; // also what it wrote before
        this.send(device);
      }
      for (const device of this.devices) this.deliver(device);
      this.now += 60_000;
      if (writes === 0) return turn;
    }
  }
}

/** What the reader sees of a device, in a form to compare. */
export function viewOf(device: Device): unknown {
  const { rules = [], hiddenCategories, categoryNames = {}, ...settings } = device.parsed as unknown as { rules?: { id: string }[]; hiddenCategories: string[]; categoryNames?: object };
  return {
    settings,
    categoryNames,
    hiddenCategories: [...hiddenCategories].sort(),
    rules: [...rules].sort((a, b) => (a.id < b.id ? -1 : 1)),
    feeds: device.live().map(({ url, customTitle, paused, marks, hiddenCategories: hidden }) => ({ url, customTitle, paused, marks, hidden: [...hidden].sort() })),
    statuses: Object.fromEntries([...device.items.keys()].sort().map((id) => [id, device.statuses.get(id)])),
  };
}
