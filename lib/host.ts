// How an address is shown and linked: by its true host.

/** The host of an address as it is shown: in punycode, so that no letter passes for another; without user name and www. Empty where there is none. */
export const hostOf = (address: string): string => (URL.parse(address)?.host ?? '').replace(/^www\./, '');

/** An address as it may be linked: http(s), without the user name that could pass for a host (https://x.com@evil.example). Null for any other. */
export function linkOf(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
