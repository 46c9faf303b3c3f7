// HTML to blocks, as a stream of tags. Keeps bold, code and links as Markdown, forgets everything else.
import { type Block, type Body, type Card, type Run, textOf } from './block.ts';
import { resolveLink } from './entry.ts';
import { readMarkup } from './markup.ts';

/** Elements whose whole content is not part of any text. */
const SKIPPED = new Set(['script', 'style', 'noscript', 'template', 'svg', 'nav', 'footer', 'aside', 'form', 'button', 'select', 'iframe', 'object', 'math', 'head', 'dialog']);
/** Elements that end the paragraph they stand in. */
const BLOCKS = new Set(['p', 'div', 'section', 'article', 'main', 'header', 'blockquote', 'pre', 'table', 'tr', 'td', 'th', 'hr', 'figure', 'figcaption', 'details', 'summary', 'dl', 'dt', 'dd', 'address', 'body', 'center']);
const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'wbr', 'area', 'base', 'col', 'embed', 'source', 'track']);
const HEADING = /^h([1-6])$/;
/** What stands for an element in a summary's Markdown, before and after it. */
const MARKUP: Record<string, string> = { strong: '**', b: '**', em: '*', i: '*', code: '`' };
/** Deeper nesting than any publisher means; beyond it elements are read as if they were not there. */
const MAX_DEPTH = 64;

/** Text for screen readers only. */
const UNSEEN = /(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?:\s|$)/;
/** More blocks than this are no card but a part of the page. */
const MAX_CARD = 12;
const MIN_CARDS = 3;

interface OpenElement {
  name: string;
  /** What it looks like: its name and class. */
  look: string;
  level: number;
  start: number;
  section: string;
}

interface Level {
  blocks: Block[];
  /** Set for a list: its items; blocks then belong to the last of them. */
  list?: { ordered: boolean; items: Block[][] };
}

/**
 * Reads HTML, a fragment or a whole page. Of a page only <main> or <article> counts where it has one.
 * `base` resolves relative links. Never throws.
 */
export function parseHtml(html: string, base: string): Body {
  const levels: Level[] = [{ blocks: [] }];
  const regions: Block[] = [];
  /** Category links, of the region first, else of the whole page. */
  const categories: { region: string[]; page: string[] } = { region: [], page: [] };
  let regionDepth = 0;
  let skipDepth = 0;
  let skipped = '';
  let runs: Run[] = [];
  let heading = 0;
  let link: { href: string; text: string; markdown: string; category: boolean } | null = null;
  let title = '';
  let inTitle = false;
  let headline = '';
  let date = '';
  /** Text of a category link in an article's footer: there is no story, but many themes name the categories there. */
  let label: string | null = null;
  const elements: OpenElement[] = [];
  const looks = new Map<string, Card[]>();
  let section = '';

  const nameCategory = (text: string) => {
    if (text.trim()) (regionDepth > 0 ? categories.region : categories.page).push(text.trim());
  };
  const current = () => levels.at(-1) as Level;
  const flush = () => {
    endLink();
    if (runs.some((run) => run.text.trim())) {
      const block: Block = heading ? { kind: 'heading', level: heading, runs } : { kind: 'paragraph', runs };
      if (heading) section = textOf(runs);
      if (heading === 1) headline ||= block.runs.map((r) => r.text).join('').trim();
      append(block);
    }
    runs = [];
  };
  const append = (block: Block) => {
    const level = current();
    if (level.list) (level.list.items.at(-1) ?? level.list.items[level.list.items.push([]) - 1])?.push(block);
    else {
      level.blocks.push(block);
      if (levels.length === 1 && regionDepth > 0) regions.push(block);
    }
  };
  const endLink = () => {
    if (!link) return;
    const { href, text, markdown, category } = link;
    link = null;
    if (category) nameCategory(text);
    if (!text) return;
    runs.push(href && text.trim() ? { text, markdown: `[${markdown}](${href})`, href } : { text, markdown });
  };
  const add = (text: string, markdown: string) => {
    if (link) {
      link.text += text;
      link.markdown += markdown;
    } else runs.push({ text, markdown });
  };

  const closeElement = (name: string) => {
    if (elements.at(-1)?.name !== name) return;
    const { look, level, start, section: under } = elements.pop() as OpenElement;
    const { blocks: all, list } = current();
    if (level !== levels.length || list || all.length === start || all.length - start > MAX_CARD || look.endsWith('.')) return;
    const blocks = all.slice(start);
    if (blocks.filter((block) => block.kind === 'heading').length < 2) (looks.get(look) ?? looks.set(look, []).get(look))?.push({ section: under, blocks });
  };

  readMarkup(
    html.replaceAll('\u0000', ''),
    {
      onopentag(name, attribs) {
        if (name === 'title') inTitle = !title;
        if (skipDepth) {
          if (name === skipped && !VOID.has(name)) skipDepth++;
          if (name === 'a' && skipped === 'footer' && regionDepth > 0 && isCategoryLink(attribs)) label = '';
          return;
        }
        if (SKIPPED.has(name) || (!VOID.has(name) && UNSEEN.test(attribs.class ?? ''))) {
          if (SKIPPED.has(name) && name !== 'svg') flush(); // an icon stands in the line
          skipped = name;
          skipDepth = 1;
          return;
        }
        const level = HEADING.exec(name);
        if (level) {
          flush();
          heading = Number(level[1]);
        } else if (name === 'ul' || name === 'ol') {
          flush();
          if (levels.length < MAX_DEPTH) levels.push({ blocks: [], list: { ordered: name === 'ol', items: [] } });
        } else if (name === 'li') {
          flush();
          current().list?.items.push([]);
        } else if (name === 'a') {
          endLink();
          const href = attribs.href ?? '';
          link = { href: href.startsWith('#') ? '' : resolveLink(href, base), text: '', markdown: '', category: isCategoryLink(attribs) };
        } else if (name === 'br') {
          add('\n', '\n');
        } else if (name === 'time') {
          date ||= attribs.datetime ?? '';
        } else if (MARKUP[name]) {
          add('', MARKUP[name]);
        } else if (BLOCKS.has(name)) {
          flush();
          if (CARD.has(name) && elements.length < MAX_DEPTH) elements.push({ name, look: `${name}.${attribs.class ?? ''}`, level: levels.length, start: current().blocks.length, section });
          if (name === 'main' || name === 'article') regionDepth++;
        }
      },
      ontext(chunk) {
        if (inTitle) title += chunk;
        if (label !== null) label += chunk;
        if (skipDepth) return;
        // A line break may part author and summary, so it is kept; other white space folds as in a browser.
        const text = chunk.replace(/[ \t\r\f]+/g, ' ').replace(/ ?\n\s*/g, '\n'); // blanks first: the other way round takes quadratic time
        add(text, escapeMarkdown(text));
      },
      onclosetag(name) {
        if (name === 'title') inTitle = false;
        if (skipDepth) {
          if (name === skipped) skipDepth--;
          if (label !== null && (name === 'a' || !skipDepth)) {
            nameCategory(label);
            label = null;
          }
          return;
        }
        if (HEADING.test(name)) {
          flush();
          heading = 0;
        } else if (name === 'ul' || name === 'ol') {
          flush();
          if (levels.length > 1) {
            const { list } = levels.pop() as Level;
            if (list?.items.length) append({ kind: 'list', ...list });
          }
        } else if (name === 'li') {
          flush();
        } else if (name === 'a') {
          endLink();
        } else if (MARKUP[name]) {
          // Goldmark writes mis-nested <strong> where Markdown's ** met Chinese punctuation; one sign per tag, opening or
          // closing, gives back exactly what the author wrote.
          const last = runs.at(-1);
          if (MARKUP[name] === '*' && !link && last?.markdown === '*' && !last.text) runs.pop(); // <i class="icon"></i>
          else if (MARKUP[name] === '*' && link?.markdown.endsWith('*') && !link.text.trim()) link.markdown = link.markdown.slice(0, -1);
          else add('', MARKUP[name]);
        } else if (BLOCKS.has(name)) {
          flush();
          closeElement(name);
          if (name === 'main' || name === 'article') regionDepth = Math.max(0, regionDepth - 1);
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  flush();
  while (levels.length > 1) {
    const { list } = levels.pop() as Level; // the document broke off inside a list
    if (list?.items.length) append({ kind: 'list', ...list });
  }
  const blocks = regions.length ? regions : current().blocks;
  return { blocks, categories: [...new Set(categories.region.length ? categories.region : categories.page)], title: headline || title.trim(), date, cards: cardsOf([...looks.values()]) };
}

const CARD = new Set(['div', 'article', 'section']);

/** The elements of the look that shows most text, each with a title and words. */
function cardsOf(looks: Card[][]): Card[] {
  const size = (cards: Card[]) => cards.reduce((sum, { blocks }) => sum + blocks.reduce((inner, block) => inner + (block.kind === 'list' ? 0 : textOf(block.runs).length), 0), 0);
  const alike = looks.map((cards) => cards.filter(({ blocks }) => blocks.length > 1)).filter((cards) => cards.length >= MIN_CARDS);
  return alike.map((cards) => ({ cards, size: size(cards) })).toSorted((a, b) => b.size - a.size)[0]?.cards ?? [];
}

const isCategoryLink = ({ rel = '', href = '' }: Record<string, string>) => /(?:^|\s)category(?:\s|$)/.test(rel) || /\/categor(?:y|ies)\/[^/]+\/?$/.test(href);

/** The text of an HTML fragment: entities decoded, tags gone, white space as it was. */
function plainText(html: string): string {
  if (!/[&<]/.test(html)) return html;
  let text = '';
  readMarkup(html, { ontext: (chunk) => void (text += chunk) }, { decodeEntities: true });
  return text;
}

/** Text with its entities decoded and everything else, angle brackets too, as it was. */
export const decodeEntities = (text: string): string => (text.includes('&') ? plainText(text.replaceAll('<', '&lt;')) : text);

/** Keeps literal text literal where Markdown would read it as code or a link. Asterisks stay: they are bold that the publisher's renderer missed. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`]/g, '\\$&').replace(/\]\(/g, ']\\(');
}
