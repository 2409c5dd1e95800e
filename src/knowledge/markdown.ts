import { Marked, type Token, type Tokens } from 'marked';
import { cleanText } from '../language/invisible.ts';
import { withoutHidden } from '../language/markup.ts';

/** Where a page of the original begins: before the character `at` of a block's text. */
export type PageMark = { at: number; page: number };

/** A block of a document as plain text, the white space after it included. `row` is a table row, `item` a list item. */
export type Block = { pages?: PageMark[] } & (
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph' | 'item' | 'row' | 'code'; text: string }
  /** A comment that tells how customers ask for what the section says, one way a line. */
  | { kind: 'asked'; text: string }
);

/**
 * In a longer paragraph * and _ are letters, and what is longer without a space is text and nothing else: to look for
 * emphasis and addresses in them takes minutes where somebody has made them for that.
 */
const LONGEST_EMPHASISED = 20_000;
const ENDLESS = /^\S{4000,}/;

const marked = new Marked({
  gfm: true,
  tokenizer: {
    // False asks for the usual answer, undefined says that there is no emphasis here.
    emStrong: (_, paragraph) => (paragraph.length > LONGEST_EMPHASISED ? undefined : false),
    // An address is text like any other, but to look for where one ends takes the square of a line that nearly is one.
    url: () => undefined,
    inlineText(rest) {
      const [raw] = ENDLESS.exec(rest) ?? [];
      return raw === undefined ? false : { type: 'text', raw, text: raw, escaped: false };
    },
  },
});

/**
 * A Markdown document as blocks of plain text in order: emphasis, link targets, HTML tags and comments, and what they hide, dropped, list
 * markers kept as "- " and "1. ", table cells joined by " | ". Invisible and control characters are removed first.
 */
export function readBlocks(markdown: string): Block[] {
  const blocks = marked
    .lexer(holdPages(flatten(withoutHidden(cleanText(markdown)))))
    .flatMap((token) => readToken(token, ''));
  // Cleaned again because an entity can spell what was removed from the source.
  return takePages(blocks.map((block) => ({ ...block, text: cleanText(block.text) })));
}

/** The text that quotes are taken from: all blocks of the document joined. */
export function plainText(markdown: string): string {
  return readBlocks(markdown)
    .filter(({ kind }) => kind !== 'asked')
    .map((block) => block.text)
    .join('');
}

/** Marks of quotes and lists one within the other, many more than any text has: the reader would run out of stack. */
const DEEP =
  /^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){16})(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm;

function flatten(markdown: string): string {
  return markdown.replace(DEEP, '$1');
}

/** The same without notes on how customers ask: they become comments, which say nothing. */
export function withoutAsked(markdown: string): string {
  return cleanText(markdown).replace(/<!--\s*asked:/gi, '<!-- x');
}

const PAGE = /<!--[ \t]*page:[ \t]*(\d{1,6})[ \t]*-->/gi;
/** A mark that opens a block: it stands alone on its line, after a blank one. */
const PAGE_ALONE = new RegExp(`(?<=^|\\n[ \\t]*\\n)[ \\t]*${PAGE.source}[ \\t]*(?:\\n|$)`, 'gi');
/** Characters that no text has stand for a mark while the Markdown is read: a comment would end a paragraph or a list. */
const HELD = /\n?\ufdd0(\d+)\ufdd1/g;

function holdPages(markdown: string): string {
  const text = markdown.replace(/[\ufdd0\ufdd1]/g, '');
  if (!text.includes('<!--')) return text;
  return text.replace(PAGE_ALONE, '\ufdd0$1\ufdd1\n\n').replace(PAGE, '\ufdd0$1\ufdd1');
}

/** Takes the marks out of the blocks, and drops what is empty then; its marks go to the next block. */
function takePages(blocks: readonly Block[]): Block[] {
  const taken: Block[] = [];
  let waiting: PageMark[] = [];
  for (const block of blocks) {
    const pages = waiting;
    let text = '';
    let from = 0;
    // Looked for first: matchAll copies the expression, which costs more than the rest of the block.
    for (const match of block.text.includes('\ufdd0') ? block.text.matchAll(HELD) : []) {
      text += block.text.slice(from, match.index);
      from = match.index + match[0].length;
      pages.push({ at: text.length, page: Number(match[1]) });
    }
    text += block.text.slice(from);
    const isEmpty = from > 0 ? /^[\s|]*$/.test(text) : text.trim() === '';
    waiting = isEmpty ? pages.map(({ page }) => ({ at: 0, page })) : [];
    if (!isEmpty) taken.push({ ...block, text, ...(pages.length > 0 ? { pages } : {}) });
  }
  return taken;
}

function readToken(token: Token, indent: string): Block[] {
  switch (token.type) {
    case 'heading':
      return [{ kind: 'heading', level: token.depth, text: `${oneLine(inline(token))}\n\n` }];
    case 'list':
      return endWithBlankLine(readList(token as Tokens.List, indent), indent);
    case 'table':
      return endWithBlankLine(readTable(token as Tokens.Table), indent);
    case 'code':
      return [{ kind: 'code', text: `${token.text}\n\n` }];
    case 'blockquote':
      return (token.tokens ?? []).flatMap((inner) => readToken(inner, indent));
    case 'html':
      return [...readAsked(token.raw), { kind: 'paragraph', text: `${withoutTags(token.raw).trim()}\n\n` }];
    case 'space':
    case 'hr':
    case 'def':
    case 'checkbox':
      return [];
    default:
      return [{ kind: 'paragraph', text: `${indent}${inline(token).trim()}\n\n` }];
  }
}

const ASKED = /<!--\s*asked:([\s\S]*?)-->/gi;

function readAsked(html: string): Block[] {
  return [...html.matchAll(ASKED)].map((match) => ({ kind: 'asked', text: match[1] ?? '' }));
}

function readList(list: Tokens.List, indent: string): Block[] {
  const first = Number(list.start) || 1;
  return list.items.flatMap((item, index) => {
    const marker = list.ordered ? `${first + index}. ` : '- ';
    const [lead, ...rest] = item.tokens.filter((token) => token.type !== 'space' && token.type !== 'checkbox');
    if (lead === undefined) return [];
    const inner = `${indent}${' '.repeat(marker.length)}`;
    const isText = lead.type === 'text' || lead.type === 'paragraph';
    const own: Block[] = isText
      ? [{ kind: 'item', text: `${indent}${marker}${inline(lead).trim()}\n` }]
      : readToken(lead, inner);
    return [...own, ...rest.flatMap((token) => readToken(token, inner))];
  });
}

function readTable(table: Tokens.Table): Block[] {
  const row = (cells: Tokens.TableCell[]): Block => ({
    kind: 'row',
    text: `${cells.map((cell) => oneLine(cell.tokens.map(inlineToken).join(''))).join(' | ')}\n`,
  });
  return [row(table.header), ...table.rows.map(row)];
}

/** A list or table ends in a blank line, unless it stands inside another list. */
function endWithBlankLine(blocks: Block[], indent: string): Block[] {
  const last = blocks.at(-1);
  if (indent !== '' || last === undefined) return blocks;
  return [...blocks.slice(0, -1), { ...last, text: `${last.text.trimEnd()}\n\n` }];
}

function inline(token: Token): string {
  const tokens = (token as Tokens.Generic).tokens;
  return tokens ? tokens.map(inlineToken).join('') : inlineToken(token);
}

function inlineToken(token: Token): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'html':
      return withoutTags(token.raw);
    case 'codespan':
    case 'escape':
      return token.text;
    case 'checkbox':
      return '';
    default: {
      const generic = token as Tokens.Generic;
      return generic.tokens ? inline(token) : unescapeEntities(generic.text ?? token.raw);
    }
  }
}

function withoutTags(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '');
  return unescapeEntities(text);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescapeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
