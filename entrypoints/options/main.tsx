// The options page: mounts the options on live queries and hands their callbacks to store, browser and background.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { type FeedChanges, shownName } from '../../components/options/FeedRow.tsx';
import type { FeedListProps } from '../../components/options/FeedList.tsx';
import { Options } from '../../components/options/Options.tsx';
import { updateDerived } from '../../lib/derived.ts';
import { language, say } from '../../lib/i18n.ts';
import { isWebAddress } from '../../lib/link.ts';
import { DEFAULT_SETTINGS, type Feed, type Settings, type SettingsChange } from '../../lib/model.ts';
import { announcePage } from '../../lib/page.ts';
import { readPublisherOptions } from '../../lib/publisher.ts';
import { act } from '../../lib/reading.ts';
import { SAMPLE_FEED_URL } from '../../lib/sample.ts';
import { Database } from '../../lib/store/database.ts';
import { addFeed, newFeed, orderFeeds, restoreFeed, updateFeed } from '../../lib/store/feeds.ts';
import { pruneAll, UNDO_DAYS } from '../../lib/store/retention.ts';
import { changeSettings, readSettings, watchSettings } from '../../lib/store/settings.ts';
import { liveSignal } from '../../lib/store/signal.ts';
import { readBytes, readOverview } from '../../lib/store/overview.ts';
import { addByAddress, allowFeed, completeAddress, downloadOpml, importFeeds, type OpmlFile, readOpmlFile, refreshFeeds } from '../../lib/subscriptions.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { wireAttention } from './attention.ts';
import { wireFilters } from './filters.ts';
import { wireHistory } from './history.ts';
import { wireSafety } from './safety.ts';
import { wireWelcome } from './welcome.tsx';
import { wireX } from './x.ts';

type Notice = NonNullable<FeedListProps['notice']>;
const words = say(optionsWords);
document.documentElement.lang = language();
document.title = words.title;
const db = new Database();
const publisher = readPublisherOptions(import.meta.env);
const failed = signal(false);
const busy = signal<'adding' | 'importing' | 'pruning' | null>(null);
const notice = signal<Notice | null>(null);
const opmlNotice = signal<Notice | null>(null);
const opml = signal<OpmlFile | null>(null);
const bytes = signal<number | null>(null);
const pruned = signal<number | null>(null);
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);
const settings = signal<Settings>(await readSettings().catch(() => DEFAULT_SETTINGS));
watchSettings((changed) => (settings.value = changed));
const NOTHING = { feeds: [], removed: [], categories: [], feedCategories: new Map(), itemsOf: new Map(), pendingOf: new Map(), usage: null };
const overview = liveSignal(() => readOverview(db), () => (failed.value = true));
overview.subscribe(() => void readBytes().then((size) => (bytes.value = size)));

/** Writes, and brings marks and badge up to date; the background does the latter where the page is closed meanwhile. */
async function write(work: () => Promise<unknown>): Promise<void> {
  announcePage('page');
  await work();
  await updateDerived(db);
}

/** Does something the page is busy with; what goes wrong is told in its notice. */
async function during(what: NonNullable<typeof busy.value>, told: typeof notice, work: () => Promise<Notice | null | void>): Promise<void> {
  busy.value = what;
  told.value = null;
  told.value = (await work().catch((error: unknown) => ({ text: String(error), fault: true }))) ?? null;
  busy.value = null;
}

async function add(typed: string): Promise<Notice> {
  const address = completeAddress(typed);
  if (!isWebAddress(address)) return { text: say(faultWords).address(address), fault: true };
  const answer = await addByAddress(db, address);
  if (answer.ok) return { text: answer.known ? words.alreadyAdded : words.added(answer.title), fault: false };
  if ('choices' in answer) return { text: words.choose, fault: false, choices: answer.choices };
  return { text: 'denied' in answer ? words.denied(answer.denied) : say(faultWords)[answer.fault.kind](answer.fault.detail), fault: true };
}

/** Adds a feed that needs no host: the sample, or what is built in. */
const subscribe = (url: string) => addFeed(db, newFeed(url, { title: url === SAMPLE_FEED_URL ? words.sampleName : new URL(url).host, categories: publisher.categories }, Date.now()));

async function remove(feed: Feed): Promise<void> {
  await write(() => act(db, { kind: 'removeFeed', feedId: feed.id, name: shownName(feed, SAMPLE_FEED_URL) }, Date.now()));
  notice.value = { text: words.removed(shownName(feed, SAMPLE_FEED_URL), UNDO_DAYS), fault: false, undo: feed };
}

async function restore(feed: Feed): Promise<void> {
  await write(() => restoreFeed(db, feed.id));
  notice.value = { text: words.restored(shownName(feed, SAMPLE_FEED_URL)), fault: false };
  await refreshFeeds([feed]);
}

async function changeFeed(feed: Feed, changes: FeedChanges): Promise<void> {
  await write(() => updateFeed(db, feed.id, changes.categories?.length === 0 ? { categories: publisher.categories } : changes));
  if (changes.paused === 0) await refreshFeeds([feed]);
}

async function openOpml(file: File): Promise<Notice | null> {
  const read = await readOpmlFile(db, file);
  opml.value = read.fault ? null : read;
  return read.fault && { text: words.opmlFaults[read.fault], fault: true };
}

async function addOpml(read: OpmlFile): Promise<Notice> {
  const { added, known, waiting } = await importFeeds(db, read.fresh, publisher.categories, Date.now());
  opml.value = null;
  await updateDerived(db); // one that was removed lately comes back with its items
  return { text: words.imported(added, read.known + known, read.refused, waiting), fault: false };
}

const change = (change: SettingsChange) => write(async () => (settings.value = await changeSettings(change)));
const attention = wireAttention(db, settings, change);
const { x, askX } = wireX(db, settings, change);
const safety = wireSafety(db, () => subscribe(publisher.feedUrl), write);
const filters = wireFilters(db, settings, overview, write, () => (failed.value = true));
const history = wireHistory(db, settings, () => (failed.value = true));
const welcome = wireWelcome(settings, () => filters().categories, change, askX);

function Page() {
  const shown = overview.value ?? NOTHING;
  return (
    <Options
      {...shown}
      {...{ ...filters(), ...attention(), ...x(), ...history(), ...welcome(), ...safety(now.value) }}
      settings={settings.value}
      bytes={bytes.value}
      sampleUrl={SAMPLE_FEED_URL}
      adding={busy.value === 'adding'}
      importing={busy.value === 'importing'}
      pruning={busy.value === 'pruning'}
      pruned={pruned.value}
      notice={notice.value}
      opmlNotice={opmlNotice.value}
      found={opml.value && { ...opml.value, fresh: opml.value.fresh.length }}
      failed={failed.value}
      now={now.value}
      onAdd={(address) => void during('adding', notice, () => add(address))}
      onAddSample={() => void during('adding', notice, () => write(async () => refreshFeeds([await subscribe(SAMPLE_FEED_URL)])))}
      onAllow={(feed) => void allowFeed(db, feed)}
      onRemove={(feed) => void remove(feed)}
      onRestore={(feed) => void restore(feed)}
      onOrder={(ids) => void orderFeeds(db, ids)}
      onFeed={(feed, changes) => void changeFeed(feed, changes)}
      onSettings={(changed) => void change(changed)}
      onOpmlFile={(file) => void during('importing', opmlNotice, () => openOpml(file))}
      onImport={() => opml.value && void during('importing', opmlNotice, () => addOpml(opml.value as OpmlFile))}
      onCancelImport={() => (opml.value = null)}
      onExport={() => downloadOpml(shown.feeds, words.opmlTitle, Date.now())}
      onPrune={() => void during('pruning', notice, () => write(async () => (pruned.value = await pruneAll(db, Date.now()))))}
    />
  );
}
render(<Page />, document.getElementById('app') as HTMLElement);
