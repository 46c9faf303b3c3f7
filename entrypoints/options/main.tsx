// The options page: mounts the options on live queries; each section's callbacks are wired to store, browser and background in a file beside this.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { Options } from '../../components/options/Options.tsx';
import { updateDerived } from '../../lib/derived.ts';
import { language, say } from '../../lib/i18n.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../lib/model/settings.ts';
import { announcePage } from '../../lib/own-page.ts';
import { readPublisherOptions } from '../../lib/publisher.ts';
import { Database } from '../../lib/store/database.ts';
import { addFeed, newFeed } from '../../lib/store/feeds.ts';
import { readOverview } from '../../lib/store/overview.ts';
import { changeSettings, readSettings, watchSettings } from '../../lib/store/settings.ts';
import { liveSignal } from '../../lib/store/signal.ts';
import { firstTitle } from '../../lib/words/feed.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { wireAttention } from './attention.ts';
import { wireFeeds } from './feeds.ts';
import { wireFilters } from './filters.ts';
import { wireHistory } from './history.ts';
import { wireOpml } from './opml.ts';
import { wireSafety } from './safety.ts';
import { wireStorage } from './storage.ts';
import { wireWelcome } from './welcome.tsx';
import { wireX } from './x.ts';

document.documentElement.lang = language();
document.title = say(optionsWords).title;
const db = new Database();
const publisher = readPublisherOptions(import.meta.env);
const failed = signal(false);
const fail = () => void (failed.value = true);
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);
const settings = signal<Settings>(await readSettings().catch(() => DEFAULT_SETTINGS));
watchSettings((changed) => (settings.value = changed));
const NOTHING = { feeds: [], removed: [], categories: [], feedCategories: new Map(), itemsOf: new Map(), pendingOf: new Map(), usage: null };
const overview = liveSignal(() => readOverview(db), fail);

/** Writes, and brings marks and badge up to date; the background does the latter where the page is closed meanwhile. */
async function write(work: () => Promise<unknown>): Promise<void> {
  announcePage('page');
  await work();
  await updateDerived(db);
}

/** Adds a feed that needs no host: the sample, or what is built in. */
const subscribe = (url: string) => addFeed(db, newFeed(url, { title: firstTitle(url), categories: publisher.categories }, Date.now()));
const change = (change: SettingsChange) => write(async () => (settings.value = await changeSettings(change)));

const feeds = wireFeeds(db, publisher.categories, subscribe, write);
const filters = wireFilters(db, settings, overview, write, fail);
const attention = wireAttention(db, settings, change);
const { x, askX } = wireX(db, settings, change);
const history = wireHistory(db, settings);
const storage = wireStorage(db, overview, write, fail);
const safety = wireSafety(db, () => subscribe(publisher.feedUrl), write);
const opml = wireOpml(db, publisher.categories, overview);
const welcome = wireWelcome(settings, () => filters().categories, change, askX);

const Page = () => (
  <Options
    {...(overview.value ?? NOTHING)}
    {...{ ...feeds(), ...filters(), ...attention(), ...x(), ...history(), ...storage(), ...opml(), ...welcome(), ...safety(now.value) }}
    settings={settings.value}
    failed={failed.value}
    now={now.value}
    onSettings={(changed) => {
      if ('language' in changed) window.history.replaceState({ held: document.activeElement?.id }, '');
      void change(changed);
    }}
  />
);
render(<Page />, document.getElementById('app') as HTMLElement);
// Another language loads the page afresh (look.ts): the focus goes on where it was, for arrow keys try one language after the other.
const { held } = Object(window.history.state) as { held?: string };
if (held) document.getElementById(held)?.focus();
window.history.replaceState(null, '');
