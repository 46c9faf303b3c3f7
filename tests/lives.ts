// Contexts of the extension that can be killed at any call they make to what lies outside them: IndexedDB, the browser's
// interfaces, the network. What a dead context waits for never comes; its transactions are aborted, its locks set free.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Database } from '../lib/store/database.ts';

/** The context in which a call is made. A transaction belongs to the context that opened its connection. */
const current = new AsyncLocalStorage<Life>();
const owners = new WeakMap<object, Life>();

const forever = <T>(): Promise<T> => new Promise(() => {});

/** Stands in for whatever a dead context is given: takes everything, answers nothing. */
const nothing: unknown = new Proxy(() => {}, { get: (_, key) => (key === 'then' || typeof key === 'symbol' ? undefined : nothing), apply: () => nothing, set: () => true });

/** What the fake of IndexedDB keeps of connections and transactions; the only place that knows. */
interface Connection {
  _rawDatabase: { processTransactions(): void; transactions: Transaction[] };
}
interface Transaction {
  db: Connection;
  mode: string;
  _state: string;
  _rollbackLog: (() => void)[];
  _requests: unknown[];
  _markFinished(): void;
}

/** One context: a worker from its start to its death, or a page. */
export class Life {
  /** What it asked of the outside, in order. */
  readonly steps: string[] = [];
  readonly db: Database;
  dead = false;
  #end = () => {};
  readonly #ended = new Promise<void>((resolve) => (this.#end = resolve));
  readonly #connections: Connection[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #killAt: number;
  readonly #every: boolean;

  /**
   * `killAt`: the step before which it dies, from 1. A step is what changes something outside: a commit, a write to the
   * browser's storage, alarms or button, a request to the network. Between two of them nothing outside tells one moment
   * of death from another; with `every`, each reading, lock and request within a transaction is a step all the same.
   */
  constructor(name: string, { killAt = Infinity, every = false } = {}) {
    this.#killAt = killAt;
    this.#every = every;
    const real = Dexie.dependencies.indexedDB;
    const open: IDBFactory['open'] = (...given) => {
      if (!this.look('open')) return nothing as ReturnType<IDBFactory['open']>;
      const request = real.open(...given);
      // What Dexie asks of a connection at once, to open it, is one step with the opening.
      const own = () => {
        owners.set(request.result, this);
        this.#connections.push(request.result as unknown as Connection);
        if (this.dead) this.#abortAll(); // it died while the database was opening
      };
      request.addEventListener('success', () => queueMicrotask(own));
      return request as ReturnType<IDBFactory['open']>;
    };
    Dexie.dependencies.indexedDB = Object.assign(Object.create(real), { open });
    this.db = new Database(name);
    Dexie.dependencies.indexedDB = real;
  }

  /** Does something in this context; undefined where it died over it. */
  run<T>(work: (life: Life) => Promise<T>): Promise<T | undefined> {
    return current.run(this, () => Promise.race([work(this), this.#ended.then(() => undefined)]));
  }

  /** Counts a call that changes nothing outside, where those count; false where the context is dead, or dies now. */
  look(what: string): boolean {
    return this.#every ? this.step(what) : !this.dead;
  }

  /** Counts a call to the outside; false where the context is dead, or dies now. */
  step(what: string): boolean {
    if (this.dead) return false;
    if (this.steps.push(what) >= this.#killAt) this.kill();
    return !this.dead;
  }

  kill(): void {
    if (this.dead) return;
    this.dead = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#abortAll();
    this.#end();
  }

  #abortAll(): void {
    for (const { _rawDatabase: raw } of this.#connections) {
      for (const transaction of raw.transactions) {
        if (owners.get(transaction.db) !== this || transaction._state === 'finished') continue;
        for (const back of transaction._rollbackLog.reverse()) back();
        transaction._requests = [];
        transaction._markFinished();
        transaction.db._rawDatabase.processTransactions();
      }
    }
  }

  /** A call to the outside, which a dead context waits for in vain. */
  async outside<T>(what: string, call: () => T | Promise<T>): Promise<T> {
    // The button's four parts are set in one go.
    if (!(/\.get(All)?$|permissions|Color|Title/.test(what) ? this.look(what) : this.step(what))) return forever();
    const result = await call();
    return this.dead ? forever() : result;
  }

  /** The lock is free again when the context dies. */
  async lock<T>(options: [string, LockOptions, (lock: Lock | null) => Promise<T>], request: (...given: [string, LockOptions, (lock: Lock | null) => Promise<T | undefined>]) => Promise<unknown>): Promise<T> {
    const [name, how, work] = options;
    if (!this.look(`locks ${name}`)) return forever();
    const hold = (lock: Lock | null) => (this.dead ? Promise.resolve(undefined) : Promise.race([current.run(this, () => work(lock)), this.#ended.then(() => undefined)]));
    const result = (await request(name, how, hold).catch((error: unknown) => (this.dead ? undefined : Promise.reject(error)))) as T;
    return this.dead ? forever() : result;
  }

  keep(timer: NodeJS.Timeout): NodeJS.Timeout {
    if (this.dead) clearInterval(timer);
    this.#timers.add(timer);
    return timer;
  }
}

/** Every notification the browser has shown since it was started anew, in order. */
export const shown: { id: string; text: string }[] = [];

let watched = false;

/** A browser started anew, empty; the lives to come are watched for their steps. */
export function startBrowser(): void {
  fakeBrowser.reset();
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
  fakeBrowser.runtime.getPlatformInfo = (async () => ({})) as never;
  Dexie.dependencies.indexedDB = new IDBFactory();
  shown.length = 0;
  if (watched) return;
  watched = true;

  const transactions = IDBTransaction.prototype as unknown as { _execRequestAsync(request: unknown): unknown; _start(this: Transaction): void };
  const { _execRequestAsync: execute, _start: start } = transactions;
  transactions._execRequestAsync = function (this: Transaction, request) {
    const life = owners.get(this.db);
    return life && !life.look('request') ? nothing : execute.call(this, request);
  };
  transactions._start = function (this: Transaction) {
    const life = owners.get(this.db);
    const commits = this._requests.length === 0 && this._state !== 'finished' && this.mode === 'readwrite';
    if (!life || (commits ? life.step('commit') : !life.dead)) start.call(this);
  };
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    const life = owners.get(this);
    return life && !life.look(`transaction ${String(given[0])}`) ? (nothing as IDBTransaction) : open.apply(this, given);
  };

  const locks = navigator.locks.request.bind(navigator.locks) as (...given: unknown[]) => Promise<unknown>;
  navigator.locks.request = ((...given: [string, LockOptions | (() => Promise<unknown>), (() => Promise<unknown>)?]) => {
    const [name, options, work] = typeof given[1] === 'function' ? [given[0], {}, given[1]] : (given as [string, LockOptions, () => Promise<unknown>]);
    const life = current.getStore();
    return life ? life.lock([name, options, work], locks) : locks(name, options, work);
  }) as typeof navigator.locks.request;

  const interval = globalThis.setInterval;
  globalThis.setInterval = ((...given: Parameters<typeof interval>) => {
    const timer = interval(...given);
    return current.getStore()?.keep(timer) ?? timer;
  }) as typeof interval;

  const timeout = globalThis.setTimeout;
  globalThis.setTimeout = ((...given: Parameters<typeof timeout>) => {
    const timer = timeout(...given);
    return current.getStore()?.keep(timer) ?? timer;
  }) as typeof timeout;

  const { storage, alarms, action, notifications, permissions } = fakeBrowser;
  permissions.contains = async () => true;
  const show = notifications.create.bind(notifications) as unknown as (id: string, options: { title: string; message: string }) => Promise<string>;
  notifications.create = (async (id: string, options: { title: string; message: string }) => {
    shown.push({ id, text: `${options.title} ${options.message}` });
    return show(id, options);
  }) as never;
  // A listener belongs to the context that has added it, and is gone with it.
  for (const event of [storage.onChanged, alarms.onAlarm] as unknown as { addListener(listener: (...given: unknown[]) => unknown): void }[]) {
    const add = event.addListener.bind(event);
    event.addListener = (listener) => {
      const life = current.getStore();
      add(life ? (...given) => (life.dead ? undefined : current.run(life, () => listener(...given))) : listener);
    };
  }
  for (const [name, place, methods] of [
    ['storage.local', storage.local, ['get', 'set', 'remove']],
    ['storage.session', storage.session, ['get', 'set', 'remove']],
    ['storage.sync', storage.sync, ['get', 'set', 'remove']],
    ['notifications', notifications, ['create', 'getAll', 'clear']],
    ['permissions', permissions, ['contains']],
    ['alarms', alarms, ['create', 'get', 'clear']],
    ['action', action, ['setBadgeText', 'setBadgeBackgroundColor', 'setBadgeTextColor', 'setTitle']],
  ] as unknown as [string, Record<string, (...given: unknown[]) => unknown>, string[]][])
    for (const method of methods) {
      const call = place[method]?.bind(place);
      if (!call) throw new Error(`${name}.${method} is not in the fake browser`);
      place[method] = (...given) => {
        const life = current.getStore();
        return life ? life.outside(`${name}.${method}`, () => call(...given)) : call(...given);
      };
    }
}
