// However two or three browsers of one reader act, whatever of it arrives when, by whatever clocks: in the end they agree, and nothing is lost.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN, type Device, HOUR, newFeed, viewOf, World } from './world.ts';

const SEED = 20260303;
const SKEWS = [0, 0, 7 * HOUR, -9 * HOUR, 26 * HOUR, -40 * HOUR, 400 * 24 * HOUR];
const CATEGORIES = ['AI模型', 'AI应用', '行业洞察'];
const URLS = [BUILT_IN, 'https://a.example/feed', 'https://b.example/feed', 'https://c.example/feed'];

/** What a reader, the network or fate does; numbers are taken modulo what there is. */
type Step = { device: number; what: string; a: number; b: number };

const ACTS = ['read', 'read', 'read', 'unread', 'star', 'unstar', 'hide', 'show', 'badge', 'keep', 'rule', 'unrule', 'name', 'unname', 'add', 'remove', 'rename', 'pause', 'hideIn', 'order'];
const EVENTS = ['publish', 'poll', 'poll', 'round', 'round', 'die', 'send', 'deliver', 'deliverKeeping', 'part', 'later', 'damage'];
const steps = (whats: string[], maxLength = 90) => fc.array(fc.record({ device: fc.nat(2), what: fc.constantFrom(...whats), a: fc.nat(1000), b: fc.nat(1000) }), { minLength: 10, maxLength, size: 'max' });
const worlds = fc.tuple(fc.constantFrom(...SKEWS), fc.constantFrom(...SKEWS), fc.constantFrom(...SKEWS));

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** What was done at all, to hold the end against. */
interface History {
  read: Set<string>;
  unread: Set<string>;
  starred: Set<string>;
  unstarred: Set<string>;
}

function act(device: Device, { what, a, b }: Step, now: number, history: History): void {
  const ids = [...device.items.keys()];
  const id = ids.length ? pick(ids, a) : undefined;
  const settings = device.parsed as unknown as { hiddenCategories: string[]; rules?: { id: string; text: number }[]; categoryNames?: Record<string, string> };
  const names = settings.categoryNames ?? {};
  const rules = settings.rules ?? [];
  const feed = device.feeds.length ? pick(device.feeds, a) : undefined;
  if (id !== undefined) mark(device, id, what, history);
  if (what === 'hide') device.change({ hiddenCategories: [...new Set([...settings.hiddenCategories, pick(CATEGORIES, a)])] });
  if (what === 'show') device.change({ hiddenCategories: settings.hiddenCategories.filter((name) => name !== pick(CATEGORIES, a)) });
  if (what === 'badge') device.change({ badge: pick(['new', 'unread', 'off'], a) });
  if (what === 'keep') device.change({ keepDays: pick([30, 90, 180, null], a) });
  if (what === 'rule') device.change({ rules: [...rules.filter((rule) => rule.id !== `r${a % 4}`), { id: `r${a % 4}`, text: b % 5 }] });
  if (what === 'unrule') device.change({ rules: rules.filter((rule) => rule.id !== `r${a % 4}`) });
  if (what === 'name') device.change({ categoryNames: { ...names, [pick(CATEGORIES, a)]: String(b % 3) } });
  if (what === 'unname') device.change({ categoryNames: Object.fromEntries(Object.entries(names).filter(([name]) => name !== pick(CATEGORIES, a))) });
  if (what === 'add') {
    const url = pick(URLS, a);
    const same = device.feeds.find((one) => one.url === url);
    if (same) same.removedAt = null;
    else device.feeds.push(newFeed(url, now + b));
  }
  if (feed && what === 'remove') feed.removedAt ??= now;
  if (feed && what === 'rename') feed.customTitle = pick([null, '甲', '乙'], b);
  if (feed && what === 'pause') feed.paused = b % 2 ? 1 : 0;
  if (feed && what === 'hideIn') feed.hiddenCategories = b % 2 ? [...new Set([...feed.hiddenCategories, pick(CATEGORIES, b)])] : feed.hiddenCategories.filter((name) => name !== pick(CATEGORIES, b));
  if (what === 'order') device.live().sort((x, y) => ((x.position * (a + 1) + b) % 7) - ((y.position * (a + 1) + b) % 7)).forEach((one, i) => (one.position = i));
}

function mark(device: Device, id: string, what: string, history: History): void {
  const status = device.statuses.get(id);
  if (what === 'read' || (what === 'unread' && status?.read)) {
    device.mark(id, { read: what === 'read' ? 1 : 0 });
    history[what].add(id);
  }
  if (what === 'star' || (what === 'unstar' && status?.starred)) {
    device.mark(id, { starred: what === 'star' ? 1 : 0 });
    history[what === 'star' ? 'starred' : 'unstarred'].add(id);
  }
}

function happen(world: World, step: Step, history: History): void {
  const device = pick(world.devices, step.device);
  const half = (name: string) => (name.charCodeAt(name.length - 1) + step.b) % 2 === 0;
  const { what, a } = step;
  if (what === 'publish') world.publish(a % 5 === 0 ? `link:a.example/${world.published.length}` : `post:${1_900_000_000_000_000_000n + BigInt(world.published.length) * 987_654_321_987n + BigInt(a)}`);
  else if (what === 'poll') device.poll(world.published);
  else if (what === 'round') device.round(world.now);
  else if (what === 'die') device.round(world.now, a % 4);
  else if (what === 'send') world.send(device, a % 2 ? half : undefined);
  else if (what === 'deliver') world.deliver(device);
  else if (what === 'deliverKeeping') world.deliver(device, undefined, true);
  else if (what === 'part') world.deliver(device, half, a % 2 === 0);
  else if (what === 'damage') {
    const names = Object.keys(world.cloud);
    if (names.length) world.cloud[pick(names, a)] = pick(['', 'damaged', null, { c: 'x', d: {} }], step.b);
  } else if (what === 'later') world.now += (a % 50) * HOUR;
  else act(device, step, world.now + device.skew, history);
}

const freshHistory = (): History => ({ read: new Set(), unread: new Set(), starred: new Set(), unstarred: new Set() });

function play(skews: readonly number[], script: readonly Step[]): { world: World; history: History } {
  const world = new World(skews);
  const history = freshHistory();
  for (const step of script) happen(world, step, history);
  return { world, history };
}

const expectAgreement = (world: World) => {
  const [first, ...others] = world.devices.map(viewOf);
  for (const other of others) expect(other).toEqual(first);
};

describe('browsers that sync', () => {
  it('agree in the end, keep every reading and star, and fall silent', () => {
    fc.assert(fc.property(worlds, steps([...ACTS, ...EVENTS]), (skews, script) => {
      const { world, history } = play(skews, script);
      world.settle();
      expectAgreement(world);
      for (const { statuses } of world.devices) {
        for (const id of history.read) if (!history.unread.has(id)) expect(statuses.get(id)?.read, `${id} was read`).toBe(1);
        for (const id of history.starred) if (!history.unstarred.has(id)) expect(statuses.get(id)?.starred, `${id} was starred`).toBe(1);
        for (const [id, { read, starred }] of statuses) {
          if (!history.read.has(id)) expect(read, `${id} was never read`).toBe(0);
          if (!history.starred.has(id)) expect(starred, `${id} was never starred`).toBe(0);
        }
      }
    }), { seed: SEED, numRuns: 100 });
  }, 30_000);

  it('agree after a week apart, whoever comes back first', () => {
    fc.assert(fc.property(worlds, steps([...ACTS, 'publish', 'poll', 'later', 'round'], 120), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (skews, script, order) => {
      const { world } = play(skews, script); // rounds, but nothing is sent or delivered
      world.devices = order.map((i) => world.devices[i] as Device);
      world.settle();
      expectAgreement(world);
    }), { seed: SEED, numRuns: 40 });
  }, 30_000);

  it('follow the last change, by however slow a clock', () => {
    // A feed that is added again comes with the name it had elsewhere, so it need not stand as it was added.
    const changes = ACTS.filter((what) => what !== 'order' && what !== 'add');
    fc.assert(fc.property(worlds, steps([...ACTS, ...EVENTS]), steps(changes, 15), (skews, script, last) => {
      const { world } = play(skews, script);
      world.settle();
      const [slowest] = [...world.devices].sort((a, b) => a.skew - b.skew) as [Device];
      for (const step of last) act(slowest, step, world.now + slowest.skew, freshHistory());
      const wanted = viewOf(slowest);
      slowest.round(world.now); // it is taken up as it stands
      expect(viewOf(slowest)).toEqual(wanted);
      world.settle();
      for (const device of world.devices) expect(viewOf(device)).toEqual(wanted);
    }), { seed: SEED, numRuns: 40 });
  }, 30_000);

  it('are not emptied by one that was wiped, and give it all back', () => {
    fc.assert(fc.property(worlds, steps([...ACTS, ...EVENTS]), fc.nat(2), (skews, script, who) => {
      const { world } = play(skews, script);
      world.settle();
      const [before] = world.devices.map(viewOf);
      world.devices = world.devices.map((device, i) => (i === who ? device.wipe() : device));
      const fresh = world.devices[who] as Device;
      fresh.poll(world.published, Infinity); // all it finds is backlog and comes read
      fresh.round(world.now); // before anything was delivered
      world.send(fresh, (name) => !(name in world.cloud));
      world.settle();
      for (const device of world.devices.filter((one) => one !== fresh)) expect(viewOf(device)).toEqual(before);
      const { statuses, ...rest } = viewOf(fresh) as { statuses: object };
      const { statuses: wanted, ...others } = before as { statuses: Record<string, { read: number }> };
      expect(rest).toEqual(others);
      expect(Object.values(statuses as typeof wanted).length).toBe(Object.values(wanted).length);
    }), { seed: SEED, numRuns: 40 });
  }, 30_000);
});
