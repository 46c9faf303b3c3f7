// Markdown to blocks.
import type { Token, Tokens } from 'marked';
import { lexMarkdown } from '../lexer.ts';
import { type Block, type Body, type Run, textOf } from './block.ts';
import { resolveLink } from './entry.ts';
import { decodeEntities } from './html.ts';

/** Deeper nesting than any publisher means. */
const MAX_DEPTH = 64;

/** Reads a Markdown body (without front matter). `base` resolves relative links. */
export function parseMarkdown(source: string, base: string): Body {
  const blocks = readBlocks(lexMarkdown(source), base, 0);
  const headline = blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return { blocks, categories: [], title: headline?.kind === 'heading' ? headline.runs.map((run) => run.text).join('').trim() : '', date: '', cards: [] };
}

function readBlocks(tokens: readonly Token[], base: string, depth: number): Block[] {
  if (depth > MAX_DEPTH) return [];
  return tokens.flatMap((token): Block[] => {
    switch (token.type) {
      case 'heading':
        return [{ kind: 'heading', level: (token as Tokens.Heading).depth, runs: readRuns(token.tokens ?? [], base, depth) }];
      case 'paragraph':
      case 'text':
        return [{ kind: 'paragraph', runs: token.tokens ? readRuns(token.tokens, base, depth) : [{ text: decodeEntities(token.raw), markdown: token.raw }] }];
      case 'list':
        return [{ kind: 'list', ordered: (token as Tokens.List).ordered, items: (token as Tokens.List).items.map((item) => readBlocks(item.tokens, base, depth + 1)) }];
      case 'table':
        return [{ kind: 'list', ordered: false, table: true, items: (token as Tokens.Table).rows.map((row) => readRow(row, base, depth + 1)) }];
      case 'blockquote':
        return readBlocks(token.tokens ?? [], base, depth + 1);
      default:
        return []; // rules, code, raw HTML
    }
  });
}

/** A row as one paragraph, its longest cell first: that is the title, whatever stands in the columns beside it. */
function readRow(cells: readonly Tokens.TableCell[], base: string, depth: number): Block[] {
  const read = cells.map((cell) => readRuns(cell.tokens, base, depth)).filter((runs) => textOf(runs));
  const title = read.toSorted((a, b) => textOf(b).length - textOf(a).length)[0];
  return title ? [{ kind: 'paragraph', runs: [title, ...read.filter((runs) => runs !== title)].flatMap((runs, i) => (i ? [{ text: ' | ', markdown: ' | ' }, ...runs] : runs)) }] : [];
}

function readRuns(tokens: readonly Token[], base: string, depth: number): Run[] {
  if (depth > MAX_DEPTH) return [];
  return tokens.flatMap((token): Run[] => {
    switch (token.type) {
      case 'link': {
        const href = resolveLink(token.href, base);
        const text = plainText(token.tokens ?? [], depth);
        if (!href || !text.trim() || token.href.startsWith('#')) return [{ text, markdown: text }];
        // Written anew, since a relative or reference link means nothing outside its document.
        const markdown = token.raw.startsWith('[') ? (token.tokens ?? []).map((inner) => inner.raw).join('') : text;
        return [{ text, markdown: `[${markdown}](${href})`, href }];
      }
      case 'strong':
      case 'em':
      case 'del': {
        if (!token.tokens?.some(holdsLink)) return [{ text: plainText(token.tokens ?? [], depth), markdown: token.raw }];
        const sign = token.raw.slice(0, token.type === 'em' ? 1 : 2); // a link inside: parted, so that it can be seen
        return [{ text: '', markdown: sign }, ...readRuns(token.tokens, base, depth + 1), { text: '', markdown: sign }];
      }
      case 'br':
        return [{ text: '\n', markdown: '\n' }];
      case 'image':
        return [];
      case 'html':
        return /^<br\s*\/?>/i.test(token.raw) ? [{ text: '\n', markdown: '\n' }] : [];
      default:
        return [{ text: plainText([token], depth), markdown: token.raw }];
    }
  });
}

const holdsLink = (token: Token): boolean => token.type === 'link' || Boolean('tokens' in token && token.tokens?.some(holdsLink));

function plainText(tokens: readonly Token[], depth: number): string {
  if (depth > MAX_DEPTH) return '';
  return tokens
    .map((token) => {
      if ('tokens' in token && token.tokens?.length) return plainText(token.tokens, depth + 1);
      if (token.type === 'br') return '\n';
      if (token.type === 'html' || token.type === 'image') return '';
      return token.type === 'codespan' ? token.text : decodeEntities('text' in token ? String(token.text) : token.raw);
    })
    .join('');
}
