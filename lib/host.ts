// Which host an address truly leads to: those of private networks, and words that name another host than their own address's.
import { hostOf } from './link.ts';

/** Names that resolve inside a network only: RFC 6761, 6762, 8375, ICANN's .internal (metadata.google.internal), and what routers use. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa)$/;

/**
 * True where an http(s) address leads into the reader's own machine or network, as far as that can be told without DNS:
 * loopback, private, link-local (cloud metadata), shared and reserved ranges of IPv4 and IPv6 (IANA special-purpose
 * registries), local names, names without a dot. A public name that resolves to such an address cannot be told.
 * Own lines, since the libraries for it are larger (ipaddr.js 10 kB); a test holds them against Node's BlockList.
 */
export function isPrivateAddress(address: string): boolean {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  const host = url.hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateV4(host.split('.').map(Number)); // the parser writes every other form so
  return !host.includes('.') || PRIVATE_NAME.test(host);
}

function isPrivateV4([a = 0, b = 0, c = 0]: number[]): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if (a === 100) return b >= 64 && b < 128;
  if (a === 172) return b >= 16 && b < 32;
  if (a === 192) return b === 168 || (b === 0 && c === 0);
  return (a === 169 && b === 254) || (a === 198 && (b === 18 || b === 19));
}

/** `host` as the URL parser writes it: lower case, compressed, without dotted ends. */
function isPrivateV6(host: string): boolean {
  const [before = '', after] = host.split('::');
  const left = before ? before.split(':') : [];
  const right = after ? after.split(':') : [];
  const words = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right].map((word) => Number.parseInt(word, 16));
  const [first = 0, second = 0, third = 0] = words;
  const inner = (at: number) => isPrivateV4([(words[at] ?? 0) >> 8, (words[at] ?? 0) & 255, (words[at + 1] ?? 0) >> 8]);
  if (words.slice(0, 5).every((word) => word === 0) && (words[5] === 0xffff || words[5] === 0)) return inner(6); // mapped, compatible, ::, ::1
  if (first === 0x64 && second === 0xff9b) return third === 1 || inner(6); // NAT64
  if (first === 0x2002) return inner(1); // 6to4
  return (first & 0xfe00) === 0xfc00 || (first & 0xff80) === 0xfe80 || first >= 0xff00;
}

/** Signs that a person reads as a dot. */
const DOT = /[.。．｡․]/g;
/** A host as a person reads it out of an address: it ends at the first sign that is none of a name's, "@" too. */
const WRITTEN = /(?:https?:[/\\]{1,3}|www[.。．｡․])([\p{L}\p{M}\p{N}.。．｡․-]{1,255})/giu;
/** Words that are nothing but a host, perhaps with a path. Chinese and its like have no blanks, so there "Node.js发布" is none. */
const BARE = /^[^\p{L}\p{N}]{0,8}((?:[^\s\p{P}\p{S}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{1,63}(?:-[^\s\p{P}\p{S}]{1,63}){0,8}[.。．｡․]){1,8}\p{L}{2,24})(?:[/:?#@\\]\S{0,2000})?[^\p{L}\p{N}]{0,8}$/u;
/** How much of some words is looked at: a host further on is not what they seem to lead to. */
const LOOKED_AT = 2000;

/** True where words name a host that is not the address's own, or name it in letters that could pass for others. */
export function namesOtherHost(words: string, address: string): boolean {
  const own = hostOf(address).replace(/:\d+$/, '');
  const text = words.slice(0, LOOKED_AT);
  const bare = BARE.exec(text)?.[1];
  const named = [...Array.from(text.matchAll(WRITTEN), ([, host = '']) => host), ...(bare ? [bare] : [])];
  return named.some((host) => {
    const read = host.replace(DOT, '.').toLowerCase().replace(/^www\.|\.+$/g, '');
    return read !== '' && read !== own;
  });
}

/** The host that has to stand beside some words that link an address, for they name another or it is a private one; empty where they are honest. */
export const hostBeside = (words: string, address: string): string => (namesOtherHost(words, address) || (isPrivateAddress(address) && !words.includes(hostOf(address))) ? hostOf(address) : '');

/** Words that link an address, with its true host behind them where they hide it. */
export function withHost(words: string, address: string): string {
  const host = hostBeside(words, address);
  return host ? `${words} (${host})` : words;
}

/** The same for the title of a feed: the reader chose its site, so that a private one is no surprise. */
export const withForeignHost = (words: string, address: string): string => (namesOtherHost(words, address) ? withHost(words, address) : words);
