// The background worker: every listener registered on the first tick, and what each of them calls.
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { listenAttention } from '../lib/attention.ts';
import { answerPage } from '../lib/page-answer.ts';
import type { Classifier } from '../lib/category/classifier.ts';
import { listenEmbedScript } from '../lib/embed-script.ts';
import { fenceFetch } from '../lib/fence.ts';
import { keepIntakeScript, loadIntake } from '../lib/intake-script.ts';
import { createKeeper } from '../lib/keeper.ts';
import { parsePageRequest, readRequest } from '../lib/messages.ts';
import { onLook, onPageClosed } from '../lib/own-page.ts';
import { answerAlarm, catchUp, pollAll, pollFeed } from '../lib/poll/alarm.ts';
import { subscribe } from '../lib/poll/subscribe.ts';
import { hostPattern, readPublisherOptions } from '../lib/publisher.ts';
import { finish } from '../lib/reading.ts';
import { SAMPLE_FEED_URL } from '../lib/sample.ts';
import { Database } from '../lib/store/database.ts';
import { markSeen } from '../lib/store/items.ts';
import type { SyncArea } from '../lib/sync.ts';
import { markOpenTabs, openTab } from '../lib/tabs.ts';
import { onWishLeft } from '../lib/wishes.ts';
import { firstTitle } from '../lib/words/feed.ts';

export default defineBackground(() => {
  const publisher = readPublisherOptions(import.meta.env);
  const db = new Database();
  const own = browser.runtime.getURL('/');
  let classifier: Promise<Classifier | null> | null = null; // read from the package once in a worker's life
  const poll = {
    db,
    fetch: fenceFetch((...request) => fetch(...request)),
    now: Date.now,
    random: Math.random,
    intervalMs: publisher.pollMinutes * 60_000,
    resolve: (url: string) => (url === SAMPLE_FEED_URL ? browser.runtime.getURL('/sample/feed.json') : url),
    allowed: async (url: string) => url.startsWith(own) || browser.permissions.contains({ origins: [hostPattern(url)] }),
    loadIntake,
    loadClassifier: async () => (classifier ??= (await loadIntake()).loadClassifier(browser.runtime.getURL('/category-model.bin'), fetch)),
  };
  const { context, wake } = createKeeper(poll, { url: publisher.feedUrl, title: firstTitle(publisher.feedUrl), categories: publisher.categories }, browser.storage.sync as SyncArea);

  keepIntakeScript();
  browser.runtime.onInstalled.addListener(() => void markOpenTabs());
  onLook(() => void markSeen(db).then((any) => (any ? context.onSaved() : undefined)));
  onPageClosed((kind) => void (kind === 'reader' ? markSeen(db) : Promise.resolve(true)).then(context.onSaved));
  const doLeft = onWishLeft(async ({ wish, at, tabs }) => {
    await finish(db, wish, at);
    for (const url of tabs?.urls ?? []) await openTab(url, tabs as NonNullable<typeof tabs>);
  }, context.onSaved);
  const applyIcon = listenAttention({ db, refresh: () => pollAll(context), update: context.onSaved }); // among the rest, onStartup: being woken is enough, wake() runs on every start
  const registerEmbeds = listenEmbedScript();
  browser.alarms.onAlarm.addListener((alarm) => void answerAlarm(alarm, context));
  browser.runtime.onMessage.addListener((message, sender, reply) => {
    const asked = parsePageRequest(message, sender, browser.runtime.id);
    if (asked) {
      void answerPage(db, asked.request, asked.tabId, Date.now(), context.onSaved).then(reply, () => reply(null));
      return true;
    }
    const request = readRequest(message, sender, { id: browser.runtime.id, base: own });
    if (!request) return undefined;
    if (request.type === 'refresh') void pollAll(context, request.feedIds).finally(() => reply({ ok: true }));
    else if (request.type === 'sync') void context.onSaved().finally(() => reply({ ok: true }));
    else
      void subscribe(request.url, publisher.categories, context).then(({ feedId, ...answer }) => {
        reply(answer);
        if (feedId) void pollFeed(feedId, context);
      });
    return true; // the answer comes later
  });
  // What woke the worker is answered first.
  const start = () => void wake().then((open) => (open ? doLeft().then(() => catchUp(context)) : undefined));
  setTimeout(() => [applyIcon, registerEmbeds, start].forEach((begin) => begin()), 0);
});
