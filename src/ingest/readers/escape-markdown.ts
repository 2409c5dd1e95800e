import { cleanText } from '../../language/invisible.ts';

/** What would be markup anywhere in a line. Underscores within words are none. */
const ANYWHERE = /[\\`*[\]~]|<(?=[a-z/!?]|$)|&(?=#?\w{1,32};)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu;
/** What would be markup at the beginning of a line. */
const AT_START = /^(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+(?=\s*$)|(?:[-_] ?){3,}$|:?-+:?(?=\s*\|))/;
const NUMBER_AT_START = /^(\d{1,9})([.)])(?=\s|$)/;

/** Read as a link of its own, in which a backslash would stay. */
const ADDRESS = /((?:https?:\/\/|www\.)[^\s<>"`[\]\\*]*[^\s<>"`[\]\\*?!.,:;_'~()&])/;

/** What stands for a page's beginning while Markdown is read. */
const PAGE_MARKS = /[\ufdd0\ufdd1]/g;

/** Text as Markdown that reads as exactly that text, but for what `escapeStart` does. */
export function escapeText(text: string): string {
  // Cleaned first: an invisible character that goes later would leave markup behind.
  const parts = cleanText(text).replace(PAGE_MARKS, '').split(ADDRESS);
  return parts.map((part, at) => (at % 2 === 1 ? part : part.replace(ANYWHERE, '\\$&'))).join('');
}

/** A line of Markdown whose first characters were text, so that they do not become a list or heading. */
export function escapeStart(line: string): string {
  return line.replace(AT_START, '\\$&').replace(NUMBER_AT_START, '$1\\$2');
}

/** Code within a line; the fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  if (text.trim() === '') return text;
  const fence = fenceFor(text, 1);
  const padding = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

export function codeBlock(text: string, language: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  return '`'.repeat(Math.max(least, longest + 1));
}

/** A table of cells that are Markdown already; short rows are filled up. Without rows: nothing. */
export function markdownTable(rows: string[][]): string {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const [head, ...body] = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, at) => (row[at] ?? '').replace(/\s+/g, ' ').trim());
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  if (head === undefined) return '';
  return [head, `|${' --- |'.repeat(width)}`, ...body].join('\n');
}
