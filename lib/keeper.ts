// What keeps the store: what is derived from it and what rings, its mirror, and what it shares with the reader's other browsers, brought up to date on every wake and after every commit.
import { browser } from 'wxt/browser';
import { showStorageTrouble } from './badge.ts';
import { keepDerived } from './derived.ts';
import { chooseLanguage } from './i18n.ts';
import { keepMirror } from './mirror.ts';
import type { Category } from './model/category.ts';
import { ringBells } from './notify.ts';
import { pollAll } from './poll/alarm.ts';
import type { PollContext } from './poll/context.ts';
import { SAMPLE_FEED_URL } from './sample.ts';
import { addFeed, newFeed } from './store/feeds.ts';
import { openPatiently } from './store/open.ts';
import { readSettings } from './store/settings.ts';
import { readSync, storedSettings, type SyncArea, type SyncContext, syncNow } from './sync.ts';

const ALARM = 'keep';
/** Browsers let an alarm be no nearer, ms. */
const SOONEST_MS = 30_000;

/** What is subscribed to where nothing is yet. */
export interface BuiltIn {
  url: string;
  title: string;
  categories: Category[];
}

/** What the background keeps the store by. */
export interface Keeper {
  /** To be polled with: brings all of it up to date after each commit. */
  context: PollContext;
  /** Opens the database, restores it where it was lost, and brings all of it up to date; to be called on every wake, before anything else uses it. False where it cannot be written. */
  wake(): Promise<boolean>;
}

/** To be called on the background's first tick: it listens for what comes from other browsers, and to its own alarm. */
export function createKeeper(poll: Omit<PollContext, 'onSaved' | 'onQuiet'>, { url, title, categories }: BuiltIn, area: SyncArea): Keeper {
  const { db, now } = poll;
  const sync: SyncContext = { db, area, now, settings: storedSettings, allowed: poll.allowed, builtIn: [...new Set([url, SAMPLE_FEED_URL])], categories };
  const mirror = () => keepMirror({ db, now, begin: () => addFeed(db, newFeed(url, { title, categories }, now())) });

  /** Before what is derived, which follows from what comes in. */
  async function before(): Promise<void> {
    const report = await syncNow(sync);
    if (report?.addedFeeds.length) void pollAll(context, report.addedFeeds).catch((error: unknown) => console.error('Eight Bells: feeds from another browser could not be polled', error));
  }

  async function after(): Promise<void> {
    const times = [await mirror(), (await readSync(db)).report?.nextAt ?? null].filter((time) => time !== null);
    if (times.length > 0) await browser.alarms.create(ALARM, { when: Math.max(Math.min(...times), now() + SOONEST_MS) });
  }

  const context: PollContext = { ...poll, ...keepDerived(db, { before, beside: () => ringBells(db), after }) };
  /** The database is open. What comes before that, such as the alarm that woke the worker, is followed by all of it anyway. */
  let awake = false;
  browser.storage.onChanged.addListener((_, name) => void (awake && name === 'sync' && context.onSaved()));
  browser.alarms.onAlarm.addListener(({ name }) => void (awake && name === ALARM && context.onSaved()));

  return {
    context,
    async wake() {
      chooseLanguage((await readSettings()).language);
      const trouble = await openPatiently(db);
      if (trouble) {
        await showStorageTrouble(trouble);
        return false;
      }
      awake = true;
      await mirror();
      await context.onSaved(); // a badge is not reliably kept over a restart
      return true;
    },
  };
}
