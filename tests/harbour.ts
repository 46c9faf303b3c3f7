// A publisher in memory: editions that appear one after another, in a full feed or by their pages, and faults on request.
import { HOUR, START } from './store/database.ts';

export interface Edition {
  slug: string;
  /** Hours after START. */
  hour: number;
  posts: readonly number[];
}

/** What becomes of a request instead of its answer. */
export type Weather = 'fine' | 'offline' | 'busy' | 'broken' | 'cut';

const ORIGIN = 'https://digest.example';

/** A post's words, its own, save that every seventh tells the story of the one before it. */
const titleOf = (post: number): string => {
  const story = post % 7 === 0 ? post - 1 : post;
  return `模型 ${story} ${String.fromCharCode(...Array.from({ length: 12 }, (_, i) => 0x4e00 + ((story * 7919 + i * 104_729 + story * i * 31) % 5000)))}`;
};

const write = ({ posts }: Edition): string => `<ol>${posts.map((post) => `<li><p><a href="https://x.com/someone/status/${post}">${titleOf(post)}</a> - 某人\n<strong>要点</strong>说明 ${post}</p></li>`).join('')}</ol>`;

export class Harbour {
  editions: Edition[] = [];
  weather: (path: string) => Weather = () => 'fine';
  readonly asked: string[] = [];
  readonly url: string;
  readonly #full: boolean;
  readonly #listed: number;

  /** `listed`: so many editions, the newest, stand in the feed. */
  constructor({ name = 'index', full = true, listed = 12 } = {}) {
    this.url = `${ORIGIN}/${name}.xml`;
    this.#full = full;
    this.#listed = listed;
  }

  /** Editions the feed lists now, newest first. */
  get listed(): Edition[] {
    return this.editions.toSorted((a, b) => b.hour - a.hour).slice(0, this.#listed);
  }

  /** What the feed's present answer is known by. */
  get etag(): string {
    return `"${this.listed.map(({ slug, posts }) => `${slug}-${posts.join('.')}`).join(' ')}"`;
  }

  fetch = async (input: RequestInfo | URL, { headers, signal }: RequestInit = {}): Promise<Response> => {
    signal?.throwIfAborted();
    const { pathname, href } = new URL(String(input));
    this.asked.push(pathname);
    const weather = this.weather(pathname);
    if (weather === 'offline') throw new TypeError('Failed to fetch');
    if (weather === 'busy') return new Response('later', { status: 503, headers: { 'retry-after': '600' } });
    if (weather === 'broken') return new Response('<html><body>Something went wrong</body></html>', { headers: { 'content-type': 'text/html' } });
    if (href === this.url) {
      if (new Headers(headers).get('if-none-match') === this.etag) return new Response(null, { status: 304 });
      const feed = this.#feed();
      return new Response(weather === 'cut' ? feed.slice(0, feed.length * 0.7) : feed, { headers: { etag: this.etag } });
    }
    const edition = this.editions.find(({ slug }) => pathname === `/${slug}/`);
    return edition ? new Response(`<html><body><main>${write(edition)}</main></body></html>`) : new Response('nothing', { status: 404 });
  };

  #feed(): string {
    const entries = this.listed.map((edition) => `<item><title>${edition.slug}</title><link>${ORIGIN}/${edition.slug}/</link><guid>${edition.slug}</guid><pubDate>${new Date(START + edition.hour * HOUR).toUTCString()}</pubDate><description>${this.#full ? `<![CDATA[${write(edition)}]]>` : '只有文字'}</description></item>`);
    return `<rss version="2.0"><channel><title>测试快报</title><link>${ORIGIN}/</link>${entries.join('')}</channel></rss>`;
  }
}
