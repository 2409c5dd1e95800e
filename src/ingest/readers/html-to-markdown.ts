import { codeBlock, codeSpan, escapeStart, escapeText, markdownTable } from './escape-markdown.ts';
import { isOpener } from './html-main.ts';
import { elementsOf, findAll, findTag, type HtmlElement, type HtmlNode, lineOf } from './html-tree.ts';

/** `base`: what relative links are relative to; without it they stay text. */
type Options = { base: string | null };
/** `level` is that of the last heading of the source. */
type State = Options & { level: number };

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header ' +
    'h1 h2 h3 h4 h5 h6 hgroup hr html legend li main ol p pre root section summary table ul caption'
  ).split(' '),
);
const SKIPPED = new Set('script style template del s strike img input textarea select option svg'.split(' '));

/** The longest paragraph in bold that is taken for a heading. */
const LONGEST_BOLD_HEADING = 80;
/** The longest description of a term that stays in one line with it. */
const SHORT_DESCRIPTION = 150;

/**
 * A tree of HTML as Markdown. Headings, lists, tables, code and links stay; emphasis and pictures go, since nothing that
 * is found or quoted has them. What opens an answer (`summary`, a button, a bold line on its own) becomes its heading.
 */
export function htmlToMarkdown(root: HtmlElement, options: Options): string {
  return blocksOf(root, { ...options, level: 1 }).join('\n\n');
}

function blocksOf(element: HtmlElement, state: State): string[] {
  const blocks: string[] = [];
  let run: HtmlNode[] = [];
  const endRun = () => {
    const paragraph = inlineMarkdown(run, state);
    if (paragraph !== '') blocks.push(paragraph);
    run = [];
  };
  for (const child of element.children) {
    if (typeof child === 'string' || !isBlock(child)) {
      run.push(child);
      continue;
    }
    endRun();
    blocks.push(...blockOf(child, state));
  }
  endRun();
  return blocks;
}

/** An inline element that holds blocks, such as a link around a card, is one too. */
function isBlock(element: HtmlElement): boolean {
  if (BLOCKS.has(element.tag) || isOpener(element)) return true;
  return !SKIPPED.has(element.tag) && elementsOf(element).some(isBlock);
}

function blockOf(element: HtmlElement, state: State): string[] {
  const heading = /^h([1-6])$/.exec(element.tag);
  if (heading) {
    const level = Number(heading[1]);
    // The other questions of an accordion stand beside this one, not below it.
    state.level = findAll(element, isOpener).length > 0 ? level - 1 : level;
    return headingOf(element, level, state);
  }
  switch (element.tag) {
    case 'summary':
    case 'button':
      return findAll(element, ({ tag }) => /^h[1-6]$/.test(tag)).length > 0
        ? blocksOf(element, state)
        : headingOf(element, Math.min(6, state.level + 1), state);
    case 'p':
    case 'div':
      return isBoldLine(element) ? headingOf(element, Math.min(6, state.level + 1), state) : blocksOf(element, state);
    case 'ul':
    case 'ol':
      return listOf(element, state);
    case 'dl':
      return descriptionsOf(element, state);
    case 'pre':
      return preOf(element);
    case 'table':
      return tableOf(element, state);
    case 'blockquote': {
      const quoted = blocksOf(element, state).join('\n\n');
      return quoted === '' ? [] : [quoted.replace(/^/gm, '> ').replace(/^> $/gm, '>')];
    }
    case 'hr':
      return [];
    default:
      return blocksOf(element, state);
  }
}

function headingOf(element: HtmlElement, level: number, state: State): string[] {
  const text = inlineMarkdown(element.children, { ...state, base: null }).replace(/\\?\n/g, ' ');
  // A "#" at the end would be taken for a closing mark.
  return text === '' ? [] : [`${'#'.repeat(level)} ${text.replace(/(\s)(#+)$/, '$1\\$2')}`];
}

function isBoldLine(element: HtmlElement): boolean {
  const parts = element.children.filter((child) => lineOf(child) !== '');
  const [only] = parts;
  if (parts.length !== 1 || typeof only !== 'object' || !/^(strong|b)$/.test(only.tag)) return false;
  const text = lineOf(only);
  return text.length <= LONGEST_BOLD_HEADING && /\p{L}/u.test(text) && !/[.!,;]$/.test(text) && !findTag(only, 'br');
}

function listOf(list: HtmlElement, state: State): string[] {
  const first = Number.parseInt(list.attributes.start ?? '1', 10);
  const items: string[] = [];
  for (const child of elementsOf(list)) {
    const marker = list.tag === 'ol' ? `${(first > 0 ? first : 1) + items.length}. ` : '- ';
    const text = listItem(child, state);
    if (text !== '') items.push(`${marker}${text.replace(/\n(?=.)/g, `\n${' '.repeat(marker.length)}`)}`);
  }
  return items.length === 0 ? [] : [items.join('\n')];
}

/** A list inside follows its text closely, any other block after a blank line. */
function listItem(item: HtmlElement, state: State): string {
  const isList = item.tag === 'ul' || item.tag === 'ol';
  const blocks = isList ? listOf(item, state) : blocksOf(item, state);
  return blocks.reduce((text, block) => {
    if (text === '') return block;
    return `${text}${/^(- |1\. )/.test(block) ? '\n' : '\n\n'}${block}`;
  }, '');
}

/** Terms with a line each as a list, longer ones as headings: a glossary, or questions with answers. */
function descriptionsOf(list: HtmlElement, state: State): string[] {
  const parts = elementsOf(list).flatMap((child) => (child.tag === 'div' ? elementsOf(child) : [child]));
  const groups: { term: HtmlElement; descriptions: string[] }[] = [];
  for (const part of parts) {
    if (part.tag === 'dt') groups.push({ term: part, descriptions: [] });
    else groups.at(-1)?.descriptions.push(...blocksOf(part, state));
  }
  const short = groups.every(
    ({ descriptions: [only = '', ...more] }) => more.length === 0 && only.length <= SHORT_DESCRIPTION,
  );
  if (!short) {
    const level = Math.min(6, state.level + 1);
    return groups.flatMap(({ term, descriptions }) => [...headingOf(term, level, state), ...descriptions]);
  }
  const items = groups.map(({ term, descriptions: [text = ''] }) => {
    const name = inlineMarkdown(term.children, state).replace(/:$/, '');
    return `- ${name}${text === '' ? '' : `: ${text.replace(/\n/g, '\n  ')}`}`;
  });
  return items.length === 0 ? [] : [items.join('\n')];
}

function preOf(pre: HtmlElement): string[] {
  const text = codeText(pre)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
  const names = [pre, ...findAll(pre, ({ tag }) => tag === 'code')].map(({ attributes }) => attributes.class ?? '');
  const language = /(?:^|\s)(?:language|lang|highlight-source|brush:)[-\s]?([\w+#-]{1,20})/.exec(names.join(' '))?.[1];
  return text.trim() === '' ? [] : [codeBlock(text, language ?? '')];
}

function codeText(node: HtmlNode): string {
  if (typeof node === 'string') return node;
  if (node.tag === 'br') return '\n';
  if (
    node.tag === 'button' ||
    /\b(line-?nos?|line-?numbers?-rows|gutter|hljs-ln-numbers)\b/.test(node.attributes.class ?? '')
  ) {
    return '';
  }
  const text = node.children.map(codeText).join('');
  return /^(div|li|tr|p)$/.test(node.tag) && !text.endsWith('\n') ? `${text}\n` : text;
}

type Cell = { text: string; columns: number; rows: number };

function tableOf(table: HtmlElement, state: State): string[] {
  const rows = rowsOf(table).map((row) => elementsOf(row).filter(({ tag }) => tag === 'td' || tag === 'th'));
  const cells = rows.flat();
  const widest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const isLayout = cells.some(
    (cell) => findAll(cell, ({ tag }) => /^(h[1-6]|table|pre|details)$/.test(tag)).length > 0,
  );
  const caption = elementsOf(table)
    .filter(({ tag }) => tag === 'caption')
    .flatMap((one) => blocksOf(one, state));
  if (isLayout || widest < 2 || rows.length < 2) return [...caption, ...cells.flatMap((cell) => blocksOf(cell, state))];
  const grid = spread(rows.map((row) => row.map((cell) => cellOf(cell, state)))).filter((row) =>
    row.some((text) => text !== ''),
  );
  return grid.length === 0 ? caption : [...caption, markdownTable(grid)];
}

function rowsOf(element: HtmlElement): HtmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (child.tag === 'tr') return [child];
    return /^(thead|tbody|tfoot)$/.test(child.tag) ? rowsOf(child) : [];
  });
}

/** In one line: what is a list in the cell becomes "one; another". */
function cellOf(cell: HtmlElement, state: State): Cell {
  const span = (name: string) => Math.min(100, Math.max(1, Number.parseInt(cell.attributes[name] ?? '1', 10) || 1));
  const text = blocksOf(cell, state)
    .map((block) => block.replace(/^(#{1,6}|-|\d+\.) /, '').replace(/\n\s*(-|\d+\.) /g, '; '))
    .join(' ')
    .replace(/\\?\n/g, ' ');
  return { text, columns: span('colspan'), rows: span('rowspan') };
}

/** A cell over several rows is repeated in each, since a row is quoted alone; one over several columns stands in the first. */
function spread(rows: Cell[][]): string[][] {
  const grid: string[][] = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x += 1;
      for (let down = 0; down < cell.rows; down += 1) {
        const line = grid[y + down];
        for (let right = 0; line && right < cell.columns; right += 1) line[x + right] = right === 0 ? cell.text : '';
      }
      x += cell.columns;
    }
  });
  return grid.map((row) => Array.from(row, (text) => text ?? ''));
}

/** One paragraph. Every line of it is guarded against being read as a list, heading or fence. */
function inlineMarkdown(nodes: HtmlNode[], state: State): string {
  return nodes
    .map((node) => inlineOf(node, state))
    .join('')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
    .replace(/\n{2,}/g, '\n')
    .split('\n')
    .map(escapeStart)
    .join('\\\n');
}

function inlineOf(node: HtmlNode, state: State): string {
  if (typeof node === 'string') return escapeText(node.replace(/\s+/g, ' '));
  if (SKIPPED.has(node.tag)) return '';
  if (node.tag === 'br') return '\n';
  if (node.tag === 'code' || node.tag === 'tt') return codeSpan(lineOf(node));
  const text = node.children.map((child) => inlineOf(child, state)).join('');
  return node.tag === 'a' ? linkOf(text, node.attributes.href, state) : text;
}

function linkOf(text: string, href: string | undefined, { base }: State): string {
  const within = href?.startsWith('#') ?? false;
  // "#", "¶" and "↑" beside a heading, "[1]" in a text.
  if (within && !/\p{L}/u.test(text) && !/\d{4}/.test(text)) return '';
  const target = href === undefined || within ? null : addressOf(href, base);
  const [, before = '', label = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (target === null || label === '' || label.includes('\n') || label.includes('](')) return text;
  return `${before}[${label}](${target})${after}`;
}

function addressOf(href: string, base: string | null): string | null {
  const url = URL.parse(href, base ?? undefined);
  if (url === null || !/^(https?|mailto|tel):$/.test(url.protocol)) return null;
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29');
}
