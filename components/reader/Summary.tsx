// A summary's Markdown as elements, from tokens: never innerHTML, only http(s) links. Loaded when a summary is first opened.
import { Lexer, type Token, type TokenizerExtensionFunction, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { isWebAddress } from '../../lib/model.ts';

/** CommonMark does not close ** between Chinese punctuation and a character, as in **模型（LLM）**已; digests mean it to. */
const strong: TokenizerExtensionFunction = function (source) {
  const m = /^\*\*(?=[^\s*])([\s\S]*?[^\s*])\*\*(?!\*)/.exec(source);
  return m ? { type: 'strong', raw: m[0], text: m[1], tokens: this.lexer.inlineTokens(m[1] ?? '') } : undefined;
};
const extensions = { inline: [strong], startInline: [(source: string) => source.indexOf('**')], renderers: {}, childTokens: {} };

const lex = (markdown: string): Token[] => new Lexer({ gfm: true, extensions }).lex(markdown);

export function Summary({ markdown }: { markdown: string }) {
  return <>{lex(markdown).map(renderBlock)}</>;
}

function renderBlock(token: Token): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
      return null;
    case 'list': {
      const items = (token as Tokens.List).items.map((item) => <li>{item.tokens.map(renderBlock)}</li>);
      return (token as Tokens.List).ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'blockquote':
      return <blockquote>{token.tokens?.map(renderBlock)}</blockquote>;
    case 'text':
      return token.tokens ? renderInline(token.tokens) : decodeEntities(token.raw);
    default:
      return <p>{'tokens' in token && token.tokens ? renderInline(token.tokens) : token.raw}</p>;
  }
}

function renderInline(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.map((token) => {
    const inner = () => ('tokens' in token && token.tokens ? renderInline(token.tokens) : decodeEntities('text' in token ? token.text : token.raw));
    switch (token.type) {
      case 'strong':
        return <strong>{inner()}</strong>;
      case 'em':
        return <em>{inner()}</em>;
      case 'del':
        return <del>{inner()}</del>;
      case 'codespan':
        return <code>{token.text}</code>;
      case 'br':
        return <br />;
      case 'link':
        return isWebAddress(token.href) ? (
          <a href={token.href} target="_blank" rel="noreferrer">
            {inner()}
          </a>
        ) : (
          inner()
        );
      case 'text':
      case 'escape':
        return inner();
      default:
        return token.raw; // an image or markup: shown as written
    }
  });
}

/** Text with its entities decoded, by the browser's own parser in a document that runs and loads nothing. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return new DOMParser().parseFromString(text.replaceAll('<', '&lt;'), 'text/html').documentElement.textContent ?? text;
}
