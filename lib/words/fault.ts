// The words for what went wrong with a feed.
import { plural, type Words } from '../i18n.ts';
import type { FaultKind } from '../model/fault.ts';

/** What went wrong with a feed, in words; `detail` as kept on the fault. */
export const faultWords: Words<Record<FaultKind, (detail: string) => string>> = {
  tw: {
    address: () => '這不是有效的 http(s) 網址',
    x: () => 'X 上的頁面不能訂閱；本擴充功能從不向 X 發送請求',
    permission: (host) => `尚未取得 ${host} 的存取權限`,
    private: (host) => `被轉址到內部網路的 ${host}；內部網路只會讀取你自己填寫的網址，因此已拒絕`,
    network: () => '無法連上伺服器：可能沒有網路，或網址有誤',
    timeout: () => '伺服器太久沒有回應',
    http: (status) => (status === '404' ? `伺服器上沒有這個網址（HTTP ${status}）` : `伺服器回應錯誤（HTTP ${status}）`),
    gone: () => '發行者已永久撤下這個訂閱來源（HTTP 410），不再自動檢查',
    tooLarge: () => '內容過大，已停止讀取',
    empty: () => '伺服器傳回空白內容',
    html: () => '這是網頁，不是訂閱來源；請填寫 RSS、Atom、JSON Feed 或 Markdown 的網址',
    malformed: () => '內容不是可辨識的訂閱來源',
    page: (detail) => {
      const [count, kind, host] = detail.split(' ');
      const why = kind === 'private' ? `：它們轉址到內部網路的 ${host}，已拒絕` : kind === 'permission' ? `：它們轉址到尚未取得權限的 ${host}` : '';
      return `訂閱來源正常，但有 ${count} 期的頁面無法讀取${why}`;
    },
    storage: () => '無法寫入瀏覽器的儲存空間',
  },
  zh: {
    address: () => '这不是一个有效的 http(s) 网址',
    x: () => 'X 上的页面不能订阅；本扩展从不向 X 发送请求',
    permission: (host) => `尚未获准访问 ${host}`,
    private: (host) => `被转到内部网络的地址 ${host}；内部网络里只读取你自己填写的地址，已拒绝`,
    network: () => '无法连接服务器，可能没有网络，或地址有误',
    timeout: () => '服务器太久没有回应',
    http: (status) => (status === '404' ? `服务器上没有这个地址（HTTP ${status}）` : `服务器回应错误（HTTP ${status}）`),
    gone: () => '发布者已永久撤下这个订阅源（HTTP 410），不再自动检查',
    tooLarge: () => '内容过大，已停止读取',
    empty: () => '服务器返回了空白内容',
    html: () => '这是一个网页，不是订阅源；请填写 RSS、Atom、JSON Feed 或 Markdown 的地址',
    malformed: () => '内容不是可识别的订阅源',
    page: (detail) => {
      const [count, kind, host] = detail.split(' ');
      const why = kind === 'private' ? `：它们转向内部网络的地址 ${host}，已拒绝` : kind === 'permission' ? `：它们转向未获准访问的 ${host}` : '';
      return `订阅源正常，但有 ${count} 期的页面没能读取${why}`;
    },
    storage: () => '无法写入浏览器的存储空间',
  },
  en: {
    address: () => 'This is not a valid http(s) address',
    x: () => 'Pages of X cannot be subscribed to: nothing is ever requested from X',
    permission: (host) => `Access to ${host} has not been allowed`,
    private: (host) => `It led to ${host}, inside a private network; only an address you give yourself is read there, so this was refused`,
    network: () => 'The server cannot be reached: no network, or a wrong address',
    timeout: () => 'The server took too long to answer',
    http: (status) => (status === '404' ? `The server has nothing at this address (HTTP ${status})` : `The server answered with an error (HTTP ${status})`),
    gone: () => 'The publisher has taken this feed down for good (HTTP 410); it is no longer checked by itself',
    tooLarge: () => 'The document is too large; reading was stopped',
    empty: () => 'The server sent an empty answer',
    html: () => 'This is a web page, not a feed; give the address of an RSS, Atom, JSON Feed or Markdown file',
    malformed: () => 'The content is not a feed we can read',
    page: (detail) => {
      const [count, kind, host] = detail.split(' ');
      const why = kind === 'private' ? `: they lead to ${host}, inside a private network, which is refused` : kind === 'permission' ? `: they lead to ${host}, which has not been allowed` : '';
      return `The feed is fine, but the pages of ${plural(Number(count), 'digest', 'digests')} could not be read${why}`;
    },
    storage: () => 'The browser refused to store what was read',
  },
};
