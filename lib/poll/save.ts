// What a poll has read, as the store takes it: with ids, fingerprints and categories.
import type { DigestContent } from '../feed/digest.ts';
import type { Entry } from '../feed/entry.ts';
import { FeedError } from '../feed/error.ts';
import { hashBytes } from '../feed/hash.ts';
import type { PendingPage } from '../store/database.ts';
import type { SavedDigest } from '../store/digests.ts';
import type { PollContext } from './context.ts';

/** The id of an entry's digest: two feeds never share one. */
export const digestId = (feedId: string, { guid }: { guid: string }): string => `${feedId} ${guid}`;

/** By what an entry that has not changed is known again. */
export const fingerprintOf = async (entry: Entry): Promise<string> => (await hashBytes(new TextEncoder().encode(JSON.stringify(entry)))).slice(0, 20);

/** A digest with its stories, each in a category. `rings`: what is new in it may ring. */
export async function toSaved({ digest, stories, categoriesNamed }: DigestContent, { feedId, fingerprint, unread, rings }: Pick<PendingPage, 'feedId' | 'fingerprint' | 'unread' | 'rings'>, { loadClassifier, loadIntake, now }: PollContext): Promise<SavedDigest> {
  const { classify } = await loadIntake();
  const classifier = (await loadClassifier?.()) ?? null;
  const items = stories.map(({ section, ...story }) => ({ ...story, ...classify({ ...story, section }, digest, categoriesNamed, classifier) }));
  return { digest: { ...digest, id: digestId(feedId, digest), feedId, fingerprint, seenAt: now() }, items, unread, ...(rings && { ringsAt: now() }) };
}

/** A write; its failure is the disk's and not the publisher's. Throws FeedError: storage. */
export const saveOrFail = <T>(write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw new FeedError('storage', error instanceof Error ? error.name : '', { cause: error });
  });
