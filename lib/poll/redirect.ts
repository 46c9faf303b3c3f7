// Where a feed has moved to. An extension sees where redirects end, never whether they were permanent: fetch either follows
// them unseen or, told not to, hides both status and target. So a redirect counts as permanent once it has proved lasting.
import type { Redirect } from '../model/feed.ts';

/** Successful polls in a row that must have been led to the same address. */
const PROOF = 5;
/** After this time the feed's own address is asked again, ms: what looked permanent may have been undone. */
const RENEW = 7 * 24 * 3_600_000;

/** The address to ask for a feed at `address`: the one it has lastingly moved to, else its own. */
export function addressOf(address: string, movedTo: Redirect | null, now: number): string {
  return movedTo && movedTo.polls >= PROOF && Math.abs(now - movedTo.at) < RENEW ? movedTo.url : address;
}

/** What is known of the move after a successful poll that asked `asked` and was answered by `answered`. */
export function noteRedirect(address: string, movedTo: Redirect | null, asked: string, answered: string, now: number): Redirect | null {
  if (asked !== address) return answered === asked ? movedTo : null; // the new address leads on: start over from the feed's own
  if (answered === address) return null;
  return { url: answered, polls: movedTo?.url === answered ? movedTo.polls + 1 : 1, at: now };
}
