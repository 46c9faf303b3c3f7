// A summary's Markdown as elements, from tokens: never innerHTML, only http(s) links. Loaded when a summary is first opened.
import type { Token, TokenizerExtensionFunction, Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { hostBeside } from '../../lib/host.ts';
import { hostOf, linkOf } from '../../lib/link.ts';
import { lexMarkdown } from '../../lib/lexer.ts';
import { stripHidden } from '../../lib/text.ts';
import { Marked } from './Marked.tsx';

/** Lists and quotes within each other, deeper than a popup can show; what is deeper stands as it was written. */
const MAX_DEPTH = 16;

/** CommonMark does not close ** between Chinese punctuation and a character, as in **模型（LLM）**已; digests mean it to. */
const strong: TokenizerExtensionFunction = function (source) {
  const m = /^\*\*(?=[^\s*])([\s\S]*?[^\s*])\*\*(?!\*)/.exec(source);
  return m ? { type: 'strong', raw: m[0], text: m[1], tokens: this.lexer.inlineTokens(m[1] ?? '') } : undefined;
};
const extensions = { inline: [strong], startInline: [(source: string) => source.indexOf('**')], renderers: {}, childTokens: {} };

/** A summary as elements. */
export function Summary({ markdown }: { markdown: string }) {
  return <>{renderBlocks(lexMarkdown(markdown, extensions), 0)}</>;
}

const renderBlocks = (tokens: readonly Token[], depth: number): ComponentChildren[] => tokens.map((token) => renderBlock(token, depth));

function renderBlock(token: Token, depth: number): ComponentChildren {
  if (depth > MAX_DEPTH) return <p>{stripHidden(token.raw)}</p>;
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
      return null;
    case 'list': {
      const items = (token as Tokens.List).items.map((item) => <li>{renderBlocks(item.tokens, depth + 1)}</li>);
      return (token as Tokens.List).ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'blockquote':
      return <blockquote>{renderBlocks(token.tokens ?? [], depth + 1)}</blockquote>;
    case 'text':
      return token.tokens ? renderInline(token.tokens) : <Marked text={decodeEntities(token.raw)} />;
    default:
      return <p>{'tokens' in token && token.tokens ? renderInline(token.tokens) : stripHidden(token.raw)}</p>;
  }
}

function renderInline(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.map((token) => {
    const inner = () => ('tokens' in token && token.tokens ? renderInline(token.tokens) : <Marked text={decodeEntities('text' in token ? token.text : token.raw)} />);
    switch (token.type) {
      case 'strong':
        return <strong>{inner()}</strong>;
      case 'em':
        return <em>{inner()}</em>;
      case 'del':
        return <del>{inner()}</del>;
      case 'codespan':
        return <code>{stripHidden(token.text)}</code>;
      case 'br':
        return <br />;
      case 'link':
        return renderLink(token as Tokens.Link, inner());
      case 'text':
      case 'escape':
        return inner();
      default:
        return stripHidden(token.raw); // an image or markup: shown as written
    }
  });
}

/** A link of http(s); any other is its words. Words that hide where it leads are no link: the true host behind them is. */
function renderLink({ href, tokens }: Tokens.Link, inner: ComponentChildren): ComponentChildren {
  const address = linkOf(href);
  if (!address) return inner;
  const words = wordsOf(tokens);
  const host = words.trim() ? hostBeside(words, address) : hostOf(address);
  const link = (shown: ComponentChildren) => (
    <a href={address} target="_blank" rel="noreferrer">
      {shown}
    </a>
  );
  return host ? [inner, ' (', link(host), ')'] : link(inner);
}

/** What a person reads of some tokens. */
const wordsOf = (tokens: readonly Token[]): string => tokens.map((token) => (token.type === 'image' ? token.raw : 'tokens' in token && token.tokens ? wordsOf(token.tokens) : decodeEntities('text' in token ? String(token.text) : token.raw))).join('');

/** Text with its entities decoded, by the browser's own parser in a document that runs and loads nothing; then without what hides in it. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return stripHidden(text);
  const { body } = new DOMParser().parseFromString(`<!doctype html><html><body>${text.replaceAll('<', '&lt;')}`, 'text/html'); // the tag keeps blanks at the beginning
  return stripHidden(body.textContent ?? text);
}
