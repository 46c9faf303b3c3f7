// The options page: mounts the options on live queries and hands their callbacks to store, browser and background.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Options } from '../../components/options/Options.tsx';
import { updateDerived } from '../../lib/derived.ts';
import { language, say } from '../../lib/i18n.ts';
import type { AddFeedAnswer } from '../../lib/messages.ts';
import { DEFAULT_SETTINGS, type Feed, isWebAddress, type Settings } from '../../lib/model.ts';
import { announceWrite } from '../../lib/page.ts';
import { hostPattern, readPublisherOptions, SAMPLE_FEED_URL, X_PATTERNS } from '../../lib/publisher.ts';
import { Database } from '../../lib/store/database.ts';
import { listCategories } from '../../lib/store/digests.ts';
import { addFeed, listFeeds, newFeed, removeFeed, updateFeed } from '../../lib/store/feeds.ts';
import { liveSignal } from '../../lib/store/live.ts';
import { changeSettings, readSettings, watchSettings } from '../../lib/store/settings.ts';
import { faultWords } from '../../lib/words/fault.ts';
import { optionsWords } from '../../lib/words/options.ts';

const words = say(optionsWords);
document.documentElement.lang = language();
document.title = words.title;

const db = new Database();
const failed = signal(false);
const adding = signal(false);
const notice = signal<{ text: string; fault: boolean } | null>(null);
const xWithheld = signal(false);
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);

const settings = signal<Settings>(await readSettings().catch(() => DEFAULT_SETTINGS));
watchSettings((changed) => (settings.value = changed));
const feeds = liveSignal(() => listFeeds(db), () => (failed.value = true));
const categories = liveSignal(() => listCategories(db), () => (failed.value = true));
const checkX = async () => (xWithheld.value = !(await browser.permissions.contains({ origins: X_PATTERNS })));
void checkX();

const refresh = () => browser.runtime.sendMessage({ type: 'refresh' });

async function add(given: string): Promise<void> {
  const typed = given.trim();
  const address = /^[a-z]+:/i.test(typed) ? typed : `https://${typed}`;
  if (!isWebAddress(address)) {
    notice.value = { text: say(faultWords).address(address), fault: true };
    return;
  }
  const origins = [hostPattern(address)];
  // First thing in the click: the browser asks only in answer to a gesture.
  const granted = browser.permissions.request({ origins });
  adding.value = true;
  notice.value = null;
  try {
    if (!(await granted)) {
      notice.value = { text: words.denied(new URL(address).host), fault: true };
      return;
    }
    const answer = (await browser.runtime.sendMessage({ type: 'addFeed', url: address })) as AddFeedAnswer;
    if (answer.ok) notice.value = { text: answer.known ? words.alreadyAdded : words.added(answer.title), fault: false };
    else {
      notice.value = { text: say(faultWords)[answer.fault.kind](answer.fault.detail), fault: true };
      if (!usesHost(address)) await browser.permissions.remove({ origins }).catch(() => {}); // built-in hosts cannot be given back
    }
  } catch (error) {
    notice.value = { text: String(error), fault: true };
  } finally {
    adding.value = false;
  }
}

const usesHost = (address: string) => (feeds.value.value ?? []).some((feed) => isWebAddress(feed.url) && hostPattern(feed.url) === hostPattern(address));

async function remove(feed: Feed): Promise<void> {
  announceWrite();
  await removeFeed(db, feed.id);
  notice.value = { text: words.removed(feed.url === SAMPLE_FEED_URL ? words.sampleName : feed.title || feed.url), fault: false };
  await updateDerived(db);
}

async function addSample(): Promise<void> {
  await addFeed(db, newFeed(SAMPLE_FEED_URL, { title: words.sampleName, categories: readPublisherOptions(import.meta.env).categories }, Date.now()));
  notice.value = null;
  await refresh();
}

async function change(changes: Partial<Settings>): Promise<void> {
  announceWrite();
  settings.value = await changeSettings(changes);
  await updateDerived(db);
}

function Page() {
  return (
    <Options
      settings={settings.value}
      feeds={feeds.value.value ?? []}
      categories={[...new Set([...(categories.value.value ?? []), ...settings.value.hiddenCategories])]}
      sampleUrl={SAMPLE_FEED_URL}
      adding={adding.value}
      notice={notice.value}
      xWithheld={xWithheld.value}
      failed={failed.value}
      now={now.value}
      onAdd={(address) => void add(address)}
      onAddSample={() => void addSample()}
      onAllow={(feed) => void browser.permissions.request({ origins: [hostPattern(feed.url)] }).then((granted) => granted && refresh())}
      onRemove={(feed) => void remove(feed)}
      onCategories={(feed, names) => void updateFeed(db, feed.id, { categories: names.length ? names : readPublisherOptions(import.meta.env).categories })}
      onSettings={(changes) => void change(changes)}
      onGrantX={() => void browser.permissions.request({ origins: X_PATTERNS }).then(checkX)}
    />
  );
}

render(<Page />, document.getElementById('app') as HTMLElement);
