// A timeline of our own making with X's landmarks, for pictures of the marks.
import type { Edition } from './site.ts';

/** A post of the timeline. */
export interface ShownPost {
  id: string;
  handle: string;
  name: string;
  words: string;
}

/** The posts that these items of an edition tell of. */
export const postsOf = (items: Edition['items']): ShownPost[] => items.map(({ url, author, title }) => ({ id: /status\/(\d+)/.exec(url)?.[1] ?? '', handle: /com\/(\w+)/.exec(url)?.[1] ?? '', name: author, words: title }));

/** The page of a timeline. */
export const timelineHtml = (posts: readonly ShownPost[], dark: boolean): string => `<!doctype html><html><head><meta charset="utf-8"><style>
  body{margin:0;font:15px/1.45 -apple-system,'Segoe UI','Noto Sans CJK SC',sans-serif;background:${dark ? '#000' : '#fff'};color:${dark ? '#e7e9ea' : '#0f1419'}}
  article{display:flex;gap:12px;padding:12px 16px;border-bottom:1px solid ${dark ? '#2f3336' : '#eff3f4'}} .avatar{width:40px;height:40px;border-radius:50%;background:${dark ? '#333' : '#cfd9de'};flex:none} .body{flex:1}
  [data-testid=User-Name],.when{display:flex;gap:4px;align-items:center} b{font-weight:700} .soft,.when a{color:${dark ? '#71767b' : '#536471'};text-decoration:none} [role=group]{display:flex;gap:64px;margin-top:8px;color:${dark ? '#71767b' : '#536471'};font-size:13px}
</style></head><body><main>${posts.map(({ id, handle, name, words }) => `<article data-testid="tweet"><div class="avatar"></div><div class="body"><div data-testid="User-Name"><b>${name}</b><span class="soft">@${handle} ·</span><div class="when"><a href="/${handle}/status/${id}"><time datetime="2026-01-01T00:00:00.000Z">3h</time></a></div></div><div data-testid="tweetText">${words}</div><div role="group"><span>12</span><span>48</span><span>310</span></div></div></article>`).join('')}</main></body></html>`;
